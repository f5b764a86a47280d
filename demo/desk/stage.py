"""A town on a temporary database that can be exchanged, Slack, clock and all, for another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db import migrate
from bot.db.session import open_engine
from bot.locales import Language
from bot.settings import DatabaseSettings
from demo.desk.diary import STATES
from demo.desk.state import KEY, State, database_copy
from demo.town import Town, Transport, play_settings
from sandbox import Sandbox
from sandbox.errors import UnusableStateError
from sandbox.page.seeds import Place


class Stage:
    """One running town and the folder its databases lie in."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        self._folder = folder
        self._count = 0

    @classmethod
    @contextmanager
    def opened(cls, language: Language, transport: Transport = "socket", port: int = 0) -> Iterator[Stage]:
        """Open an empty town with its files in a temporary folder; leaving the block closes and removes it.

        Its page waits for a state to be brought. Raises OSError when the port is taken.
        """
        clock = DemoClock(STATES["empty"])
        with TemporaryDirectory(prefix="tandem-demo-") as folder, Sandbox.start(clock.now, port=port) as box:
            box.page.seeds.awaited = True
            url = f"sqlite:///{Path(folder) / 'tandem-0.db'}"
            settings = play_settings(box, url, transport, keys=KEY, language=language.value)
            town = Town(box, clock, settings, transport)
            try:
                yield cls(town, Path(folder))
            finally:
                box.release_clock()
                town.stop_bot()

    @property
    def _file(self) -> Path:
        return self._folder / f"tandem-{self._count}.db"

    def bring(self, state: State) -> None:
        """Put a state in the place of the present one. Raises UnusableStateError and then changes nothing."""
        town, file = self.town, self._folder / f"tandem-{self._count + 1}.db"
        _checked(file, state.database)
        town.tandem.follow_ups.wait()
        town.box.restore(state.slack)
        town.stop_bot()
        self._count += 1
        town.settings = town.settings.model_copy(update={"database": DatabaseSettings(url=f"sqlite:///{file}")})
        town.clock.move_to(state.now)
        town.start_bot()
        seeds = town.box.page.seeds
        seeds.current, seeds.begin = state.seed, state.begin
        seeds.lived, seeds.awaited = None, False

    def state(self, seed: str, begin: Place) -> State:
        """Return the present state."""
        self.town.tandem.follow_ups.wait()
        slack = self.town.box.keep()
        return State(seed, begin, self.town.now, slack, database_copy(self._file, self._folder))


def _checked(file: Path, database: bytes) -> None:
    """Write the database and bring it up to date. Raises UnusableStateError when it is none or a newer version's."""
    file.write_bytes(database)
    engine = open_engine(f"sqlite:///{file}")
    try:
        migrate.upgrade(engine)
    except (sa.exc.SQLAlchemyError, migrate.WrongSchema, migrate.ForeignKeysBroken) as error:
        raise UnusableStateError("The database in this saved demo cannot be used.") from error
    finally:
        engine.dispose()
