"""Bars with their labels and counts, as a picture that reads the same in light and in dark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, MARGIN, ROW, THICK = 1_200, 60, 110, 64  # pixels; Slack shows it at about a third
HEAD, TEXT = 44, 38  # pixels of type
PAPER, INK = "#FFFFFF", "#1D1C1D"
FONT = "NotoSans-Regular.ttf"  # Pillow's own has no umlauts


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A title and its bars."""

    title: str
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        return 2 * HEAD + ROW * len(self.bars) - (ROW - THICK)


def draw_charts(charts: Sequence[Chart]) -> bytes:
    """Return a PNG picture of charts below each other: a bar is as long as its share of the largest of its chart."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, MARGIN + sum(chart.height + MARGIN for chart in charts)), PAPER)
    draw, top = ImageDraw.Draw(image), MARGIN
    head, text = font(HEAD), font(TEXT)
    column = MARGIN + max(round(text.getlength(bar.label)) for chart in charts for bar in chart.bars) + TEXT
    for chart in charts:
        draw.text((MARGIN, top), chart.title, INK, head, anchor="lt")
        _draw_bars(draw, chart.bars, (column, top + 2 * HEAD), text)
        top += chart.height + MARGIN
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _draw_bars(draw: ImageDraw, bars: Sequence[Bar], place: tuple[int, int], text: FreeTypeFont) -> None:
    column, top = place
    longest = WIDTH - MARGIN - column - 3 * TEXT  # room for the count beside the longest bar
    most = max(1, *(bar.count for bar in bars))
    for row, bar in enumerate(bars):
        _draw_bar(draw, bar, (column, top + ROW * row, round(longest * bar.count / most)), text)


def _draw_bar(draw: ImageDraw, bar: Bar, place: tuple[int, int, int], text: FreeTypeFont) -> None:
    """Draw one bar at (left, top, length), its label to the left and its count to the right."""
    left, top, length = place
    middle = top + THICK // 2
    draw.text((MARGIN, middle), bar.label, INK, text, anchor="lm")
    draw.rectangle((left, top, left + length, top + THICK), bar.colour)
    draw.text((left + length + TEXT // 2, middle), str(bar.count), INK, text, anchor="lm")


@lru_cache(maxsize=32)
def font(size: int) -> FreeTypeFont:
    """Return the house's type at ``size`` pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(files(__package__).joinpath("fonts", FONT).read_bytes()), size)
