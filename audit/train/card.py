"""What a model set is -> its model card (Mitchell et al., 2019, https://arxiv.org/abs/1810.03993), in Markdown."""

from collections.abc import Mapping, Sequence

from audit import modelset
from audit.report.cells import grid

FILE = "MODEL_CARD.md"


def render(
    name: str,
    scores: Sequence[modelset.Score],
    data: Sequence[modelset.Corpus],
    plan: Mapping[str, object],
    start: str,
) -> str:
    """The card of a set that has just been trained; what is known of the data's licences is for its maker to add."""
    from stanza import __version__ as stanza
    from torch import __version__ as torch

    return (
        "\n\n".join(
            (
                f"# {name}",
                "An English model set for quote-audit: one transformer that finds words, sentences, parts of speech, "
                "features, lemmas, dependencies and names in one pass.",
                "## Scores",
                "In per cent, on data that were not learnt from. `LAS` counts relations without their subtypes.",
                grid([[one.data, one.measure, f"{one.value:.1f}"] for one in scores], ["data", "measure", "score"]),
                "## Training",
                f"Started from `{start}`, with PyTorch {torch} and Stanza {stanza}.",
                grid([[setting, str(value)] for setting, value in plan.items()], ["setting", "value"]),
                "## Data and licences",
                grid([[one.name, one.used_for, one.licence] for one in data], ["data", "used for", "licence"]),
                "Say here under what terms each of them is, and what that means for those who use the set.",
                "## Limits",
                "English prose. A sentence of more than 250 word pieces is read in parts. On processors that multiply "
                "8-bit integers the scores hold for these; on others the set reads in float32.",
            )
        )
        + "\n"
    )
