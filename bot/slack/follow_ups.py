"""What comes after an ack: calls to Slack that must not keep anybody waiting for the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.slack.directory import TROUBLE

log = structlog.get_logger()


class FollowUps:
    """A pool of threads that knows when it is quiet."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="follow-up")
        self._changed = threading.Condition()
        self._open = 0

    def submit(self, task: Callable[..., None], *args: object, **named: object) -> None:
        """Run ``task`` soon. Trouble with Slack is written down, without a word of content."""
        with self._changed:
            self._open += 1
        try:
            self._pool.submit(self._run, task, args, named).add_done_callback(_write_down)
        except RuntimeError:  # closing: what a last task still has to do, it does itself
            self._run(task, args, named)

    def _run(self, task: Callable[..., None], args: tuple[object, ...], named: Mapping[str, object]) -> None:
        try:
            _without_noise(task, args, named)
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait until nothing is left to do; say whether that came within ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)

    def close(self) -> None:
        """Let what was submitted finish, take no more."""
        self._pool.shutdown(wait=True)


def _write_down(done: Future[None]) -> None:
    """Log what nobody expected; a pool would keep it to itself."""
    error = done.exception()
    if error:
        log.error("follow_up_failed", error=type(error).__name__)


def _without_noise(task: Callable[..., None], args: tuple[object, ...], named: Mapping[str, object]) -> None:
    try:
        task(*args, **named)
    except SlackApiError as error:
        answer: Mapping[str, Any] = error.response.data if isinstance(error.response.data, dict) else {}
        log.warning("follow_up_failed", error=str(answer.get("error", "unknown")))
    except TROUBLE as error:
        log.warning("follow_up_failed", error=type(error).__name__)
