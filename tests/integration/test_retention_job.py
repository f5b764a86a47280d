"""The job that forgets: what has its days, late, twice, for one workspace, and as people are told it does."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from bot.clock.retention import STEPS, retain
from bot.db.audit import AuditRow
from bot.db.enrolments import EnrolmentRow
from bot.db.inbound import InboundRow
from bot.db.outbox import MessageRow
from bot.db.slots import SlotRow
from bot.db.snapshots import SnapshotRow
from bot.domain.ids import ProgrammeId, new_id
from bot.domain.messages import MessageState
from bot.domain.retention import RULES, Data, Rule
from bot.locales import Language, load_texts
from bot.slack.screens import enrolments as enrolment_screens
from bot.slack.screens import privacy as privacy_screens
from bot.usecases.enrolments import Invitation
from tests.integration.archive import A_DAY, Archive, check_day_by_day
from tests.integration.household import PLAN, START, furnish


def test_keys_slots_and_messages_have_their_days(archive: Archive) -> None:
    """Seven days for what came in, thirty for what was due and for what went out."""
    with archive.database.transaction(archive.home.workspace) as tx:
        tx.change(sa.update(MessageRow).values(state=MessageState.FAILED, subject_id=None))
        expires = tx.scalars(sa.select(SlotRow.expires_at))[0]

    check_day_by_day(archive, Data.INBOUND, START, lambda: archive.count(InboundRow) == 1)
    check_day_by_day(archive, Data.MESSAGE, START, lambda: archive.count(MessageRow) == 1)
    check_day_by_day(archive, Data.SLOT, expires, lambda: archive.count(SlotRow) == 1)


def test_what_was_counted_is_kept_for_two_years(archive: Archive) -> None:
    """Long enough to compare two years, and for nobody to be counted twice."""
    check_day_by_day(archive, Data.SNAPSHOT, START, lambda: archive.count(SnapshotRow) == 1)


def test_audit_lines_go_after_a_year(archive: Archive) -> None:
    """The database lets them go because the trail goes on, and the trail says that it was shortened."""
    check_day_by_day(archive, Data.AUDIT, START, lambda: archive.count(AuditRow, AuditRow.action == "set_up") == 1)
    assert archive.count(AuditRow, AuditRow.action == "forget") == 1


def test_ten_missed_days_are_caught_up_with_in_one_run(archive: Archive) -> None:
    """The job compares moments, it does not count its own runs."""
    archive.leave(START + A_DAY)

    archive.at(START + 191 * A_DAY)

    assert archive.count(EnrolmentRow) == 0


def test_a_second_run_finds_nothing_more(archive: Archive) -> None:
    """The job can run in any number of processes and any number of times."""
    archive.leave(START + A_DAY)
    archive.at(START + 400 * A_DAY)
    before = archive.count(MessageRow)

    assert retain(archive.database) == 0
    assert archive.count(MessageRow) == before


def test_another_workspace_keeps_its_own(archive: Archive) -> None:
    """What ends in one company ends nothing in the other."""
    other = furnish(archive.database, "T2")
    archive.leave(START + A_DAY)
    archive.at(START + 200 * A_DAY)

    with archive.database.reading(other.workspace) as tx:
        assert tx.notes.own_count(other.mira, other.enrolment) == 2
        assert tx.count(sa.select(EnrolmentRow).where(EnrolmentRow.workspace_id == other.workspace)) == 2


def test_every_kind_of_data_with_a_period_has_a_step_in_the_job() -> None:
    """A rule that nothing carries out would be a promise only."""
    timed = [data for data, rule in RULES.items() if rule.days is not None]

    assert set(RULES) == set(Data)
    # promises follow the rule of check-ins and self-checks that of looking back, each in a step of its own, and skills
    # go with the last who names them
    assert len(STEPS) == len(timed) + 3


def test_a_rule_reads_as_a_sentence() -> None:
    """People read the table in the data register."""
    assert str(Rule(90, "the pairing ended", 730)) == (
        "90 days after the pairing ended, at most 730 days after it was written"
    )
    assert str(Rule(None, "as long as the app is installed")) == "as long as the app is installed"
    with pytest.raises(ValueError, match="without a period"):
        Rule(None, "for ever").limit(START)


@pytest.mark.parametrize("language", Language)
def test_what_people_are_told_is_what_the_job_does(language: Language) -> None:
    """The days on the privacy page and in the join notice are those of the table, in both languages."""
    words = load_texts().for_(language)
    notice = enrolment_screens.notice(Invitation(ProgrammeId(new_id()), PLAN, agreed=False), words)
    for blocks in (privacy_screens.privacy(words).blocks, notice.blocks):
        told = {int(days) for days in re.findall(r"(\d+) (?:days|Tage)", str(blocks))}
        assert told == {RULES[data].days for data in (Data.NOTE, Data.REFLECTION, Data.GOAL, Data.CHECKIN)}
