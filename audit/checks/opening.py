"""Article -> its first paragraphs."""

from itertools import islice

from audit.model import Article


def lede(article: Article) -> int | None:
    """The index of the first paragraph of the body, None when there is no body."""
    return next(iter(opening(article, 1)), None)


def opening(article: Article, paragraphs: int) -> list[int]:
    """The indices of the first paragraphs of the body, as many as there are."""
    body = (index for index, paragraph in enumerate(article.paragraphs) if paragraph.section == "body")
    return list(islice(body, paragraphs))
