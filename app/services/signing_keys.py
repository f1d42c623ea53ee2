"""Keys of chairs and committee members on officers' phones: enrolling, withdrawing, disputing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.access import load_group, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, NotFound, RuleBroken
from app.models import (
    BankingGroup,
    OfficerAssignment,
    RefreshToken,
    ReviewItem,
    ReviewKind,
    Signature,
    SigningKey,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services import audit
from app.services.operations.parse import clean_text
from app.services.sessions import SHUT_OUT, is_shut_out

LONGEST_KEY = 500
MOST_KEYS = 20
"""Of one signer that are not withdrawn."""
MOST_LISTED = 100


def read_public_key(text: str) -> bytes:
    """The DER of a P-256 public key given as base64 of its SubjectPublicKeyInfo."""
    wrong = BadInput("Send a P-256 public key (SPKI) in base64.", field="publicKey")
    if len(text) > LONGEST_KEY:
        raise wrong
    try:
        raw = base64.b64decode(text, validate=True)
        key = load_der_public_key(raw)
    except (binascii.Error, ValueError, TypeError) as error:
        raise wrong from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise wrong
    return raw


async def enrol_key(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> SigningKey:
    """Registers the actor's key on the phone of an officer who serves their group.

    DEVICE_REVOKED where the phone was shut out meanwhile: none slips in behind that.
    """
    demand(actor, "keys:enrol")
    public_key = read_public_key(values["public_key"])
    officer_id, key_id = values["officer_id"], values.get("id")
    group_id = actor.group_id
    if group_id is None:
        raise NotFound("Only a group's chair and committee sign.", field="officerId")

    async def work(session: AsyncSession) -> SigningKey:
        serves = await session.execute(
            select(col(OfficerAssignment.id)).where(
                col(OfficerAssignment.officer_id) == officer_id,
                col(OfficerAssignment.group_id) == group_id,
                col(OfficerAssignment.removed_at).is_(None),
            )
        )
        if serves.first() is None:
            raise NotFound("There is no such officer in your group.", field="officerId")
        device_id = await _device_of(session, actor)
        if await is_shut_out(session, device_id):
            raise RuleBroken(SHUT_OUT, code="DEVICE_REVOKED", field="officerId")
        if key_id is not None and await session.get(SigningKey, key_id) is not None:
            raise RuleBroken("This id names another key already.", code="ID_REUSED", field="id")
        own = await session.execute(
            select(col(SigningKey.id)).where(
                col(SigningKey.user_id) == actor.user_id, col(SigningKey.revoked_at).is_(None)
            )
        )
        if len(own.all()) >= MOST_KEYS:
            raise RuleBroken("Withdraw a key first.", code="TOO_MANY_KEYS", field="officerId")
        row = SigningKey(
            id=key_id or new_id(),
            user_id=actor.user_id,
            group_id=group_id,
            officer_id=officer_id,
            public_key=public_key,
            created_at=clock.now(),
            device_id=device_id,
        )
        session.add(row)
        _audit(session, actor, "key.enrolled", row.id, group_id)
        return row

    return await runtime.db.transact(work)


async def revoke_key(runtime: Runtime, actor: Actor, key_id: UUID) -> SigningKey:
    """Withdraws a key: its owner, or an administrator. What was signed stays signed, but nothing
    comes in any more, not even of a phone that was shut out before."""

    async def work(session: AsyncSession) -> SigningKey:
        row = await session.get(SigningKey, key_id)
        if row is None or not (actor.is_admin or row.user_id == actor.user_id):
            raise NotFound("There is no such key.", field="id")
        if row.revoked_at is None or row.shut_out_at is not None:
            row.revoked_at, row.shut_out_at = row.revoked_at or clock.now(), None
            session.add(row)
            _audit(session, actor, "key.withdrawn", row.id, row.group_id)
        return row

    return await runtime.db.transact(work)


async def withdraw_keys_on(session: AsyncSession, actor: Actor, device_id: UUID) -> None:
    """Withdraws every key on a phone that is shut out now, whoever's. Of a key whose phone is not
    known: if it is an officer's who was ever signed in on this one."""
    officers = select(col(RefreshToken.user_id)).where(col(RefreshToken.device_id) == device_id)
    rows = await session.execute(
        select(SigningKey)
        .where(
            or_(
                col(SigningKey.device_id) == device_id,
                and_(col(SigningKey.device_id).is_(None), col(SigningKey.officer_id).in_(officers)),
            ),
            col(SigningKey.revoked_at).is_(None),
        )
        .order_by(col(SigningKey.id))
        .with_for_update()
    )
    now = clock.now()
    for key in rows.scalars():
        key.revoked_at = key.shut_out_at = now
        audit.record(
            session,
            "key.withdrawn",
            actor_id=actor.user_id,
            entity_id=key.id,
            group_id=key.group_id,
            device=device_id,
        )


