"""People and rooms as Slack knows them now: read through the Web API, kept in the database, cached for minutes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.db.people import DirectoryEntry, PersonRow
from bot.db.session import Database
from bot.domain import vacations
from bot.domain.people import Language, Standing
from bot.domain.programmes import Room
from bot.domain.refusals import N_, Refused
from bot.domain.vacations import Status
from bot.usecases.people import keep_person

REMEMBERED = timedelta(minutes=10)  # how long a language is taken from memory
FRESH = timedelta(hours=36)  # how long a person is taken from the database; the daily sync comes sooner, events at once
PAGE = 200
HURRY_SECONDS = 1  # for one call before an ack, which has three seconds in all
_MORE_PAGES = 0.8  # seconds after which a hurried look-up turns no further page
_LATEST = 2**33  # seconds since 1970, the year 2242: a later end of a status is a mistake
NAME = 80  # characters, as long as Slack lets a name be
_UNSEEN = frozenset({"channel_not_found", "not_in_channel"})
_DIRECT = "im:read"  # the scope Slack names when it is asked about a direct message, also as mpim:read
TROUBLE = (SlackClientError, OSError)


class SlackSilent(Refused):
    text = N_("Slack did not answer me just now, so I changed nothing. Please try again in a minute.")


@dataclass(frozen=True, slots=True)
class _Memory:
    language: Language
    at: datetime


@dataclass(frozen=True, slots=True)
class _Seen:
    inside: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Lines:
    """Two ways to ask Slack: ``hurried`` before an ack (HURRY_SECONDS a call), ``patient`` after it."""

    hurried: WebClient
    patient: WebClient


class Directory:
    """Who somebody is and which rooms they are in. What asks Slack says how much time there is: ``hurry``."""

    def __init__(self, database: Database, lines: Lines, now: Callable[[], datetime]) -> None:
        self._database = database
        self._lines = lines
        self._now = now
        self._known: dict[tuple[str, str], _Memory] = {}
        self._seen: dict[tuple[str, str], _Seen] = {}

    def is_known(self, team: str, user: str) -> bool:
        """Say whether ``user`` stands in the database, fresh enough to act on."""
        remembered = self._known.get((team, user))
        if remembered and self._now() - remembered.at < REMEMBERED:
            return True
        row = self._kept(team, user)
        if row is None or self._now() - row.checked_at >= FRESH:
            return False
        self._remember(team, user, row)
        return True

    def meet(self, team: str, user: str, *, hurry: bool) -> None:
        """Ask Slack who ``user`` is and keep it. Raises SlackSilent."""
        try:
            answer = self._line(hurry=hurry).users_info(user=user, include_locale=True)
        except TROUBLE:
            raise SlackSilent from None
        self._remember(team, user, self._keep(team, answer["user"]))

    def language(self, team: str, user: str) -> Language | None:
        """Return the language to speak with ``user``, however old that knowledge is; None for a stranger."""
        remembered = self._known.get((team, user))
        if remembered and self._now() - remembered.at < REMEMBERED:
            return remembered.language
        row = self._kept(team, user)
        return row.language if row else None

    def language_if_known(self, team: str, user: str) -> Language | None:
        """Return the language from memory alone, for the moments when nothing else can be reached."""
        remembered = self._known.get((team, user))
        return remembered.language if remembered else None

    def _kept(self, team: str, user: str) -> PersonRow | None:
        with self._database.reading(self._database.workspace(team), hurry=True) as tx:
            return tx.people.by_slack_id(user)

    def _line(self, *, hurry: bool) -> WebClient:
        return self._lines.hurried if hurry else self._lines.patient

    def _keep(self, team: str, member: Mapping[str, Any]) -> PersonRow:
        with self._database.transaction(self._database.workspace(team), hurry=True) as tx:
            return keep_person(tx, read_member(member, team))

    def _remember(self, team: str, user: str, row: PersonRow) -> None:
        self._known[team, user] = _Memory(row.language, self._now())

    def learn(self, team: str, member: Mapping[str, Any]) -> None:
        """Take over what a ``user_change`` or ``team_join`` event says, if it is about somebody we know."""
        entry = read_member(member, team)
        with self._database.reading(self._database.workspace(team), hurry=True) as tx:
            known = tx.people.by_slack_id(entry.slack_id)
        if known:
            self._remember(team, entry.slack_id, self._keep(team, member))

    def forget_language(self, team: str, user: str) -> None:
        """Drop what memory holds about somebody, because they changed it."""
        self._known.pop((team, user), None)

    def room(self, channel: str, *, hurry: bool = False) -> Room:
        """Return what Slack says about a channel. Raises SlackSilent.

        A channel the bot cannot see is a private one it is not in; for direct messages it has no right to ask.
        """
        try:
            info = self._line(hurry=hurry).conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            if error.response.get("error") in _UNSEEN:
                return Room(channel, private=True, bot_inside=False, shared=False)
            if _DIRECT in str(error.response.get("needed")):
                return Room(channel, private=False, bot_inside=False, shared=False)
            raise SlackSilent from None
        except TROUBLE:
            raise SlackSilent from None
        shared = bool(info.get("is_ext_shared") or info.get("is_shared") or info.get("is_pending_ext_shared"))
        private = bool(info.get("is_private")) and not info.get("is_im") and not info.get("is_mpim")
        return Room(channel, private, bot_inside=bool(info.get("is_member")), shared=shared)

    def profile_fields(self, user: str, *, hurry: bool) -> dict[str, str]:
        """Return the workspace's own fields of somebody's Slack profile, by field id. Raises SlackSilent."""
        try:
            return read_fields(self._line(hurry=hurry).users_profile_get(user=user))
        except TROUBLE:
            raise SlackSilent from None

    def rooms_of(self, room: Room, user: str, *, hurry: bool) -> frozenset[str]:
        """Return the channel if ``user`` is in ``room`` now and it is not shared with others. Raises SlackSilent."""
        if not room.bot_inside or room.shared:
            return frozenset()
        return frozenset({room.channel}) if self._is_member(room.channel, user, hurry=hurry) else frozenset()

    def rooms_seen(self, rooms: Iterable[str], user: str) -> frozenset[str]:
        """Return those of ``rooms`` that ``user`` is in, from memory of up to ten minutes: to show, never to allow."""
        return frozenset(room for room in rooms if self._was_seen(room, user))

    def _was_seen(self, room: str, user: str) -> bool:
        known = self._seen.get((room, user))
        if known is None or self._now() - known.at >= REMEMBERED:
            with suppress(SlackSilent):
                known = _Seen(bool(self.rooms_of(self.room(room), user, hurry=False)), self._now())
                self._seen[room, user] = known
        return known is not None and known.inside

    def _is_member(self, channel: str, user: str, *, hurry: bool) -> bool:
        cursor, begun = "", time.monotonic()
        try:
            while True:
                page = self._line(hurry=hurry).conversations_members(channel=channel, limit=PAGE, cursor=cursor)
                if user in page["members"]:
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return False
                if hurry and time.monotonic() - begun > _MORE_PAGES:
                    raise SlackSilent
        except TROUBLE:
            raise SlackSilent from None


def read_fields(answer: SlackResponse) -> dict[str, str]:
    """Return the workspace's own fields of a profile as Slack sends it, by field id."""
    fields = (answer.get("profile") or {}).get("fields") or {}  # Slack sends an empty list where there are none
    return {key: str(one.get("value") or "") for key, one in fields.items()} if isinstance(fields, dict) else {}


