"""How the office keeps up: `python -m tools.office_speed`.

1,000 officers on the map, 200 of whom send a position each second, through the real server,
PostgreSQL and Redis, for half a minute; the main thread's time by the browser's own count.
Besides: the JavaScript of the first page, and Lighthouse on a desktop. Writes the office's part
of docs/speed.md.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, expect

from tests.journeys.crowd import Crowd
from tests.journeys.office import Office, is_live
from tests.unit.test_office_size import first_scripts
from tools.phone_speed import LIGHTHOUSE, OFFICE, RESULTS, Finding, Stage, stage_set

OFFICERS = 1_000
MOVES = 200
SECONDS = 30


def first_page() -> Finding:
    # As it goes over the line: packed by the build, the smallest as they are.
    packed = [(Path(f"{script}.gz"), script) for script in first_scripts()]
    sizes = [(gz if gz.exists() else script).stat().st_size for gz, script in packed]
    return Finding("JavaScript of the first page, gzip", sum(sizes) / 1000, "KB", 200)


def busy(devtools: CDPSession) -> float:
    """Seconds that the main thread has worked so far."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


class Traffic(threading.Thread):
    """Sends `MOVES` positions a second until told to stop, and counts them."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(daemon=True)
        self._crowd = crowd
        self._over = threading.Event()
        self.sent = 0

    def run(self) -> None:
        due = time.monotonic()
        for turn in count():
            if self._over.is_set():
                return
            first = turn * MOVES % OFFICERS
            self._crowd.move(turn // (OFFICERS // MOVES) + 1, range(first, first + MOVES))
            self.sent += MOVES
            due += 1
            time.sleep(max(0.0, due - time.monotonic()))

    def end(self) -> None:
        self._over.set()
        self.join()


def live_map(stage: Stage) -> Iterator[Finding]:
    house = stage.house
    group = house.run(house.make.group)
    crowd = Crowd(house, group, OFFICERS)
    admin = house.run(house.make.admin)
    office = Office(stage.browsers, stage.folder / "office", house.url)
    office.sign_in(admin, "/map")
    page = office.page
    is_live(page)
    expect(page.get_by_role("status").filter(has_text="officers")).to_contain_text(f"{OFFICERS}")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    page.wait_for_timeout(3_000)
    for where, zooms in (("the whole country", 0), ("zoomed in to the dots", 5)):
        for _ in range(zooms):
            page.get_by_role("button", name="Zoom in", exact=True).click()
            page.wait_for_timeout(400)
        traffic = Traffic(crowd)
        traffic.start()
        page.wait_for_timeout(2_000)
        each, sent, since = [], traffic.sent, time.monotonic()
        before = busy(devtools)
        for _ in range(SECONDS):
            page.wait_for_timeout(1_000)
            now = busy(devtools)
            each.append((now - before) * 1000)
            before = now
        rate = (traffic.sent - sent) / (time.monotonic() - since)
        traffic.end()
        what = f"Main thread, {OFFICERS:,} officers, {rate:.0f} moves a second, {where}"
        # Fewer moves than asked for (a slow or shared machine) show nothing of the target.
        limit = 100 if rate >= 0.9 * MOVES else None
        yield Finding(what, statistics.mean(each), "ms a second", limit, max(each))
    stage.browsers.close(office.context)


def lighthouse(stage: Stage) -> Iterator[Finding]:
    """Its desktop preset, on what opens first: the sign-in page."""
    report = stage.folder / "lighthouse-office.json"
    subprocess.run(
        [
            *("npx", "--yes", LIGHTHOUSE, f"{stage.house.url}/", "--quiet", "--preset=desktop"),
            "--only-categories=performance,accessibility,best-practices",
            *("--output=json", f"--output-path={report}"),
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        check=True,
        cwd=stage.folder,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")},
    )
    found: dict[str, Any] = json.loads(report.read_text())
    for category in found["categories"].values():
        title = f"Lighthouse 13, desktop: {category['title'].lower()}"
        yield Finding(title, category["score"] * 100, "points", 95)


def text(findings: list[Finding]) -> str:
    rows = "\n".join(finding.row for finding in findings)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    return f"""{OFFICE}

Measured by `python -m tools.office_speed` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {platform.machine()}, {cores} cores, load {load:.1f}. The real server, PostgreSQL and Redis; Chromium at its own speed. The main thread's time is the browser's TaskDuration, the mean of {SECONDS} seconds.

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
        for part in (live_map, lighthouse):
            for finding in part(stage):
                print(finding.row, flush=True)
                findings.append(finding)
    write(findings)
    return 0 if all(finding.reached for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
