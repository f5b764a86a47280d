"""Logs by allow-list: at DEBUG, in both formats, nothing a person wrote and no token gets out of a real process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.manifest import BOT_SCOPES
from demo.town import Transport, play_settings
from sandbox import Sandbox
from tests.integration.programs import Program, free_port, get, program, variables
from tests.patience import PATIENCE

CANARIES = ("zinnober", "karmesin", "indigoblau")
LIBRARIES = """
import logging, sys, threading
from bot.logs import set_up_logs
set_up_logs("DEBUG", "json")
logging.getLogger("psycopg").debug("connecting with zinnober")
logging.getLogger("some.library").warning("gave %s up", "zinnober")
try:
    raise ValueError("zinnober")
except ValueError:
    logging.getLogger("some.library").exception("failed")
thread = threading.Thread(target=lambda: {}["zinnober"])
thread.start()
thread.join()
raise RuntimeError("zinnober")
"""


def talked_with(folder: Path, transport: Transport, form: str) -> tuple[Program, list[str]]:
    """Run the bot at DEBUG through good and bad moments; return it and every secret it was told."""
    with Sandbox.start() as box:
        box.scopes = set(BOT_SCOPES)
        box.add_person("olga", name="Olga Karmesin", locale="en-US", admin=True, email="karmesin@example.com")
        settings = play_settings(box, f"sqlite:///{folder}/tandem.db", transport)
        port = free_port()
        environ = variables(settings, SERVER__PORT=port, LOGGING__LEVEL="DEBUG", LOGGING__FORMAT=form)
        with program("run", environ=environ, folder=folder) as bot:
            assert bot.says("running"), bot.output
            if transport == "http":
                assert get(port, "/readyz") == 200
                box.use_http(f"http://127.0.0.1:{port}/slack/events")
            else:
                assert box.wait_connected(seconds=PATIENCE)
            assert box.command("olga", "/tandem", "note zinnober").ok
            assert box.say("olga", "indigoblau").ok
            box.faults.add(method="views.open", kind="error")
            box.add_channel("owners", members=["olga"], bot_in=True)
            assert box.command("olga", "/tandem-admin", "setup", "owners").ok
            assert box.until(lambda: any(call.fault for call in box.calls), seconds=PATIENCE)
            assert bot.stop() == 0
        return bot, [box.bot_token, box.app_token, box.signing_secret, environ["TANDEM_SECURITY__KEYS"]]


@pytest.mark.parametrize(("transport", "form"), [("socket", "console"), ("http", "json")])
def test_nothing_said_and_no_secret_is_in_the_log_of_a_running_bot(
    tmp_path: Path, transport: Transport, form: str
) -> None:
    """Notes, messages, names, addresses, tokens and keys: none of them at DEBUG, whatever happens."""
    bot, secrets = talked_with(tmp_path, transport, form)
    assert "running" in bot.output
    assert [secret for secret in (*CANARIES, *secrets) if secret.casefold() in bot.output.casefold()] == []
    if form == "json":
        assert all({"event", "level", "timestamp"} <= json.loads(line).keys() for line in bot.output.splitlines())


def test_what_libraries_say_loses_what_they_filled_in(tmp_path: Path) -> None:
    """A library's line keeps its place, its template and the kind of error; a crash is written down the same way."""
    with program("-c", LIBRARIES, environ={}, folder=tmp_path, module=None) as ran:
        assert ran.ends() == 1
    assert "zinnober" not in ran.output
    lines = [json.loads(line) for line in ran.output.splitlines()]
    assert [line.get("message") for line in lines if line["event"] == "library"] == [None, "gave %s up", None]
    assert [line["error"] for line in lines if "error" in line] == ["ValueError", "KeyError", "RuntimeError"]
