"""The Bolt app: one edge through which everything from Slack comes in, and the only place that catches everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.db.inbound import AlreadyHandled
from bot.domain.access import is_breach
from bot.domain.refusals import Refused
from bot.slack import requests
from bot.slack.blocks import Message
from bot.slack.directory import SlackSilent
from bot.slack.house import AckFirst, House
from bot.slack.replies import Done, FieldErrors, Later, Private, Reply, Working
from bot.slack.requests import Kind, Request
from bot.slack.responder import Responder
from bot.slack.router import Router
from bot.slack.screens import help, trouble  # noqa: A004  the screen is called what it is
from bot.slack.text import Plain
from bot.usecases.enrolments import is_enrolled

log = structlog.get_logger()
COMMANDS = ("/tandem", "/tandem-admin")
EVENTS = (
    "app_home_opened",
    "message",
    "user_change",
    "team_join",
    "member_joined_channel",
    "member_left_channel",
    "app_uninstalled",
    "tokens_revoked",
)
_SHOWS_NOTHING_NEW = frozenset({Kind.EVENT, Kind.SUGGESTION})
_ANYTHING = re.compile(".*")
Read = Callable[[Mapping[str, Any]], Request]


class Edge:
    """From a Slack payload to a reply, whatever happens in between."""

    def __init__(self, house: House, router: Router, responder: Responder) -> None:
        self._house = house
        self._router = router
        self._responder = responder

    def handle(self, request: Request, ack: Ack) -> None:
        """Answer one request. An event whose effect could not be kept raises, so that Slack delivers it again."""
        reply = self._reply(request)
        self._responder.send(request, reply, ack)
        if not isinstance(reply, Later):
            self._keep_home_fresh(request)

    def _reply(self, request: Request) -> Reply:
        reply = self._caught(request, partial(self._answer, request))
        if isinstance(reply, Working):
            return Working(reply.message, partial(self._work, request, reply.job))
        return reply

    def _begun_again(self, request: Request) -> Reply:
        """Answer a request whose ack has been sent."""
        reply = self._reply(replace(request, acked=True))
        self._keep_home_fresh(request)
        return reply

    def _keep_home_fresh(self, request: Request) -> None:
        if request.kind not in _SHOWS_NOTHING_NEW and self._house.homes.is_open(request):
            self._responder.refresh_home(request)

    def _answer(self, request: Request) -> Reply:
        listener = self._router.find(request.kind, request.name)
        if listener:
            return listener(request, self._house)
        return self._unknown_word(request) if request.kind is Kind.COMMAND else Done()

    def _unknown_word(self, request: Request) -> Reply:
        name, _, word = request.name.partition(" ")
        words = self._house.words(request)
        nearest = self._router.nearest(name, word) or ""
        if name != "/tandem":
            return Private(help.admin_help(words, typo=word, nearest=nearest))
        with self._house.looking(request) as (tx, actor):
            enrolled = is_enrolled(tx, actor)
        shown = help.help_message(words, typo=word, nearest=nearest, enrolled=enrolled)
        return Private(replace(shown, blocks=(*shown.blocks, *trouble.handed_back(request.text, words))))

    def _work(self, request: Request, job: Callable[[], Message]) -> Message:
        reply = self._caught(request, lambda: Private(job()))
        return (
            reply.message if isinstance(reply, Private) else trouble.not_saved("", self._house.words_at_hand(request))
        )

    def _caught(self, request: Request, attempt: Callable[[], Reply]) -> Reply:
        try:
            return self._audited(request, attempt)
        except AlreadyHandled:
            return Done()
        except AckFirst:
            too_late = trouble.refusal(SlackSilent(), self._house.words_at_hand(request), typed=request.text)
            return Later(partial(self._begun_again, request), too_late)
        except Refused as refusal:
            return self._refused(request, refusal)
        except Exception as error:
            _write_down(request, error)
            if request.kind is Kind.EVENT:
                raise
            return self._sorry(request)

    def _audited(self, request: Request, attempt: Callable[[], Reply]) -> Reply:
        try:
            return attempt()
        except Refused as refusal:
            if is_breach(refusal, by_form=request.kind is Kind.SUBMISSION):
                self._house.record_refusal(request)
            raise

    def _refused(self, request: Request, refusal: Refused) -> Reply:
        words = self._house.words_at_hand(request)
        if request.kind is Kind.EVENT and isinstance(refusal, SlackSilent):
            raise refusal
        if _inputs(request):
            return _at_field(request, refusal.field, trouble.refusal_line(refusal, words))
        typed = request.text if request.kind is Kind.COMMAND else ""
        return Private(trouble.refusal(refusal, words, typed))

    def _sorry(self, request: Request) -> Reply:
        words = self._house.words_at_hand(request)
        if _inputs(request):
            return _at_field(request, None, trouble.not_saved_line(words))
        return Private(trouble.not_saved(request.text, words))


def _inputs(request: Request) -> list[str]:
    """Return the fields of the form that was sent; there are none in one that only asks for consent."""
    if request.kind is not Kind.SUBMISSION:
        return []
    return [str(block["block_id"]) for block in request.view.get("blocks", ()) if block.get("type") == "input"]


def _at_field(request: Request, field: str | None, sentence: Plain) -> FieldErrors:
    """Show a sentence at its field; one that belongs to the whole form goes to the first, so that no text is lost."""
    names = _inputs(request)
    return FieldErrors({field if field and field in names else names[0]: sentence})


def _write_down(request: Request, error: Exception) -> None:
    """Log that something broke: the class and the place, never what anybody wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}" if trace else "?"
    log.error("listener_failed", kind=str(request.kind), name=request.name, error=type(error).__name__, place=place)


