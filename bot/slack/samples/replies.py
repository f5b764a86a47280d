"""What partners say to a check-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.replies import ReplyKind
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, Sample, of
from bot.slack.screens import replies
from bot.usecases.replies import Addressed, Passed, Told


def samples(content: Content) -> Iterator[Sample]:
    to = Addressed(content.partners[0], content.promise)
    read = Told(ID, content.partners[0], "U0PARTNER1", ReplyKind.LINE, content.progress, content.promise, mine=True)
    yield of(replies.reply_form, to=to, checkin=str(ID))
    yield of(replies.reply_form, "an answer", to=to, reply=str(ID))
    yield of(replies.reply_form, "to an offer without words", to=replace(to, quoted=None), reply=str(ID))
    yield of(replies.sent, to=Passed(ID, content.partners[0]))
    yield of(replies.undone, name=content.partners[0])
    yield of(replies.gone, name=content.partners[0])
    yield of(replies.told, read=read)
    yield of(replies.told, "an answer", read=replace(read, mine=False))
    yield of(replies.help_offered, read=replace(read, kind=ReplyKind.HELP, text=None))
    yield of(replies.help_offered, "without a promise", read=replace(read, kind=ReplyKind.HELP, text=None, promise=""))
