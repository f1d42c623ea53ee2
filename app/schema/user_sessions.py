"""Where somebody is signed in."""

from datetime import datetime
from uuid import UUID

import strawberry


@strawberry.type(description="A sign-in that has not ended.")
class UserSession:
    """Resolves from services.user_sessions.OpenSession."""

    id: UUID
    device_id: UUID | None
    device_name: str | None = strawberry.field(
        description="What the phone or browser calls itself."
    )
    begun_at: datetime
    last_used_at: datetime = strawberry.field(
        description="To half an hour: when its tokens were renewed last."
    )
    ends_at: datetime = strawberry.field(description="Unless it is used before.")
    address: str | None = strawberry.field(description="From where it began, where it is known.")
    is_current: bool = strawberry.field(description="The one that asks.")
