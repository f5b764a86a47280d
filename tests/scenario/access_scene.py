"""One town with everybody in it who might want what is not theirs: 14 actors of the access matrix around one author."""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bot.db.tables import metadata
from bot.domain.follow_ups import FollowUpState
from bot.domain.meetings import MeetingState
from bot.domain.pairings import PairingState
from bot.domain.silence import Step
from demo.town import ROOM, Town
from sandbox import Answer, Channel
from sandbox.calls import Call
from sandbox.modals import Modals
from sandbox.payloads import Payloads
from sandbox.screens import view_object
from sandbox.surfaces import elements
from tests.scenario.canaries import secret
from tests.scenario.people import answer_checkin, dms, join, newest

OTHER_ROOM = "other-owners"
FRESH_ROOM = "fresh-room"
WAITING = ("bea", "ben")  # so that a preview has two matches
CHECKIN_MORNING = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
# What a request leaves in these says that it came, not that it had an effect.
TRACES = frozenset({"inbound", "audit"})


class Who(StrEnum):
    """The actors, as handles. All but the author are listed in TRUST's access matrix."""

    AUTHOR = "mira"
    PARTNER = "jonas"
    PAST_PARTNER = "paul"
    ELSEWHERE = "nora"  # a partner in another pairing
    APPLICANT = "anja"  # joined, not matched
    NON_MEMBER = "nils"
    OWNER = "olga"
    OTHER_OWNER = "otto"  # of another programme
    EX_OWNER = "xena"
    CONFIDANT = "cora"
    ADMIN = "adam"
    GUEST = "gus"
    EXTERNAL = "erin"
    DEACTIVATED = "dora"
    BOT = "robo"


FACTS: dict[str, dict[str, Any]] = {
    Who.ADMIN: {"admin": True},
    Who.GUEST: {"guest": True},
    Who.EXTERNAL: {"external": True},
    Who.BOT: {"bot": True},
    "ada": {"admin": True},
}


@dataclass(slots=True)
class Shown:
    """What came of one payload: everything that was shown to anybody, and to whom.

    ``told`` leaves the home tab out, which says how things stand whoever asks for what.
    """

    answer: Answer
    texts: str
    told: str
    readers: frozenset[str]


