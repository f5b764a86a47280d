"""The bot is stopped, killed, repeated at and badly served by Slack: nobody misses anything, nobody gets it twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Letter, Post, Result
from bot.locales import load_texts
from bot.slack.letters.letters import Letters
from demo.town import ROOM, Town
from sandbox.channels import Kind
from sandbox.deliveries import Delivery as Delivered
from tests.integration.postoffice import HALF_ANSWERED
from tests.scenario.habits import OWNER, answer, checkins, letters, live_here, programme, sent, together, told
from tests.scenario.people import join, newest, set_up, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
FIVE_MINUTES = timedelta(minutes=5)


def restarted(town: Town, away: timedelta = timedelta()) -> None:
    """Stop the bot, let time pass, start it again."""
    town.stop_bot()
    town.clock.move(away)
    town.start_bot()


@pytest.mark.parametrize(
    ("stops", "away"),
    [
        (NEXT_MONDAY - A_DAY, timedelta(days=1, hours=5)),  # over the check-in
        (NEXT_MONDAY + AN_HOUR, timedelta(days=1)),  # over the reminder
        (NEXT_MONDAY - timedelta(days=3), timedelta(days=3, hours=1)),  # over planning and check-in
        (NEXT_MONDAY + AN_HOUR, timedelta(minutes=1)),  # between the two
    ],
)
def test_stopped_in_the_middle_of_a_week_nobody_misses_and_nobody_gets_twice(
    town: Town, stops: datetime, away: timedelta
) -> None:
    """One check-in and at most one reminder, whenever the bot was away."""
    together(town, "lena", "noah")
    town.travel_to(stops)
    restarted(town, away)
    town.travel_to(NEXT_MONDAY + timedelta(days=2))
    for who in ("lena", "noah"):
        asked = [one for one in checkins(town, who) if "weekly minute" in one.text]
        reminded = [one for one in checkins(town, who) if "still open" in shown(one)]
        assert (len(asked), len(reminded)) == (1, 1), who


def test_away_over_a_weekend_nothing_comes_at_night(town: Town) -> None:
    """What fell due at nine and is found at midnight waits for the next working hours."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - A_DAY)
    restarted(town, timedelta(days=1, hours=15))
    town.travel(timedelta(hours=12))
    [asked] = checkins(town, "lena")[:1]
    assert datetime.fromtimestamp(float(asked.ts), UTC).hour in range(8, 16)


def test_a_week_missed_altogether_is_left_and_the_next_one_comes(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - A_DAY)
    restarted(town, timedelta(days=6))
    town.travel_to(NEXT_MONDAY + timedelta(days=7, hours=1))
    assert len(checkins(town, "lena")) == 1


def test_an_answer_given_before_a_restart_is_told_after_it_once(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "two pages"})
    restarted(town)
    town.deliver()
    restarted(town)
    town.deliver()
    assert sum("two pages" in text for text in told(town, "noah")) == 1


def test_a_form_open_over_a_restart_can_still_be_sent(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    restarted(town)
    sent(town, "lena", {"title": "Speak up"})
    assert "Speak up" in answer(town, "lena", "/tandem goals")


def test_what_happens_while_the_bot_is_away_takes_effect_when_slack_delivers_it_again(town: Town) -> None:
    together(town, "lena", "noah")
    town.stop_bot()
    assert not town.box.change_person("lena", deleted=True).ok
    town.start_bot()
    town.box.redeliver_pending()
    assert town.box.until(lambda: town.box.deliveries[-1].settled)
    town.deliver()
    assert "has left the programme" in told(town, "noah")[-1]


class Killed(BaseException):
    """The process ends here, without a chance to write anything down."""


class DyingPost(Post):
    """Posts, or does not, and takes the process down before it hears the answer."""

    posts = False

    def send(self, channel: str, letter: Letter, key: str) -> Result:
        if self.posts:
            super().send(channel, letter, key)
        raise Killed


def killed_while_sending(town: Town, *, posted: bool) -> None:
    """Let another process of the bot's die between Slack's taking a message and writing it down, or just before."""
    post = DyingPost(town.tandem.web)
    post.posts = posted
    rules = DeliveryRules(owner="doomed", settle=timedelta(minutes=1), lease=60, max_attempts=8)
    workspace, _ = town.tandem.database.workspaces()[0]
    with pytest.raises(Killed):
        Delivery(town.tandem.database, workspace, post, Letters(load_texts()).write, town.clock.now, rules).run()


def recovered(town: Town) -> None:
    """Start the bot anew and let the leases of the dead run out."""
    restarted(town, FIVE_MINUTES)
    town.tandem.ticks.reap()
    town.deliver()
    town.travel(FIVE_MINUTES)


@pytest.mark.parametrize("posted", [True, False])
def test_killed_while_sending_check_ins_each_arrives_exactly_once(town: Town, posted: bool) -> None:  # noqa: FBT001
    """What Slack took is found in the conversation by its key; what it did not take is sent."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(minutes=1))
    town.clock.move_to(NEXT_MONDAY)
    town.tandem.ticks.plan()
    town.tandem.ticks.fire()
    killed_while_sending(town, posted=posted)
    recovered(town)
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


@pytest.mark.parametrize("posted", [True, False])
def test_killed_while_sending_a_changed_promise_the_newest_words_arrive(town: Town, posted: bool) -> None:  # noqa: FBT001
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "two pages"})
    killed_while_sending(town, posted=posted)
    town.clock.move(timedelta(seconds=1))
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "one page"})
    recovered(town)
    summaries = [text for text in told(town, "noah") if "page" in text]
    assert len(summaries) == 1
    assert "one page" in summaries[0]


def test_killed_while_sending_a_note_that_is_then_taken_back_nothing_of_it_stays(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    kept = town.says("lena", "/tandem note a slip").message
    assert kept is not None
    killed_while_sending(town, posted=True)
    town.clicks("lena", kept, "note.undo")
    recovered(town)
    assert "a slip" not in "".join(told(town, "noah"))


def test_killed_while_introducing_the_group_is_greeted_once_if_slack_had_not_taken_it(town: Town) -> None:
    programme(town, "lena", "noah")
    town.deliver()
    town.says(OWNER, "/tandem-admin match", ROOM)
    town.clicks(OWNER, newest(town, OWNER), "round.approve")
    killed_while_sending(town, posted=False)
    recovered(town)
    assert len([one for one in town.box.messages("lena") if one.channel.kind is Kind.MPIM]) == 1


def test_killed_while_posting_to_the_owners_room_the_message_is_held_and_status_says_so(town: Town) -> None:
    """A channel cannot be looked through, so a person decides; nobody reads it twice."""
    live_here(town, OWNER)
    set_up(town, owner=OWNER)
    killed_while_sending(town, posted=True)
    recovered(town)
    assert len(town.box.channel_messages(ROOM)) == 1
    assert "tandem doctor" in answer(town, OWNER, "/tandem-admin status", ROOM)


@pytest.mark.parametrize("kind", HALF_ANSWERED)
def test_whatever_slack_answers_a_check_in_arrives_exactly_once(town: Town, kind: str) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(minutes=1))
    fault = town.box.faults.add(method="chat.postMessage", kind=kind, times=2)
    town.travel_to(NEXT_MONDAY + FIVE_MINUTES)
    assert fault.struck == 2
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


def test_told_to_wait_the_bot_waits_as_long_as_slack_said(town: Town) -> None:
    """Not one call in between, whoever it is for, and then each message once."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(minutes=1))
    town.box.faults.add(method="chat.postMessage", kind="429", retry_after=90)
    town.travel_to(NEXT_MONDAY + timedelta(seconds=89))
    posts = [call for call in town.box.calls if call.method == "chat.postMessage" and call.at >= NEXT_MONDAY]
    assert len(posts) == 1
    assert not any(call.done for call in posts)
    town.travel_to(NEXT_MONDAY + timedelta(seconds=91))
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


@pytest.mark.parametrize("kind", ["429", "500_before", "reset"])
def test_when_a_conversation_cannot_be_opened_the_message_comes_later(town: Town, kind: str) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(minutes=1))
    town.box.faults.add(method="conversations.open", kind=kind, times=2)
    town.travel_to(NEXT_MONDAY + FIVE_MINUTES)
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


