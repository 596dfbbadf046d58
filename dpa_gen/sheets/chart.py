"""Bars as a drawing (SVG) that stands in a page by itself: nothing is loaded, and a screen reader can read it."""

from __future__ import annotations

from html import escape

from dpa_gen.sheets.sheet import Bar, Bars

ROW, LABEL, LONGEST, WIDTH = 26, 210, 190, 440
COLOURS = {"good": "#2e7d4f", "warn": "#c77700", "bad": "#b3261e", "plain": "#5b6b7d"}


def drawing(bars: Bars, number: int) -> str:
    """Bars as SVG; `number` keeps its names apart from those of other drawings."""
    height = ROW * max(len(bars.bars), 1) + 6
    most = max((bar.count for bar in bars.bars), default=0) or 1
    rows = "".join(_bar(bar, index, most) for index, bar in enumerate(bars.bars))
    told = "; ".join(f"{bar.label}: {bar.count}" for bar in bars.bars)
    return (
        f'<svg role="img" aria-labelledby="chart{number}-title chart{number}-text" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="chart{number}-title">{escape(bars.title)}</title>'
        f'<desc id="chart{number}-text">{escape(told)}</desc>{rows}</svg>'
    )


def _bar(bar: Bar, index: int, most: int) -> str:
    """A label, a bar as long as its count, and the count in figures."""
    top, length = index * ROW + 4, round(LONGEST * bar.count / most)
    middle = top + 13
    return (
        f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(bar.label)}</text>'
        f'<rect x="{LABEL}" y="{top}" width="{length}" height="18" rx="2" fill="{COLOURS[bar.tone]}"/>'
        f'<text x="{LABEL + length + 6}" y="{middle}">{bar.count}</text>'
    )