@dataclass(slots=True)
class Scene:
    """The town, what the author's things are called inside, and forms somebody rightful has filled in."""

    town: Town
    ids: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)

    def observe(self, act: Callable[[], Answer]) -> Shown:
        """Do something, wait for what follows, and return all that was shown."""
        before = len(self.town.box.calls)
        answer = act()
        assert self.town.tandem.follow_ups.wait()
        calls = [call for call in self.town.box.calls[before:] if call.done and call.readers]
        told = [call for call in calls if call.method != "views.publish"]
        readers = frozenset().union(*(call.readers for call in calls))
        return Shown(answer, _texts(answer, calls), _texts(answer, told), readers)

    def command(self, who: str, line: str, channel: str | None = None) -> Shown:
        """Send a slash command in somebody's name, from whatever channel they claim to be in."""
        name, _, text = line.partition(" ")

        def made() -> dict[str, Any]:
            person = self.town.box.person(who)
            return self._payloads.command(person, name, text, self._place(who, channel))

        return self.observe(lambda: self.town.box.forge(who, "slash_commands", self.town.box.loop.read(made)))

    def click_in(self, who: str, form: str, action: str, value: str) -> Shown:
        """Press a button of a form that somebody rightful has filled in."""
        return self.click(who, action, value, view=self.forms[form])

    def click(
        self,
        who: str,
        action: str,
        value: str = "",
        channel: str | None = None,
        *,
        view: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Shown:
        """Press a button in somebody's name that they perhaps never saw; ``more`` overrides the action's fields."""

        def made() -> dict[str, Any]:
            person, place = self.town.box.person(who), self._place(who, channel)
            pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
            pressed["action_ts"] = self.town.box.hub.workspace.stamps.next(self.town.now)
            return (
                self._payloads.base("block_actions", person)
                | {
                    "trigger_id": self.town.box.hub.triggers.give(person.id),
                    "response_url": self._payloads.response_url(place, person, None),
                    "channel": {"id": place.id, "name": place.form_name},
                    "container": {"type": "message", "channel_id": place.id, "is_ephemeral": True},
                    "actions": [pressed | more],
                }
                | ({"view": view} if view else {})
            )

        return self.observe(lambda: self.town.box.forge(who, "interactive", self.town.box.loop.read(made)))

    def suggest(self, who: str, select: str, typed: str, form: str) -> Shown:
        """Type into a select of a form that asks the bot for its options, in somebody's name."""

        def made() -> dict[str, Any]:
            place = {"block_id": select, "action_id": select, "value": typed, "view": self.forms[form]}
            return self._payloads.base("block_suggestion", self.town.box.person(who)) | place

        return self.observe(lambda: self.town.box.forge(who, "interactive", self.town.box.loop.read(made)))

    def choose(self, who: str, action: str, value: str, channel: str | None = None) -> Shown:
        """Choose an entry of an overflow menu in somebody's name."""
        option = {"text": {"type": "plain_text", "text": "…"}, "value": value}
        return self.click(who, action, "", channel, type="overflow", selected_option=option)

    def send(self, who: str, form: str, **overrides: Any) -> Shown:
        """Send a form in somebody's name as the rightful person had filled it in; ``overrides`` replace view fields."""

        def made() -> dict[str, Any]:
            person = self.town.box.person(who)
            view = copy.deepcopy(self.forms[form]) | {"id": f"V{secrets.token_hex(5)}", "hash": secrets.token_hex(5)}
            return self._payloads.base("view_submission", person) | {
                "trigger_id": self.town.box.hub.triggers.give(person.id),
                "response_urls": [],
                "view": view | overrides,
            }

        return self.observe(lambda: self.town.box.forge(who, "interactive", self.town.box.loop.read(made)))

    def keep_form(self, name: str, who: str, values: dict[str, Any]) -> None:
        """Fill in the open form of somebody, keep it as it would be sent, and do not send it."""
        box = self.town.box
        box.fill(who, values)
        person, modals = box.person(who), Modals(box.hub)
        self.forms[name] = box.loop.read(lambda: view_object(box.hub.workspace, modals.open_view(person)))

    def state(self) -> dict[str, list[Any]]:
        """Return everything the database keeps, but for the traces of requests themselves."""
        with self.town.tandem.database.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(table.c.id))]
                for table in metadata.sorted_tables
                if table.name not in TRACES
            }

    def audited(self, *, allowed: bool) -> int:
        """Return how many lines of the audit trail say yes, or no."""
        audit = metadata.tables["audit"]
        with self.town.tandem.database.engine.connect() as connection:
            query = sa.select(sa.func.count()).where(audit.c.allowed.is_(allowed))
            return connection.scalar(query) or 0

    def button(self, source: Any, action: str) -> str:
        """Return the value of a button (or the first entry of a menu) on a message, view or answer."""
        for block in source.blocks:
            for element in elements(block):
                if element.get("action_id") == action:
                    return str(element.get("value") or element["options"][0]["value"])
        raise LookupError(action)

    def room(self, name: str) -> str:
        return self.town.box.channel(name).id

    @property
    def _payloads(self) -> Payloads:
        return Payloads(self.town.box.hub)

    def _place(self, who: str, channel: str | None) -> Channel:
        workspace = self.town.box.hub.workspace
        return workspace.channel(channel) if channel else workspace.dm([self.town.box.person(who).id])


def _texts(answer: Answer, calls: Iterable[Call]) -> str:
    texts = "\n".join([json.dumps(answer.raw), *(json.dumps(call.args) for call in calls)])
    return str(json.loads(f'"{_unquoted(texts)}"'))


def _unquoted(text: str) -> str:
    """Return JSON within JSON as text that holds every sentence in the clear, however deep it was quoted."""
    return text.replace("\\n", " ").replace("\\", "").replace('"', "'").replace("\n", " ")


