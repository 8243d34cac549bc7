"""What a model folder holds -> text for a terminal."""

from audit import modelset
from audit.report.cells import grid


def render(found: modelset.ModelSet, *, verified: bool) -> str:
    """Its name, place, files, scores and training data."""
    size = sum(file.bytes for file in found.files) / 1e6
    state = ", every file undamaged" if verified else ""
    parts = [
        f"{found.name} ({found.language}), {size:.0f} MB, {found.licence}\nin {found.folder}{state}",
        grid(list(map(list, modelset.describe(found))), ["file", "size"], numbers={"size"}),
    ]
    if found.scores:
        scores = [[score.measure, score.data, f"{score.value:.1f}"] for score in found.scores]
        parts.append(grid(scores, ["measure", "on", "score"], numbers={"score"}))
    if found.data:
        corpora = [[corpus.name, corpus.used_for, corpus.licence] for corpus in found.data]
        parts.append(grid(corpora, ["trained on", "for", "licence"]))
    return "\n\n".join(parts) + "\n"
