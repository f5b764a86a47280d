"""`tandem demo` as somebody meets it who has no Slack: it comes up, lives, goes back and forth, keeps, and ends."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from bot.locales import Language
from demo.desk.cast import NEWCOMER, colleagues, participants
from demo.desk.desk import Desk
from demo.desk.lines import NOT_YET, NOTES, PARTLY
from demo.desk.seeds import NAMES, Seeds
from demo.desk.stage import Stage
from demo.desk.state import State
from demo.desk.topics import topics
from demo.town import ROOM
from sandbox.errors import UnusableStateError

HOUSE = Path(__file__).parents[2]


class Browser:
    """What the page's own code does: reads, posts, and nothing else."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str, **query: str) -> Any:
        return self._asked(Request(f"{self.url}page/api/{path}?{urlencode(query)}"))  # noqa: S310  our own loopback

    def post(self, path: str, **body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Origin": self.url.rstrip("/")}
        return self._asked(Request(f"{self.url}page/api/{path}", json.dumps(body).encode(), headers))  # noqa: S310  as above

    @staticmethod
    def _asked(request: Request) -> Any:
        with urlopen(request, timeout=60) as answer:  # noqa: S310  as above
            return json.loads(answer.read())

    def refused(self, path: str, **body: Any) -> str:
        """Return the name of the refusal."""
        with pytest.raises(HTTPError) as caught:
            self.post(path, **body)
        with caught.value as answer:
            return str(json.loads(answer.read())["error"])

    def dm(self, who: str) -> list[str]:
        """Return what somebody reads in their conversation with the bot."""
        return self.talk(who, self.get("conversations", **{"as": who})["dm"])

    def talk(self, who: str, channel: str) -> list[str]:
        return [one["text"] for one in self.get("messages", **{"as": who, "channel": channel})["messages"]]


class Demo:
    """A desk in this process, its browser, and a way to wait for what the bot does by itself."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.desk = stage, desk
        self.browser = Browser(desk.url)

    def until(self, look: Callable[[], Any]) -> Any:
        return self.stage.town.box.until(look, seconds=20)


@pytest.fixture
def demo(seeds: Seeds) -> Iterator[Demo]:
    with Stage.opened(Language.EN) as stage:
        desk = Desk(stage, seeds)
        try:
            yield Demo(stage, desk)
        finally:
            desk.close()


@contextmanager
def started(*options: str) -> Iterator[subprocess.Popen[str]]:
    """Run `tandem demo` as a program of its own."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", *options]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.kill()


def url_of(program: subprocess.Popen[str]) -> str:
    """Read on until the line with the address comes."""
    assert program.stdout is not None
    for line in program.stdout:
        if "http://" in line:
            return line.split()[-1]
    raise AssertionError("no address was printed")


def rest_of(program: subprocess.Popen[str]) -> tuple[str, str]:
    """Return what it still writes until it ends, with what was read along with the address already."""
    assert program.stdout is not None
    assert program.stderr is not None
    written = program.stdout.read(), program.stderr.read()
    program.wait(60)
    return written


def test_it_says_where_it_is_serves_and_keeps_its_state(tmp_path: Path) -> None:
    """One line with the address; Ctrl-C ends it with 0 and keeps what was done; the next start goes on from there."""
    file = tmp_path / "mine.zip"
    for seen in ([], ["Good morning."]):
        with started("--seed", "empty", "--language", "de", "--state", str(file)) as program:
            address = urlsplit(url_of(program))
            begin = parse_qs(address.fragment)
            browser = Browser(f"http://{address.netloc}/")
            assert (begin["as"], begin["lang"]) == (["olga"], ["de"])
            place = begin["at"][0]
            assert browser.talk("olga", place)[1:] == seen
            browser.post("acts/say", **{"as": "olga", "channel": place, "text": "Good morning."})
            program.send_signal(signal.SIGINT)
            out, complaints = rest_of(program)
        assert (program.returncode, complaints) == (0, "")
        assert str(file) in out


