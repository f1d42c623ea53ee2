"""Sign-in, renewal and sign-out.

A sign-in is a family of refresh tokens, each used once for the next. One that comes a second
time was copied by somebody: its whole family ends, and with it the access tokens it gave out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.throttle import Limit
from app.auth.tokens import (
    ENDED,
    issue_access_token,
    new_refresh_token,
    refresh_token_hash,
)
from app.db import after_commit
from app.errors import BadInput, DomainError, RuleBroken, Unauthenticated
from app.models import Device, RefreshToken, Role, User
from app.models.base import new_id
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.audit import record
from app.services.push_subscriptions import forget_device

TRIES_PER_PHONE = 10
TRIES_PER_ADDRESS = 200
"""Generous: a mobile network puts many officers behind one address."""
WRONG = "The phone number or the password is not right."
SHUT_OUT = "The office has shut this device out. Ask your administrator to let it in again."
LONGEST_DEVICE_NAME = 255


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh pair of tokens and who they are for."""

    access_token: str
    refresh_token: str
    expires_in: int
    user: User
    actor: Actor


async def login(
    runtime: Runtime,
    *,
    phone: str,
    password: str,
    address: str,
    device_id: UUID | None = None,
    device_name: str | None = None,
) -> SignedIn:
    """Tokens for the right phone and password. Unknown phone, wrong password and a deactivated
    user get the same answer after the same time. DEVICE_REVOKED, for the right ones alone, on a
    device that was shut out."""
    number = normalise_phone(phone)
    if device_name is not None and len(device_name) > LONGEST_DEVICE_NAME:
        raise BadInput("This name is too long.", field="name")
    phone_index = runtime.keys.blind_index("phone", number)
    by_phone = Limit(f"phone:{phone_index.hex()}", TRIES_PER_PHONE)
    by_address = Limit(f"address:{address}", TRIES_PER_ADDRESS)
    await runtime.throttle.count([by_phone, by_address])

    async with runtime.db.reading() as reading:
        found = await reading.execute(select(User).where(col(User.phone_index) == phone_index))
        user: User | None = found.scalar_one_or_none()
    fits = await runtime.passwords.verify(user.password_hash if user else None, password)

    async def work(session: AsyncSession) -> SignedIn | DomainError:
        current = await _lock_user(session, user.id) if user and fits else None
        # The password may have been changed, or the user deactivated, while it was checked.
        if current is None or user is None or current.password_hash != user.password_hash:
            current = None
        refusal: DomainError | None = None
        if current is None or not current.is_active:
            refusal = Unauthenticated(WRONG)
        elif await is_shut_out(session, device_id):
            refusal = RuleBroken(SHUT_OUT, code="DEVICE_REVOKED", field="deviceId")
        if current is None or refusal is not None:
            record(
                session,
                "login_failed",
                actor_id=None,
                entity_id=user.id if user else None,
                phone=phone_index.hex()[:16],
                address=address,
            )
            return refusal or Unauthenticated(WRONG)
        if device_id is not None:
            await _upsert_device(session, runtime, current.id, device_id, device_name)
        current.last_sign_in_at = clock.now()
        signed_in = _issue(session, runtime, current, new_id(), device_id, address)
        record(session, "login", actor_id=current.id, entity_id=device_id, address=address)
        return signed_in

    signed_in = await runtime.db.transact(work)
    if isinstance(signed_in, DomainError):
        raise signed_in
    await runtime.throttle.forgive(cleared=by_phone.key, lessened=by_address.key)
    return signed_in


async def refresh(runtime: Runtime, refresh_token: str) -> SignedIn:
    """The next pair of tokens; the given one is used up. Of several at once exactly one wins,
    and the others count as reuse."""

    async def work(session: AsyncSession) -> SignedIn | None:
        token = await _find_token(session, refresh_token)
        if token is None:
            return None
        # One lock for everything that begins or ends sessions of this user: no new token can
        # slip in behind a revocation.
        user = await _lock_user(session, token.user_id)
        await session.refresh(token)
        if token.revoked_at is not None:
            return None
        if token.used_at is not None:
            await revoke_family(session, runtime, user.id, token.family_id)
            record(session, "refresh_reused", actor_id=user.id, entity_id=token.family_id)
            return None
        now = clock.now()
        if (
            token.expires_at <= now
            or not user.is_active
            or token.created_at < user.sessions_valid_from
            or await is_shut_out(session, token.device_id)
        ):
            return None
        token.used_at = now
        if token.device_id is not None:
            await session.execute(
                update(Device).where(col(Device.id) == token.device_id).values(last_seen_at=now)
            )
        return _issue(session, runtime, user, token.family_id, token.device_id)

    signed_in = await runtime.db.transact(work)
    if signed_in is None:
        raise Unauthenticated(ENDED)
    return signed_in


