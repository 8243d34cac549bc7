"""The concepts that a NewsML-G2 item names -> the persons and organizations that it declares.

See https://iptc.org/std/NewsML-G2/guidelines/ for ``infoSource``, ``subject``, ``assert`` and ``inlineRef``.
"""

from collections.abc import Iterator

from audit.readers.declarations import Declaration
from audit.readers.elements import Element

_LONGEST = 1_000  # characters of markup; the name of a concept, and what it is, have fewer


def of_newsml(item: Element) -> Iterator[Declaration]:
    """The sources of the information, and the persons and organizations that are marked in the text or are its subject.

    Where a concept has no name, it is called what the text calls it.
    """
    called: dict[str, str] = {}
    for mark in item.below("inlineRef"):
        for id in mark.attributes.get("idrefs", "").split():
            called.setdefault(id, _short(mark))
    for concept in item.below("infoSource", "subject", "assert"):
        names = [*(_short(name) for name in concept.elements("name")), concept.attributes.get("literal", "")]
        name = next(filter(None, names), called.get(concept.attributes.get("id", ""), ""))
        nature = _nature(concept)
        if nature == "person":
            title = next((_short(definition) for definition in concept.elements("definition", "jobtitle")), None)
            yield Declaration(name, "person", title)
        elif nature.startswith("organi") or (concept.name == "infoSource" and not nature):
            yield Declaration(name, "organization")


def _nature(concept: Element) -> str:
    """What a concept is: "person", "organisation", "geoArea", ... or "" where it does not say."""
    types = [concept.attributes, *(type.attributes for type in concept.elements("type"))]
    codes = [code for one in types for key in ("type", "qcode") if (code := one.get(key)) and code.startswith("cpnat:")]
    if codes:
        return codes[0].partition(":")[2]
    if any(concept.elements("personDetails")):
        return "person"
    return "organisation" if any(concept.elements("organisationDetails")) else ""


def _short(element: Element) -> str:
    return element.text() if element.end - element.begin <= _LONGEST else ""
