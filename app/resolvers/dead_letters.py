"""Dead letters of the outbox: the office sees them, sends them again, or lets them be."""

from datetime import datetime
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.dead_letters import DeadLetterConnection
from app.services import dead_letters


@strawberry.type
class DeadLetterQuery:
    @strawberry.field(
        description="What workers gave up, the newest first; administrators only. `before`: "
        "given up before this instant."
    )
    async def dead_letters(
        self,
        info: Info,
        topic: str | None = None,
        before: datetime | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> DeadLetterConnection:
        page = await dead_letters.list_dead(
            info.context.runtime,
            info.context.require(),
            topic=topic,
            before=before,
            first=50 if first is None else first,
            after=after,
        )
        return DeadLetterConnection(page=page)


@strawberry.type
class DeadLetterMutation:
    @strawberry.mutation(
        description="Tries dead letters anew, 100 at most; how many there were. Of one that is "
        "none any more nothing is done."
    )
    async def resend_messages(self, info: Info, ids: list[UUID]) -> int:
        return await dead_letters.resend(info.context.runtime, info.context.require(), ids)

    @strawberry.mutation(
        description="Takes dead letters off the list for good, 100 at most; how many there were. "
        "The reason is kept in the audit log: it must name nobody."
    )
    async def dismiss_messages(self, info: Info, ids: list[UUID], reason: str) -> int:
        return await dead_letters.dismiss(info.context.runtime, info.context.require(), ids, reason)
