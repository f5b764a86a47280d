"""The heads-up before a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.attendance import Attendance
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, NEXT_MONDAY, Sample, of
from bot.slack.screens import attendance
from bot.usecases.attendance import HeadsUp


def samples(content: Content) -> Iterator[Sample]:
    asked = HeadsUp(ID, content.programme, NEXT_MONDAY, None, open=True)
    yield of(attendance.heads_up, asked=asked)
    yield of(attendance.heads_up, "out after silence", asked=replace(asked, answer=Attendance.OUT))
    yield of(attendance.answered, "in", asked=replace(asked, answer=Attendance.IN))
    yield of(attendance.answered, "skipped", asked=replace(asked, answer=Attendance.SKIP))
    yield of(attendance.answered, "as a third", asked=replace(asked, answer=Attendance.THIRD))
    yield of(attendance.answered, "back in", asked=replace(asked, answer=Attendance.IN, open=False))
