"""The desk: a stage that somebody looks at through the page. The bot's ticks run after every act and every journey."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.manifest import manifest
from demo.desk.seeds import NAMES, Seeds
from demo.desk.stage import Stage
from demo.desk.state import State
from sandbox.page.seeds import Place

log = structlog.get_logger()
SOON = 90.0  # seconds: what is due within them is waited for, so that a message that was refused goes out by itself
TROUBLE = (SlackClientError, SQLAlchemyError, OSError)


class Desk:
    """Joins the stage and its page.

    Acts, journeys and exchanges of the whole state may come from many requests at once; a lock keeps their ticks apart.
    """

    def __init__(self, stage: Stage, seeds: Seeds) -> None:
        self._stage = stage
        self._seeds = seeds
        self._lock = threading.Lock()
        self._woken, self._leaving = threading.Event(), False
        self._worker = threading.Thread(target=self._work, name="desk", daemon=True)
        self._hand_over()
        self._worker.start()

    def _hand_over(self) -> None:
        page = self._stage.town.box.page
        page.manifest = manifest(self._stage.town.settings)
        page.traveller, page.next_event = self.travel, self.next_event
        page.after_act = self._woken.set
        page.seeds.names = NAMES
        page.seeds.start, page.seeds.save, page.seeds.load = self.begin_with, self.save, self.load

    def close(self) -> None:
        """End the ticks; the stage stays."""
        self._stage.town.box.release_clock()
        self._leaving = True
        self._woken.set()
        self._worker.join()

    @property
    def url(self) -> str:
        return self._stage.town.box.page_url

    def travel(self, moment: datetime) -> None:
        """Move the clock to an aware moment; everything due on the way happens at its own time."""
        with self._lock:
            self._stage.town.tandem.follow_ups.wait()
            self._stage.town.travel_to(moment)
            self._stage.town.tandem.ticks.retain()
        self._woken.set()

    def next_event(self) -> datetime | None:
        """Return when something is due next."""
        with self._lock:
            return self._stage.town.tandem.ticks.next_moment()

    def begin_with(self, name: str) -> Place:
        """Put a seed in the place of the present state; return where to begin. The first time takes seconds."""
        return self._bring(self._seeds.state(name, self._tell))

    def load(self, data: bytes) -> Place:
        """Go on from the bytes of a saved demo. Raises UnusableStateError and then changes nothing."""
        return self._bring(State.unpacked(data))

    def save(self, begin: Place | None = None) -> bytes:
        """Return the present state as the bytes of a file; `begin` is where to go on, where it began unless given."""
        seeds = self._stage.town.box.page.seeds
        with self._lock:
            return self._stage.state(seeds.current, begin or seeds.begin).packed()

    def _bring(self, state: State) -> Place:
        with self._lock:
            self._stage.bring(state)
        self._woken.set()
        return state.begin

    def _tell(self, at: datetime, share: float) -> None:
        self._stage.town.box.page.seeds.lived = (at, share)

    def _work(self) -> None:
        """Run the ticks whenever somebody acted, or when something that is due soon has come."""
        while True:
            patience = self._patience()
            woken = self._woken.wait(patience)
            self._woken.clear()
            if self._leaving:
                return
            self._tick(None if woken else patience)

    def _patience(self) -> float | None:
        """Return the seconds until something is due, if that is soon."""
        try:
            due = self.next_event()
        except TROUBLE:
            return None
        seconds = (due - self._stage.town.now).total_seconds() if due else SOON + 1
        return max(seconds, 1.0) if seconds <= SOON else None

    def _tick(self, waited: float | None) -> None:
        """Do what is due; the clock goes on by the seconds that were waited for it."""
        with self._lock:
            town = self._stage.town
            if waited:
                town.clock.move(timedelta(seconds=waited))
            town.tandem.follow_ups.wait()
            try:
                town.deliver()
                town.tandem.ticks.reap()
            except TROUBLE as error:
                log.error("tick_failed", error=type(error).__name__)  # noqa: TRY400  a traceback holds content
