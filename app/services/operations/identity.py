"""Saying that a member's papers were looked at (design.md, Loans)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app import crypto
from app.errors import DomainError, RuleBroken
from app.models import IdentityCheck
from app.models.base import new_id
from app.services.member_privacy import place
from app.services.operations import parse
from app.services.operations.documents import (
    PAPERS,
    Papers,
    load_papers,
    served_member,
    set_verified,
)
from app.services.operations.kind import Kind, Values
from app.services.operations.named import Named
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

SIDES = {"ID_FRONT": "front", "ID_BACK": "back"}


@dataclass(frozen=True, slots=True)
class VerifyIdentity(Body):
    """The actor has looked at the member's papers."""

    kind = "verifyIdentity"
    added = frozenset({"method"})

    member_id: UUID
    notes: str | None = None
    method: str | None = None
    """An IdentityMethod; None where it is not said."""


def read_verification(values: Values) -> VerifyIdentity:
    notes = parse.clean_text(values.get("notes"), "notes", 500, required=False)
    method = values.get("method")
    return VerifyIdentity(
        member_id=values["member_id"],
        notes=notes or None,
        method=str(method) if method is not None else None,
    )


def gather_verification(named: Named, operation: Operation, body: VerifyIdentity) -> None:
    named.members.add(body.member_id)
    named.edited.add(body.member_id)
    named.links = True


def verify_identity(state: State, operation: Operation, body: VerifyIdentity) -> Outcome:
    """Keeps who looked, when and how; nobody vouches for themselves. Again changes nothing."""
    facts = served_member(state, operation, body.member_id)
    if isinstance(facts, DomainError):
        return rejected(facts)
    if state.member_of_user.get(operation.actor.user_id) == body.member_id:
        return rejected(
            RuleBroken("Nobody verifies their own identity.", code="OWN_IDENTITY", field="memberId")
        )
    papers = state.section(Papers).of_member.get(body.member_id, {})
    lacking = [kind for kind in PAPERS if kind not in papers]
    if lacking:
        return rejected(_id_missing(lacking))
    if not facts.id_verified:
        _keep_check(state, operation, facts, body, [papers[kind] for kind in PAPERS])
        set_verified(state, facts, verified=True)
        state.audit(operation, "identity.verified", facts.group_id, body.member_id)
    return Outcome(APPLIED, body.member_id, entity=facts.row, group_id=facts.group_id)


def _id_missing(lacking: list[str]) -> RuleBroken:
    details: list[DomainError] = [
        RuleBroken(
            f"There is no picture of the {SIDES[kind]} of the ID.",
            code=f"{kind}_MISSING",
            field="memberId",
        )
        for kind in lacking
    ]
    words = "Pictures of both sides of the ID are needed first."
    return RuleBroken(words, code="ID_MISSING", field="memberId", details=details)


def _keep_check(
    state: State, operation: Operation, facts: MemberFacts, body: VerifyIdentity, seen: list[UUID]
) -> None:
    row = facts.row
    if row is None or row.wrapped_key is None:
        raise AssertionError("checked by the caller")
    check_id = new_id()
    notes = (body.notes or "").encode()
    key = state.keys.unwrap(row.wrapped_key, row.id)
    state.make(
        IdentityCheck(
            id=check_id,
            group_id=facts.group_id,
            member_id=row.id,
            checked_by=operation.actor.user_id,
            checked_at=state.now,
            method=body.method,
            documents=[str(document_id) for document_id in seen],
            notes_sealed=crypto.seal(key, notes, place(check_id, "notes")) if notes else None,
        )
    )


KINDS = (
    Kind(
        body=VerifyIdentity,
        verb="members:verify",
        parse=read_verification,
        gather=gather_verification,
        judge=verify_identity,
        loaders=(load_papers,),
    ),
)
