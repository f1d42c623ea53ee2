"""Lists in the order that was asked for: every page goes on where the last one ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app import clock
from app.models import FineCharge, FineReason, Instalment, Loan
from app.models.base import new_id
from app.services.sorting import GroupSort, LoanSort, MemberSort, UserSort
from tests.support.api import contribute
from tests.support.stage import Stage

LISTS = {
    "members": "memberName registrationDate savingsSummary { regular }",
    "groups": "name groupCode memberCount cashBalance",
    "loans": "loanAmount outstandingPrincipal arrears daysOverdue",
    "users": "name createdAt lastSignInAt",
}
MONEY = ("loanAmount", "outstandingPrincipal", "arrears", "cashBalance")
FIELDS = {
    "JOINED": "registrationDate",
    "SAVINGS": "savings",
    "CODE": "groupCode",
    "MEMBERS": "memberCount",
    "CASH": "cashBalance",
    "AMOUNT": "loanAmount",
    "BALANCE": "outstandingPrincipal",
    "ARREARS": "arrears",
    "DAYS_OVERDUE": "daysOverdue",
    "SEEN": "lastSignInAt",
}
"""Which field shows what a list is sorted by; CREATED and OLDEST are seen by their ids."""


async def walk(stage: Stage, name: str, sort: str, /, **filters: str) -> list[dict[str, Any]]:
    """All pages of two, each of which counts the whole list."""
    given = "".join(f", {key}: {value}" for key, value in filters.items())
    query = f"""query Sorted($after: String) {{
      {name}(first: 2, after: $after, sort: {sort}{given}) {{
        totalCount pageInfo {{ hasNextPage endCursor }}
        edges {{ node {{ id {LISTS[name]} }} }} }} }}"""
    found: list[dict[str, Any]] = []
    after, more = None, True
    while more and len(found) < 50:
        page = (await stage.api.ask(stage.admin, query, after=after))[name]
        found += [edge["node"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(found) == page["totalCount"] == len({row["id"] for row in found})
    return found


def value(row: dict[str, Any], sort: str) -> Any:
    """What the row shows of what it is sorted by."""
    what = sort.removesuffix("_ASC").removesuffix("_DESC")
    if what == "SAVINGS":
        return float(row["savingsSummary"]["regular"])
    if what == "NAME":
        return row.get("name") or row["memberName"].casefold()
    field = FIELDS.get(what)
    if field is None:
        return row["id"]
    if field in MONEY:
        return float(row[field])
    return row[field] if field != "lastSignInAt" else row[field] or ""


async def check(stage: Stage, name: str, sorts: Any, **filters: str) -> None:
    """Each order is sorted by what it shows, and its two directions mirror each other."""
    for sort in sorts:
        rows = await walk(stage, name, sort.value, **filters)
        shown = [value(row, sort.value) for row in rows]
        down = sort.value.endswith("_DESC") or sort.value == "NEWEST"
        assert shown == sorted(shown, reverse=down), sort
        assert len(set(map(str, shown))) > 1, f"{sort}: nothing to sort"


async def test_members_are_sorted_by_name_savings_and_day_of_joining(stage: Stage) -> None:
    for days, savings in enumerate(("700.00", None, "40.00", "700.00", "1000.00")):
        day = date(2024, 1, 9) - timedelta(days // 2)
        member = await stage.make.member(stage.group, registration_date=day)
        if savings:
            await stage.api.sync(stage.officer, contribute(member.id, savings))
    other = await stage.make.group()
    await stage.make.member(other)
    await check(stage, "members", MemberSort, groupIds=f'["{stage.group.id}"]')
    assert len(await walk(stage, "members", "SAVINGS_DESC", groupIds=f'["{other.id}"]')) == 1
    asked = "query Q($ids: [UUID!]) { members(groupIds: $ids) { totalCount } }"
    refused = await stage.api.ask(stage.officer, asked, ids=[str(other.id)])
    assert (refused.code, refused.field) == ("NOT_FOUND", "groupIds")


async def test_groups_are_sorted_by_name_code_members_cash_and_age(stage: Stage) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "350.00"))
    for days in (3, 1, 2, 2):
        group = await stage.make.group(created_at=clock.now() - timedelta(days))
        for _ in range(days):
            await stage.make.member(group)
    await check(stage, "groups", [sort for sort in GroupSort if "CREATED" not in sort])
    oldest = [row["id"] for row in await walk(stage, "groups", "CREATED_ASC")]
    newest = [row["id"] for row in await walk(stage, "groups", "CREATED_DESC")]
    assert oldest[0] == str(stage.group.id)
    assert newest == oldest[::-1]


async def test_loans_are_sorted_by_age_amount_balance_arrears_and_days_overdue(
    stage: Stage,
) -> None:
    today = clock.today(stage.runtime.settings.timezone)
    for amount, status, late in (
        (900_00, "DISBURSED", 40),
        (300_00, "DISBURSED", 3),
        (500_00, "DISBURSED", -5),
        (500_00, "PENDING", 0),
        (700_00, "COMPLETED", 0),
        (100_00, "DISBURSED", 3),
    ):
        await lend(stage, amount, status, today - timedelta(late))
    group_ids = f'["{stage.group.id}"]'
    ways = [sort for sort in LoanSort if sort.value not in ("OLDEST", "NEWEST")]
    await check(stage, "loans", ways, groupIds=group_ids)
    oldest = await walk(stage, "loans", "OLDEST")
    assert [row["loanAmount"] for row in oldest[:2]] == ["900.00", "300.00"]
    assert await walk(stage, "loans", "NEWEST") == oldest[::-1]
    worst = await walk(stage, "loans", "ARREARS_DESC", stage="OVERDUE")
    assert [row["arrears"] for row in worst] == ["990.00", "330.00", "160.00"]


async def lend(stage: Stage, amount: int, status: str, due: date) -> None:
    """A loan of one instalment beside the books: lists read no more. One of 100.00 has a fine."""
    member = await stage.make.member(stage.group)
    loan = Loan(
        group_id=stage.group.id,
        member_id=member.id,
        loan_type="SHORT_TERM",
        amount=amount,
        duration_months=1,
        interest_rate=1000,
        purpose="Seeds",
        status=status,
        application_date=date(2026, 1, 5),
        applied_by=stage.officer.user_id,
        applied_at=clock.now(),
        total_interest=amount // 10,
        total_repayable=amount + amount // 10,
        annual_percentage_rate=0,
    )
    await stage.make.save(loan)
    if status != "DISBURSED":
        return
    instalment = Instalment(
        loan_id=loan.id,
        number=1,
        group_id=stage.group.id,
        due_date=due,
        principal=amount,
        interest=amount // 10,
        remaining_balance=0,
    )
    await stage.make.save(instalment)
    if amount == 100_00:
        charge = FineCharge(
            id=new_id(),
            group_id=stage.group.id,
            member_id=member.id,
            reason=FineReason.LATE_INSTALMENT.value,
            amount=50_00,
            charged_on=due,
            loan_id=loan.id,
            instalment=1,
        )
        await stage.make.save(charge)


async def test_users_are_sorted_by_name_last_sign_in_and_age(stage: Stage) -> None:
    for days in (4, 9, 4):
        seen = clock.now() - timedelta(days)
        await stage.make.officer(stage.group, last_sign_in_at=seen)
    await check(stage, "users", [sort for sort in UserSort if "CREATED" not in sort])
    created = await walk(stage, "users", "CREATED_DESC")
    assert created == sorted(created, key=lambda row: (row["createdAt"], row["id"]), reverse=True)


@pytest.mark.parametrize("other", ["NAME_DESC", "SAVINGS_ASC", "JOINED_ASC"])
async def test_a_cursor_of_another_order_is_bad_input(stage: Stage, other: str) -> None:
    query = """query Sorted($after: String, $sort: MemberSort) {
      members(first: 1, after: $after, sort: $sort) { pageInfo { endCursor } } }"""
    first = await stage.api.ask(stage.admin, query, sort=None)
    after = first["members"]["pageInfo"]["endCursor"]
    answer = await stage.api.ask(stage.admin, query, sort=other, after=after)
    assert (answer.code, answer.field) == ("BAD_INPUT", "after")
