"""Events, commands and interactions by HTTP: signatures, retries, replays, time-outs."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

from sandbox import Sandbox
from tests.integration.ear import Ear
from tests.patience import PATIENCE


def test_everything_over_http_is_signed(box: Sandbox, ear: Ear) -> None:
    """Slack's own verifier accepts events, commands and interactions, and notices a changed byte."""
    box.open_home("mira")
    box.command("mira", "/tandem", "für dich & mich")
    box.use_shortcut("mira", "note_new")

    verifier = SignatureVerifier(box.signing_secret)

    assert len(ear.heard) == 3
    for headers, body in ear.heard:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)
    types = [headers["content-type"] for headers, _ in ear.heard]
    assert types == ["application/json", *["application/x-www-form-urlencoded"] * 2]
    assert parse_qs(ear.heard[1][1].decode())["text"] == ["für dich & mich"]
    assert json.loads(parse_qs(ear.heard[2][1].decode())["payload"][0])["type"] == "shortcut"


def test_the_url_is_verified(box: Sandbox, ear: Ear) -> None:
    """`url_verification` needs the challenge back."""
    assert box.verify_url()
    ear.statuses = [500]
    assert not box.verify_url()


def test_an_unanswered_event_is_sent_three_more_times(box: Sandbox, ear: Ear) -> None:
    """Retries carry their number and reason, keep the event id, and end after the third."""
    ear.statuses = [500] * 9

    assert not box.open_home("mira").ok
    for _ in range(5):
        box.redeliver_pending()

    assert [headers.get("x-slack-retry-num") for headers, _ in ear.heard] == [None, "1", "2", "3"]
    assert ear.heard[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in ear.heard}) == 1
    assert [answer.status for answer in box.deliveries[0].answers] == [500] * 4


def test_an_answered_event_is_not_sent_again(box: Sandbox, ear: Ear) -> None:
    """After a 200 there is nothing to retry."""
    ear.statuses = [500]
    box.open_home("mira")

    assert [one.settled for one in box.redeliver_pending()] == [True]
    assert box.redeliver_pending() == []
    assert len(ear.heard) == 2


def test_commands_are_not_retried_unless_asked(box: Sandbox, ear: Ear) -> None:
    """Slack tells the person instead; a test may still insist."""
    ear.statuses = [500]
    assert box.command("mira", "/tandem").problem == "dispatch_failed"

    assert box.redeliver_pending() == []
    assert len(box.redeliver_pending(everything=True)) == 1


def test_a_replay_is_the_same_bytes(box: Sandbox, ear: Ear) -> None:
    """Signature and body do not change, so an app must notice by itself."""
    box.command("mira", "/tandem", "once")

    replies = box.replay(box.deliveries[0], times=3)

    assert [reply.status for reply in replies] == [200] * 3
    assert len({body for _, body in ear.heard}) == 1
    assert len({headers["x-slack-signature"] for headers, _ in ear.heard}) == 1


def test_an_app_that_takes_too_long_is_timed_out(box: Sandbox, ear: Ear) -> None:
    """The person reads a time-out; an event will say `http_timeout` when it comes again."""
    box.hub.courier.patience = 0.05
    ear.delay.clear()
    given = box.command("mira", "/tandem")
    box.open_home("mira")
    ear.delay.set()
    box.hub.courier.patience = PATIENCE
    box.redeliver_pending()

    assert (given.timed_out, given.problem) == (True, "operation_timeout")
    assert ear.heard[-1][0]["x-slack-retry-reason"] == "http_timeout"


def test_an_app_that_is_not_there_hears_it_later(box: Sandbox) -> None:
    """A refused connection is a failed attempt, not an error of the stand-in."""
    with Ear() as gone:
        url = gone.url
    box.use_http(url)

    assert box.open_home("mira").status == 0
    assert not box.deliveries[0].settled
