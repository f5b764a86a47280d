"""The command `tandem` as an operator meets it: exit codes, one line instead of a traceback, never a secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.config import FIRST_STEPS
from bot.db import migrate
from bot.db.session import open_engine
from bot.keys import new_key
from demo.town import play_settings
from sandbox import Sandbox
from tests.integration.programs import Program, program, variables

TOKEN = "xoxb-secret-that-nobody-may-see"
PASSWORD = "hunter2hunter2"


def told(folder: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Program:
    """Run `tandem …` to its end."""
    with program(*arguments, environ=environ or {}, folder=folder) as ran:
        ran.ends()
    return ran


def test_help_names_every_command_in_one_line_each(tmp_path: Path) -> None:
    """`tandem --help` is where somebody begins."""
    ran = told(tmp_path, "--help")
    assert ran.code == 0
    for name in ("run", "migrate", "backup", "restore", "manifest", "doctor", "key", "match", "demo", "story"):
        assert f"│ {name} " in ran.output
    assert "Usage: tandem" in ran.output


def test_a_word_that_is_no_command_is_exit_2(tmp_path: Path) -> None:
    """The answer says where help is."""
    ran = told(tmp_path, "walk")
    assert (ran.code, "--help" in ran.output) == (2, True)


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_at_the_very_beginning_it_says_where_to_start(tmp_path: Path, command: str) -> None:
    """Without any configuration one line says what is missing and which file to copy; no file is left behind."""
    ran = told(tmp_path, command)
    assert ran.code == (2 if command == "run" else 1)
    assert FIRST_STEPS in ran.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """With a part configured, the first missing setting is named, in one line."""
    ran = told(tmp_path, "run", environ={"TANDEM_SLACK__BOT_TOKEN": TOKEN})
    assert (ran.code, ran.output) == (2, "slack.app_token: is missing; needed: the app-level token, xapp-…\n")


@pytest.mark.parametrize("command", ["run", "migrate", "manifest"])
@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("TANDEM_SLACK__BOT_TOKEN", "secret-that-nobody-may-see", "slack.bot_token"),
        ("TANDEM_DATABASE__URL", f"mysql://root:{PASSWORD}@db/tandem", "database.url"),
        ("TANDEM_SERVER__PORT", "seventy", "server.port"),
        ("TANDEM_SERVER__PROT", "70", "TANDEM_SERVER__PROT"),
    ],
)
def test_a_broken_setting_is_one_line_without_its_value(
    tmp_path: Path, command: str, name: str, value: str, field: str
) -> None:
    """Exit 2 and the name of the setting, never what stood there."""
    ran = told(tmp_path, command, environ={name: value})
    assert ran.code == 2
    assert ran.output.startswith(f"{field}: ")
    assert ran.output.count("\n") == 1
    assert not {value, PASSWORD} & set(ran.output.split())


def test_a_key_is_ready_to_be_pasted(tmp_path: Path) -> None:
    """`tandem key` prints one entry for security.keys, another one each time, that `tandem run` accepts."""
    first, second = (told(tmp_path, "key").output.strip() for _ in range(2))
    assert first != second
    complaint = told(tmp_path, "run", environ={"TANDEM_SECURITY__KEYS": first}).output
    assert complaint.startswith("slack.bot_token: is missing")


def test_the_manifest_is_json_for_the_configured_mode(tmp_path: Path) -> None:
    """What is printed can be pasted into Slack."""
    modes = ("socket", "http")
    told_by = [told(tmp_path, "manifest", environ={"TANDEM_SLACK__MODE": mode}) for mode in modes]
    printed = [json.loads(one.output) for one in told_by]
    assert [one["settings"]["socket_mode_enabled"] for one in printed] == [True, False]


def test_migrate_says_where_the_database_stands(tmp_path: Path) -> None:
    """It makes the database, and a second time changes nothing."""
    environ = {"TANDEM_DATABASE__URL": f"sqlite:///{tmp_path}/tandem.db"}
    lines = [told(tmp_path, "migrate", environ=environ).output for _ in range(2)]
    assert lines == [f"database at {migrate.head()}\n"] * 2


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Neither migrating nor running touches it; one line says so."""
    url = f"sqlite:///{tmp_path}/tandem.db"
    stamp(url, "9999")
    ran = told(tmp_path, "migrate", environ={"TANDEM_DATABASE__URL": url})
    assert (ran.code, ran.output) == (
        1,
        "database: a newer version of Tandem has changed its tables; run that version again\n",
    )


def stamp(url: str, revision: str) -> None:
    engine = open_engine(url)
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def nowhere(folder: Path) -> dict[str, str]:
    """Return a complete configuration whose Slack does not exist."""
    return {
        "TANDEM_SLACK__BOT_TOKEN": TOKEN,
        "TANDEM_SLACK__APP_TOKEN": "xapp-1",
        "TANDEM_SLACK__SIGNING_SECRET": "0123456789abcdef",
        "TANDEM_SLACK__API_URL": "http://127.0.0.1:9/api/",
        "TANDEM_DATABASE__URL": f"sqlite:///{folder}/tandem.db",
        "TANDEM_SECURITY__KEYS": new_key(),
    }


@pytest.mark.parametrize("arguments", [("run",), ("run", "--http")])
def test_run_without_slack_ends_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No network at the start: exit 1, what is wrong and where to look; no traceback, no token."""
    ran = told(tmp_path, *arguments, environ=nowhere(tmp_path))
    assert ran.code == 1
    assert ran.output.startswith("slack: no answer (")
    assert ran.output.count("\n") == 1
    assert TOKEN not in ran.output


def test_run_without_its_database_ends_in_one_line(tmp_path: Path) -> None:
    """A server that is not there: exit 1, and the password stays where it is."""
    url = f"postgresql://tandem:{PASSWORD}@127.0.0.1:9/tandem"
    ran = told(tmp_path, "run", environ=nowhere(tmp_path) | {"TANDEM_DATABASE__URL": url})
    assert (ran.code, ran.output) == (1, "database: it does not answer (OperationalError); check database.url\n")


def test_run_on_old_tables_asks_for_migrate_where_it_may_not_do_it(tmp_path: Path) -> None:
    """With migrate_on_start off, the tables are the operator's."""
    environ = nowhere(tmp_path) | {"TANDEM_DATABASE__MIGRATE_ON_START": "false"}
    ran = told(tmp_path, "run", environ=environ)
    assert (ran.code, ran.output) == (1, "database: its tables are not up to date; run `tandem migrate`\n")


def test_run_with_a_token_slack_refuses_points_at_the_doctor(tmp_path: Path) -> None:
    """Slack's answer is repeated, the token is not."""
    with Sandbox.start() as box:
        settings = play_settings(box, f"sqlite:///{tmp_path}/tandem.db", "socket")
        ran = told(tmp_path, "run", environ=variables(settings, SLACK__BOT_TOKEN=TOKEN))
    assert ran.code == 1
    assert "invalid_auth" in ran.output
    assert "tandem doctor" in ran.output
    assert ran.output.count("\n") == 1
    assert TOKEN not in ran.output
