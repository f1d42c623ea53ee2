"""Documents of members, and the check of their identity."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import crypto, models
from app.context import Info
from app.schema.enums import DocumentKind, IdentityMethod
from app.schema.paging import Connection, edges_of
from app.schema.users import User
from app.services.member_privacy import place


@strawberry.type
class Document:
    """Resolves from a models.Document row."""

    id: UUID
    kind: DocumentKind
    content_type: str
    size: int
    sha256: str
    created_at: datetime
    member_id: UUID | None
    meeting_id: UUID | None

    @strawberry.field(description="Whose papers they are; null where they are of no member.")
    async def member_name(self, info: Info) -> str | None:
        member_id = cast(models.Document, self).member_id
        return (await info.context.members.load(member_id)).member_name if member_id else None

    @strawberry.field
    def url(self) -> str:
        return f"/documents/{self.id}"


@strawberry.type
class DocumentEdge:
    cursor: str
    node: Document


@strawberry.type
class DocumentConnection(Connection):
    @strawberry.field
    def edges(self) -> list[DocumentEdge]:
        return list(edges_of(self.page, DocumentEdge))


@strawberry.type
class IdentityCheck:
    """Resolves from a models.IdentityCheck row."""

    checked_at: datetime

    @strawberry.field(description="What was looked at; null where nobody said.")
    def how(self) -> IdentityMethod | None:
        method = _check(self).method
        return IdentityMethod(method) if method else None

    @strawberry.field
    async def checked_by(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(_check(self).checked_by))

    @strawberry.field(description="In the words of the one who looked.")
    async def notes(self, info: Info) -> str | None:
        row = _check(self)
        member = await info.context.members.load(row.member_id)
        if row.notes_sealed is None or member.wrapped_key is None:
            return None
        key = info.context.runtime.keys.unwrap(member.wrapped_key, member.id)
        return crypto.unseal(key, row.notes_sealed, place(row.id, "notes")).decode()


def _check(self: object) -> models.IdentityCheck:
    return cast(models.IdentityCheck, self)


@strawberry.input
class VerifyIdentityInput:
    member_id: UUID
    notes: str | None = None
    method: IdentityMethod | None = None
    offline_sync_id: UUID | None = None
