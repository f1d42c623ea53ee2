"""`make bench`: the product beside the same work in plain SQL, in one run on one PostgreSQL.

Only ratios mean something: both sides of each are taken in turns, on the same machine, within
the same minutes. Writes bench/RESULTS.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import fanout, pages, product, yardstick
from bench.where import where_the_time_goes
from bench.world import World

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


def write(rows: list[Row], parts: str) -> None:
    lines = [
        "# Results of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, PostgreSQL with fsync on the same machine, two server "
        "processes, Redis; clients on the same cores. Authorisation, idempotency, hash chain, "
        "audit log and zero-sum trigger are on. Both sides in turns, median of three rounds.",
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
    lines += ["", "## Where the time goes", "", parts, ""]
    RESULTS.write_text("\n".join(lines))


def main() -> int:
    print("Preparing 500 groups of 30 members …", flush=True)
    with World() as world:
        rows = measure(world)
        parts = where_the_time_goes(world)
    write(rows, parts)
    print(f"Written to {RESULTS}")
    missed = [row.what for row in rows if row.reached is False]
    for what in missed:
        print(f"missed: {what}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
