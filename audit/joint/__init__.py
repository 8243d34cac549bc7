"""The joint model: one pass of one transformer from a paragraph's text to its parsed sentences."""
