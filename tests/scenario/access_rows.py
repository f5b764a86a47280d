"""The access matrix: for every intent, who may. Whoever is not named is refused."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from bot import usecases
from demo.town import ROOM
from tests.scenario.access_scene import (
    FRESH_ROOM,
    Scene,
    Shown,
    Who,
    as_arranged,
    match_afresh,
    part_one,
    run_match,
    together_again,
)

Drive = Callable[[Scene, str], Shown]
Everybody = frozenset[str]

PAIRED = frozenset({Who.AUTHOR, Who.PARTNER, Who.ELSEWHERE})
PARTICIPANTS = PAIRED | {Who.PAST_PARTNER, Who.APPLICANT}
OUTSIDERS = frozenset({Who.GUEST, Who.EXTERNAL, Who.DEACTIVATED, Who.BOT})
COLLEAGUES = frozenset(Who) - OUTSIDERS
AUTHOR = frozenset({Who.AUTHOR})
TOGETHER = AUTHOR | {Who.PARTNER}
ASKED = frozenset({Who.APPLICANT})
WAITING = frozenset({Who.PAST_PARTNER})
PARTNER = frozenset({Who.PARTNER})
OWNER = frozenset({Who.OWNER})
ADMIN = frozenset({Who.ADMIN})


@dataclass(frozen=True, slots=True)
class Row:
    """One intent, the payload that leads to it, and who may. ``prepare`` runs before somebody allowed acts."""

    intent: str
    allows: frozenset[Who]
    drive: Drive
    writes: bool = False
    prepare: Callable[[Scene], None] | None = None
    about: str = ""

    @property
    def name(self) -> str:
        return f"{self.intent}{f' ({self.about})' if self.about else ''}"


def says(line: str, room: str | None = None) -> Drive:
    return lambda scene, who: scene.command(who, line, room)


def clicks(action: str, thing: str = "", room: str | None = None) -> Drive:
    return lambda scene, who: scene.click(who, action, scene.ids.get(thing, ""), room)


def picks(verb: str) -> Drive:
    return lambda scene, who: scene.choose(who, "goal.menu", f"{verb}:{scene.ids['goal']}")


def takes(verb: str, beside: str = "") -> Drive:
    """Choose in the menu of a step."""
    return lambda scene, who: scene.choose(who, "step.menu", f"{verb}:{scene.ids['step']}:{scene.ids.get(beside, '')}")


def decides(verb: str) -> Drive:
    """Choose in the menu of a match of the preview."""
    return lambda scene, who: scene.choose(who, "match.menu", f"{verb}:{scene.ids['match']}:0", ROOM)


def previews(scene: Scene, who: str) -> Shown:
    """Ask what a partner would read of the check-in's form as its author had filled it in."""
    return scene.click_in(who, "checkin", "checkin.preview", scene.ids["checkin"])


def takes_step(scene: Scene, who: str) -> Shown:
    """Promise a step, named by the button as the check-in and the step."""
    return scene.click(who, "checkin.step.0", f"{scene.ids['checkin']}:{scene.ids['step']}")


def sends(form: str) -> Drive:
    return lambda scene, who: scene.send(who, form)


def asks_for(select: str, typed: str, form: str) -> Drive:
    return lambda scene, who: scene.suggest(who, select, typed, form)


def opens_home(scene: Scene, who: str) -> Shown:
    return scene.observe(lambda: scene.town.box.open_home(who))


def owners(line: str) -> Drive:
    return says(f"/tandem-admin {line}", ROOM)


