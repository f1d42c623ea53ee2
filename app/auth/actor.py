"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.models.people import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in user, as a request or an operation sees them.

    `group_id` is the one group of a chair or committee member; an officer's groups are
    assignments in the database; an administrator sees all.
    """

    user_id: UUID
    role: Role
    group_id: UUID | None = None
    expires_at: datetime | None = None
    """When the access token ends (UTC); None for the command line and the workers."""

    session_id: UUID | None = None
    """The sign-in that the token is of; None for the command line and the workers."""

    @property
    def is_admin(self) -> bool:
        return self.role is Role.SYSTEM_ADMIN
