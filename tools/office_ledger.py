"""A cash ledger of 100,000 lines: how soon it is there, how it scrolls, how a date is reached."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
from playwright.sync_api import CDPSession, Page, expect

from app import clock
from tests.journeys.office import Office, ledger_lines
from tests.support.databases import ROOT
from tools.phone_speed import Finding, Stage, middle

LINES = 100_000
ENTRIES = 90_909
"""Every tenth has two lines of money (bench/limit/big.sql)."""
SCREENS = 200
SCREEN = 16 * 36
ROUNDS = 5


async def fill(url: str) -> str:
    """The books, copied by SQL; the group's id."""
    client = await asyncpg.connect(url.replace("+asyncpg", ""))
    await client.execute((ROOT / "bench" / "limit" / "big.sql").read_text())
    group = await client.fetchval("SELECT new_group(1, 'Nairobi')")
    await client.execute("SELECT fill_ledger($1, $2)", group, ENTRIES)
    await client.execute("SELECT fill_totals()")
    await client.execute("VACUUM ANALYZE")
    await client.close()
    return str(group)


def long_ledger(stage: Stage) -> Iterator[Finding]:
    house = stage.house
    group = house.run(lambda: fill(stage.settings.database_url))
    office = Office(stage.browsers, stage.folder / "ledger", house.url)
    office.sign_in(house.run(house.make.admin))
    page = office.page
    opened = []
    for _ in range(ROUNDS):
        since = time.monotonic()
        page.goto(f"/groups/{group}")
        page.get_by_test_id("ledger-period").get_by_text("All", exact=True).click()
        expect(page.get_by_text(f"{LINES} lines")).to_be_visible()
        expect(ledger_lines(page).first).to_be_visible()
        opened.append((time.monotonic() - since) * 1000)
    yield middle(f"From the address to a ledger of {LINES:,} lines", opened, "ms", 3_000)
    yield from scrolled(page)
    yield middle("From a date to the lines of that day", list(dates(page)), "ms", 1_000)
    stage.browsers.close(office.context)


def scrolled(page: Page) -> Iterator[Finding]:
    """Upwards, screen by screen, as fast as the lines come."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    table = page.get_by_test_id("cash-ledger")
    table.hover()
    before = counted(devtools)
    for _ in range(SCREENS):
        page.mouse.wheel(0, -SCREEN)
        page.wait_for_timeout(50)
    after = counted(devtools)
    drawn = ledger_lines(page).count()
    each = (after["TaskDuration"] - before["TaskDuration"]) * 1000 / SCREENS
    loaded = int(table.evaluate("table => table.scrollHeight / 36"))
    heap = (after["JSHeapUsedSize"] - before["JSHeapUsedSize"]) / 1e6
    yield Finding("Main thread, for each screen that is scrolled", each, "ms", 50)
    yield Finding(f"Lines drawn, {loaded:,} of them loaded", drawn, "lines", 80)
    yield Finding(f"Memory, {SCREENS} screens later", heap, "MB more", 20)


def counted(devtools: CDPSession) -> dict[str, float]:
    devtools.send("HeapProfiler.collectGarbage")
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return {one["name"]: float(one["value"]) for one in metrics}


def dates(page: Page) -> Iterator[float]:
    """Back by three quarters of a year each time."""
    for round_number in range(1, ROUNDS + 1):
        day = clock.now().date() - timedelta(days=270 * round_number)
        since = time.monotonic()
        page.get_by_test_id("ledger-to").fill(f"{day:%d/%m/%Y}")
        # "8 Sept 2024": the month is the browser's affair.
        shown = re.compile(rf"^{day.day} \w+ {day.year}")
        expect(ledger_lines(page).filter(has_text=shown).first).to_be_visible()
        yield (time.monotonic() - since) * 1000
