"""The admin app on a computer at the office, at 1280 × 800."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.accessibility import is_accessible
from tests.support.browser import Browsers
from tests.support.factories import Person

SIZE = {"width": 1280, "height": 800}


class Office:
    """One browser; its pages share the sign-in."""

    def __init__(self, browsers: Browsers, profile: Path, origin: str) -> None:
        self.context: BrowserContext = browsers.open(profile, origin, viewport=SIZE)
        self.page: Page = self.context.pages[0]

    def sign_in(self, person: Person, path: str = "/groups") -> None:
        self.page.goto(path)
        self.enter(person.phone, person.password)
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def enter(self, phone: str, password: str) -> None:
        self.page.get_by_test_id("login-phone").fill(phone)
        self.page.get_by_test_id("login-password").fill(password)
        self.page.get_by_test_id("login-submit").click()

    def open(self, path: str) -> Page:
        """One more page of this browser."""
        page = self.context.new_page()
        page.goto(path)
        return page


def is_live(page: Page) -> None:
    expect(page.get_by_test_id("live-state")).to_have_attribute("data-status", "live")


def ledger_lines(page: Page) -> Locator:
    return page.get_by_test_id("cash-ledger").get_by_test_id("ledger-row")


def never_reloads(page: Page) -> None:
    """Marks the page, so that `was_not_reloaded` can tell."""
    page.evaluate("window.neverReloaded = true")


def was_not_reloaded(page: Page) -> None:
    assert page.evaluate("window.neverReloaded === true"), "the page was loaded again"


def in_swahili(page: Page) -> None:
    page.evaluate("localStorage.setItem('tablebanking.language', 'sw')")
    page.reload()


def fits(page: Page) -> None:
    """Nothing scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def confirm(page: Page, *facts: str) -> None:
    """The confirmation repeats names and amounts; two presses send once."""
    dialog = page.get_by_test_id("confirm-dialog")
    for fact in facts:
        expect(dialog).to_contain_text(fact)
    is_accessible(page)
    page.get_by_test_id("confirm").dblclick()
    expect(dialog).to_have_count(0)