def test_when_the_look_back_fails_nothing_is_sent_on_a_guess(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(minutes=1))
    town.box.faults.add(method="chat.postMessage", kind="reset_after")
    town.box.faults.add(method="conversations.history", kind="500_before", times=3)
    town.travel_to(NEXT_MONDAY + timedelta(minutes=30))
    assert len(checkins(town, "lena")) == len(checkins(town, "noah")) == 1


def test_a_summary_that_cannot_be_changed_now_is_changed_later(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "two pages"})
    town.deliver()
    town.box.faults.add(method="chat.update", kind="500_before")
    town.box.faults.add(method="chat.update", kind="reset")
    town.clock.move(timedelta(seconds=1))
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "one page"})
    town.travel(timedelta(minutes=10))
    assert "one page" in told(town, "noah")[-1]
    assert "two pages" not in "".join(told(town, "noah"))


def test_a_copy_that_cannot_be_deleted_now_is_deleted_later(town: Town) -> None:
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    kept = town.says("lena", "/tandem note a slip").message
    town.deliver()
    assert kept is not None
    town.box.faults.add(method="chat.delete", kind="500_before")
    town.box.faults.add(method="chat.delete", kind="429", retry_after=60)
    town.clicks("lena", kept, "note.undo")
    town.travel(timedelta(minutes=10))
    assert "a slip" not in "".join(told(town, "noah"))


def test_while_slack_does_not_say_who_somebody_is_nothing_is_changed(town: Town) -> None:
    programme(town)
    live_here(town, "lena")
    town.box.faults.add(method="users.info", kind="500_before")
    assert "did not answer me" in answer(town, "lena", "/tandem join")
    join(town, "lena")


def _command(town: Town) -> Delivered:
    town.says("lena", "/tandem note once only")
    return town.box.deliveries[-1]


def _form(town: Town) -> Delivered:
    town.says("lena", "/tandem note")
    sent(town, "lena", {"text": "once only", "visibility": "shared"})
    return town.box.deliveries[-1]


def _cheer(town: Town) -> Delivered:
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "p", "progress": "once only"})
    town.deliver()
    town.clicks("noah", letters(town, "noah")[-1], "checkin.cheer")
    return town.box.deliveries[-1]


@pytest.mark.parametrize("act", [_command, _form, _cheer], ids=["command", "form", "click"])
def test_the_same_signed_request_or_envelope_again_has_one_effect_also_after_a_restart(
    town: Town, act: Callable[[Town], Delivered]
) -> None:
    """And is answered as well as the first time: nothing looks like a failure."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    done = act(town)
    assert [reply.status for reply in town.box.replay(done, times=5)] == [200] * 5
    town.deliver()
    restarted(town)
    assert [reply.status for reply in town.box.replay(done, times=2)] == [200, 200]
    town.deliver()
    assert answer(town, "lena", "/tandem notes").count("once only") == 1
    assert sum("once only" in text for text in told(town, "noah")) == 1
    assert sum("cheering" in text for text in told(town, "lena")) <= 1
