"""Coming in for the first time, and again after a forgotten password: one-time codes.

An administrator gets the code once, and so does its owner by SMS where the server sends any. The
server keeps its argon2id hash, how often a wrong one was tried, and when it ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.passwords import check_new_password
from app.auth.permissions import demand
from app.auth.throttle import Limit
from app.errors import BadInput, RuleBroken, Unauthenticated
from app.models import (
    CodePurpose,
    FieldOfficer,
    Member,
    MessageTemplate,
    OneTimeCode,
    Role,
    User,
)
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services import audit
from app.services.messages import Draft, write
from app.services.people import (
    OF_A_GROUP,
    add_user,
    assign_officer,
    check_name,
    lock_user,
)
from app.services.push_subscriptions import forget_devices
from app.services.sessions import TRIES_PER_ADDRESS, TRIES_PER_PHONE, revoke_family

DIGITS = 8
MOST_ATTEMPTS = 5
LASTS = {CodePurpose.INVITATION: timedelta(days=7), CodePurpose.RESET: timedelta(hours=24)}
ADMIN_LANGUAGES = {Role.SYSTEM_ADMIN.value: "en", Role.FIELD_OFFICER.value: "en"}
"""In which a code is sent to those whose work is in English; others are written to in Swahili."""
WRONG_CODE = "The phone number or the code is not right, or the code has ended."


@dataclass(frozen=True, slots=True)
class Issued:
    """A user, and the code that is shown this one time."""

    user: User
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is to come in, as it was typed."""

    name: str
    phone: str
    role: Role
    group_ids: Sequence[UUID] = ()
    member_id: UUID | None = None


async def invite_user(runtime: Runtime, actor: Actor, new: Invitation) -> Issued:
    """A new user who chooses their password with the code. An officer gets the groups at once;
    a chair or committee member has one, an administrator none.

    BAD_INPUT names the field, PHONE_TAKEN a phone that somebody signs in with.
    """
    demand(actor, "people:manage")
    check_name(new.name)
    normalise_phone(new.phone)
    own_group = one_group(new.role, new.group_ids)
    unusable = await _no_password(runtime)
    code, code_hash = await _new_code(runtime)

    async def work(session: AsyncSession) -> Issued:
        user = await add_user(
            session,
            runtime,
            name=new.name,
            phone=new.phone,
            password_hash=unusable,
            role=new.role,
            group_id=own_group,
            member_id=new.member_id,
        )
        audit.record(
            session,
            "user_invited",
            actor_id=actor.user_id,
            entity_id=user.id,
            group_id=own_group,
            role=new.role.value,
        )
        if new.role is Role.FIELD_OFFICER:
            session.add(FieldOfficer(id=user.id))
            await session.flush()
            for group_id in sorted(set(new.group_ids)):
                await assign_officer(session, runtime, actor, officer_id=user.id, group_id=group_id)
        ends = await _keep(session, actor, user, CodePurpose.INVITATION, code_hash)
        await _send(runtime, session, user, code, ends)
        return Issued(user, code, ends)

    return await runtime.db.transact(work)


async def reset_password(runtime: Runtime, actor: Actor, user_id: UUID) -> Issued:
    """A new code for a user; the old password and every sign-in end now. For one who was invited
    and never came it is a new invitation. USER_INACTIVE for one who may not come in."""
    demand(actor, "people:manage")
    unusable = await _no_password(runtime)
    code, code_hash = await _new_code(runtime)

    async def work(session: AsyncSession) -> Issued:
        user = await lock_user(session, user_id)
        if not user.is_active:
            raise RuleBroken(
                "This user may not sign in. Reactivate them first.",
                code="USER_INACTIVE",
                field="userId",
            )
        known = await session.get(OneTimeCode, user_id)
        invited = known is not None and known.purpose == CodePurpose.INVITATION.value
        purpose = CodePurpose.INVITATION if invited else CodePurpose.RESET
        user.password_hash = unusable
        user.sessions_valid_from = clock.now()
        await session.flush()
        await revoke_family(session, runtime, user_id, None)
        await forget_devices(session, user_id)
        audit.record(
            session,
            "password_reset",
            actor_id=actor.user_id,
            entity_id=user_id,
            group_id=user.group_id,
        )
        ends = await _keep(session, actor, user, purpose, code_hash)
        await _send(runtime, session, user, code, ends)
        return Issued(user, code, ends)

    return await runtime.db.transact(work)


