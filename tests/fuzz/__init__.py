"""Inputs that are nearly newsroom files, in great numbers; `python -m tests.fuzz --help` says how to run them."""