Timing = Callable[[str], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is to Slack, and what its requests are signed with (empty in Socket Mode)."""

    token: str
    signing_secret: str
    bot_id: str
    bot_user_id: str


def build_app(edge: Edge, web: WebClient, identity: Identity, answering: Timing) -> App:
    """Return the Bolt app. It makes no call to Slack by itself: who the bot is was asked once, at the start.

    ``answering`` measures how long it takes to answer a request of the kind it is told.
    """

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=identity.token,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    app = App(
        # Without a token, which comes from `authorize`; with one, Bolt warns at each start that it ignores it.
        client=WebClient(base_url=web.base_url, timeout=web.timeout, retry_handlers=[]),
        signing_secret=identity.signing_secret or "unused in socket mode",
        authorize=authorize,
        process_before_response=True,
        # The guard in front has checked it over the raw bytes already; Socket Mode has none.
        request_verification_enabled=bool(identity.signing_secret),
        ignoring_self_events_enabled=True,
    )
    _listen(app, partial(_listener, edge, answering))
    return app


def _listen(app: App, listener: Callable[[Read], Callable[..., None]]) -> None:
    for name in COMMANDS:
        app.command(name)(listener(_read_command))
    app.action(_ANYTHING)(listener(requests.read_action))
    app.view(_ANYTHING)(listener(requests.read_submission))
    app.options(_ANYTHING)(listener(requests.read_suggestion))
    app.shortcut(_ANYTHING)(listener(requests.read_shortcut))
    for name in EVENTS:
        app.event(name)(listener(requests.read_event))


def _read_command(body: Mapping[str, Any]) -> Request:
    """Split a slash command into its word and the rest: ``/tandem note done`` is command ``/tandem note``."""
    request = requests.read_command(body)
    word, rest, *_ = (*request.text.split(maxsplit=1), "", "")  # a line break ends the word too
    return replace(request, name=f"{request.name} {word.lower()}".strip(), text=rest.strip())


def _listener(edge: Edge, answering: Timing, read: Read) -> Callable[..., None]:
    def listen(body: dict[str, Any], ack: Ack) -> None:
        request = read(body)
        with answering(str(request.kind)):
            edge.handle(request, ack)

    return listen
