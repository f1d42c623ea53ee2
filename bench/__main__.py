"""`make bench`: the product beside the same work in plain SQL, in one run on one PostgreSQL.

Only ratios mean something: both sides of each are taken in turns, on the same machine, within
the same minutes. Writes bench/RESULTS.md. `python -m bench big` measures the big books alone
(dividends of a federation, reports of a large group), `python -m bench papers` what rendering
does to the answers, and prints what it finds.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import dividends, fanout, growth, pages, papers, product, yardstick
from bench.big import FEW, MANY, BigBooks
from bench.growth import Growth
from bench.where import where_the_time_goes
from bench.world import World
from tests.support.postgresql import PostgreSQL

ROUNDS = 3
SECONDS = 5
RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True)
class Row:
    """One comparison: operations a second of both sides, and what is to be reached."""

    what: str
    ours: float
    theirs: float | None
    yardstick: str
    target: str
    reached: bool | None
    note: str = ""

    @property
    def ratio(self) -> str:
        return "" if self.theirs is None else f"{self.ours / self.theirs:.2f}"


def alternate(ours: Callable[[], float], theirs: Callable[[], float]) -> tuple[float, float]:
    """The medians of both, measured in turns; the first round of each warms up."""
    ours()
    theirs()
    rounds = [(ours(), theirs()) for _ in range(ROUNDS)]
    return (
        statistics.median(mine for mine, _ in rounds),
        statistics.median(other for _, other in rounds),
    )


def measure(world: World) -> list[Row]:
    rows: list[Row] = []

    def say(row: Row) -> None:
        rows.append(row)
        beside = f", {row.ratio} of {row.yardstick} ({row.theirs:,.0f}/s)" if row.theirs else ""
        print(f"{row.what}: {row.ours:,.0f}/s{beside} {row.note}", flush=True)

    for size, batches, target in ((1000, 12, 0.5), (25, 80, None)):
        ours, theirs = alternate(
            lambda size=size, batches=batches: product.batches(world, size, batches).rate * size,  # type: ignore[misc]
            lambda size=size, batches=batches: yardstick.fair(world, size, batches // 2),  # type: ignore[misc]
        )
        reached = None if target is None else ours / theirs >= target
        wanted = f"{target}" if target else ""
        say(Row(f"syncBatch of {size}", ours, theirs, "fair.sql", wanted, reached))
    latencies: list[float] = []

    def singles() -> float:
        tally = product.singles(world, 4000)
        latencies.append(tally.percentile(0.95))
        return tally.rate

    ours, theirs = alternate(singles, lambda: yardstick.pgbench(world, "cte.pgb", SECONDS))
    note = f"(P95 {statistics.median(latencies):.0f} ms at 100 connections)"
    what = "recordContribution, two processes"
    say(Row(what, ours, theirs, "pgbench cte.pgb", "0.3", ours / theirs >= 0.3, note))
    ours, theirs = alternate(
        lambda: product.member_pages(world, 300).rate, lambda: pages.plain_sql(world, 300)
    )
    say(Row("page of members with savings", ours, theirs, "the same rows by SQL", "", None))
    for events, times, words in ((1, 20, "one event"), (60, 1, "60 lines of one batch")):
        rates = [fanout.deliveries(world, events, times) for _ in range(ROUNDS)]
        fanned = statistics.median(rates)
        what = f"fan-out of {words} to {fanout.SUBSCRIBERS} subscribers (deliveries)"
        say(Row(what, fanned, None, "", "6,000/s", fanned >= 6000))
    return rows


def measure_big(big: BigBooks) -> tuple[list[Row], list[Growth]]:
    rows = []
    for found in dividends.measure(big):
        rows.append(Row(found.what, found.ours, found.theirs, "dividends.sql (groups)", "", None))
        print(f"{found.what}: {found.ours:,.0f}/s, {rows[-1].ratio} of one statement", flush=True)
    grown = growth.measure(big)
    for one in grown:
        print(
            f"{one.what}: {one.few:.1f} ms at {FEW:,}, {one.many:.1f} ms at {MANY:,} "
            f"(ratio {one.ratio:.2f}; plain SQL {one.plain:.0f} ms)",
            flush=True,
        )
    return rows, grown


def growth_table(rows: list[Growth]) -> list[str]:
    lines = [
        "",
        "## As the books grow",
        "",
        f"A group with {FEW:,} postings and one with {MANY:,} over the same five years; "
        "milliseconds, medians of both taken in turns. Plain SQL adds up every posting.",
        "",
        "| what | at 10,000 | at 1,000,000 | ratio | to reach | | plain SQL at 1,000,000 |",
        "|---|---:|---:|---:|---|---|---:|",
    ]
    lines += [
        f"| {one.what} | {one.few:.1f} | {one.many:.1f} | {one.ratio:.2f} | {growth.MOST:.0f} "
        f"| {'reached' if one.reached else 'MISSED'} | {one.plain:,.0f} |"
        for one in rows
    ]
    return lines


def write(rows: list[Row], grown: list[Growth], parts: list[str], load: float) -> None:
    """`load` is the machine's load average before anything was started."""
    lines = [
        "# Results of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, PostgreSQL with fsync on the same machine, two server "
        "processes, Redis; clients on the same cores. Authorisation, idempotency, hash chain, "
        "audit log and zero-sum trigger are on. Both sides in turns, median of three rounds. Load "
        f"average before the start: {load:.1f}; above 0.5 others were at work too.",
        "",
        "| what | product, per second | yardstick, per second | yardstick | ratio | to reach | |",
        "|---|---:|---:|---|---:|---|---|",
    ]
    for row in rows:
        theirs = f"{row.theirs:,.0f}" if row.theirs else ""
        verdict = "" if row.reached is None else ("reached" if row.reached else "MISSED")
        lines.append(
            f"| {row.what} {row.note} | {row.ours:,.0f} | {theirs} | {row.yardstick} | {row.ratio} "
            f"| {row.target} | {verdict} |"
        )
    lines += growth_table(grown)
    lines += [*parts, ""]
    RESULTS.write_text("\n".join(lines))


