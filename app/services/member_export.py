"""All that the system holds of a member, for the member: the right of access and of portability
(Kenya's Data Protection Act, sections 26 and 38)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, LargeBinary, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app import clock, crypto
from app.auth.access import load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.crypto import KeyRing
from app.errors import RuleBroken
from app.models import (
    Approval,
    Attendance,
    AuditLog,
    BankingGroup,
    Contribution,
    DividendAllocation,
    Document,
    FineCharge,
    GroupOfficial,
    IdentityCheck,
    Instalment,
    Loan,
    Member,
    Movement,
    OfficerPing,
    Repayment,
    ReviewItem,
    User,
    WelfareRequest,
)
from app.models.base import Cents
from app.money import format_money
from app.runtime import Runtime
from app.services import audit
from app.services.member_lines import lines_until, read_line
from app.services.member_privacy import OpenMember, open_member, open_user_phone, place
from app.services.member_statement import funds_of
from app.services.settings import camel

INNER = frozenset(
    {"change_sequence", "field_versions", "terms", "before", "payload_hash", "offline_sync_id"}
)
"""Columns that say how the system works and nothing of the person."""
BY_MEMBER: dict[str, type[SQLModel]] = {
    "offices": GroupOfficial,
    "documents": Document,
    "identityChecks": IdentityCheck,
    "contributions": Contribution,
    "loans": Loan,
    "repayments": Repayment,
    "movements": Movement,
    "welfareRequests": WelfareRequest,
    "fines": FineCharge,
    "dividends": DividendAllocation,
    "attendance": Attendance,
    "officerVisits": OfficerPing,
}


async def export_member(runtime: Runtime, actor: Actor, member_id: UUID) -> dict[str, Any]:
    """Everything as plain JSON values: money as text with two places, days and instants in ISO
    form, sealed values opened; and the statement since the member's first entry.

    The export itself is in the audit log. MEMBER_ERASED where nothing is left.
    """
    demand(actor, "privacy:manage")
    today = clock.today(runtime.settings.timezone)

    async def work(session: AsyncSession) -> dict[str, Any]:
        member = await load_member(session, actor, member_id)
        if member.wrapped_key is None:
            raise RuleBroken("This member was erased.", code="MEMBER_ERASED", field="memberId")
        key = runtime.keys.unwrap(member.wrapped_key, member.id)
        found = {
            "exportedAt": clock.now(),
            "member": await _member(session, runtime.keys, member),
            **await _rows(session, key, member),
            "statement": await _statement(session, member_id, today),
            "changes": await _trail(session, key, member_id),
        }
        audit.record(
            session,
            "member.exported",
            actor_id=actor.user_id,
            entity_id=member_id,
            group_id=member.group_id,
        )
        plain: dict[str, Any] = orjson.loads(orjson.dumps(found, default=str))
        return plain

    return await runtime.db.transact(work)


async def _member(session: AsyncSession, keys: KeyRing, member: Member) -> dict[str, Any]:
    group = await session.get(BankingGroup, member.group_id)
    opened: OpenMember = open_member(keys, member)
    users = await session.execute(select(User).where(col(User.member_id) == member.id))
    return {
        **_plain(member),
        "groupName": group.name if group else None,
        "idNumber": opened.id_number,
        "phone": opened.phone,
        "dateOfBirth": opened.date_of_birth,
        "nextOfKin": [
            {
                "name": one.name,
                "relationship": one.relationship,
                "phone": one.phone,
                "idNumber": one.id_number,
            }
            for one in opened.next_of_kin
        ],
        "signsInAs": [
            {"name": user.name, "phone": open_user_phone(keys, user), "role": user.role}
            for user in users.scalars()
        ],
    }


async def _rows(session: AsyncSession, key: bytes, member: Member) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {}
    ids: dict[str, list[UUID]] = {}
    for name, model in BY_MEMBER.items():
        table: Any = model
        rows = await _all(session, model, table.member_id == member.id)
        found[name] = [_plain(row) for row in rows]
        ids[name] = [row.id for row in rows if hasattr(row, "id")]
        if model is IdentityCheck:
            for row, shown in zip(rows, found[name], strict=True):
                shown["notes"] = _opened(key, row.notes_sealed, row.id, "notes")
    about = [*ids["loans"], *ids["welfareRequests"]]
    for name, model, condition in (
        ("instalments", Instalment, col(Instalment.loan_id).in_(ids["loans"])),
        ("approvals", Approval, col(Approval.subject_id).in_(about)),
        ("reviews", ReviewItem, _of_review(member.id)),
    ):
        found[name] = [_plain(row) for row in await _all(session, model, condition)]
    return found


def _of_review(member_id: UUID) -> ColumnElement[bool]:
    # A claim is JSON, and has ids as text.
    return col(ReviewItem.claim).contains(str(member_id))


async def _all(
    session: AsyncSession, model: type[SQLModel], condition: ColumnElement[bool]
) -> list[Any]:
    key = model.__table__.primary_key.columns  # type: ignore[attr-defined]
    rows = await session.execute(select(model).where(condition).order_by(*key))
    return list(rows.scalars())


async def _statement(session: AsyncSession, member_id: UUID, today: date) -> dict[str, Any]:
    lines = lines_until(member_id, today)
    order = (lines.c.booked, lines.c.sequence, lines.c.line)
    rows = (await session.execute(select(*lines.c).order_by(*order))).all()
    funds = await funds_of(session, member_id, date.min, today)
    return {
        "lines": [
            {
                "date": line.date,
                "kind": line.kind,
                "fund": line.fund,
                "in": format_money(line.amount_in),
                "out": format_money(line.amount_out),
                "receiptNumber": line.receipt_number,
                "savings": format_money(line.savings),
            }
            for line in map(read_line, rows)
        ],
        "balances": {fund.fund: format_money(fund.closing) for fund in funds},
    }


async def _trail(session: AsyncSession, key: bytes, member_id: UUID) -> list[dict[str, Any]]:
    """Who changed what of the register, with the values before and after."""
    rows = await _all(session, AuditLog, col(AuditLog.entity_id) == member_id)
    return [
        {
            "at": row.at,
            "action": row.action,
            "by": row.actor_id,
            "values": orjson.loads(_opened(key, row.sealed, member_id, "audit") or "null"),
        }
        for row in rows
    ]


def _opened(key: bytes, sealed: bytes | None, owner: UUID, name: str) -> str | None:
    return crypto.unseal(key, sealed, place(owner, name)).decode() if sealed else None


def _plain(row: Any) -> dict[str, Any]:
    """The row's columns in the names of the API; sealed ones and the system's own are left out."""
    found: dict[str, Any] = {}
    for column in row.__table__.columns:
        value = getattr(row, column.name)
        if column.name in INNER or isinstance(column.type, LargeBinary):
            continue
        if isinstance(column.type, Cents) and value is not None:
            value = format_money(value)
        found[camel(column.name)] = value.isoformat() if isinstance(value, datetime) else value
    return found
