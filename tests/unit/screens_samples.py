"""A registry of samples: every screen of the house, filled from what people typed and the use cases' answers."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from string import Formatter
from typing import Any
from uuid import UUID

from bot.domain import goals as goal_rules
from bot.domain import notes as note_rules
from bot.domain.cadence import Weekday, WorkingHours
from bot.domain.checkins import CheckinAnswer, Outcome
from bot.domain.dates import DateUnclear
from bot.domain.goals import GoalState
from bot.domain.ids import CheckinId, GoalId, NoteId, ProgrammeId, RoundId, StepId
from bot.domain.notes import NoteTooLong
from bot.domain.profiles import SPOKEN, Profile
from bot.domain.programmes import ProgrammePlan
from bot.domain.reflections import QUESTIONS
from bot.domain.refusals import Refused
from bot.domain.visibility import Visibility
from bot.locales import Words
from bot.slack import screens
from bot.slack.screens import (
    checkins,
    enrolments,
    goals,
    help,  # noqa: A004  the screen is called what it is
    home,
    notes,
    pairings,
    privacy,
    programmes,
    rounds,
    trouble,
)
from bot.slack.text import fill
from bot.usecases.checkins import CheckinPrompt, CheckinSummary, Kept
from bot.usecases.enrolments import Break, Invitation, Joined
from bot.usecases.goals import Goal, Step
from bot.usecases.home import Home, Promised, Welcome
from bot.usecases.notes import Note, NoteChoices, NotePage, SharedNote
from bot.usecases.pairings import Introduction, Partner, Reason, Together
from bot.usecases.programmes import Status
from bot.usecases.rounds import Preview, ProposedMatch, RoundCounts, UnmatchedPerson
from tests.unit.screens_content import Content

MONDAY, NEXT_MONDAY, SUMMER = date(2026, 11, 2), date(2026, 11, 9), date(2027, 6, 30)
SHOWN = {"Message", "View", "list[Block]", "tuple[Block, ...]", "list[Element]"}
THIRD = "Olga Brandt"
ID = UUID("01935d4f-0000-7000-8000-000000000001")


@dataclass(frozen=True)
class Sample:
    """One screen with what it is given, by parameter name."""

    screen: Callable[..., Any]
    case: str
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        return screen_name(self.screen)

    def drawn(self, words: Words) -> Any:
        """Return what the screen makes of it in a language."""
        spoken = {"words": words} if "words" in inspect.signature(self.screen).parameters else {}
        return self.screen(**self.given, **spoken)


def screen_name(screen: Callable[..., Any]) -> str:
    return f"{screen.__module__.rpartition('.')[2]}.{screen.__name__}"


def all_screens() -> dict[str, Callable[..., Any]]:
    """Return every public function in a screens module that makes something to look at, by name."""
    modules = [import_module(found.name) for found in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}.")]
    functions = [
        function
        for module in modules
        for name, function in sorted(vars(module).items())
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    ]
    return {screen_name(one): one for one in functions if one.__annotations__.get("return") in SHOWN}


def all_refusals() -> list[type[Refused]]:
    """Return every refusal of the house that says something."""
    found, waiting = [], [Refused]
    while waiting:
        waiting = [child for one in waiting for child in one.__subclasses__()]
        found += [one for one in waiting if one.text and one.__module__.startswith("bot.")]
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def samples(content: Content, words: Words) -> list[Sample]:
    """Return at least one sample of every screen."""
    return [
        *_checkins(content),
        *_joining(content),
        *_breaks(content, words),
        *_goals(content),
        *_notes(content),
        *_pairings(content),
        *_programmes(content),
        *_rounds(content),
        *_home(content),
        *_help_and_trouble(content, words),
    ]


def _of(screen: Callable[..., Any], case: str = "", **given: Any) -> Sample:
    return Sample(screen, case, given)


def _prompt(content: Content) -> CheckinPrompt:
    return CheckinPrompt(
        id=CheckinId(ID),
        name=content.me,
        partners=content.partners,
        promised=content.promise,
        question="worked",
        next_day=NEXT_MONDAY,
        line_is_shared=True,
        answer=None,
    )


def _answer(content: Content, outcome: Outcome | None = Outcome.PARTLY) -> CheckinAnswer:
    return CheckinAnswer(outcome, content.progress, content.promise, content.reflection)


def _checkins(content: Content) -> Iterator[Sample]:
    asked = _prompt(content)
    first = replace(asked, promised=None)
    done = replace(asked, answer=_answer(content))
    longest_question = max(QUESTIONS, key=lambda key: len(QUESTIONS[key]))
    yield _of(checkins.prompt, asked=asked)
    yield _of(checkins.prompt, "first week", asked=first)
    yield _of(checkins.reminder, asked=asked)
    yield _of(checkins.form, asked=asked, outcome=Outcome.KEPT)
    yield _of(checkins.form, "first week", asked=first)
    yield _of(checkins.form, "edited, the line stays private", asked=replace(done, line_is_shared=False))
    yield _of(checkins.form, "longest question", asked=replace(asked, question=longest_question))
    for outcome in (*Outcome, None):
        answered = replace(asked, answer=_answer(content, outcome))
        yield _of(checkins.kept, outcome or "first week", result=Kept(answered, first_time=True))
    yield _of(checkins.answered, asked=done)
    yield from _summaries(content)
    yield _of(checkins.cheered, name=content.partners[0])


def _summaries(content: Content) -> Iterator[Sample]:
    read = CheckinSummary(
        id=CheckinId(ID),
        author=content.me,
        outcome=Outcome.KEPT,
        promised=content.promise,
        progress=content.progress,
        goal_title=content.goal,
        goal_done=1,
        goal_steps=len(content.steps),
        promise=content.promise,
        next_day=NEXT_MONDAY,
        cheered=False,
    )
    yield _of(checkins.summary, read=read)
    yield _of(checkins.summary, "partly, cheered", read=replace(read, outcome=Outcome.PARTLY, cheered=True))
    yield _of(checkins.summary, "not yet, no steps", read=replace(read, outcome=Outcome.NOT_YET, goal_steps=0))
    bare = replace(read, outcome=None, promised=None, progress=None, goal_title=None)
    yield _of(checkins.summary, "first week, nothing but a promise", read=bare)


def _plan(content: Content) -> ProgrammePlan:
    return ProgrammePlan(
        name=content.programme,
        purpose=content.purpose,
        weekday=Weekday.WEDNESDAY,
        hour=9,
        weeks=12,
        guidelines=content.guidelines,
        language=content.language,
    )


def _joining(content: Content) -> Iterator[Sample]:
    plan = _plan(content)
    invited = Invitation(ProgrammeId(ID), plan, agreed=False)
    profile = Profile(content.offers, content.wants, content.hope, ("de", "en"), WorkingHours(8 * 60, 16 * 60 + 30))
    speaks_all = replace(profile, languages=SPOKEN, hours=WorkingHours(0, 23 * 60 + 30))
    yield _of(enrolments.choose_programme, invitations=(invited,) * (content.many - 1))
    yield _of(enrolments.notice, invitation=invited)
    yield _of(enrolments.notice, "no purpose", invitation=replace(invited, plan=replace(plan, purpose="")))
    yield _of(enrolments.profile_form, "new", programme=str(ID), profile=None)
    yield _of(enrolments.profile_form, "to change", programme=str(ID), profile=profile)
    yield _of(enrolments.profile_form, "every language", programme=str(ID), profile=speaks_all)
    yield _of(enrolments.joined, result=Joined(plan, first_time=True))
    yield _of(enrolments.joined, "profile changed", result=Joined(plan, first_time=False))
    yield _of(enrolments.choose_language)
    yield _of(enrolments.language_chosen)
    yield _of(enrolments.left)
    yield _of(enrolments.leaving)


def _breaks(content: Content, words: Words) -> Iterator[Sample]:
    problem = trouble.refusal_line(DateUnclear(), words)
    yield _of(enrolments.pause_form)
    yield _of(enrolments.pause_form, "date not understood", typed=content.typed, problem=problem)
    yield _of(enrolments.paused, taken=Break(NEXT_MONDAY, content.partners))
    yield _of(enrolments.paused, "no partner", taken=Break(NEXT_MONDAY, ()))
    yield _of(enrolments.resumed)
    yield _of(enrolments.partner_paused, name=content.partners[0], until=words.date(NEXT_MONDAY))
    yield _of(enrolments.partner_back, name=content.partners[0])


def _goal(content: Content) -> Goal:
    steps = tuple(Step(StepId(UUID(int=i)), text, done=i == 0) for i, text in enumerate(content.steps))
    return Goal(
        id=GoalId(ID),
        title=content.goal,
        why=content.why,
        measure=content.measure,
        due_on=SUMMER,
        visibility=Visibility.SHARED,
        state=GoalState.ACTIVE,
        steps=steps,
        readers=content.partners,
    )


def _private(goal: Goal) -> Goal:
    return replace(goal, visibility=Visibility.PRIVATE, steps=(), readers=(), due_on=None, why=None, measure=None)


def _goals(content: Content) -> Iterator[Sample]:
    goal = _goal(content)
    yield _of(goals.goal_form, "new", goal=None, partners=(), title=content.typed)
    yield _of(goals.goal_form, "to change", goal=goal, partners=content.partners)
    yield _of(goals.visibility_options, partners=content.partners)
    yield _of(goals.goal_kept, goal=goal)
    yield _of(goals.goal_kept, "no partner yet", goal=replace(goal, readers=()))
    yield _of(goals.goal_list, mine=(goal, _private(goal)))
    yield _of(goals.goal_list, "as many as there may be", mine=(goal,) * goal_rules.MOST_ACTIVE)
    yield _of(goals.goal_list, "none", mine=())
    yield _of(goals.goal_card, goal=goal)
    yield _of(goals.goal_ended, "done", goal=replace(goal, state=GoalState.DONE))
    yield _of(goals.goal_ended, "let go", goal=replace(goal, state=GoalState.DROPPED))


def _note(content: Content) -> Note:
    written = datetime(2026, 11, 2, 8, 12, tzinfo=UTC)
    return Note(
        id=NoteId(ID),
        text=content.note,
        goal=GoalId(ID),
        goal_title=content.goal,
        visibility=Visibility.SHARED,
        readers=content.partners,
        written_at=written,
        day=MONDAY,
    )


def _bare(note: Note) -> Note:
    return replace(note, goal=None, goal_title=None, visibility=Visibility.PRIVATE, readers=())


def _notes(content: Content) -> Iterator[Sample]:
    note = _note(content)
    about = tuple((GoalId(UUID(int=i)), content.goal) for i in range(goal_rules.MOST_ACTIVE - 1))
    choices = NoteChoices((*about, (GoalId(ID), content.goal)), content.partners, Visibility.SHARED)
    yield _of(notes.note_form, "new", choices=choices, text=content.typed)
    yield _of(notes.note_form, "to change", choices=choices, note=note)
    yield _of(notes.note_form, "no goal, no partner", choices=NoteChoices((), (), Visibility.PRIVATE))
    yield _of(notes.note_kept, note=note)
    yield _of(notes.note_kept, "private, no goal", note=_bare(note))
    yield _of(notes.note_saved, note=note)
    yield _of(notes.note_undone)
    yield _of(notes.note_gone)
    page = (note, *(_bare(note),) * (note_rules.PAGE - 1))[: content.many]
    yield _of(notes.note_list, page=NotePage(page, page=0, pages=1, total=len(page)))
    yield _of(notes.note_list, "middle", page=NotePage((note,) * note_rules.PAGE, page=1, pages=160, total=1_274))
    yield _of(notes.note_list, "none", page=NotePage((), page=0, pages=1, total=0))
    yield _of(notes.note_card, note=note)
    yield _of(notes.shared, note=SharedNote(content.me, content.note, content.goal))
    yield _of(notes.shared, "no goal", note=SharedNote(content.me, content.note, None))
    yield _of(notes.draft_too_long)
    yield _of(notes.draft, text=content.note[: notes.DRAFT])


def _partners(content: Content) -> tuple[Partner, ...]:
    return tuple(
        Partner(f"U0PARTNER{number}", name, content.offers, content.wants, NEXT_MONDAY if number > 1 else None)
        for number, name in enumerate(content.names)
    )


def _reasons(content: Content) -> tuple[Reason, ...]:
    me, partner = content.names[:2]
    return (
        Reason("skill", giver=me, receiver=partner, skill=content.offers[0], amount=0),
        Reason("skill", giver=partner, receiver=me, skill=content.wants[0], amount=0),
        Reason("hours", giver="", receiver="", skill="", amount=6 * 60 + 20),
        Reason("languages", giver="", receiver="", skill="", amount=2),
    )


def _together(content: Content) -> Together:
    return Together(_partners(content)[1:], ends_on=SUMMER, group_channel="G0TANDEM1")


def _pairings(content: Content) -> Iterator[Sample]:
    intro = Introduction(
        programme=content.programme,
        language=content.language,
        members=_partners(content),
        reasons=_reasons(content),
        weeks=12,
        weekday=Weekday.WEDNESDAY,
        hour=9,
    )
    trio = (*content.names, THIRD)[:3]
    yield _of(pairings.introduction, intro=intro)
    yield _of(pairings.introduction, "each alone", intro=intro, alone=True)
    three = tuple(replace(intro.members[0], slack_id=f"U0TRIO00{i}", name=name) for i, name in enumerate(trio))
    yield _of(pairings.introduction, "three, no reason to tell", intro=replace(intro, members=three, reasons=()))
    together = _together(content)
    away = replace(together.partners[0], paused_until=NEXT_MONDAY)
    yield _of(pairings.partner, together=together)
    yield _of(pairings.partner, "on a break", together=replace(together, partners=(away,), group_channel=None))
    for reason in ("nobody_else", "no_shared_language", "met_everyone", "left_over"):
        yield _of(pairings.not_matched, reason, reason=reason)
    yield _of(pairings.partner_left, "alone again", name=content.partners[0], waiting=True)
    yield _of(pairings.partner_left, "two of three go on", name=content.partners[0], waiting=False)
    yield _of(pairings.ended, names=content.partners)


def _programmes(content: Content) -> Iterator[Sample]:
    plan = _plan(content)
    fresh = replace(plan, name="", purpose="", guidelines="")
    status = Status(content.programme, waiting=2, sent=1_418, held=0, failed=0, errors=(), last_round=MONDAY)
    broken = replace(status, held=1, failed=12, errors=((content.error, 12), ("timeout", 1)), last_round=None)
    yield _of(programmes.setup_form, "new", plan=fresh, room="C0OWNERS1")
    yield _of(programmes.setup_form, "to change", plan=plan, room="C0OWNERS1")
    yield _of(programmes.setup_kept, plan=plan)
    yield _of(programmes.ready, plan=plan)
    yield _of(programmes.owner_joined, slack_id="U0OWNER02")
    yield _of(programmes.status, "all is well", state=status)
    yield _of(programmes.status, "something failed", state=broken)
    yield _of(programmes.guidelines, plan=plan)
    yield _of(programmes.guidelines, "nothing written", plan=replace(plan, guidelines=""))
    yield _of(programmes.welcome_card, names=(content.programme,) * (content.many - 1))
    yield _of(programmes.welcome_card, "no programme", names=())


def _rounds(content: Content) -> Iterator[Sample]:
    why = _reasons(content)[:3]
    several = (*content.names, THIRD)[:3]
    matches = (
        ProposedMatch(content.names[:2], "strong", why[:2]),
        ProposedMatch(several, "good", why),
        ProposedMatch(content.names[:2], "stretch", ()),
    ) * (content.many // 3)
    unmatched = tuple(UnmatchedPerson(name, "nobody_else") for name in content.crowd(content.many - 2))
    shown = Preview(RoundId(ID), content.programme, matches, unmatched, weeks=12)
    yield _of(rounds.working)
    yield _of(rounds.preview, shown=shown, page=0)
    yield _of(rounds.preview, "everybody fits, last page", shown=replace(shown, unmatched=()), page=99)
    thirty = replace(shown, matches=(matches * 10)[:30])
    yield _of(rounds.preview, "thirty matches, in the middle", shown=thirty, page=1)
    yield _of(rounds.approved, shown=shown)
    yield _of(rounds.discarded)
    yield _of(rounds.round_approved, counts=RoundCounts(matches=4, people=9, unmatched=1))
    yield _of(rounds.round_approved, "one pair", counts=RoundCounts(matches=1, people=2, unmatched=0))


def _home(content: Content) -> Iterator[Sample]:
    goal, note = _goal(content), _note(content)
    promises = tuple(Promised(name, content.promise, NEXT_MONDAY) for name in content.names)
    shown = Home(
        plan=_plan(content),
        open_checkin=True,
        next_checkin=NEXT_MONDAY,
        paused_until=None,
        together=_together(content),
        promises=promises,
        goals=(goal, _private(goal)),
        notes=(note, _bare(note)),
    )
    empty = replace(shown, open_checkin=False, next_checkin=None, together=None, promises=(), goals=(), notes=())
    full = replace(shown, goals=(goal,) * goal_rules.MOST_ACTIVE, notes=(note,) * 3)
    yield _of(home.home, "a check-in waits", shown=shown)
    yield _of(home.home, "answered", shown=replace(full, open_checkin=False))
    yield _of(home.home, "the last days", shown=replace(full, open_checkin=False, next_checkin=None))
    yield _of(home.home, "on a break", shown=replace(shown, paused_until=NEXT_MONDAY))
    yield _of(home.home, "just joined", shown=empty)
    yield _of(home.home, "not in yet", shown=Welcome((content.programme,)))


def _help_and_trouble(content: Content, words: Words) -> Iterator[Sample]:
    yield _of(help.help_message)
    yield _of(help.help_message, "typo", typo=content.typed, nearest="note")
    yield _of(help.help_message, "unknown", typo=content.typed)
    yield _of(help.help_message, "not in yet", enrolled=False)
    yield _of(help.admin_help)
    yield _of(help.admin_help, "typo", typo=content.typed, nearest="match")
    yield _of(privacy.privacy)
    for refusal in all_refusals():
        yield _of(trouble.refusal, refusal.__name__, refused=refusal(**_values(refusal.text, content)))
    yield _of(trouble.refusal, "text handed back", refused=NoteTooLong(limit=3_000, length=3_412), typed=content.typed)
    yield _of(trouble.handed_back, typed=content.typed)
    yield _of(trouble.not_saved, typed=content.typed)
    yield _of(trouble.not_saved, "nothing typed", typed="")
    yield _of(trouble.message, text=fill(words("Welcome back. Your next check-in comes as usual.")))


def _values(text: str, content: Content) -> dict[str, object]:
    known = {"day": NEXT_MONDAY, "skill": content.offers[0][:20], "limit": 8, "count": 12, "length": 3_412}
    return {name: known[name] for _, name, _, _ in Formatter().parse(text) if name}
