"""One's own last weeks as a picture: a mark for every check-in, and the notes of each week as quiet bars."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.domain.weeks import Mark, Week
from bot.locales import Words
from bot.slack.attachments.attachment import Attachment
from bot.slack.attachments.bars import HEAD, INK, MARGIN, PAPER, TEXT, WIDTH, font
from bot.slack.screens.weeks import mark_label, week_line
from bot.slack.text import fill, plain

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#8A8F98"  # told apart with any colour vision, and each has its word
SMALL = 28  # pixels of type below a column
RADIUS, LINE = 24, 6
FINE = 4  # times as large as it is shown is a mark drawn, so that its edge is smooth
BAR, TALLEST = 56, 150  # width of a bar, and height of the highest
PROMISES = MARGIN + 2 * HEAD  # where the label of the marks is, from the top
MARKS = PROMISES + 2 * HEAD  # where the middle of the marks is
NOTES = MARKS + 2 * HEAD
FLOOR = NOTES + 2 * HEAD + TALLEST  # where the bars stand
LEGEND = FLOOR + 3 * TEXT
ROW = 2 * TEXT
IN_A_ROW = 2  # marks explained side by side


def picture(weeks: Sequence[Week], words: Words) -> Attachment:
    """Return the last weeks as a PNG picture, with the same in words."""
    title = plain(words("Your last weeks"))
    said = plain("{each}", each=". ".join(week_line(week, words) for week in weeks))
    comment = fill(words("Your last weeks. Only you can see this picture."))
    return Attachment("weeks.png", draw_weeks(weeks, words), title, comment, said)


def draw_weeks(weeks: Sequence[Week], words: Words) -> bytes:
    """Return the PNG."""
    from PIL import Image, ImageDraw

    shown = [mark for mark in Mark if mark is not Mark.NONE and any(week.mark is mark for week in weeks)]
    height = LEGEND + ROW * -(-len(shown) // IN_A_ROW) + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), words("Your last weeks"), INK, font(HEAD), anchor="lt")
    for top, label in ((PROMISES, words("Your check-ins")), (NOTES, words("Your notes"))):
        draw.text((MARGIN, top), label, INK, font(SMALL), anchor="lt")
    draw.line((MARGIN, FLOOR, WIDTH - MARGIN, FLOOR), GREY, 2)
    step, most = (WIDTH - 2 * MARGIN) // len(weeks), max(1, *(week.notes for week in weeks))
    for number, week in enumerate(weeks):
        middle = MARGIN + step * number + step // 2
        _put_mark(image, week.mark, (middle, MARKS))
        _draw_notes(draw, week.notes, middle, round(TALLEST * week.notes / most))
        draw.text((middle, FLOOR + SMALL // 2), words.short_day(week.monday), INK, font(SMALL), anchor="mt")
    _draw_legend(image, shown, words)
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _put_mark(image: Image, mark: Mark, middle: tuple[int, int]) -> None:
    """Put a full, a half or an empty circle, a dot, a short line, or for a week without an answer nothing."""
    from PIL import Image, ImageDraw

    size = 2 * RADIUS * FINE
    large = Image.new("RGB", (size, size), PAPER)
    _draw_mark(ImageDraw.Draw(large), mark, size)
    shown = large.resize((2 * RADIUS, 2 * RADIUS), Image.Resampling.LANCZOS)
    image.paste(shown, (middle[0] - RADIUS, middle[1] - RADIUS))


def _draw_mark(draw: ImageDraw, mark: Mark, size: int) -> None:
    ring, thick, quarter = (0, 0, size - 1, size - 1), LINE * FINE, size // 4
    match mark:
        case Mark.KEPT:
            draw.ellipse(ring, BLUE)
        case Mark.PARTLY:
            draw.pieslice(ring, 90, 270, BLUE)
            draw.ellipse(ring, outline=BLUE, width=thick)
        case Mark.NOT_YET:
            draw.ellipse(ring, outline=BLUE, width=thick)
        case Mark.ANSWERED:
            draw.ellipse((quarter, quarter, size - quarter, size - quarter), BLUE)
        case Mark.ASIDE:
            draw.line((0, size // 2, size, size // 2), GREY, thick)
        case Mark.NONE:
            pass


def _draw_notes(draw: ImageDraw, notes: int, middle: int, height: int) -> None:
    if notes:
        draw.rectangle((middle - BAR // 2, FLOOR - height, middle + BAR // 2, FLOOR), ORANGE)
        draw.text((middle, FLOOR - height - SMALL // 3), str(notes), INK, font(SMALL), anchor="mb")


def _draw_legend(image: Image, shown: Sequence[Mark], words: Words) -> None:
    from PIL import ImageDraw

    draw, width = ImageDraw.Draw(image), (WIDTH - 2 * MARGIN) // IN_A_ROW
    for number, mark in enumerate(shown):
        row, column = divmod(number, IN_A_ROW)
        x, y = MARGIN + width * column + RADIUS, LEGEND + ROW * row + RADIUS
        _put_mark(image, mark, (x, y))
        draw.text((x + 2 * RADIUS, y), mark_label(mark, words), INK, font(SMALL), anchor="lm")
