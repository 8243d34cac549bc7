"""Articles -> a warning where hardly anything of one was found in its file."""

from audit.model import NOT_PROSE, Article

# Words of a page: 5 of 924 articles of PolNeAR have fewer, and pages to log in or to consent mostly do.
_FEW = 50


def warning(article: Article) -> str | None:
    """What to say of a page with few words, or without text; None of everything else, and of plain text."""
    prose = [one for one in article.paragraphs if one.section not in NOT_PROSE]
    if article.origin is None:
        return None
    words = sum(len(article.slice(one.span).split()) for one in prose)
    if article.origin.format == "html" and "<html" in article.origin.text[:2000].lower() and words < _FEW:
        return (
            f"{article.name}: only {words} words of an article in this page; text that is behind a log-in, or that"
            " scripts fetch, is not in its file"
        )
    if all(one.section == "headline" for one in prose):
        what = "a headline" if prose else "what is skipped"
        return f"{article.name}: no text but {what}; check that the file is whole"
    return None
