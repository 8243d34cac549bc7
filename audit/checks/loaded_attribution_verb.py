"""V001."""

from collections.abc import Iterator, Sequence

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.people import is_party
from audit.checks.sentences import head_of, words_of
from audit.checks.view import View
from audit.model import Article, Claim, Sentence, Span, Word
from audit.rule import Rules

_EFFECTS = {
    "doubt": "tells the reader to doubt it",
    "guilt": "makes it sound like a confession",
    "endorse": "vouches that it is true",
    "heat": "lends it a temper",
    "wrong": "says that it was proved false",
}
_SPOKEN = ("doubt", "guilt", "endorse", "heat")  # tiers of verbs that introduce what is said
_PROVES = frozenset({"prove", "show"})
_OF_POLLS = ("show", "prov")
_OF_PROOF = frozenset({"by", "with"})
_PARTICLES = {"point": "out", "lash": "out"}  # verbs that are loaded with their particle only


def loaded_attribution_verb(view: View) -> Iterator[Hit]:
    """Verbs of saying that judge what they report, of the tiers that the settings ask for; once a verb."""
    article, claims, rules = view.article, view.claims, view.rules
    tiers = [tier for tier in _SPOKEN if tier in rules.settings.loaded_verbs]
    seen: set[Span] = set()
    for claim in claims:
        if claim.cue is None or claim.cue in seen or claim.kind == "figure" or claim.cue_class == "attitude":
            continue
        seen.add(claim.cue)
        sentence, words = words_of(article, claim.cue)
        verb = next((word for word in words if word.upos == "VERB"), None)
        if verb and (tier := _tier(article, sentence, verb, claim, tiers, rules)):
            yield _hit(article, claim.cue, claim, tier)
    if "wrong" in rules.settings.loaded_verbs:
        yield from _refuted(view)


def _tier(
    article: Article, sentence: Sentence, verb: Word, claim: Claim, tiers: Sequence[str], rules: Rules
) -> str | None:
    lemma = verb.lemma.lower()
    if "endorse" in tiers and lemma in _PROVES and claim.source.mention and claim.cue_class == "document":
        head = head_of(words_of(article, claim.source.mention)[1])
        return "endorse" if head and head.lemma.lower() in rules.lexicons["poll"] else None
    for tier in tiers:
        if lemma in rules.lexicons[f"loaded-{tier}"]:
            if tier == "endorse" and not _states(sentence, verb, claim):
                return None
            particle = _PARTICLES.get(lemma)
            if particle and not any(w.lemma == particle for w in sentence.words[verb.index : verb.index + 2]):
                return None
            if lemma == "insist" and _demands(sentence, verb):
                return None
            legal = tier in ("doubt", "guilt") and any(
                word.lemma.lower() in rules.lexicons["court"] for word in sentence.words
            )
            return None if legal else tier
    return None


def _demands(sentence: Sentence, verb: Word) -> bool:
    """Whether what is insisted on is to be done: "that he resign", "that the toll be cut", "that they should pay"."""
    clause = tree.child(sentence, verb, "ccomp")
    if clause is None or any(word.lemma == "to" for word in tree.children(sentence, clause, "mark")):
        return False
    predicate = [clause, *tree.children(sentence, clause, "aux", "aux:pass", "cop")]
    first = min(predicate, key=lambda word: word.index)
    return first.xpos == "VB" or first.lemma == "should"


def _states(sentence: Sentence, verb: Word, claim: Claim) -> bool:
    """Whether a statement is vouched for: not "explain how" nor "disclose their taxes"."""
    following = sentence.words[verb.index] if verb.index < len(sentence.words) else verb
    return claim.pattern != "speech.condemned" and following.xpos not in ("WRB", "WP", "WDT")


def _refuted(view: View) -> Iterator[Hit]:
    """ "Refuted" where somebody denied: a claim or charge is its object, and nothing is said to prove it false."""
    article, rules, marks = view.article, view.rules, view.marks
    for sentence, verb in view.verbs:
        if verb.lemma.lower() not in rules.lexicons["loaded-wrong"]:
            continue
        target = tree.child(sentence, verb, "obj")
        subject = tree.subject(sentence, verb)
        person = subject is not None and (subject.upos in ("PROPN", "PRON") or is_party(subject, rules))
        said = target is not None and target.lemma.lower() in rules.lexicons["allegation"]
        evidence = any(word.lemma in _OF_PROOF for word in sentence.words[verb.index :])
        if person and said and not evidence and not spans.touching(marks.spans, verb.span):
            yield _hit(article, verb.span, None, "wrong")


def _hit(article: Article, verb: Span, claim: Claim | None, tier: str) -> Hit:
    mend = {"wrong": "denied"}.get(tier, "said")
    if article.slice(verb).lower().startswith(_OF_POLLS):
        mend = "suggests"
    words = {"words": " ".join(article.slice(verb).split()), "effect": _EFFECTS[tier], "tier": tier, "mend": mend}
    return Hit(verb, claim, words)
