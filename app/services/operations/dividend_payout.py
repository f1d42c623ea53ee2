"""Paying members their dividends, at the meeting too (design.md: Dividends, Sync)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import DividendAllocation, DividendRun, DividendStatus, Meeting, MovementKind
from app.models.base import new_id
from app.money import format_money
from app.services.ledger import Line
from app.services.operations.dividend_figures import SAVINGS, Dividends, load_figures
from app.services.operations.dividends import INTO_SAVINGS, LINES_AT_ONCE, PAYABLE
from app.services.operations.kind import Kind, Values
from app.services.operations.money import (
    MONEY,
    amount_error,
    authority_breach,
    date_breach,
    for_single,
    hold,
    link_to_meeting,
    meeting_breach,
    money_breach,
    receipt_of,
)
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected


@dataclass(frozen=True, slots=True)
class PayDividends(Body):
    """Pays members their shares; no members: all who are not paid yet. `amount` (cents) is what
    a phone says was handed out, `group_id` its word that this is final."""

    kind = "payDividends"

    run_id: UUID
    payout: str
    members: tuple[UUID, ...] = ()
    day: date | None = None
    meeting_id: UUID | None = None
    amount: int | None = None
    group_id: UUID | None = None


def read_payout(values: Values) -> PayDividends:
    members = tuple(values.get("member_ids") or ())
    if len(members) > LINES_AT_ONCE:
        raise BadInput(f"At most {LINES_AT_ONCE} members at a time.", field="memberIds")
    return PayDividends(
        run_id=values["dividend_run_id"],
        payout=str(values["payout"]),
        members=members,
        day=values.get("date"),
        meeting_id=values.get("meeting_id"),
        amount=values.get("amount"),
        group_id=values.get("group_id"),
    )


def gather_payout(named: Named, operation: Operation, body: PayDividends) -> None:
    named.subject(DividendRun, body.run_id)
    named.subject(Meeting, body.meeting_id)
    named.members.update(body.members)
    if body.group_id is not None:
        named.groups.add(body.group_id)


def pay_dividends(state: State, operation: Operation, body: PayDividends) -> Outcome:
    """Pays shares in money or into savings, each member once; the last one makes it PAID.

    Money that a phone handed out is HELD where a rule stands against it; into savings nothing
    was handed out, and it is refused.
    """
    cash = body.payout != INTO_SAVINGS
    if operation.synced and cash and not body.members:
        return rejected(BadInput("Say who was paid.", field="memberIds"))
    run = state.subject(DividendRun, body.run_id)
    if run is None or not state.ever_served(operation.actor, run.group_id):
        return _without_run(state, operation, body)
    rows = unpaid_shares(state, run, body)
    breach = _breach(state, operation, body, run, rows)
    if breach is None and not isinstance(rows, DomainError):
        return _pay(state, operation, body, run, rows)
    if breach is None:
        raise AssertionError("a refusal is a breach")
    if operation.synced and cash:
        reason = "UNKNOWN_MEMBER" if breach.code == NotFound.code else breach.code
        return _hold(state, operation, body, run.group_id, _claimed(state, run, body), reason)
    if breach.code == "OFFICER_UNASSIGNED":
        return rejected(unknown_run(operation))
    return rejected(breach if operation.synced else for_single(breach, operation))


def unknown_run(operation: Operation) -> DomainError:
    code = "UNKNOWN_RUN" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such dividend run.", code=code, field="dividendRunId")


def _without_run(state: State, operation: Operation, body: PayDividends) -> Outcome:
    """Money that a phone handed out for a run that the server does not know."""
    final = operation.synced and body.group_id is not None and body.payout != INTO_SAVINGS
    if not final or body.group_id is None:
        return rejected(unknown_run(operation))
    if not state.ever_served(operation.actor, body.group_id):
        error = NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId")
        return rejected(error)
    return _hold(state, operation, body, body.group_id, body.amount or 0, "UNKNOWN_RUN")


def _breach(
    state: State,
    operation: Operation,
    body: PayDividends,
    run: DividendRun,
    rows: list[DividendAllocation] | DomainError,
) -> DomainError | None:
    """The first rule that stands against paying now."""
    error = authority_breach(state, operation, run.group_id, "dividendRunId")
    if error is not None:
        return error
    if isinstance(rows, DomainError):
        return rows
    total = sum(row.amount for row in rows)
    error = date_breach(state, run.group_id, body.day, "date") or meeting_breach(
        state, operation, run.group_id, body.meeting_id
    )
    if error is None and body.payout != INTO_SAVINGS:
        error = money_breach(state, run.group_id, body.payout, total, "payout")
    if error is None and body.amount is not None and body.amount != total:
        error = RuleBroken("The shares are another amount.", code="OTHER_AMOUNT", field="amount")
    return error


def _claimed(state: State, run: DividendRun, body: PayDividends) -> int:
    """What was handed out: as the phone says, or the shares of those it names."""
    if body.amount is not None:
        return body.amount
    rows = state.section(Dividends).allocations.get(run.id, ())
    return sum(row.amount for row in rows if row.member_id in body.members)


def _hold(
    state: State, operation: Operation, body: PayDividends, group_id: UUID, amount: int, reason: str
) -> Outcome:
    wrong = amount_error(amount)
    if wrong is not None:
        return rejected(wrong)
    only = body.members[0] if len(body.members) == 1 else None
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=-amount,
        method=body.payout,
        claim={
            "dividendRunId": body.run_id,
            "memberId": only,
            "memberIds": list(body.members),
            "amount": format_money(amount),
            "paymentMethod": body.payout,
            "date": body.day,
        },
        valued=body.day,
        meeting_id=body.meeting_id,
    )


def _pay(
    state: State,
    operation: Operation,
    body: PayDividends,
    run: DividendRun,
    rows: list[DividendAllocation],
) -> Outcome:
    when = body.day or state.today
    paid = sum(row.amount for row in rows)
    lines: list[Line] = []
    for row in rows:
        lines.append(Line(PAYABLE, row.amount, None, row.member_id))
        if body.payout == INTO_SAVINGS:
            lines.append(Line(SAVINGS, -row.amount, None, row.member_id))
        else:
            lines.append(Line(MONEY[body.payout], -row.amount, "dividend", row.member_id))
    payout_id = new_id()
    kind = MovementKind.DIVIDEND_PAYOUT.value
    receipt = receipt_of(operation, payout_id)
    entry_id = state.post(operation, run.group_id, kind, receipt, lines, booked=when)
    link_to_meeting(state, run.group_id, body.meeting_id, entry_id)
    mark_shares(state, run, rows, body.payout, when, entry_id)
    return Outcome(
        APPLIED,
        run.id,
        receipt,
        entity=run,
        group_id=run.group_id,
        audit_id=entry_id,
        detail={
            "payout": body.payout,
            "members": len(rows),
            "amount": paid,
        },
    )


def mark_shares(
    state: State,
    run: DividendRun,
    rows: list[DividendAllocation],
    payout: str,
    day: date,
    entry_id: UUID,
) -> None:
    """The shares are paid by that entry; with the last one the run is PAID."""
    for row in rows:
        row.payout, row.paid_on, row.paid_entry_id = payout, day, entry_id
        state.rows.put(row)
    every = state.section(Dividends).allocations[run.id]
    if all(row.paid_entry_id is not None or row.amount == 0 for row in every):
        run.status = DividendStatus.PAID.value
    state.touch(run)


def unpaid_shares(
    state: State, run: DividendRun, body: PayDividends
) -> list[DividendAllocation] | DomainError:
    """The shares that are to be paid: of those named, or all that are left; NOT_POSTED,
    NOT_FOUND, ALREADY_PAID."""
    if run.status not in (DividendStatus.POSTED.value, DividendStatus.PAID.value):
        return RuleBroken("The run is not posted.", code="NOT_POSTED", field="dividendRunId")
    rows = {row.member_id: row for row in state.section(Dividends).allocations[run.id]}
    unknown = [one for one in body.members if one not in rows]
    if unknown:
        return NotFound("There is no such member in the run.", field="memberIds")
    chosen = [rows[one] for one in dict.fromkeys(body.members)] or list(rows.values())
    found = [row for row in chosen if row.paid_entry_id is None and row.amount]
    if len(found) < len(chosen) and body.members:
        return RuleBroken("A member is paid already.", code="ALREADY_PAID", field="memberIds")
    if not found:
        return RuleBroken("Everybody is paid already.", code="ALREADY_PAID", field="dividendRunId")
    return found[:LINES_AT_ONCE]


KINDS = (
    Kind(
        body=PayDividends,
        verb="transactions:create",
        parse=read_payout,
        gather=gather_payout,
        judge=pay_dividends,
        audit="dividends.paid",
        held="dividends.payout_held",
        loaders=(load_figures,),
    ),
)