async def logout(runtime: Runtime, actor: Actor | None, refresh_token: str) -> bool:
    """Ends the sign-in that the token belongs to. Holding the token is enough, because the
    access token may have ended; without either there is nobody to sign out."""

    async def work(session: AsyncSession) -> bool:
        token = await _find_token(session, refresh_token)
        if token is None:
            return False
        user = await _lock_user(session, token.user_id)
        await session.refresh(token)
        if token.revoked_at is None:
            await revoke_family(session, runtime, user.id, token.family_id)
            if token.device_id is not None:
                await forget_device(session, user.id, token.device_id)
            record(session, "logout", actor_id=user.id, entity_id=token.family_id)
        return True

    known = await runtime.db.transact(work)
    if not known and actor is None:
        raise Unauthenticated(ENDED)
    return known


async def revoke_family(
    session: AsyncSession, runtime: Runtime, user_id: UUID, family_id: UUID | None
) -> None:
    """Ends one sign-in, or (None) all sign-ins of the user, everywhere."""
    statement = update(RefreshToken).where(
        col(RefreshToken.user_id) == user_id, col(RefreshToken.revoked_at).is_(None)
    )
    if family_id is not None:
        statement = statement.where(col(RefreshToken.family_id) == family_id)
    await session.execute(
        statement.values(revoked_at=clock.now()).execution_options(synchronize_session=False)
    )
    announce_access(session, runtime, user_id)


def announce_access(session: AsyncSession, runtime: Runtime, user_id: UUID) -> None:
    """After the commit every process learns that what this user may do has changed."""

    async def announce() -> None:
        runtime.tokens.forget(user_id)
        await runtime.events.publish("access", {"user_id": str(user_id)})

    after_commit(session, announce)


def _issue(
    session: AsyncSession,
    runtime: Runtime,
    user: User,
    family_id: UUID,
    device_id: UUID | None,
    address: str | None = None,
) -> SignedIn:
    """A token pair in the family; the refresh token's row is added to the session."""
    settings = runtime.settings
    refresh_token = new_refresh_token()
    now = clock.now()
    session.add(
        RefreshToken(
            family_id=family_id,
            user_id=user.id,
            device_id=device_id,
            token_hash=refresh_token_hash(refresh_token),
            address=address[:64] if address is not None else None,
            created_at=now,
            expires_at=now + timedelta(days=settings.refresh_token_days),
        )
    )
    access_token = issue_access_token(settings, user.id, family_id)
    actor = Actor(
        user_id=user.id,
        role=Role(user.role),
        group_id=user.group_id,
        expires_at=now + timedelta(minutes=settings.access_token_minutes),
        session_id=family_id,
    )
    return SignedIn(access_token, refresh_token, settings.access_token_minutes * 60, user, actor)


async def _find_token(session: AsyncSession, refresh_token: str) -> RefreshToken | None:
    rows = await session.execute(
        select(RefreshToken).where(
            col(RefreshToken.token_hash) == refresh_token_hash(refresh_token)
        )
    )
    token: RefreshToken | None = rows.scalar_one_or_none()
    return token


async def _lock_user(session: AsyncSession, user_id: UUID) -> User:
    # NO KEY UPDATE: rows that merely refer to the user are not held up.
    rows = await session.execute(
        select(User).where(col(User.id) == user_id).with_for_update(key_share=True)
    )
    user: User = rows.scalar_one()
    return user


async def is_shut_out(session: AsyncSession, device_id: UUID | None) -> bool:
    """Whether the device is shut out; it is locked, so that this holds until the commit."""
    if device_id is None:
        return False
    rows = await session.execute(
        select(col(Device.revoked_at))
        .where(col(Device.id) == device_id)
        .with_for_update(key_share=True)
    )
    return rows.scalar_one_or_none() is not None


async def _upsert_device(
    session: AsyncSession, runtime: Runtime, user_id: UUID, device_id: UUID, name: str | None
) -> None:
    now = clock.now()
    insert = postgresql.insert if runtime.db.is_postgresql else sqlite.insert
    values = {"id": device_id, "user_id": user_id, "name": name or "", "created_at": now}
    statement = insert(Device).values(**values, last_seen_at=now)
    # A phone that changes hands belongs to whoever signed in last.
    changed = {"user_id": user_id, "last_seen_at": now}
    if name is not None:
        changed["name"] = name
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))
