"""Documents of members, and the check of identities."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.documents import Document
from app.schema.enums import DocumentKind
from app.schema.members import GroupMember
from app.schema.uploads import Upload
from app.services import identity
from app.services.documents import MAX_BYTES


@strawberry.type
class DocumentMutation:
    @strawberry.mutation(
        description="A picture (JPEG, PNG, WebP) or PDF of at most 5 MB, as a multipart request. "
        "A new ID_FRONT or ID_BACK must be verified again."
    )
    async def upload_document(
        self, info: Info, member_id: UUID, kind: DocumentKind, file: Upload
    ) -> Document:
        actor = info.context.require()
        raw = await cast(Any, file).read(MAX_BYTES + 1)
        return cast(
            Any,
            await identity.upload_document(info.context.runtime, actor, member_id, kind.value, raw),
        )

    @strawberry.mutation(
        description="Says that the caller has looked at the member's papers; both sides of the "
        "ID must be there. No loan is approved before."
    )
    async def verify_identity(
        self, info: Info, member_id: UUID, notes: str | None = None
    ) -> GroupMember:
        actor = info.context.require()
        values = {"member_id": member_id, "notes": notes}
        return cast(Any, await identity.verify_identity(info.context.runtime, actor, values))
