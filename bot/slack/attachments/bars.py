"""Bars with their labels and counts, as a picture that reads the same in light and in dark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
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


def draw_bars(title: str, bars: Sequence[Bar]) -> bytes:
    """Return a PNG picture: a title, and a bar for each count, as long as its share of the largest."""
    from PIL import Image, ImageDraw

    size = (WIDTH, 2 * MARGIN + 2 * HEAD + ROW * len(bars) - (ROW - THICK))
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    head, text = _font(HEAD), _font(TEXT)
    draw.text((MARGIN, MARGIN), title, INK, head, anchor="lt")
    column = MARGIN + max(round(text.getlength(bar.label)) for bar in bars) + TEXT
    longest = WIDTH - MARGIN - column - 3 * TEXT  # room for the count beside the longest bar
    most = max(1, *(bar.count for bar in bars))
    for row, bar in enumerate(bars):
        top = MARGIN + 2 * HEAD + ROW * row
        _draw_bar(draw, bar, (column, top, round(longest * bar.count / most)), text)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _draw_bar(draw: ImageDraw, bar: Bar, place: tuple[int, int, int], text: FreeTypeFont) -> None:
    """Draw one bar at (left, top, length), its label to the left and its count to the right."""
    left, top, length = place
    middle = top + THICK // 2
    draw.text((MARGIN, middle), bar.label, INK, text, anchor="lm")
    draw.rectangle((left, top, left + length, top + THICK), bar.colour)
    draw.text((left + length + TEXT // 2, middle), str(bar.count), INK, text, anchor="lm")


def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(files(__package__).joinpath("fonts", FONT).read_bytes()), size)