def build(town: Town) -> Scene:
    """Bring everybody into town and let them live until the matrix can be asked."""
    town.box.limits.enforced = False  # hundreds of people ask within one moment
    scene = Scene(town)
    for handle in (*Who, "ada", "noel", "hana", "hugo", *WAITING):
        town.box.add_person(handle, locale="en-GB", **FACTS.get(handle, {}))
    _open_programme(scene, ROOM, [Who.OWNER, Who.EX_OWNER, Who.GUEST, Who.BOT], weeks="1")
    town.box.leave(Who.EX_OWNER, ROOM)
    _two_pairings(scene)
    _write(scene)
    _ask_about(scene)
    _open_programme(scene, OTHER_ROOM, [Who.OTHER_OWNER])
    town.box.add_channel(FRESH_ROOM, members=[Who.ADMIN], bot_in=True)
    _ask_before_a_round(scene)
    _keep_forms(scene)
    for handle in Who:
        town.says(handle, "/tandem help")  # from now on everybody is known to the bot
        town.box.open_home(handle)
    run_match(scene)
    town.deliver()
    return scene


def _open_programme(scene: Scene, room: str, owners: Iterable[str], **fields: Any) -> None:
    """Let an admin set up a programme, ask the owners in and go."""
    town = scene.town
    town.box.add_channel(room, members=["ada"], bot_in=True)
    town.says("ada", "/tandem-admin setup", room)
    assert town.submits("ada", {"name": f"Programme of {room}", **fields}).ok
    for owner in owners:
        town.box.join(owner, room)
    town.box.leave("ada", room)


def run_match(scene: Scene) -> None:
    """Let the owner ask for a preview, remember it and its first match, and fill in the forms that change it."""
    scene.town.says(Who.OWNER, "/tandem-admin match", ROOM)
    seen = newest(scene.town, Who.OWNER)
    scene.ids["round"] = scene.button(seen, "round.approve")
    scene.ids["match"] = scene.button(seen, "match.menu").split(":")[1]
    if len(_menus(seen)) > 1:
        for verb, form in {"swap": "match.swap", "trio": "match.place", "one": "match.approve"}.items():
            scene.choose(Who.OWNER, "match.menu", f"{verb}:{scene.ids['match']}:0", ROOM)
            scene.keep_form(form, Who.OWNER, _first_choices(scene))


def _menus(message: Any) -> list[Any]:
    return [one for block in message.blocks for one in elements(block) if one.get("action_id") == "match.menu"]


def _first_choices(scene: Scene) -> dict[str, str]:
    """Return for every select of the owner's open form the first thing one can choose."""
    view = scene.town.box.modal(Who.OWNER)
    assert view is not None
    asked = [block for block in view.blocks if block["type"] == "input"]
    return {block["block_id"]: block["element"]["options"][0]["value"] for block in asked}


def match_afresh(scene: Scene) -> None:
    """Let the owner begin a preview without what was decided on the last."""
    scene.click(Who.OWNER, "round.discard", scene.ids["round"], ROOM)
    run_match(scene)


def part_one(scene: Scene) -> None:
    """Let the owner take a match of a fresh preview apart."""
    match_afresh(scene)
    scene.choose(Who.OWNER, "match.menu", f"part:{scene.ids['match']}:0", ROOM)


def _match(scene: Scene) -> None:
    run_match(scene)
    scene.town.clicks(Who.OWNER, newest(scene.town, Who.OWNER), "round.approve")
    scene.town.deliver()


def _two_pairings(scene: Scene) -> None:
    town = scene.town
    join(town, Who.AUTHOR)
    join(town, Who.PAST_PARTNER)
    _match(scene)
    town.travel(timedelta(days=8))
    town.says(Who.PAST_PARTNER, "/tandem pause until 2026-11-30")
    town.says(Who.OWNER, "/tandem-admin setup", ROOM)
    assert town.submits(Who.OWNER, {"weeks": "12"}).ok
    join(town, Who.PARTNER)
    for handle in (Who.ELSEWHERE, "noel"):
        join(town, handle, languages=["fr"])
    _match(scene)
    town.says(Who.PAST_PARTNER, "/tandem resume")
    for handle in (Who.APPLICANT, "hana"):
        join(town, handle, languages=["pl"])
    join(town, Who.DEACTIVATED)
    town.box.change_person(Who.DEACTIVATED, deleted=True)


