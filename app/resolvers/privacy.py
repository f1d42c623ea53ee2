"""A member's rights: a copy of their data, and its erasure."""

from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app.context import Info
from app.schema.members import GroupMember
from app.schema.privacy import EraseReason, ExportedMember, NamingText, TextKind
from app.services.erasure import erase_member
from app.services.member_export import export_member
from app.services.naming_texts import redact_text, texts_naming


@strawberry.type
class PrivacyQuery:
    @strawberry.field(
        description="Texts in the member's group that have their name, or a part of it, and are "
        "not tied to them: to be looked at before an erasure, which reaches the others by "
        "itself. At most 200; administrators only."
    )
    async def texts_naming(self, info: Info, member_id: UUID) -> list[NamingText]:
        runtime, actor = info.context.runtime, info.context.require()
        zone = runtime.settings.timezone
        async with runtime.db.reading() as session:
            return cast(Any, await texts_naming(session, actor, member_id, zone))


@strawberry.type
class PrivacyMutation:
    @strawberry.mutation(
        description="Puts […] where a record's texts have the member's name; how many changed."
    )
    async def redact_text(self, info: Info, member_id: UUID, kind: TextKind, id: UUID) -> int:
        runtime, actor = info.context.runtime, info.context.require()
        return await redact_text(runtime, actor, member_id, kind, id)

    @strawberry.mutation(
        description="All that the system holds of a member, for the member; administrators only. "
        "It is a mutation because the audit log keeps that it was made."
    )
    async def export_member(self, info: Info, member_id: UUID) -> ExportedMember:
        runtime, actor = info.context.runtime, info.context.require()
        content = await export_member(runtime, actor, member_id)
        name = f"member-{member_id}-{info.context.today()}.json"
        return ExportedMember(file_name=name, content=cast(JSON, content))

    @strawberry.mutation(
        description="Takes away all that says who a member was, for good; the books stay whole. "
        "Refused with CANNOT_ERASE and a failure for each thing that stands against it."
    )
    async def erase_member(self, info: Info, member_id: UUID, reason: EraseReason) -> GroupMember:
        runtime, actor = info.context.runtime, info.context.require()
        return cast(Any, await erase_member(runtime, actor, member_id, reason))
