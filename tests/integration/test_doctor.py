"""`tandem doctor`: each line is fine or says what to do, and looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock.clock import DemoClock, SystemClock
from bot.db import migrate
from bot.db.session import open_engine
from bot.doctor.examination import Place, examine
from bot.doctor.findings import Finding
from bot.manifest import BOT_SCOPES
from demo.town import ROOM, Town, Transport, play_settings
from sandbox import Sandbox
from tests.integration.programs import program, variables
from tests.scenario.people import set_up


class Installation:
    """A workspace with the app installed, and the variables that configure it."""

    def __init__(self, box: Sandbox, url: str, transport: Transport = "socket") -> None:
        self.box = box
        self.settings = play_settings(box, url, transport)
        self.environ = variables(self.settings)

    def examined(self, folder: Path, late: timedelta = timedelta(), **more: str) -> list[Finding]:
        def now() -> datetime:
            return SystemClock().now() + late

        environ = self.environ | {f"TANDEM_{name}": value for name, value in more.items()}
        return examine(Place(environ, folder, now))


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as running:
        running.scopes = set(BOT_SCOPES)
        yield running


@pytest.fixture
def installation(box: Sandbox, database_url: str) -> Installation:
    return Installation(box, database_url)


def troubles(findings: list[Finding]) -> dict[str, str]:
    return {finding.what: finding.advice for finding in findings if not finding.ok}


def test_a_healthy_installation_is_fine_in_every_line(installation: Installation, tmp_path: Path) -> None:
    """Configuration, key, database, tables, tokens, scopes, clock and room have a line each, and each is fine."""
    findings = installation.examined(tmp_path)
    assert troubles(findings) == {}
    seen = "\n".join(finding.what for finding in findings)
    for part in ("configuration", "key", "database", "tables", "bot token", "app token", "scopes", "clock", "room"):
        assert part in seen


def test_the_installations_own_matching_is_shown(installation: Installation, tmp_path: Path) -> None:
    """And a setting that does not exist is the only line."""
    found = installation.examined(tmp_path, PROGRAMME__MATCHING='{"department_points": 10}')
    assert "matching with department_points = 10" in [finding.what for finding in found]
    [wrong] = installation.examined(tmp_path, PROGRAMME__MATCHING='{"departments": 10}')
    assert wrong.advice.startswith("programme.matching: departments: there is no such setting")


def test_the_command_prints_the_same_and_ends_well(installation: Installation, tmp_path: Path) -> None:
    """Exit 0 and a line for each finding, no token among them."""
    with program("doctor", environ=installation.environ, folder=tmp_path) as ran:
        assert ran.ends() == 0
    lines = ran.output.splitlines()
    assert lines
    assert all(line.startswith("ok ") for line in lines)
    assert not [secret for secret in (installation.box.bot_token, installation.box.app_token) if secret in ran.output]


def test_looking_makes_nothing(box: Sandbox, tmp_path: Path) -> None:
    """Before the first start there is no database, and the doctor makes none."""
    findings = Installation(box, f"sqlite:///{tmp_path}/tandem.db").examined(tmp_path)
    assert troubles(findings) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_missing_scope_is_named(installation: Installation, tmp_path: Path) -> None:
    """The advice names the scope and the way to get it."""
    installation.box.scopes = set(BOT_SCOPES) - {"im:history"}
    (advice,) = troubles(installation.examined(tmp_path)).values()
    assert "im:history" in advice
    assert "tandem manifest" in advice


@pytest.mark.parametrize(
    ("variable", "token", "what"),
    [("SLACK__BOT_TOKEN", "xoxb-wrong", "bot token"), ("SLACK__APP_TOKEN", "xapp-wrong", "app token")],
)
def test_a_wrong_token_is_told_apart(
    installation: Installation, tmp_path: Path, variable: str, token: str, what: str
) -> None:
    """The line says which token Slack refuses and where the right one stands."""
    found = troubles(installation.examined(tmp_path, timedelta(), **{variable: token}))
    assert list(found) == [what]
    assert "invalid_auth" in found[what]
    assert token not in found[what]


def test_old_tables_are_left_to_the_operator_or_the_next_start(installation: Installation, tmp_path: Path) -> None:
    """An older revision is a matter of `tandem migrate`, or of the next start where that is allowed."""
    engine = open_engine(installation.settings.database.url)
    migrate.downgrade(engine, "0001")
    engine.dispose()

    assert troubles(installation.examined(tmp_path)) == {}
    found = troubles(installation.examined(tmp_path, DATABASE__MIGRATE_ON_START="false"))
    assert list(found.values()) == ["run `tandem migrate`"]


def test_a_database_that_is_not_there_is_said(installation: Installation, tmp_path: Path) -> None:
    """Slack is looked at all the same."""
    url = "postgresql://tandem:hunter2@127.0.0.1:9/tandem"
    findings = installation.examined(tmp_path, DATABASE__URL=url)
    assert list(troubles(findings)) == ["database"]
    assert "bot token, workspace Tandem Town" in [finding.what for finding in findings]


def test_no_slack_is_said(installation: Installation, tmp_path: Path) -> None:
    """Without a network the advice is the network."""
    found = troubles(installation.examined(tmp_path, SLACK__API_URL="http://127.0.0.1:9/api/"))
    assert list(found) == ["Slack"]
    assert "network" in found["Slack"]


def test_a_clock_that_is_minutes_off_is_said(installation: Installation, tmp_path: Path) -> None:
    """Slack would refuse such a machine's requests, and check-ins would come at the wrong time."""
    (what,) = troubles(installation.examined(tmp_path, late=timedelta(minutes=6)))
    assert what.startswith("clock, ")


def test_a_room_the_bot_was_thrown_out_of_is_said(installation: Installation, tmp_path: Path) -> None:
    """The owners' room is looked up at Slack, not in memory."""
    box = installation.box
    box.add_person("olga", name="Olga Brandt", admin=True)
    town = Town(box, DemoClock(SystemClock().now()), installation.settings, "socket")
    set_up(town)
    town.stop_bot()
    assert troubles(installation.examined(tmp_path)) == {}

    box.remove_bot(ROOM)

    assert troubles(installation.examined(tmp_path)) == {
        "owners' room 1": "Tandem is not in it any more; type /invite @Tandem there"
    }


def test_a_broken_configuration_is_the_only_line(tmp_path: Path) -> None:
    """What depends on it is not looked at."""
    findings = examine(Place({"TANDEM_SERVER__PORT": "0"}, tmp_path))
    assert [finding.ok for finding in findings] == [False]
    assert findings[0].advice.startswith("server.port: ")