# In the order in which allowed people act: nothing is needed after it is gone.
ROWS = (
    Row("enrolments.is_enrolled", frozenset(Who), says("/tandem help")),
    Row("home.read_home", COLLEAGUES, opens_home),
    Row("people.choose_language", COLLEAGUES, says("/tandem language en"), writes=False),
    Row("programmes.read_guidelines", COLLEAGUES, says("/tandem guidelines")),
    Row("participants.own_enrolment", PARTICIPANTS, says("/tandem profile")),
    Row("participants.check_readers", AUTHOR, sends("note.shared"), writes=True),
    Row("enrolments.read_profile", PARTICIPANTS, says("/tandem profile")),
    Row("working.read_working", PARTICIPANTS, clicks("working.edit")),
    Row("working.write_working", PARTICIPANTS, sends("working"), writes=True),
    Row("reminders.read_reminders", PARTICIPANTS, clicks("reminder.edit")),
    Row("reminders.choose_reminders", PARTICIPANTS, sends("reminder"), writes=True),
    Row("breaks.follows_status", PARTICIPANTS, clicks("working.edit")),
    Row("breaks.follow_status", PARTICIPANTS, sends("working")),
    Row("wishes.read_wishes", PARTICIPANTS, clicks("wishes.edit")),
    Row("wishes.write_wishes", PARTICIPANTS, sends("wishes"), writes=True),
    Row("enrolments.own_today", PARTICIPANTS, says("/tandem leave")),
    Row("enrolments.invitations", COLLEAGUES, says("/tandem join")),  # there is a second programme for those in one
    Row("enrolments.invitation", COLLEAGUES - PARTICIPANTS, clicks("join.programme.0", "programme")),
    Row("skills.suggest_skills", PARTICIPANTS, asks_for("offers", "cook", "profile")),
    Row("pairings.read_partner", PAIRED, says("/tandem partner")),
    Row("agreements.read_agreement", PAIRED, says("/tandem agreement")),
    Row("agreements.draft_agreement", PAIRED, clicks("agreement.edit")),
    Row("agreements.read_version", AUTHOR | PARTNER, clicks("agreement.older", "agreement")),
    Row("agreements.sign_agreement", AUTHOR | PARTNER, clicks("agreement.sign", "agreement")),
    Row("agreements.write_agreement", AUTHOR | PARTNER, sends("agreement")),
    Row("ledger.read_ledger", PAIRED, says("/tandem ledger")),
    Row("meetings.read_meetings", PAIRED, says("/tandem meet")),
    Row("meetings.arrange", PAIRED, clicks("meeting.new")),
    Row("meetings.rearrange", TOGETHER, clicks("meeting.another", "meeting")),
    Row("meetings.own_meeting", TOGETHER, clicks("meeting.another", "meeting")),
    Row("meetings.hand_out", TOGETHER, clicks("meeting.file", "agreed")),
    Row("meetings.suggest", TOGETHER, sends("meeting.suggest"), writes=True, prepare=as_arranged),
    Row("meetings.suggest_another", TOGETHER, sends("meeting.another"), writes=True, prepare=as_arranged),
    Row("meetings.accept", TOGETHER, clicks("meeting.accept", "meeting"), prepare=as_arranged),
    Row("meetings.decline", TOGETHER, clicks("meeting.decline", "meeting"), writes=True, prepare=as_arranged),
    Row("meetings.call_off", TOGETHER, clicks("meeting.call_off", "meeting"), writes=True, prepare=as_arranged),
    Row("meetings.say_what_happened", TOGETHER, clicks("meeting.met", "agreed"), writes=True, prepare=as_arranged),
    Row("follow_ups.open_follow_up", TOGETHER, clicks("follow_up.new", "agreed")),
    Row("follow_ups.write_follow_up", TOGETHER, sends("follow_up.save"), writes=True),
    Row("follow_ups.tick", PARTNER, clicks("follow_up.done", "follow_up"), writes=True),
    Row("follow_ups.hand_back", PARTNER, clicks("follow_up.back", "follow_up"), writes=True, prepare=as_arranged),
    Row("listening.open_heard", TOGETHER, clicks("heard.new", "agreed")),
    Row("listening.write_heard", TOGETHER, sends("heard.save"), writes=True),
    Row("listening.read_heard", PARTNER, clicks("heard.correct", "heard")),
    Row("listening.answer_heard", PARTNER, clicks("heard.yes", "heard"), writes=True),
    Row("milestones.own_time", TOGETHER, clicks("self_check.open", "pairing")),
    Row("milestones.check_half_time", TOGETHER, clicks("half_time.right", "pairing")),
    Row("self_checks.read_self_check", TOGETHER, clicks("self_check.open", "pairing")),
    Row("self_checks.write_self_check", TOGETHER, sends("self_check"), writes=True),
    Row("closings.read_closing", TOGETHER, clicks("closing.open", "pairing")),
    Row("closings.look_back", TOGETHER, sends("closing"), writes=True),
    Row("thanks.read_thanks", COLLEAGUES, says("/tandem thanks")),
    Row("certificates.read_certificate", AUTHOR | {Who.PAST_PARTNER}, says("/tandem certificate")),
    Row("checkins.current_checkin", PAIRED, says("/tandem checkin")),
    Row("checkins.read_checkin", AUTHOR, clicks("checkin.open", "checkin")),
    Row("checkins.own_checkin", AUTHOR, clicks("checkin.open", "checkin")),
    Row("answers.answer_checkin", AUTHOR, sends("checkin"), writes=True),
    Row("answers.report_outcome", AUTHOR, clicks("checkin.kept", "checkin")),
    Row("answers.let_go", AUTHOR, clicks("checkin.let_go", "checkin")),
    Row("answers.carry_over", AUTHOR, clicks("checkin.carry", "checkin")),
    Row("answers.take_step", AUTHOR, takes_step),
    Row("answers.promise_line", AUTHOR, sends("promise"), writes=True),
    Row("answers.preview_answer", AUTHOR, previews),
    Row("checkins.early_checkin", PAIRED, clicks("checkin.early")),
    Row("checkins.begin_early", PAIRED, clicks("checkin.early")),
    Row("postponements.ask_later", AUTHOR, clicks("checkin.later", "checkin")),
    Row("moods.ask_mood", PARTICIPANTS, clicks("mood.on"), writes=True),
    Row("summaries.cheer", PARTNER, clicks("checkin.cheer", "checkin"), writes=True),
    Row("summaries.offer_help", PARTNER, clicks("checkin.help", "checkin"), writes=True),
    Row("replies.tell_of_help", PARTNER, clicks("checkin.help", "checkin")),  # a second offer is the first one
    Row("replies.read_checkin_to_reply", PARTNER, clicks("checkin.reply", "checkin")),
    Row("replies.reply_to_checkin", PARTNER, sends("reply"), writes=True),
    Row("replies.read_reply_to_answer", AUTHOR, clicks("reply.answer", "reply")),
    Row("replies.answer_reply", AUTHOR, sends("reply.answer"), writes=True),
    Row("replies.undo_reply", PARTNER, clicks("reply.undo", "reply"), writes=True),
    Row("answers.take_back", AUTHOR, clicks("checkin.undo", "checkin"), writes=True),
    Row("postponements.put_aside", AUTHOR, clicks("checkin.aside", "checkin"), writes=True),
    Row("goals.read_goals", PARTICIPANTS, says("/tandem goals")),
    Row("goals.read_goal", AUTHOR, picks("edit")),
    Row("goals.check_new_goal", PARTICIPANTS, says("/tandem goal")),
    Row("goals.write_goal", PARTICIPANTS, sends("goal.new"), writes=True),
    Row("goals.own_goal", AUTHOR, picks("edit")),
    Row("goals.change_goal", AUTHOR, sends("goal.change"), writes=True),
    Row("goals.say_confidence", AUTHOR, clicks("goal.confidence", "confidence"), writes=True),
    Row("goals.own_goal_at_all", AUTHOR, picks("edit")),
    Row("steps.tick_step", AUTHOR, clicks("step.tick.0", "step"), writes=True),
    Row("steps.own_step", AUTHOR, takes("untick"), writes=True),
    Row("steps.read_step", AUTHOR, takes("edit")),
    Row("steps.move_step", AUTHOR, takes("down", "step.other"), writes=True),
    Row("steps.change_step", AUTHOR, sends("step"), writes=True),
    Row("steps.add_steps", AUTHOR, sends("steps.new"), writes=True),
    Row("steps.remove_step", AUTHOR, clicks("step.remove", "step.other"), writes=True),
    Row("notes.note_choices", PARTICIPANTS, says("/tandem note")),
    Row("notes.write_note", PARTICIPANTS, says("/tandem note something happened"), writes=True),
    Row("notes.write_note", PARTICIPANTS, sends("note.new"), writes=True, about="by the form"),
    Row("notes.read_notes", PARTICIPANTS, says("/tandem notes")),
    Row("notes.search_notes", PARTICIPANTS, says("/tandem notes outline")),
    Row("weeks.read_weeks", PARTICIPANTS, clicks("weeks.show")),
    Row("notes.read_note", AUTHOR, clicks("note.change", "note")),
    Row("notes.own_note", AUTHOR, clicks("note.change", "note")),
    Row("notes.change_note", AUTHOR, sends("note.change"), writes=True),
    Row("notes.undo_note", AUTHOR, clicks("note.undo", "note"), writes=True),
    Row("archive.drop_goal", AUTHOR, sends("goal.drop"), writes=True),
    Row("archive.read_archive", PARTICIPANTS, clicks("goals.archive")),
    Row("archive.resume_goal", AUTHOR, clicks("goal.resume", "goal"), writes=True),
    Row("archive.finish_goal", AUTHOR, picks("done"), writes=True),
    Row("archive.cheer_goal", PARTNER, clicks("goal.cheer", "goal"), writes=True),
    Row("programmes.check_setup", OWNER, owners("setup")),
    Row("programmes.check_setup", ADMIN, says("/tandem-admin setup", FRESH_ROOM), about="a new room"),
    Row("programmes.set_up", OWNER, sends("setup"), writes=True),
    Row("programmes.set_up", ADMIN, sends("setup.fresh"), writes=True, about="a new room"),
    Row("programmes.read_status", OWNER, owners("status")),
    Row("programmes.owned_programme", OWNER, owners("status")),
    Row("schedules.read_rounds", OWNER, owners("rounds")),
    Row("schedules.open_schedule", OWNER, clicks("schedule.change", room=ROOM)),
    Row("schedules.set_schedule", OWNER, sends("schedule"), writes=True),
    Row("attendance.answer_heads_up", WAITING, clicks("attendance.third", "attendance"), writes=True),
    Row("skills.list_skills", OWNER, owners("skills")),
    Row("skills.read_skill", OWNER, clicks("skills.merge", "skill", ROOM)),
    Row("skills.suggest_targets", OWNER, asks_for("into", "", "skills.choose")),
    Row("skills.plan_merge", OWNER, sends("skills.choose")),
    Row("skills.merge_skills", OWNER, sends("skills.merge"), writes=True),
    Row("field.check_round", OWNER, owners("match"), writes=True),
    Row("field.gather", OWNER, clicks("round.shuffle", "round", ROOM), writes=True),
    Row("rounds.propose", OWNER, owners("match"), writes=True),
    Row("previews.open_round", OWNER, clicks("round.page.next", "round", ROOM), prepare=run_match),
    Row("previews.read_preview", OWNER, clicks("round.page.next", "round", ROOM), prepare=run_match),
    Row("previews.hand_out", OWNER, clicks("round.table", "round", ROOM), prepare=run_match),
    Row("previews.held_match", OWNER, decides("keep"), writes=True, prepare=run_match),
    Row("previews.open_match", OWNER, decides("one"), prepare=run_match),
    Row("previews.read_match", OWNER, decides("one"), prepare=run_match),
    Row("arrangements.keep", OWNER, decides("keep"), writes=True, prepare=run_match),
    Row("arrangements.read_exchange", OWNER, decides("swap"), prepare=run_match),
    Row("arrangements.read_places_of", OWNER, decides("trio"), prepare=run_match),
    Row("arrangements.swap", OWNER, sends("match.swap"), writes=True, prepare=run_match),
    Row("arrangements.part", OWNER, decides("part"), writes=True, prepare=run_match),
    Row("arrangements.read_places", OWNER, clicks("round.place", "round", ROOM), prepare=part_one),
    Row("arrangements.place", OWNER, sends("match.place"), writes=True, prepare=match_afresh),
    Row("rounds.approve_one", OWNER, sends("match.approve"), writes=True, prepare=match_afresh),
    Row("previews.held_round", OWNER, clicks("round.discard", "round", ROOM), writes=True, prepare=run_match),
    Row("previews.open_round", OWNER, clicks("round.show", "round", ROOM), prepare=run_match, about="from the room"),
    Row("rounds.discard", OWNER, clicks("round.discard", "round", ROOM), writes=True, prepare=run_match),
    Row("rounds.approve", OWNER, clicks("round.approve", "round", ROOM), writes=True, prepare=run_match),
    Row("offers.accept", ASKED, clicks("offer.accept", "offer"), writes=True),
    Row("offers.decline", ASKED, clicks("offer.decline", "offer"), writes=True),
    Row("fits.answer_fit", TOGETHER, clicks("fit.good", "pairing"), writes=True),
    Row("pairings.own_pairing", TOGETHER, clicks("fit.still_deciding", "pairing"), writes=True),
    Row("silence.still_here", TOGETHER, clicks("silence.here", "silence")),
    Row("silence.not_in_touch", TOGETHER, clicks("silence.apart", "silence")),
    Row("silence.stop_asking", TOGETHER, clicks("silence.stop", "silence")),
    Row("silence.look_again", PARTICIPANTS, clicks("silence.back")),
    Row("partings.part", TOGETHER, clicks("partner.unfit", "pairing"), writes=True, prepare=together_again),
    Row("enrolments.agree_to_notice", COLLEAGUES - PARTICIPANTS, sends("notice"), writes=True),
    Row("enrolments.join", PARTICIPANTS, sends("profile"), writes=True),
    Row("breaks.pause", PARTICIPANTS, sends("pause"), writes=True),
    Row("breaks.resume", PARTICIPANTS, says("/tandem resume"), writes=True),
    Row("enrolments.leave", PARTICIPANTS, clicks("leave.confirm"), writes=True),
)


def intents() -> Iterator[str]:
    """Yield every public function of the use cases that somebody acts in, found by reading the package."""
    for found in pkgutil.iter_modules(usecases.__path__):
        module = import_module(f"{usecases.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "actor" in inspect.signature(function).parameters:
                yield f"{found.name}.{name}"
