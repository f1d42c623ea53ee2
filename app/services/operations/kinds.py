"""All kinds of operations, by their names in syncBatch and by their bodies.

A new kind is a module of its own with a tuple KINDS, and a line here.
"""

from __future__ import annotations

from app.services.operations import (
    contributions,
    dividend_payout,
    dividends,
    documents,
    fines,
    identity,
    loan_corrections,
    loan_disbursement,
    loans,
    meeting_close,
    meetings,
    members,
    missed_savings,
    movements,
    opening,
    positions,
    repayments,
    reversal,
    reviews,
    sheets,
    signing_off,
    statement_lines,
    statements,
    welfare,
    welfare_payout,
    withdrawals,
)
from app.services.operations.kind import Kind
from app.services.operations.types import Body

ALL: tuple[Kind, ...] = (
    *members.KINDS,
    *documents.KINDS,
    *identity.KINDS,
    *contributions.KINDS,
    *positions.KINDS,
    *loans.KINDS,
    *loan_disbursement.KINDS,
    *repayments.KINDS,
    *loan_corrections.KINDS,
    *movements.KINDS,
    *meetings.KINDS,
    *meeting_close.KINDS,
    *sheets.KINDS,
    *withdrawals.KINDS,
    *fines.KINDS,
    *missed_savings.KINDS,
    *opening.KINDS,
    *welfare.KINDS,
    *welfare_payout.KINDS,
    *dividends.KINDS,
    *dividend_payout.KINDS,
    *reversal.KINDS,
    *reviews.KINDS,
    *statements.KINDS,
    *statement_lines.KINDS,
    *signing_off.KINDS,
)
BY_NAME: dict[str, Kind] = {kind.body.kind: kind for kind in ALL}
BY_BODY: dict[type[Body], Kind] = {kind.body: kind for kind in ALL}
