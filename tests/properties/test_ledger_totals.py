"""Reports from kept totals say what adding up every posting says, whatever is booked when."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from app import clock
from app.auth.actor import Actor
from app.models import MONEY_ACCOUNTS, Role
from app.models.base import new_id
from app.runtime import Runtime
from app.services.balances import Trf, trf_balance, trf_of
from app.services.cash_ledger import LedgerPage, cash_ledger
from app.services.ledger import Draft, Line
from app.services.ledger_check import verify_books
from app.services.ledger_totals import MONTH, covering
from tests.properties.budget import examples
from tests.support.books import post_directly
from tests.support.factories import Factory

ADMIN = Actor(new_id(), Role.SYSTEM_ADMIN)
DAYS = st.dates(date(2024, 11, 20), date(2026, 3, 10))
PERIODS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(
    lambda period: None in period or period[0] <= period[1]  # type: ignore[operator]
)
AMOUNTS = st.integers(1, 10**9)
MONEY = st.sampled_from(sorted(MONEY_ACCOUNTS))
WORDS = {"in": ("MEMBER_SAVINGS", "savings", 1), "out": ("OPERATING_EXPENSES", "expense", -1)}
Event = tuple[date, list[Line]]


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An entry: money in or out, moved to the bank, or none at all."""
    day, amount = draw(DAYS), draw(AMOUNTS)
    what = draw(st.sampled_from(["in", "out", "bank", "declare"]))
    if what == "bank":
        return day, [Line("BANK", amount, "banking"), Line("CASH", -amount, "banking")]
    if what == "declare":
        return day, [Line("RETAINED_SURPLUS", amount), Line("DIVIDENDS_PAYABLE", -amount)]
    account, subcategory, sign = WORDS[what]
    return day, [Line(draw(MONEY), sign * amount, subcategory), Line(account, -sign * amount)]


@given(since=st.none() | st.dates(), until=st.none() | st.dates(), day=st.dates())
@example(since=date.min, until=date.max, day=date.max)
@example(since=date(2026, 1, 1), until=date(2026, 1, 31), day=date(2026, 1, 31))
@example(since=date(2026, 1, 2), until=date(2026, 2, 28), day=date(2026, 2, 28))
def test_months_and_days_cover_a_period_exactly_once(
    since: date | None, until: date | None, day: date
) -> None:
    times = 0
    for span, first, last in covering(since, until):
        start = day.replace(day=1) if span == MONTH else day
        times += (first or start) <= start <= (last or start)
    assert times == ((since or day) <= day <= (until or day))


async def booked(runtime: Runtime, entries: list[Event]) -> UUID:
    """The entries in a group of their own: half of them in one transaction, the rest singly."""
    make = Factory(runtime)
    make.count_apart()
    group = await make.group(group_code=str(new_id()))
    drafts = [
        Draft(new_id(), day, day, "TEST", "REF", ADMIN.user_id, clock.now(), lines)
        for day, lines in entries
    ]
    half = len(drafts) // 2
    await post_directly(runtime, group.id, *drafts[:half])
    for draft in drafts[half:]:
        await post_directly(runtime, group.id, draft)
    return group.id


async def page(
    runtime: Runtime, group: UUID, period: Any, account: str | None, **more: Any
) -> LedgerPage:
    async with runtime.db.reading() as session:
        return await cash_ledger(
            session,
            ADMIN,
            group,
            since=period[0],
            until=period[1],
            account=account,
            **{"first": 3, "after": None, **more},
        )


async def trf(runtime: Runtime, group: UUID, as_of: date) -> Trf:
    async with runtime.db.reading() as session:
        return await trf_balance(session, ADMIN, group, as_of, as_of)


@examples(15)
@given(
    entries=st.lists(events(), min_size=1, max_size=14),
    period=PERIODS,
    account=st.none() | MONEY,
)
async def test_the_ledger_and_the_trf_are_those_of_the_postings(
    runtime: Runtime, entries: list[Event], period: Any, account: str | None
) -> None:
    group = await booked(runtime, entries)
    since, until = period
    lines = [
        (number, day, line)
        for number, (day, postings) in enumerate(entries, 1)
        for line in postings
        if line.account in ({account} if account else MONEY_ACCOUNTS)
    ]
    inside = [one for one in lines if (since or one[1]) <= one[1] <= (until or one[1])]
    counted = [line.amount for _, _, line in inside if account or line.subcategory != "banking"]
    for newest_first in (False, True):
        shown, after = [], None
        while True:
            found = await page(
                runtime, group, period, account, after=after, newest_first=newest_first
            )
            assert found.total_count == len(inside)
            assert found.cash_in == sum(cents for cents in counted if cents > 0)
            assert found.cash_out == -sum(cents for cents in counted if cents < 0)
            assert found.opening == sum(
                line.amount for _, day, line in lines if since and day < since
            )
            shown += [(line.sequence, line.signed) for line in found.lines]
            if not found.has_next:
                break
            after = found.cursors[-1]
        wanted = [(number, line.amount) for number, _, line in inside]
        assert shown == (wanted[::-1] if newest_first else wanted)
    as_of = until or date(2026, 1, 31)
    balances: Counter[str] = Counter()
    for day, postings in entries:
        for line in postings:
            balances[line.account] += line.amount if day <= as_of else 0
    assert await trf(runtime, group, as_of) == trf_of(balances, as_of)
    assert await trf(runtime, group, as_of - timedelta(days=900)) == trf_of(
        {}, as_of - timedelta(days=900)
    )
    assert not (await verify_books(runtime, group)).problems
