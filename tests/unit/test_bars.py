from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.slack.attachments.bars import PAPER, Bar, Chart, draw_charts

COLOURS = ("#0072B2", "#E69F00", "#8A8F98")


def drawn(*counts: int, label: str = "gut") -> Image.Image:
    bars = [Bar(label, count, colour) for count, colour in zip(counts, COLOURS, strict=False)]
    return Image.open(io.BytesIO(draw_charts([Chart("Wie gut die Tandems passen", bars)]))).convert("RGB")


def area(picture: Image.Image, colour: str) -> int:
    """Return how many pixels have a colour."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    return {found: count for count, found in picture.getcolors(1 << 22) or []}.get(wanted, 0)


def test_bars_are_as_long_as_their_counts() -> None:
    picture = drawn(10, 5)
    assert area(picture, COLOURS[0]) == pytest.approx(2 * area(picture, COLOURS[1]), rel=0.01)


def test_nothing_runs_over_the_edge_and_the_paper_is_its_own() -> None:
    """The picture reads the same on a light and on a dark page."""
    picture = drawn(100_000, 1, 0, label="einen Versuch wert")
    width, height = picture.size
    edge = [picture.getpixel((x, y)) for x in (0, width - 1) for y in range(height)]
    assert set(edge) == {tuple(bytes.fromhex(PAPER.removeprefix("#")))}


def test_no_count_at_all_is_no_division_by_nothing() -> None:
    assert drawn(0, 0, 0).size[0] > 0


@pytest.mark.parametrize("letter", "äöüÄÖÜßéłČж")
def test_the_font_knows_the_letter(letter: str) -> None:
    """A letter that a font does not know is drawn as the same box as any other of these."""
    assert drawn(1, label=letter).tobytes() != drawn(1, label="\ue000").tobytes()
