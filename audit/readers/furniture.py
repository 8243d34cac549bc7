"""What the names of elements, their classes and other attributes say that their text is."""

import re

from audit.model import Section
from audit.readers.pagetree import Element

Role = tuple[Section, str]  # and why it is no prose

# Names of classes as content systems and style guides for markup give them, in whole words between hyphens.
_CLASSES: tuple[tuple[Role, str], ...] = (
    (
        ("boilerplate", "social embed"),
        r"twitter-(?:tweet|video|embed)|instagram-media|(?:fb|facebook)-(?:post|video)|tiktok-embed|reddit-embed(?:-bq)?"
        r"|bluesky-embed|mastodon-embed|threads-post|telegram-post|social-(?:embed|media-embed)|embed-(?:twitter|tweet)",
    ),
    (("boilerplate", "cookie notice"), r"cookies?|consent|gdpr"),
    (("boilerplate", "newsletter box"), r"newsletters?|sign-?up|subscribe|subscription|mailing-list"),
    (("boilerplate", "subscription notice"), r"paywall|regwall|meter(?:ed)?"),
    (
        ("boilerplate", "advertisement"),
        r"ads?|adverts?|advertisements?|ad-slot|sponsored|outbrain|taboola|promo(?:tion)?",
    ),
    (("boilerplate", "share buttons"), r"shar(?:e|ing)|social|socials|sharedaddy"),
    (
        ("boilerplate", "related links"),
        r"related|recirc(?:ulation)?|recommended|recommendations|read-?more|more-(?:stories|from|on|news)|trending"
        r"|most-(?:read|popular)|also-read|read-(?:also|next)|see-also|up-next|teasers?|links-block|link-list|jp-relatedposts",
    ),
    (("boilerplate", "comments"), r"comments?|comment-list|disqus|discussion"),
    (
        ("boilerplate", "author box"),
        r"(?:author|writer)-(?:bio|box|info|card|description|profile)|about-(?:the-)?author|bio",
    ),
    (("boilerplate", "topics"), r"tags?|topics?|keywords|tag-?list|categories"),
    (("boilerplate", "navigation"), r"nav|navigation|navbar|breadcrumbs?|menu|pagination|pager|skip-link|toc"),
    (("pull-quote", "repeats the text"), r"pull-?quotes?"),
    (("credit", ""), r"(?:photo-?|image-?|caption-?)?(?:credits?|copyright)|photographer"),
    (("caption", ""), r"(?:wp-)?caption(?:-text)?|figcaption"),
    (("standfirst", ""), r"standfirst|stand-first|dek|deck|sub-?title|sub-?head(?:line)?|tagline|alternativeheadline"),
    (("byline", ""), r"by-?lines?|authors?|article-author|written-by|contributors?"),
    (("dateline", ""), r"datelines?|timestamp|pub(?:lished)?-?date|date-?published|post-date|dates?|date-?modified"),
)
_NAMES = tuple((role, re.compile(rf"(?:^|-)(?:{words})(?:-|$)")) for role, words in _CLASSES)
_TAGS: dict[str, Role] = {
    "nav": ("boilerplate", "navigation"),
    "form": ("boilerplate", "form"),
    "menu": ("boilerplate", "navigation"),
    "dialog": ("boilerplate", "dialog"),
    "iframe": ("boilerplate", "embedded page"),
    "aside": ("boilerplate", "beside the text"),
    "footer": ("boilerplate", "footer"),
    "figcaption": ("caption", ""),
    "caption": ("caption", ""),
}
_ARIA: dict[str, Role] = {
    "navigation": ("boilerplate", "navigation"),
    "complementary": ("boilerplate", "beside the text"),
    "contentinfo": ("boilerplate", "footer"),
    "search": ("boilerplate", "form"),
    "dialog": ("boilerplate", "dialog"),
}
_NAMING = ("class", "id", "itemprop", "rel", "data-component", "data-testid")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def role(element: Element) -> Role | None:
    """What an element says that its text is, None if nothing but the article's."""
    attributes = element.attributes
    if element.tag == "mark":  # within a line: it stands out, and is no thing by itself
        return None
    said = " ".join(attributes.get(one, "") for one in _NAMING)[:1000]
    if "-" in element.tag:  # <amp-ad>
        said += f" {element.tag}"
    names = [_BETWEEN.sub("-", name) for name in _CAMEL.sub("-", said).lower().split()]
    for found, pattern in _NAMES:
        if any(map(pattern.search, names)):
            return found
    if attributes.get("role", "").lower() in _ARIA:
        return _ARIA[attributes["role"].lower()]
    if element.tag in ("footer", "cite") and element.parent is not None and element.parent.tag == "blockquote":
        return "credit", "source of the quotation"
    if element.tag == "header" and not any(one.tag in ("article", "main") for one in element.upward()):
        return None if any(one.tag == "h1" for one in element.elements()) else ("boilerplate", "page's header")
    return _TAGS.get(element.tag)
