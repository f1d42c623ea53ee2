"""A page of the cash ledger and a TRF where little and where much is booked over the same years:
the product's queries beside the same question in plain SQL, which adds up every posting."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.auth.actor import Actor
from app.models import Role
from app.models.base import new_id
from app.paging import encode_cursor
from app.runtime import Runtime, close_runtime
from app.services.balances import Trf, trf_balance
from app.services.cash_ledger import LedgerPage, cash_ledger
from bench.big import FEW, MANY, BigBooks

ADMIN = Actor(new_id(), Role.SYSTEM_ADMIN)
TIMES = 15
MOST = 2.0
"""What the ratio may be: near 1, on a machine that others use too."""
PAGE = """SELECT e.id, p.sequence, p.line, p.amount FROM posting p
  JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  WHERE p.group_id = $1 AND p.account = ANY ($2) AND e.booking_date BETWEEN $3 AND $4
  AND (p.sequence, p.line) {beyond} ($5, $6)
  ORDER BY p.sequence {order}, p.line {order} LIMIT 51"""
TOTALS = """SELECT count(*),
  sum(p.amount) FILTER (WHERE p.amount > 0 AND (p.subcategory <> 'banking' OR $5)),
  -sum(p.amount) FILTER (WHERE p.amount < 0 AND (p.subcategory <> 'banking' OR $5)),
  (SELECT sum(b.amount) FROM posting b
   JOIN journal_entry f ON f.group_id = b.group_id AND f.sequence = b.sequence
   WHERE b.group_id = $1 AND b.account = ANY ($2) AND f.booking_date < $3)
  FROM posting p JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  WHERE p.group_id = $1 AND p.account = ANY ($2) AND e.booking_date BETWEEN $3 AND $4"""
PAST = """SELECT p.account, sum(p.amount) FROM posting p
  JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
  WHERE p.group_id = $1 AND e.booking_date <= $2 GROUP BY p.account"""
NOW = "SELECT account, sum(amount) FROM posting WHERE group_id = $1 GROUP BY account"


@dataclass(frozen=True)
class Growth:
    """Milliseconds (median) of the product at both sizes, and of plain SQL at the larger."""

    what: str
    few: float
    many: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.many / self.few

    @property
    def reached(self) -> bool:
        return self.ratio <= MOST


@dataclass(frozen=True)
class View:
    """A page that somebody looks at; `at` is how far into the book it begins."""

    what: str
    since: date | None = None
    until: date | None = None
    account: str | None = None
    at: float | None = None
    newest_first: bool = False


def measure(big: BigBooks) -> list[Growth]:
    return asyncio.run(_measure(big))


async def _measure(big: BigBooks) -> list[Growth]:
    runtime = big.runtime()
    plain = await asyncpg.connect(big.url)
    try:
        today = clock.today(runtime.settings.timezone)
        rows = [await _ledger(runtime, plain, big, view) for view in _views(today)]
        for what, day in (("TRF now", None), ("TRF of a day two years ago", _ago(today, 2))):
            rows.append(await _trf(runtime, plain, big, what, day, today))
        return rows
    finally:
        await plain.close()
        await close_runtime(runtime)


def _ago(today: date, years: int) -> date:
    return date(today.year - years, today.month, 11)


def _views(today: date) -> list[View]:
    month = {"since": _ago(today, 2).replace(day=1), "until": _ago(today, 2).replace(day=28)}
    part = {"since": _ago(today, 3), "until": _ago(today, 1)}
    return [
        View("ledger, first page"),
        View("ledger, middle page", at=0.5),
        View("ledger, last page", newest_first=True),
        View("ledger, first page of BANK", account="BANK"),
        View("ledger, a month two years ago", **month),  # type: ignore[arg-type]
        View("ledger, the end of that month", newest_first=True, **month),  # type: ignore[arg-type]
        View("ledger, BANK from the 11th, over two years", account="BANK", **part),  # type: ignore[arg-type]
    ]


async def _median(work: Callable[[], Awaitable[object]], times: int = TIMES) -> float:
    await work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        await work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


async def _both_sizes(
    big: BigBooks, ask: Callable[[UUID], Callable[[], Awaitable[object]]]
) -> tuple[float, float]:
    """The medians of both sizes, measured in turns so that both see the same neighbours."""
    few, many = ask(big.groups[FEW]), ask(big.groups[MANY])
    found = [(await _median(few, TIMES // 3), await _median(many, TIMES // 3)) for _ in range(3)]
    return statistics.median(one for one, _ in found), statistics.median(two for _, two in found)


async def _read(runtime: Runtime, work: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
    async with runtime.db.reading() as session:
        return await work(session)


async def _ledger(runtime: Runtime, plain: Any, big: BigBooks, view: View) -> Growth:
    def asked(group: UUID) -> Callable[[], Awaitable[LedgerPage]]:
        after = None
        if view.at is not None:
            after = _cursor(int((FEW if group == big.groups[FEW] else MANY) / 2 * view.at))

        async def page(session: AsyncSession) -> LedgerPage:
            return await cash_ledger(
                session,
                ADMIN,
                group,
                since=view.since,
                until=view.until,
                account=view.account,
                first=50,
                after=after,
                newest_first=view.newest_first,
            )

        return lambda: cast(Awaitable[LedgerPage], _read(runtime, page))

    group = big.groups[MANY]
    accounts = [view.account] if view.account else ["CASH", "BANK", "MPESA"]
    period = (view.since or date(1, 1, 1), view.until or date(9999, 1, 1))
    order = "DESC" if view.newest_first else "ASC"
    place = (2**62 if view.newest_first else -1) if view.at is None else int(MANY / 2 * view.at)
    statement = PAGE.format(order=order, beyond="<" if view.newest_first else ">")

    async def naive() -> tuple[list[Any], Any]:
        lines = await plain.fetch(statement, group, accounts, *period, place, 0)
        return lines, await plain.fetchrow(TOTALS, group, accounts, *period, bool(view.account))

    found, (lines, totals) = await asked(group)(), await naive()
    assert [(one.sequence, one.signed) for one in found.lines] == [
        (row["sequence"], row["amount"]) for row in lines[:50]
    ]
    sums = (found.total_count, found.cash_in, found.cash_out, found.opening)
    assert sums == tuple(int(value or 0) for value in totals)
    return Growth(view.what, *await _both_sizes(big, asked), await _median(naive, 3))


def _cursor(sequence: int) -> str:
    return encode_cursor(sequence, 0)


async def _trf(
    runtime: Runtime, plain: Any, big: BigBooks, what: str, day: date | None, today: date
) -> Growth:
    def asked(group: UUID) -> Callable[[], Awaitable[Trf]]:
        return lambda: cast(
            Awaitable[Trf],
            _read(runtime, lambda session: trf_balance(session, ADMIN, group, day, today)),
        )

    async def naive() -> list[Any]:
        values = [big.groups[MANY], *([day] if day else [])]
        return cast(list[Any], await plain.fetch(PAST if day else NOW, *values))

    found, sums = await asked(big.groups[MANY])(), dict(await naive())
    assert (found.bank, found.member_savings) == (sums["BANK"], -sums["MEMBER_SAVINGS"])
    return Growth(what, *await _both_sizes(big, asked), await _median(naive, 3))
