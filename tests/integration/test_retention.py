from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.db.checkins import CheckinRow
from bot.db.closings import ClosingRow
from bot.db.enrolments import EnrolmentRow
from bot.db.follow_ups import FollowUpRow
from bot.db.goals import GoalRow, StepRow
from bot.db.listening import HeardRow
from bot.db.meetings import AttendeeRow, MeetingRow
from bot.db.notes import NoteRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.promises import PromiseRow
from bot.db.reflections import ReflectionRow
from bot.db.replies import ReplyRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.self_checks import SelfCheckRow
from bot.db.skills import SkillRow
from bot.db.thanks import ThanksRow
from bot.domain.cadence import WorkingHours
from bot.domain.enrolments import EnrolmentState
from bot.domain.goals import GoalState
from bot.domain.messages import MessageKind
from bot.domain.profiles import Profile
from bot.domain.retention import RULES, Data
from bot.domain.visibility import Visibility
from bot.usecases.goals import audience
from bot.usecases.people import withdraw
from tests.integration.archive import A_DAY, Archive, check_day_by_day
from tests.integration.household import START, paired, person


@pytest.mark.parametrize("ended", [START + 84 * A_DAY, datetime(2028, 2, 29, 12, 0, tzinfo=UTC)], ids=["usual", "leap"])
def test_notes_and_reflections_go_90_days_after_the_pairing(archive: Archive, ended: datetime) -> None:
    """Counted in days, so that leap days and clock changes shift nothing."""
    home = archive.home
    with archive.database.transaction(home.workspace) as tx:
        archive.clock.move_to(ended)
        for kind in (NoteRow, ReflectionRow):
            tx.change(sa.update(kind).values(written_at=ended - A_DAY))
    archive.end_pairing(ended)

    check_day_by_day(
        archive,
        Data.NOTE,
        ended,
        lambda: (
            archive.has(NoteRow, home.shared_note)
            and archive.has(NoteRow, home.private_note)
            and archive.has(ReflectionRow, home.reflection)
        ),
    )
    assert (archive.count(NoteRow), archive.count(ReflectionRow)) == (0, 0)
    assert archive.has(CheckinRow, home.checkin)


def test_a_reply_goes_90_days_after_either_of_the_two_has_left(archive: Archive) -> None:
    """And what was posted of it is taken back; the check-in it was about stays its own time."""
    home, ended = archive.home, START + 84 * A_DAY
    posted = archive.posted(MessageKind.REPLY, home.reply)
    archive.clock.move_to(ended)
    with archive.database.transaction(home.workspace) as tx:
        tx.pairings.leave(tx.pairings.get(home.pairing), home.enrolment)  # its reader; its writer stays

    check_day_by_day(archive, Data.REPLY, ended, lambda: archive.has(ReplyRow, home.reply))
    assert archive.deletions(posted) == 1
    assert archive.has(CheckinRow, home.checkin)


def test_looking_back_and_self_checks_go_90_days_after_the_pairing(archive: Archive) -> None:
    """And what was shared of it is taken back in Slack; the thank-you stays with its reader."""
    ended, home = START + 84 * A_DAY, archive.home
    shared, thanked = archive.posted(MessageKind.LEARNED, home.closing), archive.posted(MessageKind.THANKS, home.thanks)
    archive.end_pairing(ended)

    check_day_by_day(
        archive,
        Data.CLOSING,
        ended,
        lambda: archive.has(ClosingRow, home.closing) and archive.count(SelfCheckRow) == 1,
    )
    assert (archive.count(ClosingRow), archive.count(SelfCheckRow)) == (0, 0)
    assert archive.deletions(shared) == 1

    archive.at(ended + 800 * A_DAY)
    assert not archive.has(PairingRow, home.pairing)
    assert archive.has(ThanksRow, home.thanks)
    assert archive.deletions(thanked) == 0


def test_a_thank_you_stays_while_its_reader_takes_part_and_goes_with_them(archive: Archive) -> None:
    """Its author may be long gone: the name is kept for the one who keeps the words."""
    home = archive.home
    with archive.database.transaction(home.workspace) as tx:
        tx.change(sa.update(RoundRow).values(made_by=home.jonas))
        withdraw(tx, tx.enrolments.get(home.enrolment))
    archive.at(START + 500 * A_DAY)
    assert archive.count(EnrolmentRow, EnrolmentRow.owner_id == home.mira) == 0
    assert archive.has(ThanksRow, home.thanks)
    assert archive.has(PersonRow, home.mira)

    archive.withdraw_one(START + 500 * A_DAY, home.partner)
    archive.at(START + 1_000 * A_DAY)
    assert archive.count(ThanksRow) == 0
    assert not archive.has(PersonRow, home.mira)


