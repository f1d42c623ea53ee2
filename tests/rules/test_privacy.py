"""Personal data at rest: sealed everywhere, unreadable once the key is gone (design.md, Access)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from app.crypto import DecryptionError, KeyRing, unseal
from app.models import AuditLog, Member
from app.runtime import Runtime
from app.services.member_privacy import open_member, place, seal_text
from tests.support.api import contribute, edit, register
from tests.support.stage import Stage, erase

SECRETS = {
    "idNumber": "39876543",
    "phone": "+254733111222",
    "dateOfBirth": "1991-07-23",
}
KIN = {
    "name": "Zawadi Muthoni",
    "relationship": "Stepdaughter",
    "phone": "+254744555666",
    "idNumber": "28765432",
}
MEMBER = (
    "query M($id: UUID!) { member(id: $id) { memberName idNumber phone dateOfBirth "
    "nextOfKin { name relationship phone idNumber } } }"
)


async def everything_stored(runtime: Runtime) -> list[tuple[str, str]]:
    """Every value of every column of every table, as text, with its place."""
    found: list[tuple[str, str]] = []
    async with runtime.db.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                for name, value in row._mapping.items():
                    plain = value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    found.append((f"{table.name}.{name}", plain))
    return found


async def lead_a_life(stage: Stage) -> str:
    """Registers, edits, pays, is held and clashes: whatever leaves traces. Gives the id."""
    results = await stage.api.sync(
        stage.officer,
        register(stage.group.id, SECRETS["idNumber"], **_registration()),
    )
    member_id: str = results[0]["entityId"]
    await stage.api.sync(
        stage.officer,
        contribute(member_id),
        contribute(member_id, contributionDate="2099-01-01"),
        edit(member_id, 1, phone="+254733999888", dateOfBirth="1991-07-24", nextOfKin=[]),
        edit(member_id, 2, phone=SECRETS["phone"], dateOfBirth="1991-07-23", nextOfKin=[KIN]),
        edit(member_id, 1, phone="+254733999777"),
        register(stage.group.id, SECRETS["idNumber"]),
    )
    return member_id


def _registration() -> dict[str, Any]:
    return {"phone": SECRETS["phone"], "dateOfBirth": "1991-07-23", "nextOfKin": [KIN]}


async def test_no_column_of_any_table_holds_personal_data_in_the_clear(stage: Stage) -> None:
    await lead_a_life(stage)
    secrets = [*SECRETS.values(), *KIN.values(), "733111222", "744555666", "733999888"]
    stored = await everything_stored(stage.runtime)
    assert len(stored) > 200
    for where, value in stored:
        for secret in secrets:
            assert secret not in value, where


async def test_those_who_may_see_the_member_read_it_all(stage: Stage) -> None:
    member_id = await lead_a_life(stage)
    answer = await stage.api.ask(stage.chair, MEMBER, id=member_id)
    assert answer["member"] == {"memberName": "Wanjiku Kamau", **SECRETS, "nextOfKin": [KIN]}


async def test_an_erased_members_data_reads_as_empty(stage: Stage) -> None:
    member_id = await lead_a_life(stage)
    row = await _row(stage, member_id)
    await erase(stage.runtime, row.id)
    answer = await stage.api.ask(stage.officer, MEMBER, id=member_id)
    assert answer["member"] == {
        "memberName": "",
        "idNumber": "",
        "phone": "",
        "dateOfBirth": None,
        "nextOfKin": [],
    }
    listed = await stage.api.ask(stage.officer, "{ members { edges { node { id } } } }")
    ids = {edge["node"]["id"] for edge in listed["members"]["edges"]}
    assert ids == {str(stage.jane.id), str(stage.john.id)}
    await stage.books_hold()


async def test_a_destroyed_key_leaves_nothing_that_opens(stage: Stage) -> None:
    row = await _row(stage, await lead_a_life(stage))
    audits = [line for line in await stage.all_of(AuditLog) if line.entity_id == row.id]
    sealed = [row.id_number_sealed, row.phone_sealed, row.birth_sealed, row.kin_sealed]
    sealed += [line.sealed for line in audits if line.sealed]
    assert len(sealed) == 6
    ring_keys = dict(stage.runtime.settings.encryption_keys).values()
    for value in sealed:
        for key in ring_keys:
            for name in ("id_number", "phone", "birth", "kin", "audit"):
                with pytest.raises(DecryptionError):
                    unseal(key, value, place(row.id, name))


async def _row(stage: Stage, member_id: str) -> Member:
    rows: list[Member] = await stage.all_of(Member)
    return next(row for row in rows if str(row.id) == member_id)


async def test_a_value_moved_to_another_member_does_not_open(stage: Stage) -> None:
    row = await _row(stage, await lead_a_life(stage))
    key = stage.runtime.keys.unwrap(row.wrapped_key or b"", row.id)
    moved = seal_text(key, stage.jane.id, "phone", "+254700000000")
    with pytest.raises(DecryptionError):
        unseal(key, moved, place(row.id, "phone"))
    with pytest.raises(DecryptionError):
        unseal(key, row.phone_sealed or b"", place(row.id, "id_number"))


async def test_a_new_ring_key_keeps_the_old_values_readable(stage: Stage) -> None:
    row = await _row(stage, await lead_a_life(stage))
    settings = stage.runtime.settings
    newer = KeyRing((("2", bytes(range(32))), *settings.encryption_keys), settings.secret_key)
    opened = open_member(newer, row)
    assert (opened.id_number, opened.phone) == (SECRETS["idNumber"], SECRETS["phone"])
    assert opened.date_of_birth == date(1991, 7, 23)
    assert newer.wrap(bytes(32), row.id).startswith(b"2:")
    assert newer.blind_index("id_number", SECRETS["idNumber"]) == row.id_number_index


async def test_the_audit_log_says_who_did_what_and_seals_the_values(stage: Stage) -> None:
    member_id = await lead_a_life(stage)
    lines = [line for line in await stage.all_of(AuditLog) if str(line.entity_id) == member_id]
    assert {line.action for line in lines} == {"member.registered", "member.changed"}
    assert {line.actor_id for line in lines} == {stage.officer.user_id}
    row = await _row(stage, member_id)
    key = stage.runtime.keys.unwrap(row.wrapped_key or b"", row.id)
    changed = next(line for line in lines if line.action == "member.changed")
    assert changed.detail == '["date_of_birth","next_of_kin","phone"]'
    assert b"+254733" in unseal(key, changed.sealed or b"", place(row.id, "audit"))
