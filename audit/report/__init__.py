"""Each module renders audits as text of one format, and knows no file, clock or terminal."""
