"""Article -> its first paragraph."""

from audit.model import Article


def lede(article: Article) -> int | None:
    """The index of the first paragraph of the body, None when there is no body."""
    return next((index for index, paragraph in enumerate(article.paragraphs) if paragraph.section == "body"), None)