def say_rendering(found: papers.Rendering) -> list[str]:
    """The lines of the results about papers; printed, too."""
    words = (
        f"A page of members, one at a time: {found.alone:.1f} ms; while a worker renders the "
        f"passbooks of 30 members ({found.seconds:.0f} s): {found.meanwhile:.1f} ms, "
        f"{found.meanwhile / found.alone:.2f} of it; to reach {papers.MOST}: "
        f"{'reached' if found.reached else 'MISSED'}."
    )
    print(words, flush=True)
    return ["", "## While papers are rendered", "", words]


def big_alone() -> int:
    with tempfile.TemporaryDirectory(prefix="tablebanking-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = PostgreSQL(folder / "postgresql", durable=True)
        try:
            rows, grown = measure_big(BigBooks(server, folder))
        finally:
            server.stop()
    return 0 if rows and all(one.reached for one in grown) else 1


def main() -> int:
    if sys.argv[1:] == ["big"]:
        return big_alone()
    if sys.argv[1:] == ["papers"]:
        with World() as world:
            found = papers.measure(world)
        say_rendering(found)
        return 0 if found.reached else 1
    load = os.getloadavg()[0]
    print("Preparing 500 groups of 30 members …", flush=True)
    with World() as world:
        rows = measure(world)
        rendering = papers.measure(world)
        rendered = say_rendering(rendering)
        parts = where_the_time_goes(world)
        print("Preparing big books …", flush=True)
        more, grown = measure_big(BigBooks(world.postgresql, world.folder))
    rows += more
    write(rows, grown, [*rendered, "", "## Where the time goes", "", parts], load)
    print(f"Written to {RESULTS}")
    missed = [row.what for row in rows if row.reached is False]
    missed += [one.what for one in grown if not one.reached]
    missed += [] if rendering.reached else ["answers while papers are rendered"]
    for what in missed:
        print(f"missed: {what}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
