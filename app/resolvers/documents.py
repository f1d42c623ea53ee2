"""Documents of members and groups, and the check of identities."""

from uuid import UUID

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.enums import DocumentKind
from app.schema.members import Document, GroupMember
from app.schema.uploads import Upload


@strawberry.type
class DocumentQuery:
    pass


@strawberry.type
class DocumentMutation:
    @strawberry.mutation
    async def upload_document(
        self, info: Info, member_id: UUID, kind: DocumentKind, file: Upload
    ) -> Document:
        info.context.require()
        raise NotAvailable("uploadDocument")

    @strawberry.mutation
    async def verify_identity(
        self, info: Info, member_id: UUID, notes: str | None = None
    ) -> GroupMember:
        info.context.require()
        raise NotAvailable("verifyIdentity")
