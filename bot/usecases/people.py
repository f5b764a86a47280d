"""Follow Slack's directory: new facts about a person, and the kind end when somebody is gone."""

from __future__ import annotations

from bot.db.enrolments import EnrolmentRow
from bot.db.people import DirectoryEntry, PersonRow
from bot.db.transaction import Transaction
from bot.domain.access import Action, Thing, decide
from bot.domain.enrolments import EnrolmentState
from bot.domain.people import Actor, Language
from bot.usecases.breaks import read_status
from bot.usecases.offers import step_back
from bot.usecases.pairings import step_out


def keep_person(tx: Transaction, entry: DirectoryEntry) -> PersonRow:
    """Write down what Slack says about a person; somebody deactivated leaves their programmes."""
    row = tx.people.keep(entry)
    if row.deactivated:
        for enrolment in tx.enrolments.all_of(row.person_id):
            if enrolment.state is not EnrolmentState.LEFT:
                withdraw(tx, enrolment)
    else:
        for enrolment in tx.enrolments.following(row.person_id):
            read_status(tx, enrolment, entry.status)
    return row


def withdraw(tx: Transaction, enrolment: EnrolmentRow) -> None:
    """Take one person out of one programme, now: out of the pairing first, then out of the list."""
    tx.pairings.hold(enrolment.programme_id)
    step_back(tx, enrolment)
    step_out(tx, enrolment)
    enrolment.state, enrolment.left_at, enrolment.paused_until = EnrolmentState.LEFT, tx.now, None


def choose_language(tx: Transaction, actor: Actor, language: Language) -> None:
    """Speak ``language`` with the actor from now on. Raises NotWelcome."""
    decide(actor, Action.JOIN, Thing())
    tx.people.get(actor.person).chosen_language = language
