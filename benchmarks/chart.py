"""The runs of the benchmarks -> one HTML page that needs nothing else: a chart for each, a table of the last run."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.history import PEER, Figure, Run

_WIDTH, _HEIGHT = 250, 84
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 8, 8, 16  # on the left, room for 9,999,999
SCALING = "scaling: "  # how the names of those benchmarks begin

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --card: #f6f7f9; --ink: #1c2024; --faint: #667080; --line: #d9dde3;
  --speed: #1a66c2; --ratio: #9a5b00; --bad: #c22f2f }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --card: #1d2125; --ink: #e6e9ec; --faint: #98a2ae;
  --line: #343a41; --speed: #6fb0ff; --ratio: #f0b45a; --bad: #ff7b72 } }
* { box-sizing: border-box }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .6rem } h3 { font-size: .95rem; margin: 0 }
p { margin: .3rem 0; max-width: 50rem } .faint, figcaption, th { color: var(--faint) } .bad { color: var(--bad) }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17.5rem, 1fr)); gap: .8rem }
article { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .8rem }
figure { margin: .5rem 0 0 } figcaption { font-size: .8rem } svg { display: block; width: 100%; height: auto }
svg text { font: 10px system-ui, sans-serif; fill: var(--faint) } .axis { stroke: var(--line) }
.speed { color: var(--speed) } .ratio { color: var(--ratio) } .band { fill: currentColor; opacity: .18 }
.curve { fill: none; stroke: currentColor; stroke-width: 1.6 } circle { fill: currentColor }
circle.bad { stroke: var(--bad); stroke-width: 2; fill: var(--paper) }
table { border-collapse: collapse; font-size: .85rem } .wide { overflow-x: auto }
th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
"""


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a chart, the spread around it, and what is said of it."""

    place: float
    value: float
    low: float
    high: float
    said: str
    bad: bool = False


def page(runs: Sequence[Run]) -> str:
    """The page for `runs`, oldest first; it shows those that can be compared with the last one."""
    last = runs[-1]
    shown = [run for run in runs if run.comparable(last)]
    names = list(dict.fromkeys(figure.name for figure in last.figures.values()))
    plain = [name for name in names if not name.startswith((SCALING, PEER))]
    parts = [
        "<h1>How fast quote-audit is</h1>",
        f"<p>{_runs(len(shown))}, the last of {escape(last.date)} at commit <code>{escape(last.commit)}</code>. "
        + escape(", ".join(f"{name} {value}" for name, value in last.setting.items()))
        + ".</p>",
        '<p class="faint">Each point is the median of a run, the band the middle half of its times. The ratio is to a '
        "fixed reference workload timed just before and after: it moves with the program, not with the machine. "
        "Words a second: higher is better. Ratio: lower is better. Point at a dot for its date and commit.</p>",
    ]
    if len(shown) < len(runs):
        parts.append(
            f'<p class="faint">Left out, being of other articles or machines: {_runs(len(runs) - len(shown))}.</p>'
        )
    if last.slower:
        parts.append(f'<p class="bad">Slower in the last run: {escape(", ".join(last.slower))}.</p>')
    parts += [_section(name, [_history(key, shown) for key in _keys(last, name)]) for name in plain]
    for name in (name for name in names if name.startswith(SCALING)):
        figures = [last.figures[key] for key in _keys(last, name)]
        parts.append(_section(name.removeprefix(SCALING), [_scaling(figures)], before="Cost and memory by number of "))
    own = [figure for figure in last.figures.values() if not figure.name.startswith(PEER)]
    if peers := [figure for figure in last.figures.values() if figure not in own]:
        parts += ["<h2>Beside other programs, in one run</h2>", _table(peers)]
    parts += ["<h2>The last run</h2>", _table(own)]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    title = "<title>quote-audit: benchmarks</title>"
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}{title}<style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _runs(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'}"


def _keys(run: Run, name: str) -> list[str]:
    return [key for key, figure in run.figures.items() if figure.name == name]


def _section(name: str, cards: Sequence[str], *, before: str = "") -> str:
    title = before + name if before else name[:1].upper() + name[1:]
    return f'<h2>{escape(title)}</h2>\n<div class="cards">{"".join(cards)}</div>'


def _history(key: str, runs: Sequence[Run]) -> str:
    """The card of one benchmark: its speed and its ratio over the runs that have it."""
    had = [(run, run.figures[key]) for run in runs if key in run.figures]
    speed, ratio = [], []
    for place, (run, figure) in enumerate(had):
        said, bad = f"{run.date}, commit {run.commit}", key in run.slower
        work = figure.words or 1
        value, low, high = (
            (work / figure.seconds, work / figure.slow, work / figure.fast)
            if figure.words
            else (figure.seconds, figure.fast, figure.slow)
        )
        speed.append(Point(place, value, low, high, f"{_number(value)} {_unit(figure)}, {said}", bad))
        ratio.append(Point(place, figure.ratio, figure.low, figure.high, f"ratio {_number(figure.ratio)}, {said}", bad))
    last = had[-1][1]
    title = f"{last.size:,} article{'' if last.size == 1 else 's'}" if last.size else "in a process of its own"
    return (
        f"<article><h3>{escape(title)}</h3>"
        + _figure(speed, f"{_number(speed[-1].value)} {_unit(last)}", "speed")
        + _figure(ratio, f"ratio {_number(last.ratio)}, {last.memory:,.0f} MB at the peak", "ratio")
        + "</article>"
    )


def _scaling(figures: Sequence[Figure]) -> str:
    """The cards of cost and memory over size, the size on a logarithmic scale."""
    cost, memory = [], []
    for figure in figures:
        place = math.log10(figure.size)
        each = [1e6 * seconds / figure.words for seconds in (figure.seconds, figure.fast, figure.slow)]
        said = f"{figure.size:,}: {_number(each[0])} µs a word, {figure.memory:,.0f} MB"
        cost.append(Point(place, each[0], each[1], each[2], said))
        memory.append(Point(place, figure.memory, figure.memory, figure.memory, said))
    ends = (f"{figures[0].size:,}", f"{figures[-1].size:,}")
    return (
        f"<article>{_figure(cost, 'µs a word', 'speed', ends=ends)}</article>"
        f"<article>{_figure(memory, 'MB at the peak', 'ratio', ends=ends)}</article>"
    )


def _unit(figure: Figure) -> str:
    return "words/s" if figure.words else "s"


def _number(value: float) -> str:
    """Three figures, thousands in full: 0.0123, 4.56, 12,345."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _figure(points: Sequence[Point], caption: str, color: str, *, ends: tuple[str, str] = ("", "")) -> str:
    """A line through `points` over a band of their spread, from zero up; `ends` are written below its ends."""
    top = max(point.high for point in points) * 1.08 or 1.0
    first, last = points[0].place, points[-1].place

    def x(place: float) -> str:
        share = (place - first) / (last - first) if last > first else 0.5
        return f"{_LEFT + share * (_WIDTH - _LEFT - _RIGHT):.1f}"

    def y(value: float) -> str:
        return f"{_TOP + (1 - value / top) * (_HEIGHT - _TOP - _BOTTOM):.1f}"

    edge = [f"{x(p.place)},{y(p.high)}" for p in points] + [f"{x(p.place)},{y(p.low)}" for p in reversed(points)]
    curve = " ".join(f"{x(point.place)},{y(point.value)}" for point in points)
    dots = "".join(
        f'<circle class="{"bad" if point.bad else "good"}" cx="{x(point.place)}" cy="{y(point.value)}"'
        f' r="{4 if point.bad else 2.6}"><title>{escape(point.said)}</title></circle>'
        for point in points
    )
    zero, most = y(0), max(point.value for point in points)
    return (
        f'<figure class="{color}"><figcaption>{escape(caption)}</figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(caption)}">'
        f'<path class="axis" d="M{_LEFT} {zero}H{_WIDTH - _RIGHT}M{_LEFT} {y(most)}H{_WIDTH - _RIGHT}"/>'
        f'<text x="{_LEFT - 4}" y="{zero}" text-anchor="end">0</text>'
        f'<text x="{_LEFT - 4}" y="{float(y(most)) + 3:.1f}" text-anchor="end">{escape(_number(most))}</text>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 3}">{escape(ends[0])}</text>'
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 3}" text-anchor="end">{escape(ends[1])}</text>'
        f'<polygon class="band" points="{" ".join(edge)}"/><polyline class="curve" points="{curve}"/>'
        f"{dots}</svg></figure>"
    )


def _table(figures: Sequence[Figure]) -> str:
    measures = list(dict.fromkeys(name for figure in figures for name in figure.accuracy))
    heads = ["benchmark", "median s", "spread", "rounds", "words/s", "ratio", "peak MB", *measures]
    rows = [
        [
            figure.key.removeprefix(PEER),
            f"{figure.seconds:.4g}",
            f"{figure.fast:.4g} to {figure.slow:.4g}",
            str(figure.rounds),
            f"{figure.words / figure.seconds:,.0f}" if figure.words else "",
            _number(figure.ratio),
            f"{figure.memory:,.0f}",
            *(f"{figure.accuracy[name]:.3f}" if name in figure.accuracy else "" for name in measures),
        ]
        for figure in figures
    ]
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(value)}</td>' for value in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