def _write(scene: Scene) -> None:
    """Let the author answer a check-in, set a goal and write a note, all of it private or for the partner."""
    town, both = scene.town, (Who.AUTHOR, Who.PARTNER)
    town.travel_to(CHECKIN_MORNING)
    scene.ids["checkin"] = scene.button(dms(town, Who.AUTHOR)[-1], "checkin.open")
    answer_checkin(town, Who.AUTHOR, f"promise {secret(town, 'promise', *both)}")
    town.deliver()
    _reply(scene)
    town.says(Who.AUTHOR, "/tandem goal")
    steps = f"step {secret(town, 'step', Who.AUTHOR)}\nanother step"
    words = {"title": f"goal {secret(town, 'goal', *both)}", "steps": steps}
    assert town.submits(Who.AUTHOR, {**words, "visibility": "shared"}).ok
    goals = town.says(Who.AUTHOR, "/tandem goals")
    scene.ids["goal"] = scene.button(goals, "goal.menu").partition(":")[2]
    scene.ids["step"], scene.ids["step.other"] = (scene.button(goals, f"step.tick.{i}") for i in range(2))
    scene.ids["confidence"] = f"stuck:{scene.ids['goal']}"
    _agree(scene)
    _arrange(scene)
    note = town.says(Who.AUTHOR, f"/tandem note {secret(town, 'note', *both)}")
    scene.ids["note"] = scene.button(note, "note.undo")


def _reply(scene: Scene) -> None:
    """Let the partner reply to the author's check-in, and both keep the form of another line."""
    town, both = scene.town, (Who.AUTHOR, Who.PARTNER)
    for who, action, thing, form in (
        (Who.PARTNER, "checkin.reply", "checkin", "reply"),
        (Who.AUTHOR, "reply.answer", "reply", "reply.answer"),
    ):
        scene.click(who, action, scene.ids[thing])
        scene.keep_form(form, who, {"text": f"line {secret(town, 'reply', *both)}"})
        if form == "reply":
            assert town.submits(who, {}).ok
            town.deliver()
            scene.ids["reply"] = scene.button(dms(town, Who.AUTHOR)[-1], "reply.answer")
        town.box.close_modal(who)


def _agree(scene: Scene) -> None:
    """Let the author write an agreement that the partner is asked to sign, and keep the form of a change."""
    town, me, both = scene.town, Who.AUTHOR, (Who.AUTHOR, Who.PARTNER)
    town.says(me, "/tandem agreement")
    town.clicks(me, newest(town, me), "agreement.edit")
    assert town.submits(me, {"hopes": f"hopes {secret(town, 'hopes', *both)}"}).ok
    town.deliver()
    scene.ids["agreement"] = scene.button(dms(town, Who.PARTNER)[-1], "agreement.sign")
    town.says(me, "/tandem agreement")
    town.clicks(me, newest(town, me), "agreement.edit")
    scene.keep_form("agreement", me, {"meetings": f"meetings {secret(town, 'meetings', *both)}"})


def _arrange(scene: Scene) -> None:
    """Let the author agree on one meeting with the partner and suggest another; keep what can come of them."""
    town, me, both = scene.town, Who.AUTHOR, (Who.AUTHOR, Who.PARTNER)
    for name, day in (("agreed", "2026-11-16"), ("meeting", "2026-11-18")):
        scene.click(me, "meeting.new")
        asked = {"day": "2026-11-17", "time": "14:00", "topic": f"topic {secret(town, 'topic', *both)}"}
        scene.keep_form("meeting.suggest", me, asked)
        assert town.submits(me, {"day": day, "time": "15:00"}).ok
        town.deliver()
        scene.ids[name] = scene.button(dms(town, Who.PARTNER)[-1], "meeting.accept")
    scene.click(Who.PARTNER, "meeting.accept", scene.ids["agreed"])
    scene.click(me, "meeting.another", scene.ids["meeting"])
    scene.keep_form("meeting.another", me, {"day": "2026-11-19", "time": "16:00"})
    town.box.close_modal(me)
    partner = {"doer": town.box.person(Who.PARTNER).id}
    for noun, fields in (("follow_up", partner), ("heard", {})):
        for _ in ("to send", "to keep"):
            scene.click(me, f"{noun}.new", scene.ids["agreed"])
            scene.keep_form(f"{noun}.save", me, {noun: f"{noun} {secret(town, noun, *both)}", **fields})
            if noun not in scene.ids:
                assert town.submits(me, {}).ok
                town.deliver()
                scene.ids[noun] = scene.button(dms(town, Who.PARTNER)[-1], _ANSWERS[noun])
            town.box.close_modal(me)