async def accept_invitation(
    runtime: Runtime, *, phone: str, code: str, password: str, address: str
) -> None:
    """Sets the password of whom the code was made for; the code is used up.

    Unknown phone, wrong, ended and used code, and a deactivated user get the same answer after
    the same work: UNAUTHENTICATED. After MOST_ATTEMPTS wrong ones the code is worth nothing.
    """
    number = normalise_phone(phone)
    check_new_password(password)
    phone_index = runtime.keys.blind_index("phone", number)
    by_phone = Limit(f"code:{phone_index.hex()}", TRIES_PER_PHONE)
    by_address = Limit(f"address:{address}", TRIES_PER_ADDRESS)
    await runtime.throttle.count([by_phone, by_address])
    async with runtime.db.reading() as reading:
        rows = await reading.execute(
            select(OneTimeCode)
            .join(User, col(User.id) == col(OneTimeCode.user_id))
            .where(col(User.phone_index) == phone_index)
        )
        tried: OneTimeCode | None = rows.scalar_one_or_none()
    fits = await runtime.passwords.verify(tried.code_hash if tried else None, _plain(code))
    password_hash = await runtime.passwords.hash(password)

    async def work(session: AsyncSession) -> bool:
        if tried is None:
            return False
        user = await lock_user(session, tried.user_id)
        known = await session.get(OneTimeCode, user.id)
        # Another may have used it, or been given a new one, while this one was checked.
        if known is None or known.code_hash != tried.code_hash or not user.is_active:
            return False
        if known.attempts >= MOST_ATTEMPTS or known.expires_at <= clock.now():
            return False
        if not fits:
            known.attempts += 1
            audit.record(session, "code_failed", actor_id=None, entity_id=user.id, address=address)
            return False
        user.password_hash = password_hash
        user.sessions_valid_from = clock.now()
        await session.delete(known)
        await session.flush()
        await revoke_family(session, runtime, user.id, None)
        invited = known.purpose == CodePurpose.INVITATION.value
        action = "invitation_accepted" if invited else "password_set"
        audit.record(session, action, actor_id=user.id, entity_id=user.id, address=address)
        return True

    if not await runtime.db.transact(work):
        raise Unauthenticated(WRONG_CODE)
    await runtime.throttle.forgive(cleared=by_phone.key, lessened=by_address.key)


def one_group(role: Role, group_ids: Sequence[UUID]) -> UUID | None:
    """The one group of a chair or committee member; BAD_INPUT where the number does not fit."""
    wanted = set(group_ids)
    if role in OF_A_GROUP:
        if len(wanted) != 1:
            raise BadInput("A chair or committee member has one group.", field="groupIds")
        return wanted.pop()
    if role is Role.SYSTEM_ADMIN and wanted:
        raise BadInput("An administrator sees all groups and is given none.", field="groupIds")
    return None


async def _new_code(runtime: Runtime) -> tuple[str, str]:
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return code, await runtime.passwords.hash(code)


async def _no_password(runtime: Runtime) -> str:
    """The hash of a password that nobody knows: checking one takes as long as anybody's."""
    return await runtime.passwords.hash(secrets.token_urlsafe(32))


async def _keep(
    session: AsyncSession, actor: Actor, user: User, purpose: CodePurpose, code_hash: str
) -> datetime:
    """Keeps the code in place of an earlier one; when it ends."""
    known = await session.get(OneTimeCode, user.id)
    if known is not None:
        await session.delete(known)
        await session.flush()
    now = clock.now()
    code = OneTimeCode(
        user_id=user.id,
        purpose=purpose.value,
        code_hash=code_hash,
        created_at=now,
        created_by=actor.user_id,
        expires_at=now + LASTS[purpose],
    )
    session.add(code)
    await session.flush()
    return code.expires_at


async def _send(
    runtime: Runtime, session: AsyncSession, user: User, code: str, ends: datetime
) -> None:
    """To the user's own phone; each code is a cause of its own. Where nothing is sent the code
    is not kept for a list either: the administrator has it."""
    if not runtime.settings.messages.channels:
        return
    member = await session.get(Member, user.member_id) if user.member_id is not None else None
    language = member.language if member is not None else ADMIN_LANGUAGES.get(user.role, "sw")
    draft = Draft(
        MessageTemplate.CODE, f"code:{ends.isoformat()}", user, None, {"code": code}, language
    )
    await write(runtime, session, [draft], clock.now())


def _plain(code: str) -> str:
    """As it was shown: people type it in groups."""
    return "".join(letter for letter in code[:40] if letter.isdigit())
