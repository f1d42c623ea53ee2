"""Whatever happens at a meeting, its minutes, its cash and the books say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from hypothesis import given
from hypothesis import strategies as st

from app.models import Loan
from app.models.base import new_id
from app.money import format_money, parse_money
from app.runtime import Runtime
from app.services.ledger_check import verify_books
from tests.properties.budget import examples
from tests.support import meetings as at
from tests.support.api import contribute
from tests.support.stage import Stage, counts, set_stage

TRF = """query Trf($id: UUID!) { trfBalance(groupId: $id) {
  total memberSavings welfareFund projectFund externalLoans dividendsPayable suspense surplus } }"""
SIDES = (
    "memberSavings",
    "welfareFund",
    "projectFund",
    "externalLoans",
    "dividendsPayable",
    "suspense",
    "surplus",
)
CENTS = st.integers(1, 3_000_00)
KINDS = ("REGULAR", "WELFARE", "PROJECT", "FINE", "REGISTRATION", "APPRECIATION")
METHODS = ("CASH", "CASH", "MPESA", "BANK")
STATUSES = ("PRESENT", "LATE", "EXCUSED", "ABSENT")


@dataclass(frozen=True)
class Evening:
    """One meeting: all amounts in cents."""

    before: int
    banked_before: int
    brought: int
    attendance: tuple[str | None, ...]
    lines: tuple[tuple[int, str, str, int], ...]
    """(member, kind, method, cents)"""
    moves: tuple[tuple[str, str, int], ...]
    """(movement, method, cents)"""
    lent: int
    banked: int
    off: int
    """Shillings that were counted over or short."""
    cuts: tuple[int, ...]
    """Where the phone's list is cut into batches."""


EVENINGS = st.builds(
    Evening,
    before=CENTS,
    banked_before=CENTS,
    brought=st.integers(0, 2_000_00),
    attendance=st.tuples(*[st.sampled_from((*STATUSES, None))] * 3),
    lines=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.sampled_from(METHODS), CENTS),
        min_size=1,
        max_size=8,
    ).map(tuple),
    moves=st.lists(
        st.tuples(
            st.sampled_from(("EXPENSE", "OTHER_INCOME", "EXTERNAL_LOAN_RECEIVED", "TO_BANK")),
            st.sampled_from(("CASH", "MPESA")),
            CENTS,
        ),
        max_size=4,
    ).map(tuple),
    lent=st.integers(0, 2_000_00),
    banked=st.integers(0, 2_000_00),
    off=st.integers(-20, 20),
    cuts=st.lists(st.integers(0, 12), max_size=3).map(tuple),
)


async def approved_loan(stage: Stage, cents: int) -> Loan:
    loan = Loan(
        group_id=stage.group.id,
        member_id=stage.jane.id,
        loan_type="SHORT_TERM",
        amount=cents,
        duration_months=3,
        interest_rate=10_00,
        purpose="Seeds",
        status="APPROVED",
        application_date=date.fromisoformat(stage.api.today()),
        applied_by=stage.officer.user_id,
        applied_at=stage.group.created_at,
        approvals_needed=[],
        total_interest=cents // 10,
        total_repayable=cents + cents // 10,
        annual_percentage_rate=77_98,
    )
    await stage.make.save(loan)
    return loan


