"""The joint model as a processor of Stanza: ``stanza.Pipeline("en", processors="joint", joint_model_path=FOLDER)``.

It does by itself what Stanza's tokenize, mwt, pos, lemma, depparse and ner do one after another. Importing this module
makes it known to Stanza.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stanza.models.common.doc import Document
from stanza.pipeline.processor import Processor, register_processor

from audit.joint import predict, reading, store

NAME = "joint"


@register_processor(NAME)
class JointProcessor(Processor):  # type: ignore[misc]  # Stanza ships no types
    """Texts into documents of annotated sentences."""

    PROVIDES_DEFAULT = frozenset({"tokenize", "mwt", "pos", "lemma", "depparse", "ner"})
    REQUIRES_DEFAULT: frozenset[str] = frozenset()

    def __init__(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        super().__init__(config, pipeline, device)
        self._reader = store.load(Path(config["model_path"]))

    def _set_up_variants(self, config: dict[str, Any], device: str) -> None:
        """None: this processor is the one way to do all of it."""

    def process(self, doc: Any) -> Any:
        """One text or document; of a document only its text is read."""
        return self.bulk_process([doc if isinstance(doc, Document) else Document([], text=doc)])[0]

    def bulk_process(self, docs: Sequence[Any]) -> list[Any]:
        """All together, which takes far less time than one after another."""
        return [
            JointDocument(doc.text, sentences)
            for doc, sentences in zip(
                docs, predict.read(self._reader, [doc.text for doc in docs], breaks=reading.breaks), strict=True
            )
        ]


class JointDocument(Document):  # type: ignore[misc]  # Stanza ships no types
    """A document of Stanza's that makes its sentences, tokens and words when they are first asked for.

    An audit never asks: it takes `read`, and so saves a fourteenth of the time of a parse.
    """

    def __init__(self, text: str, read: Sequence[predict.Sentence]) -> None:
        self._text = text
        self._lang = None
        self.read = read

    def __getattr__(self, name: str) -> Any:
        """What `Document` sets up, as soon as any of it is wanted."""
        if name not in _SET_UP or "_sentences" in self.__dict__:
            raise AttributeError(name)
        super().__init__([list(map(_entry, range(1, len(s.words) + 1), s.words)) for s in self.read], text=self._text)
        return getattr(self, name)


_SET_UP = frozenset({"_sentences", "_num_tokens", "_num_words", "_ents", "_coref"})


def _entry(number: int, word: predict.Word) -> dict[str, Any]:
    return {
        "id": number,
        "text": word.form,
        "lemma": word.lemma,
        "upos": word.upos,
        "xpos": word.xpos,
        "feats": word.feats or None,
        "head": word.head,
        "deprel": word.deprel,
        "ner": word.ner,
        "start_char": word.start,
        "end_char": word.end,
    }