def test_without_a_screen_it_checks_itself_and_leaves() -> None:
    """`tandem demo --check` over signed HTTP: up, looked at, down, exit 0."""
    with started("--seed", "empty", "--check", "--http") as program:
        out, complaints = program.communicate(timeout=60)
    assert (program.returncode, complaints) == (0, "")
    assert "The page answers" in out


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04 half a zip"])
def test_a_file_that_is_no_state_is_one_line(tmp_path: Path, data: bytes) -> None:
    """Exit 2 and the file's name; the file stays as it is."""
    file = tmp_path / "letter.zip"
    file.write_bytes(data or b"{}")
    with started("--seed", "empty", "--check", "--state", str(file)) as program:
        _, complaints = program.communicate(timeout=60)
    assert (program.returncode, complaints) == (2, f"{file}: This is not a saved demo.\n")
    assert file.read_bytes() == (data or b"{}")


def test_the_ticks_run_after_every_act(demo: Demo) -> None:
    """Nobody waits for the bot: the programme's first message is there as soon as the owner has set it up."""
    who, place = demo.desk.begin_with("empty")
    browser = demo.browser
    browser.post("acts/command", **{"as": who, "channel": place, "line": "/tandem-admin setup"})
    view = demo.until(lambda: browser.get("screens", **{"as": who})["modals"])[0]
    browser.post("acts/submit", **{"as": who, "view": view["id"], "values": {"name": "Trying it", "purpose": "Fun"}})
    assert demo.until(lambda: any("Trying it" in text for text in browser.talk(who, place)))


def test_the_third_week_is_in_the_middle_of_things(demo: Demo) -> None:
    """16 have joined; pairs and a trio; some check-ins are open, some answered; one is away, one waits."""
    demo.desk.begin_with("week3")
    browser = demo.browser
    groups = [one for one in demo.stage.town.box.hub.workspace.channels.values() if one.kind == "mpim"]
    sizes = sorted(len(one.members) - 1 for one in groups)
    assert len(participants()) == 16
    assert sizes == [2] * 6 + [3]
    newest = {who: browser.dm(who)[-3:] for who in participants() if who != NEWCOMER}
    open_now = {who for who, lines in newest.items() if any("Last time you promised" in one for one in lines)}
    answered = {who for who, lines in newest.items() if any("Answered, thank you" in one for one in lines)}
    assert {"mira", "ana", "ines"} <= open_now
    assert {"raj", "priya", "jonas"} <= answered
    assert "27 October" in browser.dm("tiago")[-1]
    assert browser.dm(NEWCOMER) == []


def test_travelling_runs_the_ticks_on_the_way(demo: Demo) -> None:
    """Toronto's check-ins come at nine in Toronto; a week later everybody is asked again."""
    demo.desk.begin_with("week3")
    browser = demo.browser
    before = len(browser.dm("marcus"))
    while browser.get("clock", **{"as": "mira"})["next_event"] < "2026-10-19T13:00:00+00:00":
        browser.post("clock", **{"as": "mira", "to": "event"})
    assert len(browser.dm("marcus")) == before
    browser.post("clock", **{"as": "mira", "to": "event"})
    assert browser.get("clock", **{"as": "mira"})["now"] == "2026-10-19T13:00:00+00:00"
    assert len(browser.dm("marcus")) == before + 1
    browser.post("clock", **{"as": "mira", "to": "monday"})
    assert browser.get("clock", **{"as": "mira"})["now"] == "2026-10-26T08:00:00+00:00"
    assert sum("Last time you promised" in one for one in browser.dm("mira")) >= 2


def test_the_last_week_leads_to_the_end(demo: Demo) -> None:
    """A few days on, the pairing ends and both are told."""
    demo.desk.begin_with("final")
    before = demo.browser.dm("mira")
    demo.browser.post("clock", **{"as": "mira", "to": "2026-11-16"})
    assert len(demo.browser.dm("mira")) > len(before)


