"""Files in the browser: cards that say what they are, previews, and the file itself, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.browser.desk import PATIENCE, Desk
from tests.integration.uploads import CALENDAR, DOCUMENT, TABLE, picture, shared


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


@pytest.fixture
def room(box: Sandbox) -> str:
    """Mira's conversation with the app."""
    return str(box.hub.workspace.dm([box.person("mira").id]).id)


def card(desk: Desk, title: str) -> Locator:
    return desk.talk.locator(".file", has_text=title)


def downloaded(desk: Desk, press: Callable[[], None]) -> Download:
    with desk.page.expect_download() as waiting:
        press()
    return waiting.value


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", {"Our meeting": "Calendar entry · 32 bytes", "report": "Picture", "data": "XYZ file · 2.5 kB"}),
        ("de", {"Our meeting": "Kalendereintrag · 32 Byte", "report": "Bild", "data": "XYZ-Datei · 2,5 kB"}),
    ],
)
def test_a_card_says_what_comes(
    sat: Callable[..., Desk], slack: WebClient, room: str, language: str, says: dict[str, str]
) -> None:
    """Title, kind and size stand on the card, in the language of the page."""
    shared(slack, room, "next.ics", CALENDAR, title="Our meeting")
    shared(slack, room, "report.png", picture())
    shared(slack, room, "data.xyz", bytes(2500))
    desk = sat(language=language)
    for title, line in says.items():
        expect(card(desk, title)).to_contain_text(line)


def test_calendar_entries_and_tables_are_downloaded(
    sat: Callable[..., Desk], slack: WebClient, room: str, tmp_path: Path
) -> None:
    """A click, or Enter on the card, brings the file as it was sent, under its own name."""
    shared(slack, room, "Nächstes Treffen.ics", CALENDAR, title="Our meeting")
    shared(slack, room, "weeks.csv", TABLE)
    desk = sat()
    for press, name, content in (
        (lambda: card(desk, "Our meeting").get_by_role("link").click(), "Nächstes Treffen.ics", CALENDAR),
        (lambda: card(desk, "weeks.csv").get_by_role("link").press("Enter"), "weeks.csv", TABLE),
    ):
        got = downloaded(desk, press)
        got.save_as(tmp_path / "got")
        assert got.suggested_filename == name
        assert (tmp_path / "got").read_bytes() == content


def test_a_document_opens_in_a_tab_of_its_own(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """The conversation stays where it is; the document can be kept as well."""
    file = shared(slack, room, "certificate.pdf", DOCUMENT)
    desk = sat()
    opens, keeps = card(desk, "certificate.pdf").get_by_role("link").all()
    expect(opens).to_have_attribute("target", "_blank")
    expect(opens).to_have_attribute("href", f"/page/files/{file}?as=mira")
    assert downloaded(desk, keeps.click).suggested_filename == "certificate.pdf"


def test_a_picture_is_seen_at_once_and_opens_large(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """A preview with its words for who cannot see it; a click shows all of it in a tab of its own."""
    shared(slack, room, "weeks.png", picture(1440, 720), title="Weeks", alt_text="Six rising bars")
    desk = sat()
    shown = desk.talk.get_by_role("img", name="Six rising bars")
    expect(shown).to_be_visible()
    assert shown.evaluate("(one) => one.decode().then(() => [one.width, one.height])") == [360, 180]
    with desk.page.expect_popup() as waiting:
        desk.talk.get_by_role("link", name="Six rising bars, opens in a new tab").click()
    tab = waiting.value
    assert tab.locator("img").evaluate("(one) => [one.naturalWidth, one.naturalHeight]") == [1440, 720]
    got = downloaded(desk, desk.talk.get_by_role("link", name="Download Weeks").click)
    assert got.suggested_filename == "weeks.png"


def test_a_picture_that_cannot_be_drawn_is_a_plain_card(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """A picture that breaks off after its first line leaves no hole."""
    shared(slack, room, "weeks.png", picture()[:40])
    desk = sat()
    expect(card(desk, "weeks.png").locator(".file-mark")).to_be_visible(timeout=PATIENCE)
    expect(desk.talk.locator("img")).to_have_count(0)


def test_a_picture_arriving_below_does_not_push_the_talk_away(
    sat: Callable[..., Desk], slack: WebClient, box: Sandbox, room: str
) -> None:
    """Room is kept for it before it is loaded: the newest message stays in sight."""
    for number in range(30):
        box.write_in("mira", room, f"line {number}")
    desk = sat()
    shared(slack, room, "weeks.png", picture(400, 300), comment="This is the newest.")
    expect(desk.talk.locator(".file-picture img")).to_be_in_viewport(ratio=1, timeout=PATIENCE)


def test_cards_are_walked_with_the_keyboard(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """Each thing one can do with a file is one stop, with a name that says what happens."""
    shared(slack, room, "weeks.png", picture(), title="Weeks")
    shared(slack, room, "certificate.pdf", DOCUMENT, title="Certificate")
    desk = sat()
    desk.talk.focus()
    names = []
    for _ in range(4):
        desk.page.keyboard.press("Tab")
        names.append(desk.page.evaluate("document.activeElement.getAttribute('aria-label')"))
    size = len(DOCUMENT)
    assert names == [
        "Download Weeks",
        "Weeks, opens in a new tab",
        f"Certificate, Document, PDF · {size} bytes, opens in a new tab",
        "Download Certificate",
    ]


def test_a_deleted_file_says_so_where_it_stood(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """Without a reload: the card becomes a sentence, the words beside it stay."""
    file = shared(slack, room, "next.ics", CALENDAR, comment="Our meeting")
    desk = sat()
    expect(card(desk, "next.ics")).to_be_visible()
    slack.files_delete(file=file)
    expect(desk.talk.locator(".file.gone")).to_have_text("This file was deleted.", timeout=PATIENCE)
    desk.expect_read("Our meeting")


def test_words_in_a_files_name_are_never_markup(sat: Callable[..., Desk], slack: WebClient, room: str) -> None:
    """A name or title that looks like markup is shown letter by letter and sticks out nowhere."""
    shared(slack, room, "<img src=x onerror=alert(1)>.ics", CALENDAR)
    shared(slack, room, "a.csv", TABLE, title="<b>" + "long" * 200)
    desk = sat(width=375, height=700)
    expect(card(desk, "<img src=x onerror=alert(1)>.ics")).to_be_visible()
    expect(card(desk, "<b>long")).to_be_visible()
    assert desk.talk.locator("img, .file b").count() == 0
    assert desk.talk.evaluate("(talk) => talk.scrollWidth <= talk.clientWidth")
