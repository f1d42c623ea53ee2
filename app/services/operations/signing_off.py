"""Signing a month off, which locks it, and reopening the newest (docs/reconciliation.md)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.errors import DomainError, NotFound, RuleBroken
from app.models import Reconciliation
from app.models.base import new_id
from app.services.month_books import MonthBooks, month_of
from app.services.month_faults import MISSING, Fault, faults_of, figures_of
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.statements import Months, NamedMonths, load_months
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected


@dataclass(frozen=True, slots=True)
class SignReconciliation(Body):
    kind = "signReconciliation"

    group_id: UUID
    year: int
    month: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReopenReconciliation(Body):
    kind = "reopenReconciliation"

    group_id: UUID
    year: int
    month: int
    reason: str = ""


def read_signing(values: Values) -> SignReconciliation:
    year, month = int(values["year"]), int(values["month"])
    month_of(year, month)
    note = parse.clean_text(values.get("note"), "note", 2000, required=False)
    return SignReconciliation(values["group_id"], year, month, note)


def read_reopening(values: Values) -> ReopenReconciliation:
    year, month = int(values["year"]), int(values["month"])
    month_of(year, month)
    reason = parse.clean_text(values["reason"], "reason", 500)
    return ReopenReconciliation(values["group_id"], year, month, reason)


def gather_signing(
    named: Named, operation: Operation, body: SignReconciliation | ReopenReconciliation
) -> None:
    named.groups.add(body.group_id)
    named.section(NamedMonths).keys.add((body.group_id, body.year, body.month))


def _month(
    state: State, operation: Operation, body: SignReconciliation | ReopenReconciliation
) -> MonthBooks | DomainError:
    if not state.may_write(operation.actor, body.group_id):
        return NotFound("There is no such group.", field="groupId")
    return state.section(Months).books[body.group_id, body.year, body.month]


def sign_reconciliation(state: State, operation: Operation, body: SignReconciliation) -> Outcome:
    """Keeps the month's figures with the end of the hash chain, and locks the month."""
    books = _month(state, operation, body)
    if isinstance(books, DomainError):
        return rejected(books)
    faults = faults_of(books)
    error = _out_of_turn(state, books) or _unexplained(faults, body.note)
    if error is not None:
        return rejected(error)
    book = state.books[body.group_id]
    row = Reconciliation(
        id=new_id(),
        group_id=body.group_id,
        year=body.year,
        month=body.month,
        figures=figures_of(books),
        note=body.note,
        signed_by=operation.actor.user_id,
        signed_at=state.now,
        book_sequence=book.sequence,
        chain_head=book.head,
    )
    state.rows.add(row)
    books.signed = row
    _lock(state, body.group_id, books)
    return Outcome(
        APPLIED,
        row.id,
        entity=row,
        group_id=body.group_id,
        detail={
            "year": body.year,
            "month": body.month,
            "faults": [one.code for one in faults],
            "sequence": book.sequence,
        },
    )


def _out_of_turn(state: State, books: MonthBooks) -> DomainError | None:
    """Against signing this month now: signed already, not over, or an earlier one is open."""
    if books.signed is not None:
        return RuleBroken("The month is signed off.", code="ALREADY_SIGNED", field="month")
    locked = state.locked_through.get(books.group_id)
    if locked is not None and books.last <= locked:
        return RuleBroken(
            f"The books are signed off up to {locked.isoformat()}.",
            code="MONTH_LOCKED",
            field="month",
        )
    if books.last >= state.today:
        return RuleBroken("The month is not over yet.", code="MONTH_NOT_OVER", field="month")
    before = books.last_booking_before
    if locked is not None and before is not None and before > locked:
        return RuleBroken(
            f"{before:%B %Y} is not signed off yet.", code="EARLIER_MONTH_OPEN", field="month"
        )
    return None


def _unexplained(faults: list[Fault], note: str) -> DomainError | None:
    missing = [one for one in faults if one.code == MISSING]
    if missing:
        return RuleBroken(
            missing[0].message,
            code=MISSING,
            field="account",
            details=[_as_error(one) for one in missing],
        )
    if faults and not note:
        return RuleBroken(
            "Something differs or is still open: say in the note why.",
            code="DIFFERENCE_UNEXPLAINED",
            field="note",
            details=[_as_error(one) for one in faults],
        )
    return None


def _as_error(fault: Fault) -> DomainError:
    return RuleBroken(fault.message, code=fault.code, field=fault.account)


def reopen_reconciliation(
    state: State, operation: Operation, body: ReopenReconciliation
) -> Outcome:
    """Unlocks the newest signed month; what was signed stays, marked as reopened."""
    books = _month(state, operation, body)
    if isinstance(books, DomainError):
        return rejected(books)
    row = books.signed
    if row is None:
        return rejected(
            RuleBroken("The month is not signed off.", code="NOT_SIGNED", field="month")
        )
    if state.locked_through.get(body.group_id) != books.last:
        return rejected(
            RuleBroken("A later month is signed off.", code="NOT_NEWEST", field="month")
        )
    row.reopened_at, row.reopened_by = state.now, operation.actor.user_id
    row.reopen_reason = body.reason
    state.rows.put(row)
    books.signed = None
    _lock(state, body.group_id, books)
    detail = {"year": body.year, "month": body.month, "lockedThrough": books.signed_before}
    return Outcome(APPLIED, row.id, entity=row, group_id=body.group_id, detail=detail)


def _lock(state: State, group_id: UUID, books: MonthBooks) -> None:
    through = books.last if books.signed is not None else books.signed_before
    state.rows.locks[group_id] = through
    if through is None:
        state.locked_through.pop(group_id, None)
    else:
        state.locked_through[group_id] = through
    # The group's row has changed: phones fetch it, and know what is locked.
    state.books[group_id].next_change()


KINDS = (
    Kind(
        body=SignReconciliation,
        verb="books:reconcile",
        parse=read_signing,
        gather=gather_signing,
        judge=sign_reconciliation,
        audit="month.signed",
        loaders=(load_months,),
        synced=False,
    ),
    Kind(
        body=ReopenReconciliation,
        verb="books:reconcile",
        parse=read_reopening,
        gather=gather_signing,
        judge=reopen_reconciliation,
        audit="month.reopened",
        loaders=(load_months,),
        synced=False,
    ),
)
