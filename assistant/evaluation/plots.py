"""The plots of the report as inline SVG: no script, readable on a phone, in black on white or on dark alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from kejian.assistant.evaluation.scores import Measured, Scores

ROW = 26
LABEL = 110
BAR = 420
WIDTH = LABEL + BAR + 120


def _svg(height: int, parts: Iterator[str] | Sequence[str], title: str, width: int = WIDTH) -> str:
    body = "".join(parts)
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" width="{width}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def bars(slices: Mapping[str, Scores], key: str, title: str) -> str:
    """One bar a slice with its interval as a whisker; slices in which the figure was not measured are left out."""
    rows = [(name, scores.figures[key]) for name, scores in slices.items() if scores.figures[key].value is not None]
    parts = [part for at, (name, found) in enumerate(rows) for part in _bar(at, name, found)]
    return _svg(ROW * len(rows) + 8, parts, title)


def _bar(at: int, name: str, found: Measured) -> Iterator[str]:
    top = at * ROW + 5
    value = found.value or 0.0
    yield _text(LABEL - 8, top + 13, name, "end")
    yield f'<rect class="track" x="{LABEL}" y="{top}" width="{BAR}" height="17"/>'
    yield f'<rect class="bar" x="{LABEL}" y="{top}" width="{BAR * value:.1f}" height="17"/>'
    if found.low is not None and found.high is not None:
        low, high = (LABEL + BAR * end for end in (found.low, found.high))
        ends = f"M{low:.1f} {top + 4}v9M{high:.1f} {top + 4}v9"
        yield f'<path class="whisker" d="M{low:.1f} {top + 8.5}H{high:.1f}{ends}"/>'
    yield _text(LABEL + BAR + 8, top + 13, f"{int(value * 1000 + 1e-9) / 1000:.3f}({found.over} 题)")


def curve(lines: Mapping[str, Sequence[tuple[int, float]]], title: str) -> str:
    """Recall over depth: one line a level of retrieval, points labelled."""
    height, left, bottom = 240, 50, 200
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = bottom - 180 * share
        parts += [f'<path class="grid" d="M{left} {y}H{left + 460}"/>', _text(left - 6, y + 4, f"{share:g}", "end")]
    for number, (name, points) in enumerate(lines.items()):
        places = [(left + 46 * k, bottom - 180 * value) for k, value in points]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path class="line line{number}" d="{path}"/>')
        parts += [f'<circle class="dot line{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places]
        if places:
            parts.append(_text(places[-1][0] + 8, places[-1][1] + 4, name))
    parts += [_text(left + 46 * k, bottom + 18, f"@{k}", "middle") for k in (1, 3, 5, 10)]
    return _svg(height, parts, title)


def quadrants(counts: Mapping[tuple[str, str], int], rows: Sequence[str], columns: Sequence[str], title: str) -> str:
    """A confusion table: rows are what was expected, columns what came; the deeper the colour, the more."""
    most = max(counts.values(), default=0) or 1
    side, tall = 130, 44
    parts = [_text(LABEL + side * (at + 0.5), 18, name, "middle") for at, name in enumerate(columns)]
    for down, row in enumerate(rows):
        top = 28 + tall * down
        parts.append(_text(LABEL - 8, top + 26, row, "end"))
        for across, column in enumerate(columns):
            count = counts.get((row, column), 0)
            x = LABEL + side * across
            parts.append(
                f'<rect class="cell" x="{x}" y="{top}" width="{side - 4}" height="{tall - 4}" '
                f'fill-opacity="{0.08 + 0.72 * count / most:.2f}"/>'
            )
            parts.append(_text(x + side / 2 - 2, top + 26, str(count), "middle"))
    return _svg(36 + tall * len(rows), parts, title, LABEL + side * len(columns) + 10)


def latency(seconds: Sequence[float], title: str) -> str:
    """How many answers came within how many milliseconds: doubling bins."""
    edges = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
    counts = [0] * (len(edges) + 1)
    for value in seconds:
        counts[next((at for at, edge in enumerate(edges) if 1000 * value <= edge), len(edges))] += 1
    most, left, bottom, wide = max(counts) or 1, 20, 170, 48
    parts = []
    for at, count in enumerate(counts):
        tall = 140 * count / most
        parts.append(
            f'<rect class="bar" x="{left + wide * at}" y="{bottom - tall:.1f}" width="{wide - 6}" height="{tall:.1f}"/>'
        )
        label = f"≤{edges[at]}" if at < len(edges) else f">{edges[-1]}"
        parts.append(_text(left + wide * (at + 0.5) - 3, bottom + 18, label, "middle"))
        if count:
            parts.append(_text(left + wide * (at + 0.5) - 3, bottom - tall - 5, str(count), "middle"))
    parts.append(_text(left, bottom + 40, "毫秒"))
    return _svg(bottom + 48, parts, title, left + wide * len(counts) + 10)