_ANSWERS = {"follow_up": "follow_up.back", "heard": "heard.yes"}


def as_arranged(scene: Scene) -> None:
    """Undo what has become of the author's meetings and follow-up, and let the agreed one have begun."""
    meeting, task = metadata.tables["meeting"], metadata.tables["follow_up"]
    asked, agreed, noted = (UUID(scene.ids[name]) for name in ("meeting", "agreed", "follow_up"))
    with scene.town.tandem.database.engine.begin() as connection:
        connection.execute(sa.delete(meeting).where(meeting.c.id.not_in([asked, agreed])))
        connection.execute(sa.update(meeting).where(meeting.c.id == asked).values(state=MeetingState.PROPOSED))
        begun = {"state": MeetingState.ACCEPTED, "starts_at": scene.town.now - timedelta(hours=1)}
        connection.execute(sa.update(meeting).where(meeting.c.id == agreed).values(begun))
        connection.execute(sa.update(task).where(task.c.id == noted).values(state=FollowUpState.OPEN))


def _ask_about(scene: Scene) -> None:
    """Let the applicant be asked about a match, and the author and the partner how it fits."""
    town = scene.town
    for first in ("yes", "no"):
        town.says(Who.OWNER, "/tandem-admin setup", ROOM)
        assert town.submits(Who.OWNER, {"ask_first": first}).ok
        if first == "yes":
            _match(scene)
    scene.ids["offer"] = scene.button(dms(town, Who.APPLICANT)[-1], "offer.accept")
    for handle in ("hugo", *WAITING):
        join(town, handle)
    [(workspace, _)] = town.tandem.database.workspaces()
    with town.tandem.database.transaction(workspace) as tx:
        person = tx.people.by_slack_id(town.box.person(Who.AUTHOR).id)
        enrolment = tx.enrolments.active_or_none(person.person_id) if person else None
        pairing = tx.pairings.current(enrolment.id) if enrolment else None
        assert pairing is not None
        scene.ids["pairing"] = str(pairing.id)
        for row in pairing.present:
            tx.fits.add(row, pairing.id).asked = 1
            if person and row.owner_id == person.person_id:
                silent = tx.silence.add(row, pairing.id, tx.now.date())
                silent.take(Step.NUDGE, silent.since, silent.since)
                scene.ids["silence"] = str(silent.id)


def together_again(scene: Scene) -> None:
    """Undo that the author and the partner have parted."""
    pairing, membership = metadata.tables["pairing"], metadata.tables["membership"]
    theirs = UUID(scene.ids["pairing"])
    with scene.town.tandem.database.engine.begin() as connection:
        connection.execute(sa.update(pairing).where(pairing.c.id == theirs).values(state=PairingState.ACTIVE))
        connection.execute(sa.update(membership).where(membership.c.pairing_id == theirs).values(left_at=None))


def _ask_before_a_round(scene: Scene) -> None:
    """Let the owner plan a round three days from now, so that whoever waits is asked today."""
    town = scene.town
    town.says(Who.OWNER, "/tandem-admin rounds", ROOM)
    town.clicks(Who.OWNER, newest(town, Who.OWNER), "schedule.change")
    scene.keep_form("schedule", Who.OWNER, {"rhythm": "once", "first_day": "2026-11-19", "late_joiners": "weekly"})
    assert town.submits(Who.OWNER, {"late_joiners": "next_round"}).ok
    town.deliver()
    scene.ids["attendance"] = scene.button(dms(town, Who.PAST_PARTNER)[-1], "attendance.in")


