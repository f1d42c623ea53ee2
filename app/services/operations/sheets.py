"""The collection sheet of a meeting: many payments written on one page.

A sheet is no operation of its own: before anything is applied it is unfolded into the ordinary
contributions and repayments, so that every line goes by the one set of rules, stands or falls
alone, and has a receipt and an idempotency key of its own. Afterwards the results are folded
into one.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.errors import BadInput, DomainError, RuleBroken
from app.models import CollectionKind
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.loan_bodies import RecordRepayment, read_repayment
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import (
    APPLIED,
    DUPLICATE,
    HELD,
    REJECTED,
    Body,
    Operation,
    Outcome,
    RecordContribution,
    rejected,
)

MOST_LINES = 500
REPAYMENT = CollectionKind.REPAYMENT.value


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: its own offlineSyncId where it has one, and what it says or why it says nothing."""

    offline_sync_id: UUID | None
    body: RecordContribution | RecordRepayment | None
    error: DomainError | None = None


@dataclass(frozen=True, slots=True)
class CollectionSheet(Body):
    """The payments taken at a meeting."""

    kind = "submitCollectionSheet"

    meeting_id: UUID
    lines: tuple[SheetLine, ...]


def read_sheet(values: Values) -> CollectionSheet:
    """A sheet from the fields of SubmitCollectionSheetInput. A line that cannot be read keeps its
    place; BAD_INPUT for a sheet without lines, or with too many."""
    sent = values["lines"]
    if not 1 <= len(sent) <= MOST_LINES:
        raise BadInput(f"A sheet has 1 to {MOST_LINES} lines.", field="lines")
    return CollectionSheet(values["meeting_id"], tuple(_read_line(values, line) for line in sent))


def _read_line(sheet: Values, line: Any) -> SheetLine:
    if isinstance(line, UnreadLine):
        return SheetLine(line.offline_sync_id, None, line.error)
    values = parse.as_values(line)
    own: UUID | None = values.get("offline_sync_id")
    try:
        return SheetLine(own, _read_body(sheet, values))
    except DomainError as error:
        return SheetLine(own, None, error)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line of a phone's sheet that is malformed: what schema/coercion.py found."""

    offline_sync_id: UUID | None
    error: BadInput


def _read_body(sheet: Values, line: Values) -> RecordContribution | RecordRepayment:
    """The ordinary operation that the line is."""
    collected: date = sheet["collection_date"]
    common = {
        "id": line.get("id"),
        "amount": line["amount"],
        "payment_method": line["payment_method"],
        "transaction_id": line.get("transaction_id"),
        "group_id": sheet.get("group_id"),
        "meeting_id": sheet["meeting_id"],
    }
    kind = str(line["kind"])
    if kind == REPAYMENT:
        if line.get("loan_id") is None:
            raise BadInput("Say which loan is paid.", field="loanId")
        return read_repayment({**common, "loan_id": line["loan_id"], "payment_date": collected})
    if line.get("member_id") is None:
        raise BadInput("Say who pays.", field="memberId")
    return parse.contribution(
        {
            **common,
            "member_id": line["member_id"],
            "contribution_type": kind,
            "contribution_date": collected,
        }
    )


def unfold(operation: Operation) -> list[Operation | DomainError]:
    """The operations that this one stands for: of a sheet its lines, of any other itself.

    A line without an id of its own gets one from the sheet's id and its place, counted from 0.
    """
    sheet = operation.body
    if not isinstance(sheet, CollectionSheet):
        return [operation]
    return [
        Operation(operation.actor, line.body, _id_of(operation, place), operation.synced)
        if line.body is not None
        else line.error or BadInput("The line is empty.", field="lines")
        for place, line in enumerate(sheet.lines)
    ]


def line_id(sheet_id: UUID, place: int) -> UUID:
    """The offlineSyncId of a line that has none: UUIDv5 of its place in the sheet's namespace."""
    return uuid.uuid5(sheet_id, str(place))


def _id_of(operation: Operation, place: int) -> UUID | None:
    sheet = operation.body
    own = sheet.lines[place].offline_sync_id if isinstance(sheet, CollectionSheet) else None
    if own is not None or operation.offline_sync_id is None:
        return own
    return line_id(operation.offline_sync_id, place)


def fold(operation: Operation, outcomes: Sequence[Outcome]) -> Outcome:
    """One result from those of the operations that `unfold` made."""
    sheet = operation.body
    if not isinstance(sheet, CollectionSheet):
        return outcomes[0]
    lines = [(_id_of(operation, place), outcome) for place, outcome in enumerate(outcomes)]
    outcome = _as_one(outcomes)
    if any(one.outcome != REJECTED for one in outcomes):
        outcome.entity_id = sheet.meeting_id
    outcome.lines = lines
    outcome.totals = _totals(sheet, outcomes)
    return outcome


def _as_one(outcomes: Sequence[Outcome]) -> Outcome:
    """REJECTED while a single line is refused: a phone must not think the page is done with."""
    found = {outcome.outcome for outcome in outcomes}
    refused = [outcome.error for outcome in outcomes if outcome.outcome == REJECTED]
    if refused:
        return rejected(
            RuleBroken(
                f"{len(refused)} of {len(outcomes)} lines were refused; the others are in the "
                "books. Correct those and send the sheet again.",
                code="LINES_REFUSED",
                field="lines",
                details=[error for error in refused if error is not None],
            )
        )
    if HELD in found:
        return Outcome(
            HELD,
            error=RuleBroken(
                "Some lines wait for the office; the money is in the books.",
                code="LINES_HELD",
                field="lines",
            ),
        )
    return Outcome(APPLIED if APPLIED in found else DUPLICATE)


def _totals(sheet: CollectionSheet, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Cents by kind and payment method: in their place, and held for the office."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for line, outcome in zip(sheet.lines, outcomes, strict=True):
        body = line.body
        if body is None or outcome.outcome == REJECTED:
            continue
        kind = REPAYMENT if isinstance(body, RecordRepayment) else body.contribution_type
        row = sums.setdefault(
            (kind, body.payment_method),
            {
                "kind": kind,
                "payment_method": body.payment_method,
                "count": 0,
                "amount": 0,
                "held": 0,
            },
        )
        row["count"] += 1
        row["held" if outcome.outcome == HELD else "amount"] += body.amount
    return [sums[key] for key in sorted(sums)]


def _gather_nothing(named: Named, operation: Operation, body: CollectionSheet) -> None:
    """Its lines say what they name."""


def _never(state: State, operation: Operation, body: CollectionSheet) -> Outcome:
    raise AssertionError("a sheet is unfolded before it is applied")


KINDS = (
    Kind(
        body=CollectionSheet,
        verb="transactions:create",
        parse=read_sheet,
        gather=_gather_nothing,
        judge=_never,
    ),
)
