"""Every screen of the phone app, in both languages, light and dark, with what the demo holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests.support.databases import ROOT

NAIROBI = ZoneInfo("Africa/Nairobi")
SHELL = ROOT / "pwa" / "src" / "app" / "Shell.tsx"
ROUTE = re.compile(r'^ {2}\[\s*"(/[^"]*)",\s*\(', re.MULTILINE)
MADE_BY_JOURNEYS = {"/outbox/:id/conflict"}
"""Screens that stand only after something went wrong: test_phone.py looks at them."""

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LOOKS = [(language, theme) for language in ("en", "sw") for theme in ("light", "dark")]
PREFS = """([language, theme]) => localStorage.setItem(
  "tablebanking-prefs", JSON.stringify({ language, theme }))"""
STEPS = ("attendance", "collect", "loans", "other", "bank", "count")
LINKS = """(start) => [...document.querySelectorAll(`a[href^="${start}"]`)]
  .map((link) => link.getAttribute("href").slice(start.length).split("/")[0])
  .filter((id) => /^[0-9a-f-]{36}$/.test(id))"""

FIRST_LOANS = """() => [...document.querySelectorAll(
  '[data-testid^="loans-"] li:first-child a')].map((link) => link.getAttribute("href").slice(8))"""
"""Of each list one: what waits for the officer, for the money, in arrears …"""


def patterns() -> list[str]:
    """All that the app's shell knows."""
    return [found for found in ROUTE.findall(SHELL.read_text()) if found not in MADE_BY_JOURNEYS]


@dataclass
class Tour:
    """A phone that is signed in, and whose screens have something on them."""

    page: Page
    pin: str
    groups: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    loans: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Meetings that have their minutes."""
    meeting: str = ""
    """The one that is open."""
    receipt: str = ""
    """Member and day of what was paid at it."""

    def look_around(self) -> None:
        """Whose pages to open: what the lists link to. Opens a meeting, once in a demo's life."""
        self.groups = self._links("/meeting", "#/meeting/")
        self.members = self._links("/members", "#/members/")
        self.open("/loans")
        self.loans = self.page.evaluate(FIRST_LOANS)
        assert self.groups
        assert self.members
        self.closed = self._links(f"/meeting/{self.groups[0]}", "#/meetings/")
        self.meeting = self._start_meeting()
        self.receipt = self._pay()

    def _start_meeting(self) -> str:
        self.open(f"/meeting/{self.groups[0]}/start")
        self.page.get_by_test_id("open-the-meeting").click()
        self.page.wait_for_url("**/meetings/*/attendance")
        return self.page.url.split("/meetings/")[1].split("/")[0]

    def _pay(self) -> str:
        """Somebody pays at the open meeting."""
        self.open(f"/meetings/{self.meeting}/collect")
        cell = self.page.locator("input[id^='cell-']").first
        cell.fill("500")
        self.page.get_by_test_id("sheet-save").click()
        self.page.get_by_test_id("step-next").wait_for()
        member = (cell.get_attribute("id") or "").removeprefix("cell-").split(":")[0]
        return f"{member}/{datetime.now(NAIROBI).date()}"

    def wear(self, language: str, theme: str) -> None:
        """Starts anew in this language, light or dark, and unlocks."""
        self.page.evaluate(PREFS, [language, theme])
        self.page.goto("/field/#/")
        self.page.reload()
        self.page.get_by_test_id("pin-input").wait_for()

    def unlock(self) -> None:
        self.page.get_by_test_id("pin-input").fill(self.pin)
        self.page.get_by_test_id("pin-unlock").click()
        self.page.get_by_test_id("sync-state").wait_for()

    def screens(self) -> Iterator[str]:
        """Goes from screen to screen; each stands when its name is given."""
        for pattern in patterns():
            seen: Counter[str] = Counter()
            for path in self._paths(pattern):
                assert ":" not in path, f"nobody to show {pattern} of"
                self.open(path)
                name = UUID.sub("id", path).strip("/").replace("/", "-") or "today"
                seen[name] += 1
                yield name if seen[name] == 1 else f"{name}-{seen[name]}"

    def open(self, path: str) -> None:
        self.page.evaluate("(path) => { window.location.hash = path }", path)
        self.page.locator("main").first.wait_for()
        self.page.locator("main h1, main h2").first.wait_for(state="attached")
        # What a screen reads from the store stands a moment later.
        self.page.wait_for_timeout(250)

    def _paths(self, pattern: str) -> list[str]:
        if ":" not in pattern:
            return [pattern]
        if pattern == "/meetings/:id/:step":
            open_at = [f"/meetings/{self.meeting}/{step}" for step in STEPS]
            return [*open_at, *(f"/meetings/{id}/minutes" for id in self.closed[:2])]
        if pattern == "/receipt/:id/:date":
            return [f"/receipt/{self.receipt}"]
        known = {"members": self.members[:1], "loans": self.loans}
        ids = known.get(pattern.split("/")[1], self.groups[:1])
        return [re.sub(r":\w+", id, pattern, count=1) for id in ids]

    def _links(self, path: str, start: str) -> list[str]:
        self.open(path)
        found: list[str] = self.page.evaluate(LINKS, start)
        return list(dict.fromkeys(found))
