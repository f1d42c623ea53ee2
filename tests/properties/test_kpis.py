"""The key figures against a plain sum over the same rows, whatever the story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.models import (
    BankingGroup,
    Instalment,
    Loan,
    Member,
    Repayment,
    ReviewItem,
    SyncOperation,
    SyncRefusal,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.kpis.figures import Figures, figures
from app.services.kpis.period import checked_period
from app.services.ledger import Draft, Line
from tests.properties.budget import examples
from tests.support.books import post_directly
from tests.support.factories import Factory

FIRST, LAST = date(2026, 2, 10), date(2026, 5, 20)
"""Nairobi is three hours ahead: the period begins at 21:00 of the day before in UTC."""
BEGIN, END = datetime(2026, 2, 9, 21, tzinfo=UTC), datetime(2026, 5, 20, 21, tzinfo=UTC)
DAYS = st.integers(-60, 130).map(lambda days: FIRST + timedelta(days=days))
CENTS = st.integers(1, 10_000_00)


@st.composite
def stories(draw: st.DrawFn) -> dict[str, Any]:
    """What happens in two groups, by days and amounts; each part says whose it is."""
    groups = st.integers(0, 1)
    instalments = st.lists(st.tuples(DAYS, CENTS, CENTS, st.none() | DAYS), min_size=1, max_size=4)
    return {
        "members": draw(st.lists(st.tuples(groups, DAYS, st.none() | DAYS), max_size=8)),
        "loans": draw(
            st.lists(
                st.tuples(
                    groups,
                    DAYS,
                    instalments,
                    st.lists(st.tuples(DAYS, CENTS, st.booleans()), max_size=3),
                    st.none() | DAYS,
                ),
                max_size=4,
            )
        ),
        "entries": draw(
            st.lists(
                st.tuples(groups, DAYS, st.sampled_from(["in", "out", "undone", "opening"]), CENTS),
                max_size=12,
            )
        ),
        "operations": draw(st.lists(st.tuples(groups, DAYS), max_size=6)),
        "refusals": draw(st.lists(st.tuples(groups, DAYS, st.booleans()), max_size=6)),
        "held": draw(st.lists(st.tuples(groups, DAYS, st.none() | DAYS, CENTS), max_size=5)),
    }


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def tell(runtime: Runtime, make: Factory, story: dict[str, Any]) -> list[BankingGroup]:
    """Writes the story as rows."""
    groups = [await make.group() for _ in range(2)]
    for group, joined, left in story["members"]:
        await make.member(
            groups[group], registration_date=joined, is_active=left is None, left_on=left
        )
    for told in story["loans"]:
        await make.save(*await _loan(make, groups[told[0]], *told[1:]))
    for group, day, kind, cents in story["entries"]:
        await post_directly(runtime, groups[group].id, *_entries(day, kind, cents))
    rows: list[Any] = []
    user = new_id()
    for group, day in story["operations"]:
        rows.append(_operation(new_id(), user, groups[group].id, day))
    for group, day, mended in story["refusals"]:
        key = new_id()
        values = {"kind": "recordContribution", "code": "BAD_INPUT", "refused_at": noon(day)}
        rows.append(
            SyncRefusal(operation_id=key, user_id=user, group_id=groups[group].id, **values)
        )
        if mended:
            rows.append(_operation(key, user, groups[group].id, day))
    for group, day, decided, cents in story["held"]:
        rows.append(
            ReviewItem(
                group_id=groups[group].id,
                reason="MEMBER_LEFT",
                amount=-cents,
                claim="{}",
                officer_id=user,
                created_at=noon(day),
                status="OPEN" if decided is None else "DECIDED",
                decided_at=None if decided is None else noon(max(decided, day)),
            )
        )
    await make.save(*rows)
    return groups


def _operation(key: UUID, user: UUID, group_id: UUID, day: date) -> SyncOperation:
    return SyncOperation(
        id=key,
        user_id=user,
        group_id=group_id,
        kind="recordContribution",
        payload_hash=b"",
        outcome="APPLIED",
        recorded_at=noon(day),
    )


async def _loan(
    make: Factory, group: BankingGroup, out: date, parts: Any, payments: Any, lost: date | None
) -> list[Any]:
    member: Member = await make.member(group, registration_date=date(2025, 1, 6))
    amount = sum(principal for _, principal, _, _ in parts)
    loan = Loan(
        id=new_id(),
        group_id=group.id,
        member_id=member.id,
        loan_type="SHORT_TERM",
        amount=amount,
        duration_months=3,
        interest_rate=10_00,
        purpose="x",
        status="DISBURSED" if lost is None else "WRITTEN_OFF",
        application_date=out,
        applied_by=member.id,
        applied_at=noon(out),
        disbursed_on=out,
        disbursed_at=noon(out),
        written_off_on=lost,
        total_interest=0,
        total_repayable=amount,
        annual_percentage_rate=0,
    )
    await make.save(loan)
    rows: list[Any] = []
    for number, (due, principal, interest, settled) in enumerate(parts, 1):
        paid = {} if settled is None else {"paid_principal": principal, "paid_interest": interest}
        rows.append(
            Instalment(
                loan_id=loan.id,
                number=number,
                group_id=group.id,
                due_date=due,
                principal=principal,
                interest=interest,
                remaining_balance=0,
                settled_on=settled,
                **paid,
            )
        )
    for day, cents, undone in payments:
        rows.append(
            Repayment(
                group_id=group.id,
                loan_id=loan.id,
                member_id=member.id,
                entry_id=new_id(),
                amount=cents,
                principal=cents,
                payment_date=day,
                payment_method="CASH",
                receipt_number="x",
                recorded_by=member.id,
                recorded_at=noon(day),
                reversed_by=new_id() if undone else None,
            )
        )
    return rows


def _entries(day: date, kind: str, cents: int) -> list[Draft]:
    """Savings in or out; "undone": paid in on a day and reversed 20 days later."""

    def draft(on: date, name: str, signed: int, reverses: UUID | None = None) -> Draft:
        lines = (Line("CASH", signed, "savings"), Line("MEMBER_SAVINGS", -signed))
        return Draft(new_id(), on, on, name, "x", new_id(), clock.now(), lines, reverses)

    if kind == "undone":
        first = draft(day, "CONTRIBUTION", cents)
        return [first, draft(day + timedelta(days=20), "REVERSAL", -cents, first.id)]
    name = "OPENING" if kind == "opening" else "CONTRIBUTION"
    return [draft(day, name, -cents if kind == "out" else cents)]


def within(day: date | None) -> bool:
    return day is not None and FIRST <= day <= LAST


def check(found: Figures, story: dict[str, Any], chosen: set[int], today: date) -> None:
    """Each figure as docs/kpis.md says it is computed by hand."""

    def of(part: str) -> list[Any]:
        return [one[1:] for one in story[part] if one[0] in chosen]

    # Borrowers joined in January 2025 and never left.
    members = [*of("members"), *((date(2025, 1, 6), None) for _ in of("loans"))]
    for month in found.series:
        there = sum(joined <= month.last for joined, _ in members)
        gone = sum(left is not None and left <= month.last for _, left in members)
        assert month.members == there - gone
    assert found.members.joined == sum(within(joined) for joined, _ in members)
    assert found.members.left == sum(within(left) for _, left in members)

    parts = [part for _, parts, _, _ in of("loans") for part in parts]
    due = [part for part in parts if within(part[0]) and part[0] < today]
    assert found.loans.due == sum(part[1] + part[2] for part in due)
    assert found.loans.paid == sum(part[1] + part[2] for part in due if part[3])
    assert found.loans.on_time == sum(
        part[1] + part[2] for part in due if part[3] and part[3] <= part[0]
    )
    assert found.loans.disbursed.count == sum(within(out) for out, *_ in of("loans"))
    for month in found.series:
        risk = 0
        for out, own, payments, lost in of("loans"):
            limit = month.last - timedelta(days=30)
            late = any(
                part[0] < limit and (part[3] is None or part[3] > month.last) for part in own
            )
            if late and out <= month.last and (lost is None or lost > month.last):
                risk += sum(part[1] for part in own)
                risk -= sum(
                    cents for day, cents, undone in payments if day <= month.last and not undone
                )
        assert month.at_risk == risk

    _check_money(found, of("entries"))
    operations = sum(within(day) for (day,) in of("operations"))
    mended = sum(within(day) for day, again in of("refusals") if again)
    assert found.sync.accepted == operations + mended
    assert found.sync.refused == sum(within(day) for day, again in of("refusals") if not again)
    held = [
        cents
        for day, decided, cents in of("held")
        if noon(day) < END and (decided is None or noon(max(day, decided)) >= END)
    ]
    assert (found.sync.held_open, found.sync.held_open_amount) == (len(held), sum(held))
    assert found.sync.decisions.count == sum(
        decided is not None and BEGIN <= noon(max(day, decided)) < END
        for day, decided, _ in of("held")
    )


def _check_money(found: Figures, entries: list[Any]) -> None:
    flows = {"in": 0, "out": 0}
    for day, kind, cents in entries:
        if kind in ("in", "out") and within(day):
            flows[kind] += cents
        if kind == "undone":
            flows["in"] += cents * (within(day) - within(day + timedelta(days=20)))
    assert (found.money.savings_in, found.money.savings_out) == (flows["in"], flows["out"])
    assert sum(month.money_in for month in found.series) == flows["in"]
    for month in found.series:
        total = 0
        for day, kind, cents in entries:
            undone = kind == "undone" and day + timedelta(days=20) <= month.last
            if day <= month.last and not undone:
                total += -cents if kind == "out" else cents
        assert month.trf.total == month.trf.member_savings == total


@examples(12)
@given(story=stories())
async def test_figures_are_what_a_plain_sum_gives(runtime: Runtime, story: dict[str, Any]) -> None:
    make = Factory(runtime)
    make.count_apart()
    groups = await tell(runtime, make, story)
    admin = await make.admin()
    today = clock.today(runtime.settings.timezone)
    period = checked_period(FIRST, LAST, runtime.settings.timezone, today)
    for chosen in ({0}, {0, 1}):
        ids = [groups[number].id for number in chosen]
        async with runtime.db.snapshot() as session:
            found = await figures(session, admin.actor, ids, None, period)
        check(found, story, chosen, today)
