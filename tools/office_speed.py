"""How the office keeps up, the second half of `make speed`: `python -m tools.office_speed`.

1,000 officers on the map, 200 of whom send a position each second, through the real server,
PostgreSQL and Redis, for half a minute; the main thread's time by the browser's own count.
Besides: the JavaScript of the first page, a cash ledger of 100,000 lines, and Lighthouse on a
desktop. Writes the office's part of docs/speed.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.crowd import Crowd
from tests.journeys.office import Office, is_live
from tests.unit.test_office_size import first_scripts
from tools.lighthouse import lighthouse
from tools.office_ledger import long_ledger
from tools.office_traffic import Traffic, town_and_country
from tools.phone_speed import LIGHTHOUSE_ROUNDS, OFFICE, RESULTS, Finding, Stage, stage_set

OFFICERS = 1_000
MOVES = 200
SECONDS = 30


def first_page() -> Finding:
    # As it goes over the line: packed by the build, the smallest as they are.
    packed = [(Path(f"{script}.gz"), script) for script in first_scripts()]
    sizes = [(gz if gz.exists() else script).stat().st_size for gz, script in packed]
    return Finding("JavaScript of the first page, gzip", sum(sizes) / 1000, "KB", 200)


def busy(devtools: CDPSession) -> float:
    """Seconds that the main thread has worked so far, by the processor's clock."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def at_the_town(page: Page) -> None:
    """Its cluster is the largest; nearer and nearer until no two dots are one."""
    clusters = page.locator(".officer-cluster")
    sizes = [int(size) for size in clusters.all_inner_texts()]
    clusters.nth(sizes.index(max(sizes))).press("Enter")
    for _ in range(8):
        page.wait_for_timeout(1_000)
        if clusters.count() == 0:
            return
        page.get_by_role("button", name="Zoom in", exact=True).click()
    raise AssertionError("there are still clusters")


def live_map(stage: Stage) -> Iterator[Finding]:
    house = stage.house
    group = house.run(house.make.group)
    crowd = Crowd(house, group, OFFICERS, town_and_country)
    admin = house.run(house.make.admin)
    office = Office(stage.browsers, stage.folder / "office", house.url)
    page, arrived = office.page, list[None]()
    page.on("websocket", lambda line: line.on("framereceived", lambda _: arrived.append(None)))
    office.sign_in(admin, "/map")
    is_live(page)
    expect(page.get_by_role("status").filter(has_text="officers")).to_contain_text(f"{OFFICERS}")
    devtools = page.context.new_cdp_session(page)
    # Not by the wall's: while others use the cores, that counts the waiting for one as work.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.wait_for_timeout(3_000)
    for where, look in (("the whole country", None), ("500 dots of one town", at_the_town)):
        if look:
            look(page)
        traffic = Traffic(stage.settings, crowd, MOVES)
        traffic.start()
        page.wait_for_timeout(2_000)
        each, before_all, since = [], len(arrived), time.monotonic()
        before = busy(devtools)
        for _ in range(SECONDS):
            page.wait_for_timeout(1_000)
            now = busy(devtools)
            each.append((now - before) * 1000)
            before = now
        rate = (len(arrived) - before_all) / (time.monotonic() - since)
        traffic.end()
        what = f"Main thread, {OFFICERS:,} officers, {rate:.0f} moves a second, {where}"
        # Fewer moves than asked for (a slow or shared machine) show nothing of the target.
        limit = 100 if rate >= 0.9 * MOVES else None
        yield Finding(what, statistics.mean(each), "ms a second", limit, max(each))
    stage.browsers.close(office.context)


def points(stage: Stage) -> Iterator[Finding]:
    """Lighthouse's desktop preset: what opens first and, signed in, three pages of the day."""
    admin = stage.house.run(stage.house.make.admin)
    profile = stage.folder / "lighthouse-office"
    office = Office(stage.browsers, profile, stage.house.url)
    office.sign_in(admin)
    stage.browsers.close(office.context)
    # Its own empty profile and an empty storage are Lighthouse's rule; ours holds the sign-in.
    own = ["--disable-storage-reset"], [f"--user-data-dir={profile}"]
    for path, where, (options, flags) in (
        ("/", "sign-in", ((), ())),
        ("/dashboard", "dashboard", own),
        ("/map", "map", own),
        ("/members", "list of members", own),
    ):
        url = f"{stage.house.url}{path}"
        reports = [
            lighthouse(url, stage.folder, "--preset=desktop", *options, flags=flags)
            for _ in range(LIGHTHOUSE_ROUNDS)
        ]
        shown = {report["finalDisplayedUrl"] for report in reports}
        assert shown == {f"{url}sign-in?next=%2F" if path == "/" else url}, shown
        for name in ("performance", "accessibility"):
            scores = [report["categories"][name]["score"] * 100 for report in reports]
            title = f"Lighthouse 13, desktop, {where}: {name}"
            yield Finding(title, statistics.median(scores), "points", 95, min(scores))


def text(findings: list[Finding]) -> str:
    rows = "\n".join(finding.row for finding in findings)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"""{OFFICE}

Measured by `python -m tools.office_speed` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {platform.machine()}, {cores} cores, load {load:.1f}. The real server, PostgreSQL and Redis; Chromium at its own speed. The main thread's time is the browser's TaskDuration by the processor's clock, the mean of {SECONDS} seconds; the moves are those that arrived on the page.

| What | Measured | Wanted | Reached |
|---|---:|---:|---|
{rows}
"""  # noqa: E501


def write(findings: list[Finding]) -> None:
    """In place of the office's part; the phone's stands above it."""
    phone = RESULTS.read_text().split(OFFICE)[0].rstrip() if RESULTS.exists() else ""
    RESULTS.write_text(f"{phone}\n\n{text(findings)}".lstrip())


def main() -> int:
    """Measures all; 1 when something is too slow."""
    expect.set_options(timeout=120_000)
    findings = [first_page()]
    with stage_set() as stage:
        for part in (live_map, long_ledger, points):
            for finding in part(stage):
                print(finding.row, flush=True)
                findings.append(finding)
    write(findings)
    return 0 if all(finding.reached for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
