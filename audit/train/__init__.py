"""Treebanks and lists of names -> a folder of models. Needed by nobody who only audits."""