async def phone_of(stage: Stage, evening: Evening) -> tuple[str, list[dict[str, Any]], int]:
    """The meeting's id, what the phone kept of it in order, and the cash that should be there."""
    meeting_id = str(new_id())
    third = await stage.make.member(stage.group)
    members = [stage.jane.id, stage.john.id, third.id]
    came = zip(members, evening.attendance, strict=True)
    statuses = {member: status for member, status in came if status is not None}
    there = {"groupId": str(stage.group.id), "meetingId": meeting_id}
    operations = [
        at.opening(stage, meeting_id, broughtFromBank=format_money(evening.brought)),
        at.attendance(meeting_id, statuses),
        at.sheet(
            stage,
            meeting_id,
            *(
                at.line(kind, members[who], format_money(cents), paymentMethod=method)
                for who, kind, method, cents in evening.lines
            ),
        ),
    ]
    expected = evening.before + evening.brought
    expected += sum(cents for _, _, method, cents in evening.lines if method == "CASH")
    for movement, method, cents in evening.moves:
        values = {
            **there,
            "movement": movement,
            "paymentMethod": method,
            "amount": format_money(cents),
            "description": "As decided",
        }
        operations.append(at.synced("recordMovement", values))
        sign = 1 if movement in ("OTHER_INCOME", "EXTERNAL_LOAN_RECEIVED") else -1
        expected += sign * cents if method == "CASH" else 0
    if evening.lent:
        loan = await approved_loan(stage, evening.lent)
        values = {"loanId": str(loan.id), "meetingId": meeting_id, "paymentMethod": "CASH"}
        operations.append(at.synced("disburseLoan", values))
        expected -= evening.lent
    expected -= evening.banked
    counted = max(expected // 100 + evening.off, 0) * 100
    banked = format_money(evening.banked)
    operations.append(at.closing(meeting_id, counted, banked=banked))
    return meeting_id, operations, expected


def batches(operations: list[dict[str, Any]], cuts: tuple[int, ...]) -> list[list[dict[str, Any]]]:
    places = sorted({0, len(operations), *(cut for cut in cuts if cut < len(operations))})
    return [operations[begin:end] for begin, end in pairwise(places)]


async def hold_meeting(stage: Stage, evening: Evening) -> None:
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, format_money(evening.before)),
        contribute(stage.jane.id, format_money(evening.banked_before), paymentMethod="BANK"),
    )
    assert {one["outcome"] for one in results} == {"APPLIED"}
    meeting_id, operations, expected = await phone_of(stage, evening)
    for part in batches(operations, evening.cuts):
        for result in await at.sync(stage, *part):
            # Cash is a fact: held where a rule stands against it, never refused.
            assert result["outcome"] in ("APPLIED", "HELD"), result
    await check(stage, meeting_id, expected)
    before = await counts(stage.runtime)
    for result in await at.sync(stage, *operations):
        assert result["outcome"] in ("DUPLICATE", "HELD"), result
    assert await counts(stage.runtime) == before


async def check(stage: Stage, meeting_id: str, expected: int) -> None:
    meeting = await at.look(stage, meeting_id)
    counted = parse_money(meeting["counted"])
    assert meeting["status"] == "CLOSED"
    assert cents(meeting["expected"]) == expected
    assert cents(meeting["variance"]) == counted - expected
    assert await at.cash(stage) == counted
    minutes = meeting["minutes"]
    moved = {name: cents(minutes[name]) for name in ("brought", "cashIn", "cashOut", "banked")}
    assert cents(minutes["elsewhere"]) == 0
    assert expected == (
        cents(meeting["openingCash"])
        + moved["brought"]
        + moved["cashIn"]
        - moved["cashOut"]
        - moved["banked"]
    )
    # The minutes' totals are those of the meeting's lines in the ledger.
    answer = await stage.api.ask(stage.chair, at.LEDGER, id=meeting_id, first=100)
    lines = [edge["node"] for edge in answer["meetingLedger"]["edges"]]
    assert answer["meetingLedger"]["totalCount"] == len(lines)
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        sums[line["subcategory"], line["account"], line["category"]] += cents(line["amount"])
    totals = {
        (one["subcategory"], one["account"], one["category"]): cents(one["amount"])
        for one in minutes["totals"]
    }
    assert totals == dict(sums)
    trf = (await stage.api.ask(stage.chair, TRF, id=str(stage.group.id)))["trfBalance"]
    assert cents(trf["total"]) == sum(cents(trf[name]) for name in SIDES)
    found = await verify_books(stage.runtime, stage.group.id)
    assert not found.problems


def cents(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    return sign * parse_money(text.lstrip("-"))


STAGES: WeakKeyDictionary[Runtime, Stage] = WeakKeyDictionary()


async def another_group(runtime: Runtime) -> Stage:
    """A group of its own for each example, on the test's one database."""
    if runtime not in STAGES:
        STAGES[runtime] = await set_stage(runtime)
    first = STAGES[runtime]
    group = await first.make.group()
    return replace(
        first,
        group=group,
        officer=await first.make.officer(group),
        chair=await first.make.chair(group),
        jane=await first.make.member(group),
        john=await first.make.member(group),
    )


@examples(12)
@given(evening=EVENINGS)
async def test_cash_minutes_and_books_agree_whatever_happens_at_a_meeting(
    runtime: Runtime, evening: Evening
) -> None:
    await hold_meeting(await another_group(runtime), evening)
