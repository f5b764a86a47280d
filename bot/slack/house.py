"""What every listener is handed: transactions with their actor, words, the directory, what is configured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db.audit import ACTION
from bot.db.inbound import AlreadyHandled
from bot.db.session import Database
from bot.db.transaction import Transaction
from bot.domain.people import Actor, Language, NotWelcome, welcoming
from bot.domain.programmes import ProgrammePlan, Room
from bot.domain.rules import Rules
from bot.domain.working import Company
from bot.locales import Texts, Words
from bot.matching.policy import Policy
from bot.slack.directory import Directory, SlackSilent
from bot.slack.homes import Homes
from bot.slack.passes import Wake
from bot.slack.requests import Kind, Request

# What is answered in the ack itself, or counts as handled with it, cannot be acked first.
ACKED_LAST = frozenset({Kind.SUBMISSION, Kind.EVENT, Kind.SUGGESTION})


class AckFirst(Exception):
    """Slack has to be asked something, which may take longer than it waits for an ack: send that, then begin again."""


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What the configuration says about people and new programmes."""

    team: str
    named_for_setup: frozenset[str]
    guests_welcome: bool
    defaults: ProgrammePlan
    min_gap_weeks: int
    holidays: str
    rules: Rules
    matching: Policy
    company: Company
    profile_fields: Mapping[str, str]  # which field of Slack's profile says what


@dataclass(frozen=True, slots=True)
class House:
    database: Database
    texts: Texts
    directory: Directory
    rules: HouseRules
    now: Callable[[], datetime]
    wake: Wake
    homes: Homes

    @contextmanager
    def acting(self, request: Request, *, room: str | Room = "") -> Iterator[tuple[Transaction, Actor]]:
        """Yield a transaction that keeps its effect once per request, and who acts in it, one thing at a time.

        With ``room``, the actor's membership of that channel is looked up at Slack first.
        Raises AlreadyHandled for a repeated request, NotWelcome for another workspace's people, SlackSilent, and
        AckFirst (before any effect).
        """
        rooms = self._prepare(request, room)
        with self.database.transaction(self.database.workspace(request.team), hurry=True) as tx:
            tx.inbound.claim(request.key)
            actor = self._actor(tx, request, rooms)
            tx.hold("person", actor.person)
            yield tx, actor
        if tx.mail:
            self.wake()

    @contextmanager
    def looking(self, request: Request, *, room: str | Room = "") -> Iterator[tuple[Transaction, Actor]]:
        """Yield a transaction that only reads, and who asks. Raises NotWelcome, SlackSilent or AckFirst."""
        rooms = self._prepare(request, room)
        with self.database.reading(self.database.workspace(request.team), hurry=True) as tx:
            yield tx, self._actor(tx, request, rooms)

    def room(self, request: Request, channel: str) -> Room:
        """Return what Slack says about a channel now. Raises SlackSilent or AckFirst."""
        return self.directory.room(channel, hurry=self._in_a_hurry(request))

    def own_rooms(self, request: Request) -> frozenset[str]:
        """Return the owners' rooms the asking person is in, as Slack said within ten minutes; none if it is silent."""
        with self.database.reading(self.database.workspace(request.team)) as tx:
            rooms = tx.programmes.rooms()
        return self.directory.rooms_seen(rooms, request.user)

    def own_profile(self, request: Request) -> Mapping[str, str]:
        """Return what the asking person's Slack profile says in the configured fields. Raises AckFirst.

        Nothing when no field is configured or Slack is silent: people can say it themselves.
        """
        wanted = {name: key for name, key in self.rules.profile_fields.items() if key}
        if not wanted:
            return {}
        with suppress(SlackSilent):
            found = self.directory.profile_fields(request.user, hurry=self._in_a_hurry(request))
            return {name: found[key] for name, key in wanted.items() if key in found}
        return {}

    def _prepare(self, request: Request, room: str | Room) -> frozenset[str]:
        if request.team != self.rules.team:
            raise NotWelcome
        if not self.directory.is_known(request.team, request.user):
            self.directory.meet(request.team, request.user, hurry=self._in_a_hurry(request))
        if not room:
            return frozenset()
        seen = room if isinstance(room, Room) else self.room(request, room)
        return self.directory.rooms_of(seen, request.user, hurry=self._in_a_hurry(request))

    def _in_a_hurry(self, request: Request) -> bool:
        """Say whether Slack waits for an ack that has to come last. Raises AckFirst where it can be sent at once."""
        if not request.acked and request.kind not in ACKED_LAST:
            raise AckFirst
        return not request.acked

    def _actor(self, tx: Transaction, request: Request, rooms: frozenset[str]) -> Actor:
        named = request.user in self.rules.named_for_setup
        actor = tx.people.actor(request.user, named_for_setup=named, rooms=rooms)
        return replace(actor, standing=welcoming(actor.standing)) if self.rules.guests_welcome else actor

    def record_refusal(self, request: Request) -> None:
        """Write one audit line, without content, that a request was refused for want of a right."""
        if request.team != self.rules.team:
            return
        workspace = self.database.workspace(request.team)
        with suppress(AlreadyHandled), self.database.transaction(workspace, hurry=True) as tx:
            person = tx.people.by_slack_id(request.user)
            if person:
                tx.inbound.claim(request.attempt)
                tx.audit.record(person.person_id, request.name[:ACTION], allowed=False)

    def is_owners_room(self, request: Request) -> bool:
        """Say whether the request's channel is the owners' room of a programme."""
        if request.team != self.rules.team:
            return False
        with self.database.reading(self.database.workspace(request.team), hurry=True) as tx:
            return tx.programmes.run_from(request.channel) is not None

    def words(self, request: Request) -> Words:
        """Return the words of the asking person's language. Raises SlackSilent or AckFirst for a stranger."""
        language = self.directory.language(request.team, request.user)
        if language is None:
            self.directory.meet(request.team, request.user, hurry=self._in_a_hurry(request))
            language = self.directory.language(request.team, request.user)
        return self.texts.for_(language or Language.EN)

    def words_at_hand(self, request: Request) -> Words:
        """Return the words of the asking person's language as far as memory knows it; English otherwise."""
        return self.texts.for_(self.directory.language_if_known(request.team, request.user) or Language.EN)