async def _device_of(session: AsyncSession, actor: Actor) -> UUID | None:
    """On what the actor is signed in, where it said so."""
    if actor.session_id is None:
        return None
    rows = await session.execute(
        select(col(RefreshToken.device_id))
        .where(col(RefreshToken.family_id) == actor.session_id)
        .limit(1)
    )
    return rows.scalar_one_or_none()


async def list_keys(session: AsyncSession, actor: Actor, group_id: UUID) -> Sequence[SigningKey]:
    """A group's keys that are not withdrawn, so that phones know whose signature they can take."""
    demand(actor, "meetings:read")
    await load_group(session, actor, group_id)
    rows = await session.execute(
        select(SigningKey)
        .where(col(SigningKey.group_id) == group_id, col(SigningKey.revoked_at).is_(None))
        .order_by(col(SigningKey.created_at), col(SigningKey.id))
        .limit(MOST_LISTED)
    )
    return rows.scalars().all()


async def own_signatures(session: AsyncSession, actor: Actor) -> Sequence[Signature]:
    """What was signed with the actor's keys, the newest first."""
    rows = await session.execute(
        select(Signature)
        .join(BankingGroup, col(BankingGroup.id) == col(Signature.group_id))
        .where(col(Signature.user_id) == actor.user_id, reach(actor))
        .order_by(col(Signature.received_at).desc(), col(Signature.id).desc())
        .limit(MOST_LISTED)
    )
    return rows.scalars().all()


async def dispute_signature(
    runtime: Runtime, actor: Actor, signature_id: UUID, note: str
) -> Signature:
    """The signer says that they did not sign: it goes into the review inbox."""
    words = clean_text(note, "note", 500)

    async def work(session: AsyncSession) -> Signature:
        row = await session.get(Signature, signature_id)
        if row is None or row.user_id != actor.user_id:
            raise NotFound("There is no such signature.", field="id")
        if row.disputed_at is not None:
            return row
        group = await session.execute(
            select(BankingGroup)
            .where(col(BankingGroup.id) == row.group_id)
            .with_for_update(key_share=True)
        )
        counters = group.scalar_one()
        counters.change_sequence += 1
        row.disputed_at, row.dispute_note = clock.now(), words
        session.add_all([row, counters, _item(row, counters.change_sequence)])
        _audit(session, actor, "signature.disputed", row.id, row.group_id)
        return row

    return await runtime.db.transact(work)


def _item(row: Signature, change_sequence: int) -> ReviewItem:
    return ReviewItem(
        id=new_id(),
        group_id=row.group_id,
        reason="SIGNATURE_DISPUTED",
        amount=0,
        claim="{}",
        officer_id=row.officer_id,
        created_at=clock.now(),
        kind=ReviewKind.DISPUTE.value,
        subject_id=row.id,
        change_sequence=change_sequence,
    )


def _audit(
    session: AsyncSession, actor: Actor, action: str, entity_id: UUID, group_id: UUID
) -> None:
    audit.record(session, action, actor_id=actor.user_id, entity_id=entity_id, group_id=group_id)
