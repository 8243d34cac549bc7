"""Finds every quotation and figure of a news article, who each is attributed to, and what has no source."""

__version__ = "0.1.0"
