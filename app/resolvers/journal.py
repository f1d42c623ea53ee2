"""The journal: reading its entries, and reversing one."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.journal import (
    JournalEntry,
    JournalEntryConnection,
    RecordOpeningInput,
    ReverseEntryInput,
)
from app.services import journal


@strawberry.type
class JournalQuery:
    @strawberry.field(description="A group's entries with all their lines, newest first.")
    async def journal(
        self, info: Info, group_id: UUID, first: int | None = 50, after: str | None = None
    ) -> JournalEntryConnection:
        page = await journal.list_journal(
            info.context.runtime,
            info.context.require(),
            group_id,
            first=50 if first is None else first,
            after=after,
        )
        return JournalEntryConnection(page=page)

    @strawberry.field
    async def journal_entry(self, info: Info, id: UUID) -> JournalEntry | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await journal.find_entry(session, actor, id))


@strawberry.type
class JournalMutation:
    @strawberry.mutation(
        description="Mends a mistake: posts the entry's lines the other way round, today, and "
        "brings the loan, fine or payout back to what it was. Administrators only."
    )
    async def reverse_entry(self, info: Info, input: ReverseEntryInput) -> JournalEntry:
        actor = info.context.require()
        return cast(Any, await journal.reverse_entry(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="The books of a group that comes from paper: money, savings, funds, loans; "
        "the rest is what the group earned before. Once, while the books are empty; "
        "administrators only."
    )
    async def record_opening_balances(self, info: Info, input: RecordOpeningInput) -> JournalEntry:
        actor = info.context.require()
        return cast(Any, await journal.record_opening(info.context.runtime, actor, vars(input)))
