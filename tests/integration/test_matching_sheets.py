"""`tandem match`: a spreadsheet in, matches out, and every complaint with its row and column."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bot.locales import Language
from bot.matching.people import Format, Track
from bot.sheets.matching import Choices, Files, match_sheets
from tests.integration.programs import program

SIMPLE = """id,offers,wants,name
a,law;sql,music,Mira
b,music,law,Jonas
c,sql,maths,Aylin
d,maths,sql,Ben
"""


class Desk:
    """A folder with spreadsheets and the command that reads them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.out, self.report = folder / "matches.csv", folder / "report.json"

    def match(
        self,
        people: str | bytes,
        *,
        policy: str | None = None,
        past: str | None = None,
        choices: Choices | None = None,
    ) -> int:
        files = Files(
            self._kept("people.csv", people),
            self.out,
            self._kept("policy.toml", policy),
            self._kept("past.csv", past),
            self.report,
        )
        return match_sheets(files, choices or Choices(seed=7))

    def _kept(self, name: str, content: str | bytes | None) -> Any:
        if content is None:
            return None
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.folder / name

    def complaints(self) -> list[str]:
        return self.capsys.readouterr().err.splitlines()

    def rows(self) -> list[list[str]]:
        with self.out.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def figures(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.report.read_text("utf-8"))
        return found


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_spreadsheet_becomes_matches_with_reasons_and_a_report(desk: Desk) -> None:
    assert desk.match(SIMPLE) == 0

    assert desk.rows() == [
        ["match", "members", "quality", "reasons"],
        ["1", "a;b", "strong", "Jonas wants law, Mira offers it; Mira wants music, Jonas offers it"],
        ["2", "c;d", "strong", "Ben wants sql, Aylin offers it; Aylin wants maths, Ben offers it"],
    ]
    figures = desk.figures()
    assert (figures["people"], figures["matches"], figures["total"], figures["optimal"]) == (4, 2, 96, True)
    assert figures["worst_tenth"] == {"least": 48.0, "average": 48.0}
    assert figures["unmatched"] == figures["relaxed"] == []
    assert figures["seconds"] >= 0
    assert figures["peak_memory_mb"] > 10


def test_reasons_and_report_come_in_german_too(desk: Desk) -> None:
    assert desk.match(SIMPLE, choices=Choices(language=Language.DE)) == 0

    assert desk.rows()[1][2] == "stark"
    assert "Mira sucht „music“, Jonas bietet es an" in desk.rows()[1][3]
    assert "2 Zuordnungen für 4 Personen: 2 stark" in desk.capsys.readouterr().out


