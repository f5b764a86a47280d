"""The same desk without a mouse: everything is reached with Tab and arrows, typed, and pressed with Enter."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from sandbox import Sandbox
from tests.browser.desk import PATIENCE, Desk

FARTHEST = 200  # Tabs until the thing that is looked for counts as out of reach
BEHIND = "one => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING"
NO_MOUSE = "addEventListener('pointerdown', () => { throw new Error('the mouse was used'); }, true)"


class Keys(Desk):
    """One tab, used with the keyboard; a click anywhere in it is an error of the page, which fails the test."""

    def __init__(self, page: Page, box: Sandbox) -> None:
        super().__init__(page, box)
        page.add_init_script(NO_MOUSE)

    def becomes(self, who: str) -> None:
        face = self.page.locator(f'.face[data-handle="{who}"]')
        self.reach(self.page.locator(".face[aria-pressed=true]"))
        self.press("Home")
        self.go_on(face, "ArrowDown")
        self.press("Enter")
        expect(face).to_have_attribute("aria-pressed", "true")
        expect(self.talk).to_be_visible()

    def goes_to(self, name: str) -> None:
        self.enter(self.page.locator("#sidebar .entry").filter(has=self.page.get_by_text(name, exact=True)))

    def turns_to(self, tab: str) -> None:
        self.enter(self.tab(tab))

    def types(self, line: str) -> None:
        self.reach(self.page.locator("#write"))
        self.write(line)
        self.press("Enter")

    def presses(self, name: str) -> None:
        button = self.main.get_by_role("button", name=name, exact=True).last
        self.enter(button)

    def confirms(self) -> None:
        dialog = self.page.get_by_role("alertdialog")
        self.enter(dialog.locator("button").last)
        expect(dialog).to_have_count(0)

    def fills(self, **values: str) -> None:
        for block, value in values.items():
            field = self.field(block)
            self.reach(field)
            if field.get_attribute("type") == "date":
                year, month, day = value.split("-")
                self.write(f"{month}{day}{year}")
            else:
                self.press("Control+A")
                self.write(value)
            expect(field).to_have_value(value)

    def names(self, **skills: str) -> None:
        for block, skill in skills.items():
            expect(self.offered(block, skill)).to_be_visible(timeout=PATIENCE)
            self.press("Enter")
            expect(self.modal.locator(f'[data-block="{block}"] .tag')).to_contain_text(skill)

    def sends(self) -> None:
        self.enter(self.modal.locator("[type=submit]"))

    def travels(self, to: str) -> None:
        clock, button = self.page.locator("#clock time"), self.page.locator(f'#travel [data-to="{to}"]')
        before = clock.get_attribute("datetime")
        self.enter(button)
        expect(clock).not_to_have_attribute("datetime", before or "", timeout=60_000)
        expect(button).to_be_enabled(timeout=60_000)

    def enter(self, wanted: Locator) -> None:
        self.reach(wanted)
        self.press("Enter")

    def reach(self, wanted: Locator) -> None:
        """Press Tab until the keyboard is there, backwards if it lies behind."""
        expect(wanted).to_be_visible(timeout=PATIENCE)
        self.go_on(wanted, "Shift+Tab" if wanted.evaluate(BEHIND) else "Tab")

    def go_on(self, wanted: Locator, key: str) -> None:
        for _ in range(FARTHEST):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{wanted} cannot be reached with {key}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
