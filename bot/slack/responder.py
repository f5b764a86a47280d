"""Bring a reply to Slack in the right order: the effect is committed, then the ack, then calls to Slack."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.slack.attachments.attachment import Attachment
from bot.slack.blocks import Message, View
from bot.slack.directory import TROUBLE
from bot.slack.follow_ups import FollowUps
from bot.slack.homes import Homes
from bot.slack.replies import (
    Done,
    FieldErrors,
    HandOut,
    Later,
    OpenModal,
    Options,
    Private,
    Redraw,
    Replace,
    Reply,
    Share,
    ShowHome,
    ShowModal,
    Working,
)
from bot.slack.requests import Kind, Request
from bot.slack.text import Plain

log = structlog.get_logger()
_SLACK_HOOKS = "hooks.slack.com"
_TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired"})


class Responder:
    """Sends replies. ``draw_home`` builds somebody's home tab anew, ``sorry`` says that something did not work."""

    def __init__(
        self,
        web: WebClient,
        follow_ups: FollowUps,
        draw_home: Callable[[Request], View],
        sorry: Callable[[Request], Message],
        homes: Homes,
    ) -> None:
        self._web = web
        self._sorry = sorry
        self._homes = homes
        self._follow_ups = follow_ups
        self._draw_home = draw_home

    def send(self, request: Request, reply: Reply, ack: Ack) -> None:
        """Ack with as much of ``reply`` as an ack can carry; the rest follows from the pool."""
        if isinstance(reply, Later):
            ack()
            self._later(self._catch_up, request, reply)
            return
        match request.kind:
            case Kind.COMMAND:
                self._answer_command(request, reply, ack)
            case Kind.SUBMISSION:
                self._answer_submission(request, reply, ack)
            case Kind.SUGGESTION:
                ack(options=list(reply.options) if isinstance(reply, Options) else [])
            case _:
                ack()
                self._follow(request, reply)

    def refresh_home(self, request: Request) -> None:
        """Draw the home tab anew, after the ack."""
        self._later(self._publish, request)

    def refresh_homes(self, people: Collection[UUID]) -> None:
        """Draw anew the home tabs at which ``people`` look now."""
        for opened in self._homes.open_for(people):
            self.refresh_home(opened)

    def _answer_command(self, request: Request, reply: Reply, ack: Ack) -> None:
        match reply:
            case Private(message) | Working(message, _):
                ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")
            case _:
                ack()
        if not isinstance(reply, Private):
            self._follow(request, reply)

    def _answer_submission(self, request: Request, reply: Reply, ack: Ack) -> None:
        match reply:
            case FieldErrors(errors):
                ack(response_action="errors", errors=dict(errors))
            case ShowModal(view) | OpenModal(view):
                ack(response_action="update", view=view.payload())
            case Private(message):
                ack(response_action="update", view=_as_view(message).payload())
            case Working(message, _):
                ack(response_action="update", view=_as_view(message).payload())
                self._follow(request, reply)
            case Redraw() | Share() | HandOut():
                ack()
                self._follow(request, reply)
            case Done() | Replace() | ShowHome() | Later() | Options():
                ack()

    def _follow(self, request: Request, reply: Reply) -> None:
        match reply:
            case Private(message):
                self._later(self._say, request, message, replace=False)
            case Replace(message):
                self._later(self._say, request, message, replace=True)
            case Redraw(message, url):
                self._later(self._say, replace(request, response_url=url), message, replace=True)
            case Share(channel, make):
                self._later(self._share, request, channel, make)
            case HandOut(make, said):
                self._later(self._hand_out, request, make, said)
            case Working(_, job):
                self._later(self._finish, request, job)
            case _:
                self._follow_by_view(request, reply)

    def _follow_by_view(self, request: Request, reply: Reply) -> None:
        match reply:
            case OpenModal(view):
                self._later(self._open, request, view)
            case ShowModal(view):
                self._later(self._show, request, view)
            case ShowHome():
                self._later(self._publish, request)
            case _:
                pass

    def _catch_up(self, request: Request, later: Later) -> None:
        """Make the reply whose ack went ahead, and bring it."""
        reply = later.job()
        match reply:
            case OpenModal(view):
                self._open_in_time(request, view, later.too_late)
            case Working(message, _) if request.kind is Kind.COMMAND:
                self._say(request, message, replace=False)
                self._follow(request, reply)
            case _:
                self._follow(request, reply)

    def _open_in_time(self, request: Request, view: View, too_late: Message) -> None:
        try:
            self._open(request, view)
        except SlackApiError as error:
            if error.response.get("error") not in _TOO_LATE:
                raise
            self._say(request, too_late, replace=False)

    def _later(self, task: Callable[..., None], *args: object, **named: object) -> None:
        self._follow_ups.submit(task, *args, **named)

    def _finish(self, request: Request, job: Callable[[], Message]) -> None:
        self._say(request, job(), replace=request.kind is Kind.ACTION)

    def _share(self, request: Request, channel: str, make: Callable[[], Attachment]) -> None:
        try:
            self._upload(channel, make())
        except TROUBLE as error:
            log.warning("upload_failed", error=type(error).__name__)
            self._say(request, self._sorry(request), replace=False)

    def _hand_out(self, request: Request, make: Callable[[], Attachment], said: Message) -> None:
        try:
            own = str(self._web.conversations_open(users=[request.user])["channel"]["id"])
            self._upload(own, make())
        except TROUBLE as error:
            log.warning("upload_failed", error=type(error).__name__)
            self._say(request, self._sorry(request), replace=False)
        else:
            if request.channel != own:
                self._say(request, said, replace=False)

    def _upload(self, channel: str, file: Attachment) -> None:
        self._web.files_upload_v2(
            channel=channel,
            file=file.content,
            filename=file.name,
            title=file.title,
            alt_txt=file.words_for_it,
            initial_comment=file.comment,
        )

    def _say(self, request: Request, message: Message, *, replace: bool) -> None:
        if replace and request.in_modal and not request.response_url:
            self._show(request, _as_view(message))
            return
        if not request.response_url:
            self._show_without_url(request, message)
            return
        if not self._may_post_to(request.response_url):
            log.warning("reply_refused", reason="foreign_response_url")
            return
        hook = WebhookClient(request.response_url, timeout=int(self._web.timeout), retry_handlers=[])
        answer = hook.send(
            text=message.text,
            blocks=list(message.blocks),
            response_type="ephemeral",
            replace_original=replace,
            unfurl_links=False,
        )
        if answer.status_code != 200:  # noqa: PLR2004  HTTP OK
            log.warning("reply_failed", status=answer.status_code)

    def _show_without_url(self, request: Request, message: Message) -> None:
        """Answer a click in the home tab by a window, and an event by a message only that person sees."""
        if request.trigger:
            self._open(request, _as_view(message))
        elif request.channel:
            self._web.chat_postEphemeral(
                channel=request.channel, user=request.user, text=message.text, blocks=list(message.blocks)
            )

    def _may_post_to(self, url: str) -> bool:
        target, api = urlsplit(url), urlsplit(self._web.base_url)
        return (target.scheme, target.netloc) in {("https", _SLACK_HOOKS), (api.scheme, api.netloc)}

    def _open(self, request: Request, view: View) -> None:
        call = self._web.views_push if request.in_modal else self._web.views_open
        call(trigger_id=request.trigger, view=view.payload())

    def _show(self, request: Request, view: View) -> None:
        shown = request.view
        if not request.in_modal:
            self._open(request, view)
            return
        self._web.views_update(view_id=shown["id"], hash=shown.get("hash"), view=view.payload())

    def _publish(self, request: Request) -> None:
        view = self._draw_home(request)
        if not self._homes.shows_new(request, view):
            return
        try:
            self._web.views_publish(user_id=request.user, view=view.payload())
        except TROUBLE:
            self._homes.unsure(request)
            raise


def _as_view(message: Message) -> View:
    return View(blocks=message.blocks, title=Plain("Tandem"))