@pytest.mark.parametrize("people", [SIMPLE.encode("utf-8-sig"), SIMPLE.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_other_line_ends_change_nothing(desk: Desk, people: bytes) -> None:
    assert desk.match(people) == 0
    assert [row[1] for row in desk.rows()[1:]] == ["a;b", "c;d"]


def test_the_order_of_rows_and_columns_changes_nothing(desk: Desk) -> None:
    assert desk.match(SIMPLE) == 0
    before = desk.rows()
    rows = list(csv.reader(SIMPLE.splitlines()))
    turned = [",".join(reversed(row)) for row in [rows[0], *reversed(rows[1:])]]

    assert desk.match("\n".join(turned)) == 0
    assert desk.rows() == before


@pytest.mark.parametrize(
    ("count", "matches", "unmatched"), [(0, [], []), (1, [], ["p0"]), (2, ["p0;p1"], []), (3, ["p0;p1;p2"], [])]
)
def test_very_few_people_are_no_error(desk: Desk, count: int, matches: list[str], unmatched: list[str]) -> None:
    assert desk.match("id,offers,wants\n" + "".join(f"p{one},,\n" for one in range(count))) == 0

    assert [row[1] for row in desk.rows()[1:]] == matches
    assert [one["id"] for one in desk.figures()["unmatched"]] == unmatched


def test_whoever_is_left_out_is_listed_with_the_reason(desk: Desk) -> None:
    people = (
        "id,offers,wants,capacity,exclude,languages\na,,,1,,en\nb,,,1,,en\nc,,,0,,en\nd,,,1,a;b;c;e,en\ne,,,1,,tr\n"
    )

    assert desk.match(people) == 0

    assert {one["id"]: one["reason"] for one in desk.figures()["unmatched"]} == {
        "c": "no_capacity",
        "d": "nobody_allowed",
        "e": "no_shared_language",
    }
    assert "  c: takes nobody on right now" in desk.capsys.readouterr().out.splitlines()


def test_cells_that_look_like_formulas_cannot_become_one(desk: Desk) -> None:
    people = 'id,offers,wants,name\n=1+1,law,,"=HYPERLINK(""http://x"")"\n@b,,law,+49\n'

    assert desk.match(people) == 0

    (row,) = desk.rows()[1:]
    assert row[1] == "'=1+1;@b"
    assert row[3].startswith("'+49 wants law")


def test_a_relaxed_rule_is_reported_for_its_match(desk: Desk) -> None:
    past = "a,b,weeks_ago\na,b,3\n"

    assert desk.match("id,offers,wants\na,,\nb,,\n", past=past) == 0

    assert desk.figures()["relaxed"] == [{"members": ["a", "b"], "rules": ["met_recently"]}]


def test_who_was_in_a_trio_last_time_is_not_third_again(desk: Desk) -> None:
    people = "id,offers,wants,volunteer_third\n" + "".join(f"p{one},,,{one < 2}\n" for one in range(9))
    past = "a,b,weeks_ago\np0,p7,20\np0,p8,20\np7,p8,20\n"

    assert desk.match(people, past=past) == 0

    (trio,) = [row[1].split(";") for row in desk.rows()[1:] if row[1].count(";") == 2]
    assert "p1" in trio


def test_pins_weights_and_explanations(desk: Desk) -> None:
    policy = 'skill_points = [30]\npins = [["a", "c"]]\nforbid = [["b", "d"]]\nrelax = []\n'

    assert desk.match(SIMPLE, policy=policy, choices=Choices(explain=True)) == 0

    assert [row[1] for row in desk.rows()[1:]] == ["a;c"]
    assert [one["id"] for one in desk.figures()["unmatched"]] == ["b", "d"]
    assert desk.figures()["explained"][0]["pairs"][0]["score"] == desk.figures()["total"]


@pytest.mark.parametrize("track", list(Track))
@pytest.mark.parametrize("format_", list(Format))
def test_every_format_and_track_comes_to_an_end(desk: Desk, format_: Format, track: Track) -> None:
    code = desk.match(SIMPLE, choices=Choices(format=format_, track=track))

    assert code == (2 if format_ is Format.CIRCLE and track is not Track.PEER else 0)


FULL = "id,offers,wants,level,style,capacity,role,exclude,utc_offset,work_start,work_end,remote,volunteer_third"


@pytest.mark.parametrize(
    ("people", "places"),
    [
        ("", ["people.csv: "]),
        ("id,offers\na,b\n", ["people.csv, row 1, column wants: "]),
        ("id,offers,wants,offers\n", ["people.csv, row 1, column offers: "]),
        (
            "id;offers;wants\na;b;c\n",
            [*(f"people.csv, row 1, column {name}: " for name in ("id", "offers", "wants")), "people.csv, row 1: "],
        ),
        ("id,offers,wants\na,,\na,,\n", ["people.csv, row 3, column id: "]),
        ("id,offers,wants\n,x,\n\na;b,,\n", ["people.csv, row 2, column id: ", "people.csv, row 4, column id: "]),
        ("id,offers,wants\na,b,c,d\n", ["people.csv, row 2: "]),
        ('id,offers,wants\na,"b\n', ["people.csv, row 2: "]),
        ("id,offers,wants,exclude\na,,,zoe\n", ["people.csv, row 2, column exclude: "]),
        (f"id,offers,wants\na,{'x' * 1_000_000},\n", ["people.csv, row 2, column offers: "]),
        (b"id,offers,wants\nm\xfcller,,\n", ["people.csv, row 2: "]),
        (SIMPLE.encode("utf-16"), ["people.csv, row 1: "]),
        (
            f"{FULL}\na,,,high,1;2,-1,boss,a,CET,9,,,maybe\n",
            [
                f"people.csv, row 2, column {column}: "
                for column in ("level", "style", "capacity", "role", "utc_offset", "work_end", "volunteer_third")
            ],
        ),
    ],
)
def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(
    desk: Desk, people: str | bytes, places: list[str]
) -> None:
    assert desk.match(people) == 2

    said = sorted(desk.complaints())
    assert len(said) == len(places)
    assert all(line.startswith(place) for line, place in zip(said, sorted(places), strict=True)), said
    assert all(len(line) < 300 for line in said)
    assert not desk.out.exists()
    assert not desk.report.exists()


def test_complaints_about_all_files_come_together(desk: Desk) -> None:
    past = "a,b,weeks_ago\na,zoe,2\nb,b,soon\n"
    policy = 'goal_points = -1\npins = [["a", "zoe"]]\nforbid = "a"\n'

    assert desk.match("id,offers,wants,level\na,,,x\nb,,,\n", past=past, policy=policy) == 2

    assert [line.partition(": ")[0] for line in desk.complaints()] == [
        "people.csv, row 2, column level",
        "past.csv, row 2, column b",
        "past.csv, row 3, column b",
        "past.csv, row 3, column weeks_ago",
        *["policy.toml"] * 3,
    ]


def test_pins_that_contradict_each_other_are_an_error(desk: Desk) -> None:
    assert desk.match(SIMPLE, policy='pins = [["a", "b"], ["b", "c"]]\nforbid = [["a", "b"]]\n') == 2

    assert len(desk.complaints()) == 2
    assert not desk.out.exists()


def test_a_file_that_is_not_there_and_a_place_that_cannot_be_written_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    assert match_sheets(Files(people, tmp_path / "out.csv"), Choices()) == 2
    people.write_text(SIMPLE, "utf-8")
    assert match_sheets(Files(people, tmp_path / "no folder" / "out.csv"), Choices()) == 2
    assert match_sheets(Files(people, people), Choices()) == 2

    assert len(capsys.readouterr().err.splitlines()) == 3
    assert people.read_text("utf-8") == SIMPLE


def test_what_was_there_stays_when_a_later_run_fails(desk: Desk) -> None:
    assert desk.match(SIMPLE) == 0
    before = desk.out.read_bytes()

    assert desk.match("id,offers\n") == 2

    assert desk.out.read_bytes() == before
    assert sorted(path.name for path in desk.folder.iterdir()) == ["matches.csv", "people.csv", "report.json"]


def test_columns_that_nobody_asked_for_are_named_and_do_no_harm(desk: Desk) -> None:
    assert desk.match(SIMPLE.replace("name", "nickname")) == 0

    assert desk.complaints() == ["people.csv: not read: nickname"]


def test_the_command_does_the_same_as_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(SIMPLE, "utf-8")

    with program("match", "people.csv", "--out", "out.csv", "--seed", "7", environ={}, folder=tmp_path) as ran:
        ran.ends()

    assert ran.code == 0, ran.output
    assert "2 matches for 4 people" in ran.output
    assert (tmp_path / "out.csv").read_text("utf-8").startswith("match,members,quality,reasons")