def _keep_forms(scene: Scene) -> None:
    town, me = scene.town, Who.AUTHOR
    for name, filled in FILLED.items():
        town.says(me, f"/tandem {name.partition('.')[0]}")
        scene.keep_form(name, me, filled)
    wished = {"wished": [town.box.person(Who.OWNER).id]}
    learned = {"learned": f"learned {secret(town, 'learned', me)}"}
    for name, action, filled in (
        ("working", "working.edit", {"department": "Sales"}),
        ("wishes", "wishes.edit", wished),
        ("reminder", "reminder.edit", {"reminders": "gentle"}),
        ("self_check", "self_check.open", {"empathy": "3"}),
        ("closing", "closing.open", learned),
    ):
        scene.click(me, action, scene.ids["pairing"])
        scene.keep_form(name, me, filled)
        town.box.close_modal(me)
    town.says(me, "/tandem checkin")
    scene.keep_form("checkin", me, {"promise": f"another {secret(town, 'promise', me, Who.PARTNER)}"})
    town.box.close_modal(me)
    scene.click(me, "checkin.line", scene.ids["checkin"])
    scene.keep_form("promise", me, {"promise": f"one line {secret(town, 'promise', me, Who.PARTNER)}"})
    town.box.close_modal(me)
    town.clicks(me, newest(town, me), "note.change")
    scene.keep_form("note.change", me, {"text": f"changed {secret(town, 'note', me, Who.PARTNER)}"})
    goals = town.says(me, "/tandem goals")
    scene.observe(lambda: town.box.click(me, goals, "goal.menu", option=f"edit:{scene.ids['goal']}"))
    scene.keep_form("goal.change", me, {"why": f"because {secret(town, 'why', me)}"})
    scene.observe(lambda: town.box.click(me, goals, "goal.menu", option=f"dropped:{scene.ids['goal']}"))
    scene.keep_form("goal.drop", me, {"farewell": f"farewell {secret(town, 'farewell', me)}"})
    _keep_steps(scene)
    choice = town.says(Who.NON_MEMBER, "/tandem join")
    scene.ids["programme"] = scene.button(choice, "join.programme.0")
    town.clicks(Who.NON_MEMBER, newest(town, Who.NON_MEMBER), "join.programme.0")
    scene.keep_form("notice", Who.NON_MEMBER, {})
    town.says(Who.OWNER, "/tandem-admin setup", ROOM)
    scene.keep_form("setup", Who.OWNER, {"purpose": "Grow"})
    _keep_merge(scene)
    town.says(Who.ADMIN, "/tandem-admin setup", FRESH_ROOM)
    scene.keep_form("setup.fresh", Who.ADMIN, {"name": "A third one"})


def _keep_steps(scene: Scene) -> None:
    """Let the author come up to changing a step and to adding one, without doing so."""
    me = Who.AUTHOR
    scene.choose(me, "step.menu", f"edit:{scene.ids['step']}")
    scene.keep_form("step", me, {"plan": f"If it is Tuesday {secret(scene.town, 'plan', me)}"})
    scene.town.box.close_modal(me)
    scene.click(me, "steps.new", scene.ids["goal"])
    scene.keep_form("steps.new", me, {"steps": f"further step {secret(scene.town, 'step', me)}"})
    scene.town.box.close_modal(me)


def _keep_merge(scene: Scene) -> None:
    """Let the owner come up to merging two skills, without doing so."""
    town, me = scene.town, Who.OWNER
    shown = town.says(me, "/tandem-admin skills", ROOM)
    scene.ids["skill"] = scene.button(shown, "skills.merge")
    town.box.click(me, shown, "skills.merge", value=scene.ids["skill"])
    assert town.tandem.follow_ups.wait()
    into = town.box.type_in_select(me, "into", "into", "")[0]["value"]
    scene.keep_form("skills.choose", me, {"into": into})
    assert town.submits(me, {"into": into}).ok
    scene.keep_form("skills.merge", me, {})
    town.box.close_modal(me)


FILLED: dict[str, dict[str, Any]] = {
    "note.new": {"text": "A note by whoever sends this", "goal": "none", "visibility": "private"},
    "note.shared": {"text": "A note for Jonas", "goal": "none", "visibility": "shared"},
    "goal.new": {"title": "A goal of whoever sends this", "visibility": "private"},
    "profile": {"offers": "patience", "wants": "speed"},
    "pause": {"until": "2026-12-01"},
}