def test_a_saved_state_comes_back_as_it_was(demo: Demo) -> None:
    """Messages, unread marks, clock and the bot's memory; the bot can go on from there."""
    who, _ = demo.desk.begin_with("week3")
    browser = demo.browser
    dm = browser.get("conversations", **{"as": who})["dm"]
    browser.post("acts/say", **{"as": who, "channel": dm, "text": "hm"})
    assert demo.until(lambda: any("note" in one for one in browser.dm(who)[-1:]))
    before = [browser.get("people"), browser.dm(who), browser.get("clock", **{"as": who}), browser.get("timeline")]
    data = demo.desk.save()
    browser.post("clock", **{"as": who, "to": "monday"})
    begin = browser.post("state", file=base64.b64encode(data).decode())
    after = [browser.get("people"), browser.dm(who), browser.get("clock", **{"as": who}), browser.get("timeline")]
    assert (begin["as"], after) == (who, before)
    browser.post("acts/command", **{"as": who, "channel": dm, "line": "/tandem partner"})
    assert demo.until(lambda: len(browser.dm(who)) > len(before[1]))


def test_seeds_are_exchanged_from_the_page_and_nonsense_is_refused(demo: Demo) -> None:
    """A click brings another state; what is no seed and no state is refused and changes nothing."""
    demo.desk.begin_with("week3")
    browser = demo.browser
    known = browser.get("seeds")
    assert (known["seeds"], known["current"], known["busy"]) == (list(NAMES), "week3", False)
    assert browser.post("seeds", name="empty")["as"] == "olga"
    people = browser.get("people")
    assert len(people["people"]) == len(colleagues()) + 1
    assert browser.refused("seeds", name="week99") == "no_seed"
    assert browser.refused("state", file="???") == "bad_request"
    assert browser.refused("state", file=base64.b64encode(b"no zip").decode()) == "unusable_state"
    assert browser.get("people") == people
    assert browser.get("seeds")["current"] == "empty"


def test_a_state_with_a_broken_part_is_refused_whole(seeds: Seeds) -> None:
    """Half a workspace never replaces a whole one."""
    state = seeds.state("empty")
    broken = [
        State(state.seed, state.begin, state.now, {**state.slack, "people": [{"id": 1}]}, state.database),
        State(state.seed, state.begin, state.now, {**state.slack, "version": 99}, state.database),
        State(state.seed, state.begin, state.now, state.slack, state.database[:5000]),
    ]
    with Stage.opened(Language.EN) as stage:
        stage.bring(state)
        for one in broken:
            with pytest.raises(UnusableStateError):
                stage.bring(one)
        stage.town.says("olga", "/tandem-admin setup", ROOM)
        assert stage.town.box.modal("olga") is not None


def test_the_stand_in_resets_saves_and_loads(tmp_path: Path) -> None:
    """The stand-in alone keeps its state in a JSON file, and is empty after a reset."""
    file = tmp_path / "slack.json"
    with Stage.opened(Language.EN) as stage:
        box = stage.town.box
        stage.bring(Seeds(Language.EN).state("empty"))
        before = box.keep()
        box.save(file)
        box.reset()
        assert len(box.hub.workspace.people) == 1
        box.load(file)
        assert box.keep() == before
        file.write_text("[", "utf-8")
        with pytest.raises(UnusableStateError):
            box.load(file)
        assert box.keep() == before


def test_every_line_people_type_exists_in_both_languages() -> None:
    """No text is empty or the same in both; every topic has six small promises and somebody who wants it."""
    pairs = [*NOTES.values(), *PARTLY, *NOT_YET]
    for topic in topics().values():
        pairs += [topic.skill, topic.hope, topic.goal, topic.steps]
        pairs += [text for week in topic.weeks for text in (week.promise, week.kept)]
        assert len(topic.weeks) == 6
        assert topic.steps[0].count("\n") == topic.steps[1].count("\n")
    assert [pair for pair in pairs if not all(pair) or pair[0] == pair[1]] == []
    assert {one.wants for one in participants().values()} == set(topics())
