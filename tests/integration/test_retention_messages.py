"""What the bot has posted is forgotten, in Slack and here, with what it is about."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from bot.db.outbox import MessageRow
from bot.domain.messages import MessageKind, MessageState
from demo.town import Town
from tests.integration.archive import A_DAY, Archive
from tests.integration.household import START
from tests.scenario.people import dms, shown
from tests.scenario.people import paired as paired_in_town


def test_a_message_still_on_its_way_is_never_forgotten(archive: Archive) -> None:
    """Only what has come to rest grows old."""
    archive.at(START + 400 * A_DAY)

    assert archive.count(MessageRow, MessageRow.state == MessageState.PENDING) == 1


def test_where_the_bot_posted_a_note_is_known_as_long_as_the_note(archive: Archive) -> None:
    """Channel and time stamp stay beyond the thirty days, then the copy in Slack is deleted, then the record goes."""
    home, ended = archive.home, START + 84 * A_DAY
    shared, summary = (
        archive.posted(MessageKind.NOTE_SHARED, home.shared_note),
        archive.posted(MessageKind.CHECKIN_SUMMARY, home.checkin),
    )
    cheer = archive.posted(MessageKind.CHEER, home.mira)
    archive.end_pairing(ended)

    archive.at(ended + 90 * A_DAY)
    assert archive.has(MessageRow, shared)
    assert not archive.has(MessageRow, cheer), "quotes nobody"
    assert archive.deletions(shared) == archive.deletions(summary) == 0

    archive.at(ended + 91 * A_DAY)
    assert archive.deletions(shared) == 1
    assert archive.deletions(summary) == 1, "it quoted the note"

    _sent(archive)
    archive.at(ended + 125 * A_DAY)
    assert not archive.has(MessageRow, shared)
    assert archive.has(MessageRow, summary), "the check-in is still kept"


def _sent(archive: Archive) -> None:
    with archive.database.transaction(archive.home.workspace) as tx:
        tx.change(sa.update(MessageRow).values(state=MessageState.SENT, sent_at=tx.now))


def test_check_in_messages_and_introductions_are_taken_back_with_what_they_are_about(archive: Archive) -> None:
    """The bot's own words in Slack are content too."""
    home, ended = archive.home, START + 84 * A_DAY
    asked = archive.posted(MessageKind.CHECKIN_REMINDER, home.checkin)
    introduced = archive.posted(MessageKind.INTRODUCTION, home.pairing)
    archive.end_pairing(ended)

    archive.at(ended + 181 * A_DAY)
    assert (archive.deletions(asked), archive.deletions(introduced)) == (1, 0)
    archive.at(ended + 366 * A_DAY)
    assert archive.deletions(introduced) == 1


def test_a_deletion_in_slack_that_waits_keeps_its_original(archive: Archive) -> None:
    """However long Slack is away, what has to be deleted there is not lost sight of."""
    home, ended = archive.home, START + 84 * A_DAY
    shared = archive.posted(MessageKind.NOTE_SHARED, home.shared_note)
    archive.end_pairing(ended)
    archive.at(ended + 91 * A_DAY)

    archive.at(ended + 300 * A_DAY)

    assert archive.has(MessageRow, shared)
    assert archive.deletions(shared) == 1


def test_the_partners_copy_in_slack_goes_with_the_note(town: Town) -> None:
    """The whole bot: written, shown, the pairing over, ninety days later neither note nor copy."""
    paired_in_town(town, "mira", "jonas")
    town.says("mira", "/tandem goal")
    town.submits("mira", {"title": "Speak up", "visibility": "shared"})
    town.says("mira", "/tandem note the outline stands")
    town.deliver()
    town.clock.move(timedelta(weeks=13))
    town.deliver()
    for days, visible in ((89, True), (91, False)):
        town.clock.move(timedelta(days=days if visible else 2))
        town.tandem.ticks.retain()
        town.deliver()
        found = any("the outline stands" in shown(message) for message in dms(town, "jonas"))
        assert found is visible, days
