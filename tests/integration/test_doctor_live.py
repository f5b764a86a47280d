"""`tandem doctor --live` and `--blocks`: what only Slack itself can say, asked of Slack itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.doctor.blocks import screens, validate
from bot.doctor.findings import Finding
from bot.doctor.live import prove
from bot.domain.people import Language
from bot.locales import load_texts
from bot.manifest import BOT_SCOPES
from bot.slack.samples import samples
from bot.slack.samples.content import ordinary
from demo.town import play_settings
from sandbox import Sandbox
from sandbox.faults import Fault, Faults
from tests.integration.programs import Program, program, variables
from tests.unit.screens_found import all_screens


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as running:
        running.scopes = set(BOT_SCOPES)
        running.add_person("olga", name="Olga Brandt", locale="de-DE")
        running.limits.enforced = False
        yield running


@pytest.fixture
def settings(box: Sandbox, tmp_path: Path) -> Settings:
    return play_settings(box, f"sqlite:///{tmp_path}/tandem.db", "socket")


def olga(box: Sandbox) -> str:
    return box.person("olga").id


def proven(box: Sandbox, settings: Settings) -> dict[str, bool]:
    return {finding.what: finding.ok for finding in prove(settings, olga(box))}


def posts(box: Sandbox) -> list[dict[str, object]]:
    return [call.args for call in box.calls if call.method == "chat.postMessage"]


def test_a_workspace_that_does_as_hoped_is_fine_in_every_line(box: Sandbox, settings: Settings) -> None:
    """Posted in the person's language, found by its key, posted again with the same id, and nothing is left."""
    found = proven(box, settings)
    assert all(found.values()), found
    assert [what for what in found if "metadata" in what]
    assert "a second time" in next(what for what in found if "client_msg_id" in what)
    first, second = posts(box)
    assert first["client_msg_id"] == second["client_msg_id"]
    assert first["metadata"] == second["metadata"]
    assert "Wer Tandem betreut" in str(first["text"])
    assert box.messages("olga") == []


def test_a_slack_that_knows_the_id_again_is_told_apart(
    box: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses the second one, and the line says so."""
    monkeypatch.setattr(Faults, "strike", _refuses_the_second(box))
    found = proven(box, settings)
    assert all(found.values()), found
    assert "refuses it (duplicate_message)" in next(what for what in found if "client_msg_id" in what)
    assert box.messages("olga") == []


def _refuses_the_second(box: Sandbox) -> Callable[[Faults, str, dict[str, Any]], Fault | None]:
    def strike(_faults: Faults, method: str, _args: dict[str, Any]) -> Fault | None:
        posted = sum(call.method == "chat.postMessage" for call in box.hub.calls)
        again = method == "chat.postMessage" and posted > 1
        return Fault(method, "error", error="duplicate_message") if again else None

    return strike


def test_without_metadata_in_the_history_it_says_what_that_means(box: Sandbox, settings: Settings) -> None:
    """What delivery relies on is not there: that is no small thing, and the trial is still taken back."""
    box.faults.add(method="conversations.history", kind="error", error="missing_scope", times=None)
    found = list(prove(settings, olga(box)))
    assert [one.ok for one in found] == [True, True, False]
    assert "missing_scope" in found[-1].advice
    assert box.messages("olga") == []


def test_somebody_who_is_not_there_is_said_before_anything_is_posted(box: Sandbox, settings: Settings) -> None:
    found = list(prove(settings, "U0NOBODY"))
    assert [one.ok for one in found] == [False]
    assert "user_not_found" in found[0].advice
    assert posts(box) == []


@pytest.mark.parametrize("kind", ["500_before", "reset", "429", "html"])
def test_a_bad_moment_is_a_line_and_leaves_nothing(box: Sandbox, settings: Settings, kind: str) -> None:
    box.faults.add(method="chat.postMessage", kind=kind)
    found = list(prove(settings, olga(box)))
    assert not found[-1].ok
    assert box.messages("olga") == []


def test_the_command_asks_before_it_posts(box: Sandbox, settings: Settings, tmp_path: Path) -> None:
    """Without an answer nothing happens; --to is needed; --yes is for those who have decided."""
    environ = variables(settings)
    assert told("doctor", "--live", environ=environ, folder=tmp_path).code == 2
    asked = told("doctor", "--live", "--to", olga(box), environ=environ, folder=tmp_path)
    assert (asked.code, posts(box)) == (1, [])
    assert "posts a message to" in asked.output
    done = told("doctor", "--live", "--to", olga(box), "--yes", environ=environ, folder=tmp_path)
    assert done.code == 0, done.output
    assert len(posts(box)) == 2


def told(*arguments: str, environ: dict[str, str], folder: Path) -> Program:
    with program(*arguments, environ=environ, folder=folder) as ran:
        ran.ends()
    return ran


def test_every_screen_is_shown_to_slack_in_both_languages_and_sizes() -> None:
    """No screen is left out: those found by reading the code are those that are asked about."""
    words = load_texts().for_(Language.EN)
    assert {one.name for one in samples(ordinary(Language.EN), words)} == set(all_screens())
    asked = [what for what, _ in screens()]
    assert len(asked) == len(set(asked))
    for language in Language:
        for size in ("ordinary", "longest"):
            named = {what.split(",")[0] for what in asked if what.endswith(f"{size}, {language.value}")}
            assert named == set(all_screens())


@pytest.mark.slow
def test_slack_takes_every_screen(box: Sandbox, settings: Settings, tmp_path: Path) -> None:
    """The stand-in's own check says the same as Slack's rules in our tests; nothing is posted."""
    with program("doctor", "--blocks", environ=variables(settings), folder=tmp_path) as ran:
        assert ran.ends(110) == 0, ran.output
    assert f"{len(list(screens()))} screens taken by Slack" in ran.output
    assert {call.method for call in box.calls} == {"blocks.validate"}


def test_a_screen_slack_refuses_is_named_with_the_place(
    box: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.doctor.blocks.screens", lambda: iter([("too.long", {"blocks": [_long_header()]})]))
    [refused] = validate(settings)
    assert (refused.what, refused.ok) == ("too.long", False)
    assert refused.advice.startswith("/0/text/text: ")


def _long_header() -> dict[str, object]:
    return {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}


def test_slack_may_ask_to_wait(box: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Special limits apply to this method: a 429 is waited for, not reported."""
    few = list(screens())[:3]
    monkeypatch.setattr("bot.doctor.blocks.screens", lambda: iter(few))
    box.faults.add(method="blocks.validate", kind="429", retry_after=1)
    assert [one.ok for one in validate(settings)] == [True] * 3


@pytest.mark.parametrize(("kind", "says"), [("reset", "check the network"), ("error", "fatal_error")])
def test_a_slack_that_does_not_answer_ends_the_questions(
    box: Sandbox, settings: Settings, kind: str, says: str
) -> None:
    box.faults.add(method="blocks.validate", kind=kind, times=None)
    found: list[Finding] = list(validate(settings))
    assert [one.ok for one in found] == [False]
    assert says in found[0].advice
