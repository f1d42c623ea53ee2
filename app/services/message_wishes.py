"""In which language a member is written to, and whether at all."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.auth.access import load_member, lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, RuleBroken
from app.models import Member
from app.runtime import Runtime
from app.services import audit
from app.services.message_texts import LANGUAGES


async def set_wishes(
    runtime: Runtime,
    actor: Actor,
    member_id: UUID,
    *,
    language: str | None,
    wanted: bool | None,
) -> Member:
    """The member with the new wishes; None leaves one as it is. BAD_INPUT of a language that
    nobody writes, ERASED of a member who was erased. One-time codes are sent all the same."""
    demand(actor, "members:update")
    if language is not None and language not in LANGUAGES:
        raise BadInput("Messages are written in en or sw.", field="language")

    async def work(session: AsyncSession) -> Member:
        known = await load_member(session, actor, member_id)
        group = await lock_group(session, actor, known.group_id)
        await session.refresh(known)
        if known.erased_at is not None:
            raise RuleBroken("This member was erased.", code="ERASED", field="memberId")
        known.language = language or known.language
        if wanted is not None and wanted != (known.messages_off_at is None):
            known.messages_off_at = None if wanted else clock.now()
        audit.record(
            session,
            "member.messages_set",
            actor_id=actor.user_id,
            entity_id=member_id,
            group_id=group.id,
            language=known.language,
            wanted=known.messages_off_at is None,
        )
        return known

    return await runtime.db.transact(work)
