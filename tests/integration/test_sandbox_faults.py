"""Bad days on purpose: what was done, what the app was told, and how to aim."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from sandbox import Sandbox

NOT_DONE = ["429", "500_before", "internal_error", "error", "hang", "reset", "html"]


DONE = ["500_after", "internal_error_after", "reset_after", "truncated", "slow", "late"]


@pytest.mark.parametrize("kind", NOT_DONE)
def test_a_fault_before_leaves_nothing_behind(box: Sandbox, slack: WebClient, place: str, kind: str) -> None:
    """The app gets a failure and the message is not there; the next try goes through."""
    box.faults.add(method="chat.postMessage", kind=kind, seconds=0.01, retry_after=7, error="fatal_error")

    with pytest.raises((SlackApiError, SlackRequestError, OSError)):
        slack.chat_postMessage(channel=place, text="x")
    assert box.messages("mira") == []
    slack.chat_postMessage(channel=place, text="x")

    assert [(call.fault, call.done) for call in box.calls] == [(kind, False), (None, True)]
    assert len(box.messages("mira")) == 1


@pytest.mark.parametrize("kind", DONE)
def test_a_fault_after_leaves_the_message(box: Sandbox, slack: WebClient, place: str, kind: str) -> None:
    """The message is there whatever the app was told."""
    box.faults.add(method="chat.postMessage", kind=kind, seconds=0.01)

    if kind in {"slow", "late"}:
        slack.chat_postMessage(channel=place, text="x")
    else:
        with pytest.raises((SlackApiError, SlackRequestError, OSError)):
            slack.chat_postMessage(channel=place, text="x")

    assert len(box.messages("mira")) == 1
    assert (box.calls[0].done, box.calls[0].readers) == (True, frozenset({"mira"}))


def test_a_late_accept_reaches_the_person_after_the_app_gave_up(box: Sandbox, place: str) -> None:
    """The client's time-out is over, the message comes all the same."""
    box.faults.add(method="chat.postMessage", kind="late", seconds=1.2)
    impatient = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[], timeout=1)

    with pytest.raises(OSError, match="timed out"):
        impatient.chat_postMessage(channel=place, text="x")

    assert box.until(lambda: box.messages("mira"))


def test_faults_can_be_aimed(box: Sandbox, slack: WebClient, place: str) -> None:
    """By method, by argument, by number of times, by chance, and never by a kind that is unknown."""
    box.faults.add(method="chat.postMessage", kind="error", error="is_archived", where={"text": "hit"}, times=None)
    box.faults.add(method="team.info", kind="internal_error", chance=0.0)

    slack.chat_postMessage(channel=place, text="miss")
    slack.team_info()
    for _ in range(2):
        with pytest.raises(SlackApiError, match="is_archived"):
            slack.chat_postMessage(channel=place, text="hit")
    box.faults.clear()
    slack.chat_postMessage(channel=place, text="hit")

    with pytest.raises(ValueError, match="unknown fault"):
        box.faults.add(method="*", kind="earthquake")


def test_a_429_says_how_long_to_wait(box: Sandbox, slack: WebClient) -> None:
    """Retry-After is the number the fault asks for."""
    box.faults.add(method="*", kind="429", retry_after=300)

    with pytest.raises(SlackApiError) as caught:
        slack.team_info()

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "300")


def test_the_default_retries_of_the_sdk_post_twice(box: Sandbox, place: str) -> None:
    """Why writes must go out with `retry_handlers=[]`: a cut line after the post makes two visible messages."""
    careless = WebClient(box.bot_token, base_url=box.api_url)
    box.faults.add(method="chat.postMessage", kind="reset_after")

    careless.chat_postMessage(channel=place, text="x")

    assert len(box.messages("mira")) == 2
