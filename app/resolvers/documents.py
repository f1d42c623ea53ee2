"""Documents of members and meetings, and the check of identities."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.auth.actor import Actor
from app.auth.permissions import demand
from app.context import Info
from app.errors import BadInput
from app.schema.documents import Document
from app.schema.enums import DocumentKind, IdentityMethod
from app.schema.members import GroupMember
from app.schema.uploads import Upload
from app.services import attaching, documents, identity
from app.services.documents import MAX_BYTES

MULTIPART = "as a multipart request, at most 5 MB"


@strawberry.type
class DocumentQuery:
    @strawberry.field(description="Minutes of a meeting, the newest first, 50 at most.")
    async def meeting_documents(self, info: Info, meeting_id: UUID) -> list[Document]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await documents.documents_of_meeting(session, actor, meeting_id))


@strawberry.type
class DocumentMutation:
    @strawberry.mutation(
        description=f"A picture (JPEG, PNG, WebP) of a member's papers, or a PDF of them, "
        f"{MULTIPART}. A new ID_FRONT or ID_BACK must be verified again."
    )
    async def upload_document(
        self, info: Info, member_id: UUID, kind: DocumentKind, file: Upload
    ) -> Document:
        actor, raw = await _sent(info, file)
        return cast(
            Any,
            await attaching.upload_document(
                info.context.runtime, actor, member_id, kind.value, raw
            ),
        )

    @strawberry.mutation(description=f"The minutes of a meeting, as a picture or PDF, {MULTIPART}.")
    async def upload_minutes(self, info: Info, meeting_id: UUID, file: Upload) -> Document:
        actor, raw = await _sent(info, file)
        return cast(
            Any, await attaching.upload_minutes(info.context.runtime, actor, meeting_id, raw)
        )

    @strawberry.mutation(
        description="Says that the caller has looked at the member's papers; both sides of the "
        "ID must be there. No loan is approved before."
    )
    async def verify_identity(
        self,
        info: Info,
        member_id: UUID,
        notes: str | None = None,
        method: IdentityMethod | None = None,
    ) -> GroupMember:
        actor = info.context.require()
        values = {"member_id": member_id, "notes": notes, "method": method}
        return cast(Any, await identity.verify_identity(info.context.runtime, actor, values))


async def _sent(info: Info, file: Any) -> tuple[Actor, bytes]:
    """Who sends the file, and what is in it, with one byte above the limit at most."""
    actor = info.context.require()
    demand(actor, "documents:create")
    # In a JSON request, or without a place in the map, it is whatever stands there.
    if not hasattr(file, "read"):
        raise BadInput("Send the file as a part of a multipart request.", field="file")
    return actor, await file.read(MAX_BYTES + 1)
