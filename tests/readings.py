"""What holds of whatever a reader makes of whatever bytes, and bytes that are nearly those of a sample."""

from itertools import pairwise

from hypothesis import strategies as st

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article
from audit.readers import Intake, Limits


def holds(name: str, data: bytes, limits: Limits | None = None) -> list[Article]:
    """The articles in `data`, of which the invariants are asserted; none where they are refused."""
    failed: list[tuple[str, InputError]] = []
    intake = Intake(limits=limits or Limits(), fail=lambda member, error: failed.append((member, error)))
    try:
        found = list(readers.read(name, data, intake))
    except InputError as error:
        assert str(error).startswith(name)
        return []
    for member, error in failed:
        assert member.startswith(f"{name}/") and isinstance(error, InputError)
    for article in found:
        assert article.text.strip()
        spans = [paragraph.span for paragraph in article.paragraphs]
        assert all(one.end <= following.start for one, following in pairwise(spans))
        covered = "".join(article.slice(span) for span in spans)
        assert "".join(covered.split()) == "".join(article.text.replace("\ufeff", "").split())
        at = origins.finder(article)
        for span in spans:
            assert at(span.start) >= (1, 1)
    return found


@st.composite
def mutated(draw: st.DrawFn, samples: dict[str, bytes]) -> bytes:
    """A sample with bytes changed, left out, doubled, or with a stretch of another sample in it."""
    data = bytearray(draw(st.sampled_from(sorted(samples.values()))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["flip", "cut", "double", "splice", "end"])):
            case "flip" if start < len(data):
                data[start] ^= draw(st.integers(1, 255))
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end] * draw(st.integers(1, 9))
            case "splice":
                other = draw(st.sampled_from(sorted(samples.values())))
                at = draw(st.integers(0, len(other)))
                data[start:end] = other[at : at + 60]
            case "end" if draw(st.booleans()):
                del data[start:]
    return bytes(data)
