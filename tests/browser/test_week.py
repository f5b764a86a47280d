"""A week of two partners in a real browser, seen by both: answer, read, cheer, help, plan, meet, look back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from demo.town import Town
from tests.browser.couple import (
    COUNTING,
    FIRST_STEP,
    GOAL,
    NEXT_STEP,
    PROMISE,
    TOGETHER,
    counted,
    introduce,
    promised,
)
from tests.browser.desk import PATIENCE, Desk

LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])
FORM_AT_MOST = 6  # touches for the whole form, from the message to the end
BY_BUTTONS = 2
GOOGLE = re.compile("^https://calendar.google.com/")


@LANGUAGES
def test_two_taps_answer_a_check_in_and_the_partner_answers_back(town: Town, desk: Desk, language: str) -> None:
    """What became of it, what comes next; the partner cheers, writes and offers help, and reads what comes back."""
    words = promised(town, language)
    desk.page.add_init_script(COUNTING)
    desk.sit("mira", language=language)
    desk.expect_read(PROMISE)
    desk.presses(words("Done"))
    desk.expect_read(FIRST_STEP)
    desk.within(FIRST_STEP).get_by_role("button", name=words("I promise this")).click()
    expect(desk.newest).to_contain_text(before(words("Answered, thank you. Your promise until {day}: *“{promise}”*")))
    assert counted(desk) == BY_BUTTONS

    town.deliver()
    desk.becomes("jonas")
    desk.expect_read(FIRST_STEP)
    desk.presses(words("Cheer"))
    desk.expect_read(words("You cheered for {name}.").format(name="Mira"))
    writes(desk, words("Reply"), "Start with the end")
    desk.presses(words("I can help"))
    desk.expect_read(words("You offered {name} your help.").format(name="Mira"))
    expect(desk.newest.locator(".block button")).to_have_text([words("Reply")])

    town.deliver()
    desk.becomes("mira")
    desk.expect_read("Start with the end")
    desk.expect_read(words(":clap: {name} is cheering you on.").partition(" ")[2].format(name="Jonas"))
    desk.expect_read(before(words("{name} could help you with this: *{promise}*"), name="Jonas"))
    writes(desk, words("Answer"), "Good idea, on Friday?")
    town.deliver()
    desk.becomes("jonas")
    desk.expect_read("Good idea, on Friday?")


@LANGUAGES
def test_the_whole_form_takes_six_touches(town: Town, desk: Desk, language: str) -> None:
    """Open it, say what became of it, a line, the next promise, a thought of one's own, send."""
    words = promised(town, language)
    desk.page.add_init_script(COUNTING)
    desk.sit("mira", language=language)
    desk.presses(words("Answer in one minute"))
    desk.expect_modal()
    desk.ticks("outcome", words("Partly"))
    desk.fills(progress="Four of five", promise="Find the fifth", reflection="for me alone")
    desk.sends()
    expect(desk.modal).to_contain_text(words("A part of the way is a part of the way."), timeout=PATIENCE)
    assert counted(desk) <= FORM_AT_MOST
    desk.closes()
    town.deliver()
    desk.becomes("jonas")
    desk.expect_read("Four of five")
    expect(desk.talk).not_to_contain_text("for me alone")


@LANGUAGES
def test_a_plan_for_a_step_comes_back_with_the_question(town: Town, desk: Desk, language: str) -> None:
    """A goal, a plan for its first step, the step promised with one tap; a week later the plan stands beside it."""
    words = introduce(town, language)
    desk.sit("mira", language=language)
    desk.types("/tandem goal")
    desk.expect_modal()
    desk.fills(title=GOAL, steps=f"{FIRST_STEP}\n{NEXT_STEP}")
    desk.sends()
    expect(desk.modal).to_contain_text(GOAL, timeout=PATIENCE)
    desk.closes()

    desk.turns_to("home")
    desk.presses(words("All steps"))
    desk.expect_modal()
    chooses_beside(desk, FIRST_STEP, words("Edit and plan"))
    expect(desk.field("plan")).to_be_visible(timeout=PATIENCE)
    desk.fills(plan="If it is Tuesday, then I write")
    desk.sends()
    expect(desk.modal).to_contain_text("If it is Tuesday, then I write", timeout=PATIENCE)
    desk.closes()

    desk.turns_to("messages")
    desk.travels("monday")
    desk.within(FIRST_STEP).get_by_role("button", name=words("I promise this")).click()
    desk.expect_read(before(words("Answered, thank you. Your promise until {day}: *“{promise}”*")))
    desk.travels("monday")
    asks = words("Your if-then plan was: {plan}").format(plan="If it is Tuesday, then I write")
    desk.expect_read(asks)
    desk.becomes("jonas")
    expect(desk.talk).to_contain_text(FIRST_STEP)
    expect(desk.talk).not_to_contain_text("If it is Tuesday")


