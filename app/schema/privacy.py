"""A member's rights over their data."""

import strawberry
from strawberry.scalars import JSON

from app.services.erasure import EraseReason

__all__ = ["EraseReason", "ExportedMember"]

strawberry.enum(EraseReason)


@strawberry.type(description="All that the system holds of a member.")
class ExportedMember:
    file_name: str = strawberry.field(description="To save it under; it names nobody.")
    content: JSON = strawberry.field(description="docs/privacy.md says what is in it.")
