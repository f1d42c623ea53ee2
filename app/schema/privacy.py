"""A member's rights over their data."""

from datetime import date
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app.services.erasure import EraseReason
from app.services.naming_texts import TextKind

__all__ = ["EraseReason", "ExportedMember", "NamingText", "TextKind"]

strawberry.enum(EraseReason)
strawberry.enum(TextKind)


@strawberry.type(description="Words about something else in which a member's name stands.")
class NamingText:
    kind: TextKind
    id: UUID = strawberry.field(description="Of the record that has the text.")
    field: str
    text: str
    day: date | None = strawberry.field(
        name="date", description="The record's day, by which people find it."
    )
    can_redact: bool = strawberry.field(description="Not the minutes': they are signed.")


@strawberry.type(description="All that the system holds of a member.")
class ExportedMember:
    file_name: str = strawberry.field(description="To save it under; it names nobody.")
    content: JSON = strawberry.field(description="docs/privacy.md says what is in it.")
