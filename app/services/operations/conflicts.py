"""Edits that clashed: shown in the review inbox until the officer or the office settles them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from app import crypto
from app.crypto import KeyRing
from app.errors import DomainError, NotFound
from app.models import Member, ReviewItem, ReviewKind, ReviewStatus
from app.services.member_privacy import Kin, open_member, place
from app.services.operations.edits import apply_changes, current_values
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation

RESOLVED = "RESOLVED"
"""The decision of an item that the officer settled on the phone."""


def conflict_id(operation_id: UUID) -> UUID:
    """The item of an operation: sent again in conflict, it is the same item."""
    return uuid.uuid5(operation_id, "conflict")


def gather_conflict(named: Named, operation: Operation) -> None:
    if operation.synced and operation.offline_sync_id is not None:
        named.subject(ReviewItem, conflict_id(operation.offline_sync_id))


def note_conflict(
    state: State, operation: Operation, row: Member, changes: dict[str, Any], base_version: int
) -> None:
    """Puts the clash into the inbox; what the officer wanted is sealed with the member's key."""
    if not operation.synced or operation.offline_sync_id is None or row.wrapped_key is None:
        return
    item_id = conflict_id(operation.offline_sync_id)
    key = state.keys.unwrap(row.wrapped_key, row.id)
    sealed = crypto.seal(key, orjson.dumps(changes, default=str), place(item_id, "conflict"))
    claim = orjson.dumps(
        {
            "operation": operation.kind,
            "memberId": row.id,
            "baseVersion": base_version,
            "fields": sorted(changes),
        },
        default=str,
    ).decode()
    known = state.subject(ReviewItem, item_id)
    if known is not None:
        known.claim, known.sealed = claim, sealed
        known.status = ReviewStatus.OPEN.value
        known.decision = None
        state.touch(known)
        return
    state.make(
        ReviewItem(
            id=item_id,
            group_id=row.group_id,
            operation_id=operation.offline_sync_id,
            reason="CONFLICT",
            amount=0,
            claim=claim,
            officer_id=operation.actor.user_id,
            created_at=state.now,
            kind=ReviewKind.CONFLICT.value,
            subject_id=row.id,
            sealed=sealed,
            change_sequence=state.books[row.group_id].next_change(),
        )
    )


def settle_conflict(state: State, operation: Operation) -> None:
    """The officer sent the edit again and it merged: there is nothing left to decide."""
    if operation.offline_sync_id is None:
        return
    item = state.subject(ReviewItem, conflict_id(operation.offline_sync_id))
    if item is None or item.status == ReviewStatus.DECIDED.value:
        return
    item.status = ReviewStatus.DECIDED.value
    item.decision = RESOLVED
    item.decided_by = operation.actor.user_id
    item.decided_at = state.now
    state.touch(item)


def apply_conflict(state: State, operation: Operation, item: ReviewItem) -> DomainError | None:
    """Takes the officer's version of the fields over the register's."""
    facts = state.members.get(item.subject_id) if item.subject_id is not None else None
    if facts is None or facts.row is None or facts.row.wrapped_key is None or item.sealed is None:
        return NotFound("The member is no longer in the register.", field="itemId")
    row = facts.row
    wanted = wanted_of(state.keys, row, item)
    before = current_values(row, open_member(state.keys, row))
    changes = {name: value for name, value in wanted.items() if before[name] != value}
    if changes:
        apply_changes(state, operation, facts, before, changes)
    return None


def wanted_of(keys: KeyRing, row: Member, item: ReviewItem) -> dict[str, Any]:
    """What the officer wants of the member, by column name; nothing once the key is destroyed."""
    if row.wrapped_key is None or item.sealed is None:
        return {}
    key = keys.unwrap(row.wrapped_key, row.id)
    return _typed(orjson.loads(crypto.unseal(key, item.sealed, place(item.id, "conflict"))))


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("date_of_birth"):
        values["date_of_birth"] = date.fromisoformat(values["date_of_birth"])
    if "next_of_kin" in values:
        values["next_of_kin"] = tuple(Kin(**one) for one in values["next_of_kin"])
    return values
