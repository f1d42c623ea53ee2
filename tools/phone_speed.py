"""`make speed`: how fast the phone app is on a slow phone with a poor signal.

The real server with PostgreSQL and Redis, Chromium with a processor six times slower and, where
it says so, slow 3G (400 kbit/s, 400 ms). Prints what it finds and writes docs/speed.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from app.config import Settings
from app.models import BankingGroup
from tests.journeys.house import House
from tests.journeys.phone import PIN, SIZE, Phone
from tests.journeys.waiting import until
from tests.support.browser import Browsers
from tests.support.databases import ROOT, PostgreSQLDatabases
from tests.support.factories import Person
from tests.support.loops import LoopThread
from tests.support.postgresql import PostgreSQL, folder_for_data
from tests.support.redis_server import RedisServer
from tests.unit.test_shell_size import first_scripts
from tools.lighthouse import lighthouse

RESULTS = ROOT / "docs" / "speed.md"
OFFICE = "# How fast the office is"
"""The other part of that page, by tools.office_speed."""
ROUNDS = 5
LIGHTHOUSE_ROUNDS = 3
SLOW_PROCESSOR = 6
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
MEMBERS = 5_000
SHEET_ROWS = 25
QUERY = "mwende 4999"

PAINT = """() => new Promise((resolve) => {
  new PerformanceObserver((list, observer) => {
    const first = list.getEntriesByName("first-contentful-paint")[0];
    if (!first) return;
    observer.disconnect();
    resolve(first.startTime);
  }).observe({ type: "paint", buffered: true });
})"""

WATCH_KEYS = """() => {
  window.keystrokes = [];
  // After the frame in which the list stands: the message comes when it has been painted.
  const painted = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0);
  });
  window.addEventListener("input", (event) => {
    const since = event.timeStamp;
    painted(() => window.keystrokes.push(performance.now() - since));
  }, { capture: true });
}"""

WATCH_SHEET = """(rows) => {
  window.sheetTime = undefined;
  window.addEventListener("click", (event) => {
    const since = event.timeStamp;
    const look = () => requestAnimationFrame(() => {
      if (document.querySelectorAll("main input[inputmode=none]").length < rows) return look();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.sheetTime = performance.now() - since; };
      port2.postMessage(0);
    });
    look();
  }, { capture: true, once: true });
}"""


@dataclass(frozen=True)
class Finding:
    """One measurement, and what it must not exceed (or, for points, fall short of), if anything."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    most: float | None = None

    @property
    def reached(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.unit == "points" else self.value <= self.limit

    @property
    def row(self) -> str:
        most = f" (worst {self.most:,.0f})" if self.most is not None else ""
        found = f"| {self.what} | {self.value:,.0f} {self.unit}{most} |"
        if self.limit is None:
            return f"{found} | |"
        bound = "at least" if self.unit == "points" else "at most"
        return f"{found} {bound} {self.limit:,.0f} | {'yes' if self.reached else '**no**'} |"


class Stage:
    """The servers, an officer with 5,000 members, and browsers on them."""

    def __init__(self, folder: Path, settings: Settings, house: House, browsers: Browsers) -> None:
        self.folder = folder
        self.settings = settings
        self.house = house
        self.browsers = browsers
        make = house.make
        self.table: BankingGroup = house.run(make.group)
        self.crowd: BankingGroup = house.run(make.group)
        self.officer: Person = house.run(lambda: make.officer(self.table, self.crowd))
        for _ in range(SHEET_ROWS):
            house.run(lambda: make.member(self.table))
        names = [f"Mwende Wafula {number}" for number in range(MEMBERS)]
        house.register(self.officer, self.crowd, names)

    def fresh(self, name: str) -> BrowserContext:
        """A browser that has never been here."""
        return self.browsers.open(
            self.folder / name, self.house.url, viewport=SIZE, has_touch=True, is_mobile=True
        )


def slow(page: Page, *, network: bool) -> CDPSession:
    """A processor six times slower and, with `network`, slow 3G, from now on."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
    if network:
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_3G)
    return devtools


def middle(what: str, values: list[float], unit: str, limit: float | None = None) -> Finding:
    return Finding(what, statistics.median(values), unit, limit, max(values))


def shell_size() -> Finding:
    # As it goes over the line: packed by the build.
    sizes = [Path(f"{script}.gz").stat().st_size for script in first_scripts()]
    return Finding("JavaScript before the first screen, gzip", sum(sizes) / 1000, "KB", 80)


def first_paints(stage: Stage) -> Iterator[Finding]:
    """The very first visit, over slow 3G."""
    paints, usable = [], []
    for number in range(ROUNDS):
        context = stage.fresh(f"new-{number}")
        page = context.pages[0]
        slow(page, network=True)
        page.goto("/field/", wait_until="commit")
        page.get_by_test_id("login-phone").wait_for(timeout=60_000)
        usable.append(page.evaluate("performance.now()"))
        paints.append(page.evaluate(PAINT))
        stage.browsers.close(context)
    yield middle("First paint, never visited, slow 3G", paints, "ms", 3_500)
    yield middle("Sign-in ready, never visited, slow 3G", usable, "ms")


def installed_starts(stage: Stage) -> Iterator[Finding]:
    """Opened again, signed in before, without any signal."""
    phone = Phone(stage.browsers, stage.folder / "installed", stage.house.balancer.port)
    phone.sign_in(stage.officer)
    phone.ready_for_offline()
    paints, usable, opened = [], [], []
    for _ in range(ROUNDS):
        phone.switch_off()
        phone.context = stage.browsers.open(
            stage.folder / "installed", phone.origin, viewport=SIZE, has_touch=True, is_mobile=True
        )
        phone.page = page = phone.context.pages[0]
        slow(page, network=True)
        page.goto("/field/", wait_until="commit")
        page.get_by_test_id("pin-input").wait_for()
        usable.append(page.evaluate("performance.now()"))
        paints.append(page.evaluate(PAINT))
        page.get_by_test_id("pin-input").fill(PIN)
        before = page.evaluate("performance.now()")
        page.get_by_test_id("pin-unlock").click()
        page.get_by_text("Last full copy").wait_for(timeout=60_000)
        opened.append(page.evaluate("performance.now()") - before)
    yield middle("First paint, installed", paints, "ms", 1_000)
    yield middle("PIN can be typed, installed", usable, "ms")
    yield middle(f"From the PIN to Today, {MEMBERS:,} members opened", opened, "ms")
    yield from searches(phone)
    yield sheet(stage, phone)
    phone.switch_off()
    phone.throw_away()


def searches(phone: Phone) -> Iterator[Finding]:
    phone.tab("Members")
    page = phone.page
    expect(page.get_by_text(f"{MEMBERS + SHEET_ROWS} members")).to_be_visible()
    page.evaluate(WATCH_KEYS)
    search = page.get_by_test_id("member-search")
    search.press_sequentially(QUERY, delay=250)
    for _ in QUERY:
        search.press("Backspace", delay=250)
    search.press_sequentially("0700 004", delay=250)
    times: list[float] = page.evaluate("keystrokes")
    yield middle(f"A keystroke in the search over {MEMBERS:,} members", times, "ms", 50)


def sheet(stage: Stage, phone: Phone) -> Finding:
    times = []
    page = phone.page
    for _ in range(ROUNDS):
        phone.tab("Meeting")
        page.get_by_role("link", name=stage.table.name).click()
        page.get_by_text("Payments without a meeting").wait_for()
        page.evaluate(WATCH_SHEET, SHEET_ROWS)
        page.get_by_text("Payments without a meeting").click()
        until(page, lambda: page.evaluate("window.sheetTime !== undefined"), "the sheet is drawn")
        times.append(page.evaluate("window.sheetTime"))
    return middle(f"From the tap to a sheet of {SHEET_ROWS} members", times, "ms")


def points(stage: Stage) -> Iterator[Finding]:
    """Its mobile preset (slow 4G and a processor four times slower, simulated)."""
    page = f"{stage.house.url}/field/"
    reports = [lighthouse(page, stage.folder) for _ in range(LIGHTHOUSE_ROUNDS)]
    for name, category in reports[0]["categories"].items():
        scores = [report["categories"][name]["score"] * 100 for report in reports]
        title = f"Lighthouse 13, mobile: {category['title'].lower()}"
        yield Finding(title, statistics.median(scores), "points", 95, min(scores))


@contextmanager
def stage_set() -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory(prefix="tablebanking-speed-") as name,
        tempfile.TemporaryDirectory(prefix="tablebanking-speed-", dir=folder_for_data()) as data,
    ):
        folder = Path(name)
        loop = LoopThread()
        postgresql = PostgreSQL(Path(data))
        redis = RedisServer(folder / "redis")
        databases = PostgreSQLDatabases(postgresql, loop, folder / "template")
        browsers = Browsers(folder / "evidence")
        settings = replace(databases.fresh(folder), redis_url=redis.url)
        house = House(settings, folder / "servers", loop)
        try:
            yield Stage(folder, settings, house, browsers)
        finally:
            browsers.stop()
            house.stop()
            databases.close()
            loop.close()
            redis.stop()
            postgresql.stop()


def text(findings: list[Finding]) -> str:
    rows = "\n".join(finding.row for finding in findings)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"""# How fast the phone app is

Measured by `make speed` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {platform.machine()}, {cores} cores, load {load:.1f}. The real server, PostgreSQL and Redis; Chromium with its processor slowed to a sixth and, where the row says slow 3G, 400 kbit/s with 400 ms. Medians of {ROUNDS} rounds (the search: of every keystroke), up to the frame that is painted.

| What | Measured | Wanted | Reached |
|---|---:|---:|---|
{rows}
"""  # noqa: E501


def main() -> int:
    """Measures all; 1 when something is too slow."""
    expect.set_options(timeout=120_000)
    findings = [shell_size()]
    with stage_set() as stage:
        for part in (first_paints, installed_starts, points):
            for finding in part(stage):
                print(finding.row, flush=True)
                findings.append(finding)
    office = RESULTS.read_text().partition(OFFICE)
    RESULTS.write_text(text(findings) + "".join(("\n", *office[1:])) * bool(office[1]))
    return 0 if all(finding.reached for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
