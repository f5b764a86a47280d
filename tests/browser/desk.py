"""A browser tab in which one person at a time does what people do: read, type, press, fill in."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from sandbox import Sandbox
from tests import patience

TABS = ("home", "messages")
PATIENCE = 1_000 * patience.PATIENCE  # milliseconds


class Desk:
    """One tab on the page of a stand-in Slack, used with the mouse."""

    def __init__(self, page: Page, box: Sandbox) -> None:
        self.page = page
        self.box = box

    def sit(self, who: str, at: str = "dm", language: str = "en") -> None:
        """Open the page as somebody, at a place."""
        self.page.goto(f"{self.box.page_url}#as={who}&at={at}&lang={language}")
        self.page.reload()
        expect(self.page.locator("body.ready")).to_be_visible(timeout=PATIENCE)

    def becomes(self, who: str) -> None:
        """Switch to somebody else with one click, to their messages with the app."""
        self.page.locator(f'.face[data-handle="{who}"]').click()
        expect(self.page.locator(f'.face[data-handle="{who}"]')).to_have_attribute("aria-pressed", "true")
        expect(self.talk).to_be_visible()

    def goes_to(self, name: str) -> None:
        """Choose a conversation by the name it has in the list."""
        self.page.locator("#sidebar").get_by_text(name, exact=True).click()

    def types(self, line: str) -> None:
        self.page.locator("#write").fill(line)
        self.page.locator("#write").press("Enter")

    def beside(self) -> Desk:
        """Return another tab of the same browser."""
        return type(self)(self.page.context.new_page(), self.box)

    def turns_to(self, tab: str) -> None:
        """Choose a tab of the app (`home` or `messages`)."""
        self.tab(tab).click()

    def tab(self, name: str) -> Locator:
        return self.page.locator("#heading .tab").nth(TABS.index(name))

    def presses(self, name: str) -> None:
        """Press the newest button of that name in the conversation or on the home tab."""
        self.buttons(name).last.click()

    def buttons(self, name: str) -> Locator:
        return self.main.get_by_role("button", name=name, exact=True)

    def within(self, text: str) -> Locator:
        """Return the newest block in the conversation or on the home tab that has this text and a button beside it."""
        return self.main.locator(".block", has_text=text).filter(has=self.page.get_by_role("button")).last

    def confirms(self) -> None:
        """Say yes in the dialog that asks."""
        dialog = self.page.get_by_role("alertdialog")
        dialog.locator("button").last.click()
        expect(dialog).to_have_count(0)

    def fills(self, **values: str) -> None:
        """Fill fields of the modal by the name of their block."""
        for block, value in values.items():
            self.field(block).fill(value)

    def chooses(self, block: str, name: str) -> None:
        """Choose in a select of the modal by what stands there."""
        field = self.modal.locator(f'[data-block="{block}"]').get_by_role("combobox")
        field.fill(name)
        self.modal.get_by_role("option", name=name, exact=True).click()
        if field.get_attribute("aria-expanded") == "true":
            field.press("Escape")

    def ticks(self, block: str, name: str) -> None:
        """Choose one of a few that stand below each other in the modal."""
        self.modal.locator(f'[data-block="{block}"]').get_by_label(name, exact=True).check()

    def names(self, **skills: str) -> None:
        """Type skills into the selects that ask for them, and take what is offered: the known one, or to add it."""
        for block, skill in skills.items():
            self.offered(block, skill).click()
            expect(self.modal.locator(f'[data-block="{block}"] .tag')).to_contain_text(skill)

    def offered(self, block: str, skill: str) -> Locator:
        """Type a skill and return the option that stands for it."""
        self.fills(**{block: skill})
        return self.modal.get_by_role("option").filter(has_text=skill)

    def sends(self) -> None:
        self.modal.locator("[type=submit]").click()

    def closes(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.modal).to_have_count(0, timeout=PATIENCE)

    def travels(self, to: str) -> None:
        """Press a button of the clock (by its name in the page) and wait until everything due is done."""
        before = self.page.locator("#clock time").get_attribute("datetime")
        self.page.locator(f'#travel [data-to="{to}"]').click()
        expect(self.page.locator("#clock time")).not_to_have_attribute("datetime", before or "", timeout=60_000)
        expect(self.page.locator(f'#travel [data-to="{to}"]')).to_be_enabled(timeout=60_000)

    def field(self, block: str) -> Locator:
        return self.modal.locator(f'[data-block="{block}"]').locator("input, textarea").first

    @property
    def main(self) -> Locator:
        return self.page.locator("#main")

    @property
    def talk(self) -> Locator:
        return self.page.locator("#talk")

    @property
    def newest(self) -> Locator:
        """The newest message of the conversation."""
        return self.talk.locator(".message").last

    @property
    def modal(self) -> Locator:
        return self.page.get_by_role("dialog")

    def expect_modal(self) -> None:
        expect(self.modal).to_be_visible(timeout=PATIENCE)

    def expect_read(self, text: str) -> None:
        """Expect that the text stands in the conversation."""
        expect(self.talk).to_contain_text(text, timeout=PATIENCE)