def test_check_ins_and_promises_go_180_days_after_the_pairing(archive: Archive) -> None:
    """Reports to a partner outlive the notes, then go too."""
    archive.end_pairing(START + 84 * A_DAY)
    home = archive.home

    check_day_by_day(
        archive,
        Data.CHECKIN,
        START + 84 * A_DAY,
        lambda: archive.has(CheckinRow, home.checkin) and archive.has(PromiseRow, home.promise),
    )
    assert archive.count(PromiseRow) == 0


def test_meetings_and_follow_ups_go_180_days_after_the_pairing(archive: Archive) -> None:
    """With everybody's answers and what was heard."""
    archive.end_pairing(START + 84 * A_DAY)
    home = archive.home

    check_day_by_day(
        archive,
        Data.MEETING,
        START + 84 * A_DAY,
        lambda: archive.has(MeetingRow, home.meeting) and archive.has(FollowUpRow, home.follow_up),
    )
    assert [archive.count(kind) for kind in (FollowUpRow, AttendeeRow, HeardRow)] == [0, 0, 0]


def test_a_closed_goal_goes_180_days_after_the_last_pairing(archive: Archive) -> None:
    """With its steps; the day it was closed does not matter while the pairing runs on."""
    home = archive.home
    with archive.database.transaction(home.workspace) as tx:
        row = tx.goals.find(home.goal)
        assert row is not None
        row.state, row.ended_at = GoalState.DONE, tx.now
    archive.end_pairing(START + 84 * A_DAY)

    check_day_by_day(archive, Data.GOAL, START + 84 * A_DAY, lambda: archive.has(GoalRow, home.goal))
    assert archive.count(StepRow) == 0


@pytest.mark.parametrize("told", [MessageKind.GOAL_REACHED, MessageKind.GOAL_LET_GO])
def test_what_a_partner_was_told_of_a_goal_goes_with_it(archive: Archive, told: MessageKind) -> None:
    """The message in Slack is known as long as the goal is kept, and deleted then."""
    home = archive.home
    with archive.database.transaction(home.workspace) as tx:
        row = tx.goals.find(home.goal)
        assert row is not None
        row.state, row.ended_at = GoalState.DONE, tx.now
    message = archive.posted(told, home.goal)
    archive.end_pairing(START + 84 * A_DAY)

    for days, deletions in ((180, 0), (181, 1)):
        archive.at(START + (84 + days) * A_DAY)
        assert (archive.has(GoalRow, home.goal), archive.deletions(message)) == (not deletions, deletions)


def test_a_goal_under_way_stays_with_somebody_who_waits_for_a_partner(archive: Archive) -> None:
    """A year between two pairings takes no goal away that is still being worked on."""
    archive.end_pairing(START + 84 * A_DAY)
    archive.at(START + 500 * A_DAY)

    assert archive.has(GoalRow, archive.home.goal)


def test_who_leaves_is_forgotten_after_180_days(archive: Archive) -> None:
    """Profile, hope, goals, everything: the enrolment is gone, then the person too unless somebody needs them."""
    home = archive.home
    left = START + 10 * A_DAY
    archive.leave(left)

    check_day_by_day(archive, Data.ENROLMENT, left, lambda: archive.has(EnrolmentRow, home.partner))
    for kind in (EnrolmentRow, GoalRow, StepRow, NoteRow, CheckinRow, PromiseRow, ReflectionRow, MembershipRow):
        assert archive.count(kind) == 0, kind
    assert not archive.has(PersonRow, home.jonas), "in no programme, not heard of for 180 days"
    assert archive.has(PersonRow, home.mira), "the round is hers"


def test_a_notice_agreed_to_without_joining_is_forgotten(archive: Archive) -> None:
    """Somebody who never filled in a profile leaves nothing behind."""
    with archive.database.transaction(archive.home.workspace) as tx:
        who = person(tx, "U9", "Nora")
        row = tx.enrolments.agree(who, archive.home.programme, 1).id

    check_day_by_day(archive, Data.ENROLMENT, START, lambda: archive.has(EnrolmentRow, row))


