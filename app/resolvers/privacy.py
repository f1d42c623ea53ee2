"""A member's rights: a copy of their data, and its erasure."""

from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app.context import Info
from app.schema.members import GroupMember
from app.schema.privacy import EraseReason, ExportedMember
from app.services.erasure import erase_member
from app.services.member_export import export_member


@strawberry.type
class PrivacyMutation:
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