@LANGUAGES
def test_a_time_is_suggested_changed_and_accepted_with_its_calendar_file(
    town: Town, desk: Desk, language: str, tmp_path: Path
) -> None:
    """From the introduction to a file in both conversations; the second time is of their own making."""
    words = introduce(town, language)
    desk.sit("mira", language=language)
    desk.goes_to(TOGETHER["mira"])
    desk.presses(words("Find a time"))
    desk.expect_modal()
    slots = desk.modal.locator('[data-block="slot"] .choice')
    taken = slots.first.inner_text()
    slots.first.click()
    desk.fills(place="Blue room")
    desk.sends()
    expect(desk.modal).to_contain_text(words("Suggested"), timeout=PATIENCE)
    desk.closes()
    town.deliver()

    desk.becomes("jonas")
    desk.expect_read("Blue room")
    desk.presses(words("Suggest another time"))
    desk.expect_modal()
    expect(slots.first).to_be_visible()
    expect(slots.filter(has_text=taken)).to_have_count(0)
    desk.fills(day="2026-11-05", time="13:30")
    desk.sends()
    expect(desk.modal).to_contain_text(words("Suggested"), timeout=PATIENCE)
    desk.closes()
    town.deliver()

    desk.becomes("mira")
    desk.expect_read("13:30")
    desk.presses(words("Accept"))
    keeps_file(desk, words("Calendar file"), tmp_path / "mira.ics")
    expect(desk.talk.get_by_role("link", name=words("Google Calendar")).last).to_have_attribute("href", GOOGLE)
    town.deliver()
    desk.becomes("jonas")
    keeps_file(desk, words("Calendar file"), tmp_path / "jonas.ics")

    for who in TOGETHER:
        kept = (tmp_path / f"{who}.ics").read_text("utf-8")
        assert "DTSTART:20261105T123000Z" in kept
        assert "LOCATION:Blue room" in kept


@LANGUAGES
def test_both_homes_and_the_ledger_show_what_both_promised(town: Town, desk: Desk, language: str) -> None:
    """The same promises from both sides, one's own column first."""
    words = promised(town, language)
    desk.sit("jonas", language=language)
    desk.presses(words("Answer in one minute"))
    desk.expect_modal()
    desk.fills(promise="Read two chapters")
    desk.sends()
    expect(desk.modal.locator("[type=submit]")).to_have_count(0, timeout=PATIENCE)
    desk.closes()

    for who, mine, theirs in (("jonas", "Read two chapters", PROMISE), ("mira", PROMISE, "Read two chapters")):
        desk.becomes(who)
        desk.turns_to("home")
        home = desk.page.locator("#home")
        expect(home).to_contain_text(theirs, timeout=PATIENCE)
        expect(home).to_contain_text(f"{before(words('You: *{promise}* (until {day})'))} {mine}")
        desk.presses(words("All of it"))
        desk.expect_modal()
        columns = desk.modal.locator(".field-text")
        expect(columns).to_have_count(len(TOGETHER), timeout=PATIENCE)
        expect(columns.nth(0)).to_contain_text(mine)
        expect(columns.nth(1)).to_contain_text(theirs)
        desk.closes()
        desk.turns_to("messages")


def writes(desk: Desk, button: str, text: str) -> None:
    """Press a button that asks for one line, write it and send it."""
    desk.presses(button)
    desk.expect_modal()
    desk.fills(text=text)
    desk.sends()
    expect(desk.modal.locator("[type=submit]")).to_have_count(0, timeout=PATIENCE)
    desk.closes()


def chooses_beside(desk: Desk, text: str, entry: str) -> None:
    """Open the menu beside a text in the modal and choose an entry."""
    beside = desk.modal.locator(".block", has_text=text).filter(has=desk.page.locator("[aria-haspopup=menu]"))
    beside.get_by_role("button").click()
    desk.page.get_by_role("menuitem", name=entry, exact=True).click()


def keeps_file(desk: Desk, button: str, to: Path) -> None:
    """Press the button for a file, and save what comes."""
    desk.presses(button)
    card: Locator = desk.talk.locator(".file").last.get_by_role("link")
    expect(card).to_be_visible(timeout=PATIENCE)
    with desk.page.expect_download() as waiting:
        card.click()
    waiting.value.save_as(to)


def before(sentence: str, **said: str) -> str:
    """Return a sentence up to what is not given, without its marks."""
    for name, value in said.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence.partition("{")[0].replace("*", "").rstrip(" “„")
