"""`tandem doctor --live`: prove on a real workspace what delivery relies on, with one message that is deleted again.

Slack documents neither that a `client_msg_id` keeps an app's message single nor how soon its metadata can be read in
the history (docs.slack.dev, "chat.postMessage", "conversations.history"). Here it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from slack_sdk import WebClient

from bot.bootstrap import web_client
from bot.config import Settings
from bot.delivery.post import TROUBLE, Letter, Post, Result, Sent, outcome
from bot.doctor.findings import Finding
from bot.domain.people import Language
from bot.locales import load_texts
from bot.slack.screens.doctor import probe

MOST = 10  # messages taken back in one go
BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """One key in one conversation."""

    post: Post
    channel: str
    key: str
    since: datetime

    def find(self) -> str | None:
        return self.post.find(self.channel, self.key, self.since)

    def take_back(self) -> int:
        """Delete every message with the key; return how many there were."""
        for count in range(MOST):
            ts = self.find()
            if ts is None:
                return count
            self.post.delete(self.channel, ts)
        return MOST


def prove(settings: Settings, to: str) -> Iterator[Finding]:
    """Post to the person ``to`` (a Slack user id), look the message up, post it again, delete everything."""
    web = web_client(settings, settings.require_slack().bot_token)
    post = Post(web)
    try:
        letter = probe(load_texts().for_(_language(web, to)))
        channel = post.open([to])
    except TROUBLE as error:
        yield Finding(f"a conversation with {to}", ok=False, advice=_advice(outcome(error).error))
        return
    yield Finding(f"a conversation with {to}", ok=True)
    yield from _posted(post, channel, letter)


def _language(web: WebClient, person: str) -> Language:
    return Language.from_slack_locale(web.users_info(user=person, include_locale=True)["user"].get("locale"))


def _posted(post: Post, channel: str, letter: Letter) -> Iterator[Finding]:
    key = f"doctor:{uuid4()}"
    first = post.send(channel, letter, key)
    if not isinstance(first, Sent):
        yield Finding("a message", ok=False, advice=_advice(first.error))
        return
    yield Finding("a message arrives", ok=True)
    trial = Trial(post, channel, key, datetime.fromtimestamp(float(first.ts), UTC) - BEFORE)
    try:
        yield from _looked_up(trial, first, letter)
    except TROUBLE as error:
        yield Finding("the bot's own messages in the history", ok=False, advice=_advice(outcome(error).error))
    finally:
        post.delete(channel, first.ts)


def _looked_up(trial: Trial, first: Sent, letter: Letter) -> Iterator[Finding]:
    advice = "a message whose delivery is unclear cannot be looked up; tell the makers of Tandem, with this line"
    yield Finding("its key is found in the history (metadata)", ok=trial.find() == first.ts, advice=advice)
    again = trial.post.send(trial.channel, letter, trial.key)
    count = trial.take_back()
    yield Finding(f"the same client_msg_id again: {_came_of(again, first, count)}", ok=True)
    extra = [again.ts] if isinstance(again, Sent) and again.ts != first.ts else []
    for ts in extra:
        trial.post.delete(trial.channel, ts)
    yield Finding("everything is deleted again", ok=trial.find() is None, advice="delete it in Slack by hand")


def _came_of(again: Result, first: Sent, count: int) -> str:
    if not isinstance(again, Sent):
        return f"Slack refuses it ({again.error})"
    if again.ts == first.ts or count == 1:
        return "Slack takes it for the same message"
    return "Slack posts it a second time, so Tandem's own look-up is what keeps messages single"


def _advice(error: str) -> str:
    return f"Slack says {error}; --to needs the id of a person of this workspace, like U012AB3CD"
