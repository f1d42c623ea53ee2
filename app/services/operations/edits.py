"""Changing a member's fields: what they are now, and writing new ones with their trail."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from app import crypto
from app.models import Member
from app.models.base import new_id
from app.services import search
from app.services.member_privacy import OpenMember, place, seal_kin, seal_text
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import Operation


def current_values(row: Member, opened: OpenMember) -> dict[str, Any]:
    """The editable fields as plain values, by column name."""
    return {
        "member_name": row.member_name,
        "phone": opened.phone,
        "date_of_birth": opened.date_of_birth,
        "next_of_kin": opened.next_of_kin,
        "is_active": row.is_active,
    }


def apply_changes(
    state: State,
    operation: Operation,
    facts: MemberFacts,
    before: dict[str, Any],
    changes: dict[str, Any],
) -> None:
    """Writes the changes to the member's row, and who changed what to the audit log, sealed."""
    row = facts.row
    if row is None or row.wrapped_key is None:
        raise AssertionError("checked by the caller")
    key = state.keys.unwrap(row.wrapped_key, row.id)
    row.version += 1
    row.field_versions = {**row.field_versions, **dict.fromkeys(changes, row.version)}
    row.change_sequence = state.books[row.group_id].next_change()
    if "member_name" in changes:
        row.member_name = changes["member_name"]
        row.name_key = search.fold(row.member_name)[:255]
    if "phone" in changes:
        row.phone_sealed = seal_text(key, row.id, "phone", changes["phone"])
        row.phone_index = state.keys.blind_index("phone", changes["phone"])
    if "date_of_birth" in changes:
        birth: date | None = changes["date_of_birth"]
        row.birth_sealed = seal_text(key, row.id, "birth", birth.isoformat()) if birth else None
    if "next_of_kin" in changes:
        row.kin_sealed = seal_kin(key, row.id, changes["next_of_kin"])
    if "is_active" in changes:
        row.is_active = facts.is_active = changes["is_active"]
        row.left_on = None if row.is_active else state.today
    state.rows.edited[row.id] = row
    trail = orjson.dumps({name: [before[name], changes[name]] for name in changes}, default=_plain)
    state.rows.audits.append(
        (
            new_id(),
            row.group_id,
            state.now,
            operation.actor.user_id,
            "member.changed",
            row.id,
            orjson.dumps(sorted(changes)).decode(),
            crypto.seal(key, trail, place(row.id, "audit")),
        )
    )


def _plain(value: Any) -> Any:
    return str(value)
