"""The certificate of participation: one calm A4 page as a PDF file, in its reader's language."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.locales import Words
from bot.slack.attachments.attachment import Attachment
from bot.slack.attachments.bars import font
from bot.slack.text import fill, plain
from bot.usecases.certificates import Certificate

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

DPI = 200
WIDTH, HEIGHT = 1_654, 2_339  # pixels: A4
FRAME = 90
ROOM = WIDTH - 4 * FRAME  # for a line of text
PAPER, INK, QUIET = 255, 28, 110  # shades of grey
NAME, TEXT, SMALL = 84, 46, 32  # pixels of type
LEAST = 64  # the smallest a name is set before it takes a second line
LINE_BY_HAND = "_" * 30
_NOWHERE = "\ufffe"  # no font has it: what it looks like is what a missing letter looks like


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the page: as large as it fits, between ``size`` and LEAST, and with ``space`` above it."""

    text: str
    size: int
    space: int
    shade: int = INK


def certificate(shown: Certificate, words: Words) -> Attachment:
    """Return the page; a name in letters that the font does not have gets a line to write it on by hand."""
    name, programme = drawable(shown.name), drawable(shown.programme) or ""
    period = plain(
        words("from {first} to {last}"), first=words.full_date(shown.span.first), last=words.full_date(shown.span.last)
    )
    weeks = plain(
        words.many("{weeks} week of learning with a partner", "{weeks} weeks of learning with a partner", shown.weeks),
        weeks=words.number(shown.weeks),
    )
    title = plain(words("Certificate of participation"))
    took_part = plain(words("took part in the peer-mentoring programme"))
    made = plain(
        words("Made on {day} by Tandem. It tells of taking part and of nothing else."),
        day=words.full_date(shown.made_on),
    )
    page = [
        Line(title, LEAST, 300, QUIET),
        Line(name or LINE_BY_HAND, NAME, 190),
        Line(took_part, TEXT, 90),
        Line(programme, NAME, 60),
        Line(period, TEXT, 110),
        Line(weeks, TEXT, 30),
    ]
    said = plain("{all}", all=f"{title}. {shown.name}. {took_part}. {shown.programme}. {period}. {weeks}.")
    comment = (
        words("Here is your certificate. Nobody else has seen it.")
        if name
        else words(
            "Here is your certificate. I cannot draw the letters of your name, so there is a line to write it on."
        )
    )
    content = _as_pdf(page, made, title=title, made_on=datetime.combine(shown.made_on, time()))
    return Attachment("certificate.pdf", content, title, fill(comment), said)


def drawable(text: str) -> str | None:
    """Return ``text`` without what the font has no picture of; None when letters are among that, or nothing is left."""
    known = "".join(one for one in text if _has(one))
    lost = any(unicodedata.category(one)[0] == "L" for one in text if not _has(one))
    return None if lost else " ".join(known.split()) or None


@lru_cache(maxsize=4_096)
def _has(character: str) -> bool:
    if character.isspace():
        return True
    type_ = font(SMALL)
    return type_.getmask(character).getbbox() is not None and bytes(type_.getmask(character)) != bytes(
        type_.getmask(_NOWHERE)
    )


def _as_pdf(page: list[Line], foot: str, *, title: str, made_on: datetime) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((FRAME, FRAME, WIDTH - FRAME, HEIGHT - FRAME), outline=QUIET, width=3)
    top = FRAME
    for line in page:
        top = _write(draw, line, top + line.space)
    bottom = HEIGHT - 2 * FRAME - SMALL
    draw.line((WIDTH // 2 - 120, bottom - 60, WIDTH // 2 + 120, bottom - 60), QUIET, 3)
    _write(draw, Line(foot, SMALL, 0, QUIET), bottom - SMALL)
    content = io.BytesIO()
    moment = made_on.timetuple()
    image.save(
        content,
        "PDF",
        resolution=DPI,
        quality=95,
        title=title,
        author="Tandem",
        creationDate=moment,
        modDate=moment,
    )
    return content.getvalue()


def _write(draw: ImageDraw, line: Line, top: int) -> int:
    """Write one part of the page centred below ``top``; return where it ends."""
    size, rows = fitted(line.text, line.size)
    for row in rows:
        draw.text((WIDTH // 2, top), row, line.shade, font(size), anchor="mt")
        top += size * 3 // 2
    return top


def fitted(text: str, size: int) -> tuple[int, list[str]]:
    """Return at which size ``text`` fits on one line; at the smallest, the lines it takes."""
    least = min(size, LEAST)
    for smaller in range(size, least - 1, -4):
        if font(smaller).getlength(text) <= ROOM:
            return smaller, [text]
    rows = [""]
    for word in _pieces(text, least):
        longer = f"{rows[-1]} {word}".strip()
        if font(least).getlength(longer) <= ROOM:
            rows[-1] = longer
        else:
            rows.append(word)
    return least, [row for row in rows if row]


def _pieces(text: str, size: int) -> list[str]:
    """Return the words of ``text``; one that is wider than the page is cut."""
    most = max(1, int(ROOM / font(size).getlength("W")))
    return [piece for word in text.split() for piece in _cut(word, most, size)]


def _cut(word: str, most: int, size: int) -> list[str]:
    if font(size).getlength(word) <= ROOM:
        return [word]
    return [word[start : start + most] for start in range(0, len(word), most)]