def test_a_skill_leaves_the_list_with_the_last_who_names_it(archive: Archive) -> None:
    """One that others were merged into stays, so that their old names are still understood."""
    profile = Profile(("juggling",), ("writing",), None, ("en",), WorkingHours())
    with archive.database.transaction(archive.home.workspace) as tx:
        tx.enrolments.fill(tx.enrolments.get(archive.home.enrolment), profile)
        [speech, speaking] = tx.skills.all_of(tx.skills.called(["speech", "speaking"]))
        tx.skills.merge(speech, speaking)
    archive.at(START + A_DAY)
    assert archive.count(SkillRow) == 4
    with archive.database.transaction(archive.home.workspace) as tx:
        tx.enrolments.fill(tx.enrolments.get(archive.home.enrolment), replace(profile, offers=("writing",)))
    archive.at(START + 2 * A_DAY)
    assert archive.count(SkillRow, SkillRow.name == "juggling") == 0
    assert archive.count(SkillRow) == 3


def test_who_rejoins_keeps_what_they_wrote(archive: Archive) -> None:
    """Coming back before the period is over counts as never having left."""
    home = archive.home
    archive.leave(START + 10 * A_DAY)
    with archive.database.transaction(home.workspace) as tx:
        row = tx.enrolments.agree(home.mira, home.programme, 1)
        row.state = EnrolmentState.ACTIVE

    archive.at(START + 500 * A_DAY)

    assert archive.has(EnrolmentRow, home.enrolment)
    assert not archive.has(EnrolmentRow, home.partner)


def test_pairings_go_after_a_year_and_rounds_after_their_pairings(archive: Archive) -> None:
    """Until then they keep the same two from meeting again."""
    home, ended = archive.home, START + 84 * A_DAY
    archive.end_pairing(ended)

    check_day_by_day(archive, Data.PAIRING, ended, lambda: archive.has(PairingRow, home.pairing))
    assert (archive.count(RoundRow), archive.count(MatchRow), archive.count(MembershipRow)) == (0, 0, 0)


def test_a_goal_of_a_forgotten_pairing_is_not_handed_to_the_next(archive: Archive) -> None:
    """It was shared with somebody else; only its author may share it again."""
    home, ended = archive.home, START + 84 * A_DAY
    archive.end_pairing(ended)
    archive.at(ended + 366 * A_DAY)
    assert not archive.has(PairingRow, home.pairing)

    with archive.database.transaction(home.workspace) as tx:
        enrolments = [tx.enrolments.get(one) for one in (home.enrolment, home.partner)]
        _, _, pairing = paired(tx, home.programme, *enrolments)
        tx.goals.share_waiting(enrolments[0].enrolment_id, pairing)
        goal = tx.goals.find(home.goal)
        assert goal is not None
        assert (goal.visibility, goal.pairing_id, audience(tx, goal)) == (Visibility.PRIVATE, None, frozenset())


def test_a_long_gap_between_two_meetings_keeps_the_pairing_longer(archive: Archive) -> None:
    """A programme that wants two years before a repeat is not told after one that they never met."""
    home, ended = archive.home, START + 84 * A_DAY
    with archive.database.transaction(home.workspace) as tx:
        tx.programmes.get(home.programme).min_gap_weeks = 104
    archive.end_pairing(ended)

    archive.at(ended + 400 * A_DAY)
    assert archive.has(PairingRow, home.pairing)
    archive.at(ended + timedelta(weeks=104, days=1))
    assert not archive.has(PairingRow, home.pairing)


def test_nothing_of_a_running_pairing_is_forgotten_before_two_years(archive: Archive) -> None:
    """Notes and reflections have that one hard end; all else stays while two people work together."""
    for row, cap in ((NoteRow, RULES[Data.NOTE].at_most), (ReflectionRow, RULES[Data.REFLECTION].at_most)):
        assert cap == 730
        archive.at(START + timedelta(days=cap))
        assert archive.count(row) > 0
    archive.at(START + 731 * A_DAY)

    assert (archive.count(NoteRow), archive.count(ReflectionRow)) == (0, 0)
    for kind in (GoalRow, StepRow, CheckinRow, PromiseRow, EnrolmentRow, PairingRow, RoundRow, PersonRow):
        assert archive.count(kind) > 0, kind


def test_a_note_of_an_earlier_pairing_goes_though_its_author_has_a_new_partner(archive: Archive) -> None:
    """What was shared with one pairing never outlives it; what was for oneself goes on."""
    home, ended = archive.home, START + 84 * A_DAY
    archive.end_pairing(ended)
    with archive.database.transaction(home.workspace) as tx:
        paired(tx, home.programme, tx.enrolments.get(home.enrolment), tx.enrolments.get(home.partner))

    archive.at(ended + 91 * A_DAY)

    assert not archive.has(NoteRow, home.shared_note)
    assert archive.has(NoteRow, home.private_note)