def read_member(member: Mapping[str, Any], team: str) -> DirectoryEntry:
    """Read a Slack user object. People may have no e-mail, title or time zone."""
    profile = member.get("profile") or {}
    name = profile.get("real_name") or member.get("real_name") or profile.get("display_name") or member.get("name")
    return DirectoryEntry(
        slack_id=str(member.get("id") or ""),
        name=str(name or "?")[:NAME],
        zone=str(member.get("tz") or "UTC")[:80],
        language=Language.from_slack_locale(member["locale"]) if member.get("locale") else None,
        standing=Standing(
            admin=bool(member.get("is_admin") or member.get("is_owner")),
            guest=bool(member.get("is_restricted") or member.get("is_ultra_restricted")),
            bot=bool(member.get("is_bot") or member.get("is_workflow_bot")),
            deactivated=bool(member.get("deleted")),
            external=bool(member.get("is_stranger")) or str(member.get("team_id") or team) != team,
        ),
        status=_status(profile),
    )


def _status(profile: Mapping[str, Any]) -> Status | None:
    """Return the emoji of a status that ends, and when; what somebody wrote beside it is not looked at."""
    emoji, ends = profile.get("status_emoji"), profile.get("status_expiration")
    if not isinstance(emoji, str) or not isinstance(ends, int) or not 0 < ends < _LATEST:
        return None
    return Status(emoji[: vacations.LONGEST], datetime.fromtimestamp(ends, UTC))
