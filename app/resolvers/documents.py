"""Documents of members and meetings, and the check of identities."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.auth.actor import Actor
from app.auth.permissions import demand
from app.context import Info
from app.schema.documents import Document, DocumentConnection
from app.schema.enums import DocumentKind, IdentityMethod
from app.schema.members import GroupMember
from app.schema.uploads import Upload
from app.services import identity
from app.services.attaching import MINUTES, Target, upload
from app.services.document_list import Whose, list_documents
from app.services.documents import MAX_BYTES

MULTIPART = "as a multipart request, at most 5 MB"


@strawberry.type
class DocumentQuery:
    @strawberry.field(
        description="The newest first: of a member, of a meeting, or of a group with all of its "
        "members and meetings. Name one of the three."
    )
    async def documents(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        meeting_id: UUID | None = None,
        kind: DocumentKind | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> DocumentConnection:
        page = await list_documents(
            info.context.runtime,
            info.context.require(),
            Whose(group_id, member_id, meeting_id),
            kind.value if kind else None,
            first=50 if first is None else first,
            after=after,
        )
        return DocumentConnection(page=page)


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
        target = Target(kind.value, member_id=member_id)
        return cast(Any, await upload(info.context.runtime, actor, target, raw))

    @strawberry.mutation(
        description="Minutes of a group on paper, of a meeting if it is named, as a picture or "
        f"PDF, {MULTIPART}."
    )
    async def upload_minutes(
        self, info: Info, group_id: UUID, file: Upload, meeting_id: UUID | None = None
    ) -> Document:
        actor, raw = await _sent(info, file)
        target = Target(MINUTES, group_id=group_id, meeting_id=meeting_id)
        return cast(Any, await upload(info.context.runtime, actor, target, raw))

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
    return actor, await file.read(MAX_BYTES + 1)
