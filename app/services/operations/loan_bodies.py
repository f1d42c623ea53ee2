"""What operations on loans say, and how their input is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import BadInput
from app.services.operations import parse
from app.services.operations.kind import Values
from app.services.operations.signing import SignatureClaim, read_signature
from app.services.operations.types import Body

MOST_WITNESSES = 10


@dataclass(frozen=True, slots=True)
class ApplyForLoan(Body):
    """An application; amount in cents."""

    kind = "applyForLoan"

    member_id: UUID
    loan_type: str
    amount: int
    duration_months: int
    purpose: str
    witnesses: tuple[UUID, ...]
    id: UUID | None = None
    id_documents: tuple[UUID, ...] = ()
    grace_months: int = 0
    application_date: date | None = None


@dataclass(frozen=True, slots=True)
class ApproveLoan(Body):
    """One person's approval."""

    kind = "approveLoan"

    loan_id: UUID
    notes: str | None = None
    signature: SignatureClaim | None = None
    """The chair's, made on the officer's phone."""


@dataclass(frozen=True, slots=True)
class RejectLoan(Body):
    kind = "rejectLoan"

    loan_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class DisburseLoan(Body):
    """The loan's money was handed out. `group_id` is the phone's word that this is final."""

    kind = "disburseLoan"

    loan_id: UUID
    payment_method: str
    disbursement_date: date | None = None
    amount: int | None = None
    """What was handed out, for a phone whose loan the server does not know."""
    group_id: UUID | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RecordRepayment(Body):
    """Money paid on a loan; amount in cents."""

    kind = "recordRepayment"

    loan_id: UUID
    amount: int
    payment_method: str
    id: UUID | None = None
    group_id: UUID | None = None
    payment_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WriteOffLoan(Body):
    kind = "writeOffLoan"

    loan_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class ChargeLateFines(Body):
    """Charges what is late in a group today."""

    kind = "chargeLateFines"

    group_id: UUID


def read_application(values: Values) -> ApplyForLoan:
    witnesses = tuple(values["witnesses"])
    documents = tuple(values.get("id_documents") or ())
    if len(witnesses) > MOST_WITNESSES:
        raise BadInput(f"At most {MOST_WITNESSES} witnesses.", field="witnesses")
    if len(documents) > MOST_WITNESSES:
        raise BadInput("Name the two sides of the ID.", field="idDocuments")
    return ApplyForLoan(
        member_id=values["member_id"],
        loan_type=str(values["loan_type"]),
        amount=values["amount"],
        duration_months=int(values["duration_months"]),
        purpose=parse.clean_text(values["purpose"], "purpose", 500),
        witnesses=witnesses,
        id=values.get("id"),
        id_documents=documents,
        grace_months=int(values.get("grace_months") or 0),
        application_date=values.get("application_date"),
    )


def read_approval(values: Values) -> ApproveLoan:
    notes = parse.clean_text(values.get("notes"), "approvalNotes", 500, required=False)
    signature = values.get("signature")
    return ApproveLoan(
        loan_id=values["loan_id"],
        notes=notes or None,
        signature=read_signature(parse.as_values(signature)) if signature is not None else None,
    )


def read_rejection(values: Values) -> RejectLoan:
    reason = parse.clean_text(values["reason"], "reason", 500)
    return RejectLoan(loan_id=values["loan_id"], reason=reason)


def read_disbursement(values: Values) -> DisburseLoan:
    method = str(values["payment_method"])
    return DisburseLoan(
        loan_id=values["loan_id"],
        payment_method=method,
        disbursement_date=values.get("disbursement_date"),
        amount=values.get("amount"),
        group_id=values.get("group_id"),
        transaction_id=parse.read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )


def read_repayment(values: Values) -> RecordRepayment:
    method = str(values["payment_method"])
    return RecordRepayment(
        loan_id=values["loan_id"],
        amount=values["amount"],
        payment_method=method,
        id=values.get("id"),
        group_id=values.get("group_id"),
        payment_date=values.get("payment_date"),
        transaction_id=parse.read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )


def read_write_off(values: Values) -> WriteOffLoan:
    reason = parse.clean_text(values["reason"], "reason", 500)
    return WriteOffLoan(loan_id=values["loan_id"], reason=reason)


def read_late_fines(values: Values) -> ChargeLateFines:
    return ChargeLateFines(group_id=values["group_id"])
