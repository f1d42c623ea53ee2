"""Rules of the register: registration and edits (design.md: Access, Sync)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound, RuleBroken, VersionConflict
from app.models import GroupStatus, Member
from app.models.base import new_id
from app.services import search
from app.services.member_privacy import Kin, open_member, seal_kin, seal_text
from app.services.operations import parse
from app.services.operations.conflicts import gather_conflict, note_conflict, settle_conflict
from app.services.operations.edits import apply_changes, current_values
from app.services.operations.kind import Kind
from app.services.operations.named import Named
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import (
    APPLIED,
    CONFLICT,
    Operation,
    Outcome,
    RegisterMember,
    UpdateMember,
    rejected,
)

INPUT_NAMES = {
    "member_name": "memberName",
    "phone": "phone",
    "date_of_birth": "dateOfBirth",
    "next_of_kin": "nextOfKin",
    "is_active": "isActive",
}


def gather_registration(named: Named, operation: Operation, body: RegisterMember) -> None:
    named.groups.add(body.group_id)
    named.registered.append(body.id_number)
    if body.id is not None:
        named.made.add(body.id)
        named.members.add(body.id)


def gather_edit(named: Named, operation: Operation, body: UpdateMember) -> None:
    named.members.add(body.id)
    named.edited.add(body.id)
    gather_conflict(named, operation)


def register_member(state: State, operation: Operation, body: RegisterMember) -> Outcome:
    """Adds a member to a group that the actor serves now; a person is a member of one group."""
    if not state.may_write(operation.actor, body.group_id):
        code = "UNKNOWN_GROUP" if operation.synced else "NOT_FOUND"
        return rejected(NotFound("There is no such group.", code=code, field="groupId"))
    error = _registration_error(state, body)
    if error is not None:
        return rejected(error)
    member_id = body.id or new_id()
    row = _new_member(state, operation, body, member_id)
    state.members[member_id] = MemberFacts(body.group_id, True, row)
    state.taken_ids.add(member_id)
    index = state.keys.blind_index("id_number", body.id_number)
    state.people.setdefault(index, []).append((body.group_id, member_id))
    state.rows.members.append(tuple(getattr(row, name) for name in MEMBER_COLUMNS))
    state.rows.tokens.extend(search.token_rows("member", member_id, body.member_name))
    for image in body.images:
        state.rows.documents.append(
            (
                image.id,
                body.group_id,
                member_id,
                image.kind,
                image.content_type,
                len(image.data),
                image.sha256,
                state.now,
                operation.actor.user_id,
            )
        )
    return Outcome(APPLIED, member_id, entity=row, group_id=body.group_id)


def _registration_error(state: State, body: RegisterMember) -> DomainError | None:
    if state.group_status[body.group_id] != GroupStatus.ACTIVE.value:
        return RuleBroken("The group is not active.", code="GROUP_INACTIVE", field="groupId")
    if body.registration_date is not None and body.registration_date > state.today:
        return BadInput("The date is in the future.", field="registrationDate")
    if body.date_of_birth is not None and body.date_of_birth >= state.today:
        return BadInput("The date of birth is not in the past.", field="dateOfBirth")
    if body.id is not None and body.id in state.taken_ids:
        return RuleBroken("This id names another record already.", code="ID_REUSED", field="id")
    same = state.people.get(state.keys.blind_index("id_number", body.id_number), [])
    if any(group_id == body.group_id for group_id, _ in same) or (
        same and not state.person_in_two_groups
    ):
        return RuleBroken(
            "Somebody with this ID number is registered already.",
            code="ID_NUMBER_TAKEN",
            field="idNumber",
        )
    return None


def _new_member(
    state: State, operation: Operation, body: RegisterMember, member_id: UUID
) -> Member:
    birth = body.date_of_birth
    return Member(
        id=member_id,
        group_id=body.group_id,
        member_name=body.member_name,
        name_key=search.fold(body.member_name)[:255],
        wrapped_key=state.keys.wrap(body.key, member_id),
        id_number_sealed=seal_text(body.key, member_id, "id_number", body.id_number),
        id_number_index=state.keys.blind_index("id_number", body.id_number),
        phone_sealed=seal_text(body.key, member_id, "phone", body.phone),
        phone_index=state.keys.blind_index("phone", body.phone),
        birth_sealed=seal_text(body.key, member_id, "birth", birth.isoformat()) if birth else None,
        kin_sealed=seal_kin(body.key, member_id, body.next_of_kin),
        registration_date=body.registration_date or state.today,
        latitude=body.latitude,
        longitude=body.longitude,
        geo_accuracy=body.accuracy,
        version=1,
        field_versions={},
        change_sequence=state.books[body.group_id].next_change(),
        created_at=state.now,
        created_by=operation.actor.user_id,
    )


def update_member(state: State, operation: Operation, body: UpdateMember) -> Outcome:
    """Merges the changes; a field that somebody else changed since `base_version` is a CONFLICT.

    A field changed to the same value on both sides is no clash.
    """
    facts = state.members.get(body.id)
    if facts is None or facts.row is None or not state.may_write(operation.actor, facts.group_id):
        code = "UNKNOWN_MEMBER" if operation.synced else "NOT_FOUND"
        return rejected(NotFound("There is no such member.", code=code, field="id"))
    row = facts.row
    if row.wrapped_key is None:
        return rejected(NotFound("There is no such member.", field="id"))
    if not 1 <= body.base_version <= row.version:
        return rejected(BadInput("There is no such version of the member.", field="baseVersion"))
    birth = body.changes.get("date_of_birth")
    if birth is not None and birth >= state.today:
        return rejected(BadInput("The date of birth is not in the past.", field="dateOfBirth"))
    before = current_values(row, open_member(state.keys, row))
    changes = {name: value for name, value in body.changes.items() if before[name] != value}
    clashes = [name for name in changes if row.field_versions.get(name, 1) > body.base_version]
    if clashes:
        note_conflict(state, operation, row, changes, body.base_version)
        current = as_json(row, before)
        message = "Somebody else changed this member in the meantime."
        error = VersionConflict(message, current)
        error.field = INPUT_NAMES[clashes[0]]
        return Outcome(CONFLICT, row.id, error=error, current=current)
    if changes:
        apply_changes(state, operation, facts, before, changes)
    settle_conflict(state, operation)
    return Outcome(APPLIED, row.id, entity=row, group_id=row.group_id)


def as_json(row: Member, values: dict[str, Any]) -> dict[str, Any]:
    """The server's copy for `current`, in the names of GroupMember."""
    kin: tuple[Kin, ...] = values["next_of_kin"]
    birth: date | None = values["date_of_birth"]
    return {
        "id": str(row.id),
        "version": row.version,
        "memberName": values["member_name"],
        "phone": values["phone"],
        "dateOfBirth": birth.isoformat() if birth else None,
        "nextOfKin": [
            {
                "name": one.name,
                "relationship": one.relationship,
                "phone": one.phone,
                "idNumber": one.id_number,
            }
            for one in kin
        ],
        "isActive": values["is_active"],
    }


MEMBER_COLUMNS = (
    "id",
    "group_id",
    "member_name",
    "name_key",
    "wrapped_key",
    "id_number_sealed",
    "id_number_index",
    "phone_sealed",
    "phone_index",
    "birth_sealed",
    "kin_sealed",
    "registration_date",
    "is_active",
    "id_verified",
    "latitude",
    "longitude",
    "geo_accuracy",
    "version",
    "field_versions",
    "change_sequence",
    "created_at",
    "created_by",
)

KINDS = (
    Kind(
        body=RegisterMember,
        verb="members:create",
        parse=parse.registration,
        gather=gather_registration,
        judge=register_member,
        audit="member.registered",
    ),
    Kind(
        body=UpdateMember,
        verb="members:update",
        parse=parse.member_update,
        gather=gather_edit,
        judge=update_member,
    ),
)
