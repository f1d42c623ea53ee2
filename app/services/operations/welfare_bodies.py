"""What operations on welfare payouts say, and how their input is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.operations import parse
from app.services.operations.kind import Values
from app.services.operations.signing import SignatureClaim, read_signature
from app.services.operations.types import Body


@dataclass(frozen=True, slots=True)
class RequestWelfare(Body):
    """A member asks for a payout; amount in cents."""

    kind = "requestWelfare"

    member_id: UUID
    amount: int
    reason: str
    id: UUID | None = None
    request_date: date | None = None


@dataclass(frozen=True, slots=True)
class ApproveWelfare(Body):
    """One person's approval."""

    kind = "approveWelfare"

    request_id: UUID
    notes: str | None = None
    signature: SignatureClaim | None = None
    """The chair's, made on the officer's phone."""


@dataclass(frozen=True, slots=True)
class RejectWelfare(Body):
    kind = "rejectWelfare"

    request_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class PayWelfare(Body):
    """The money was handed out. `group_id` is the phone's word that this is final; then
    `amount` and `member_id` say what was handed to whom."""

    kind = "payWelfare"

    request_id: UUID
    payment_method: str
    payment_date: date | None = None
    amount: int | None = None
    member_id: UUID | None = None
    group_id: UUID | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


def read_request(values: Values) -> RequestWelfare:
    return RequestWelfare(
        member_id=values["member_id"],
        amount=values["amount"],
        reason=parse.clean_text(values["reason"], "reason", 500),
        id=values.get("id"),
        request_date=values.get("request_date"),
    )


def read_approval(values: Values) -> ApproveWelfare:
    notes = parse.clean_text(values.get("notes"), "notes", 500, required=False)
    signature = values.get("signature")
    return ApproveWelfare(
        request_id=values["request_id"],
        notes=notes or None,
        signature=read_signature(parse.as_values(signature)) if signature is not None else None,
    )


def read_rejection(values: Values) -> RejectWelfare:
    reason = parse.clean_text(values["reason"], "reason", 500)
    return RejectWelfare(request_id=values["request_id"], reason=reason)


def read_payment(values: Values) -> PayWelfare:
    method = str(values["payment_method"])
    return PayWelfare(
        request_id=values["request_id"],
        payment_method=method,
        payment_date=values.get("payment_date"),
        amount=values.get("amount"),
        member_id=values.get("member_id"),
        group_id=values.get("group_id"),
        transaction_id=parse.read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )
