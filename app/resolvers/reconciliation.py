"""Monthly reconciliation."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.errors import BadInput
from app.schema.enums import MoneyAccount
from app.schema.reconciliation import (
    BookStatementLineInput,
    GroupReconciliationConnection,
    ImportStatementInput,
    Reconciliation,
)
from app.schema.scalars import Money
from app.schema.uploads import Upload
from app.services import reconciliation, reconciliations
from app.services.month_faults import ReconciliationStatus
from app.services.statement_csv import MAX_BYTES


@strawberry.type
class ReconciliationQuery:
    @strawberry.field(
        description="A group's month: opening, in, out and closing beside counted cash and the "
        "statements, what differs, and who signed it off."
    )
    async def reconciliation(
        self, info: Info, group_id: UUID, year: int, month: int
    ) -> Reconciliation:
        actor, runtime = info.context.require(), info.context.runtime
        return cast(
            Any, await reconciliation.read_reconciliation(runtime, actor, group_id, year, month)
        )

    @strawberry.field(description="A month of all groups within reach, by name, with totals.")
    async def reconciliations(
        self,
        info: Info,
        year: int,
        month: int,
        group_ids: list[UUID] | None = None,
        county: str | None = None,
        status: ReconciliationStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> GroupReconciliationConnection:
        selection, page = await reconciliations.list_reconciliations(
            info.context.runtime,
            info.context.require(),
            year=year,
            month=month,
            group_ids=group_ids,
            county=county,
            status=status.value if status else None,
            first=50 if first is None else first,
            after=after,
        )
        return GroupReconciliationConnection(page=page, selection=selection)


@strawberry.type
class ReconciliationMutation:
    @strawberry.mutation(
        description="What was counted (CASH) or a statement says (BANK, MPESA) at the month's "
        "end. Officers enter CASH; administrators all three."
    )
    async def enter_statement(
        self,
        info: Info,
        group_id: UUID,
        year: int,
        month: int,
        account: MoneyAccount,
        closing: Money,
    ) -> Reconciliation:
        actor = info.context.require()
        values = {"group_id": group_id, "year": year, "month": month}
        values |= {"account": account.value, "closing": closing}
        return cast(Any, await reconciliation.enter_statement(info.context.runtime, actor, values))

    @strawberry.mutation(
        description="A statement as CSV, whole or not at all: wrong rows come back in "
        "`failures`. It replaces an earlier one. Administrators only."
    )
    async def import_statement(
        self, info: Info, input: ImportStatementInput, file: Upload | None = None
    ) -> Reconciliation:
        actor, text = info.context.require(), input.csv
        if (text is None) == (file is None):
            raise BadInput("Send the text or a file.", field="csv")
        raw = text if text is not None else await cast(Any, file).read(MAX_BYTES + 1)
        values = {**vars(input), "account": input.account.value}
        return cast(
            Any,
            await reconciliation.import_statement(info.context.runtime, actor, values, raw),
        )

    @strawberry.mutation(description="Looks once more which lines are in the books by now.")
    async def match_statements(
        self, info: Info, group_id: UUID, year: int, month: int
    ) -> Reconciliation:
        actor = info.context.require()
        values = {"group_id": group_id, "year": year, "month": month}
        return cast(Any, await reconciliation.match_statements(info.context.runtime, actor, values))

    @strawberry.mutation(
        description="Matches a line with entries that moved as much on its account."
    )
    async def match_statement_line(
        self, info: Info, line_id: UUID, entry_ids: list[UUID]
    ) -> Reconciliation:
        actor = info.context.require()
        values = {"line_id": line_id, "entry_ids": entry_ids}
        return cast(Any, await reconciliation.match_line(info.context.runtime, actor, values))

    @strawberry.mutation
    async def unmatch_statement_line(self, info: Info, line_id: UUID) -> Reconciliation:
        actor = info.context.require()
        return cast(Any, await reconciliation.unmatch_line(info.context.runtime, actor, line_id))

    @strawberry.mutation(
        description="Books a line that nobody had booked, on its day, and matches it. A repeat "
        "changes nothing."
    )
    async def book_statement_line(
        self, info: Info, input: BookStatementLineInput
    ) -> Reconciliation:
        actor = info.context.require()
        return cast(Any, await reconciliation.book_line(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(description="Signs the month off and locks it; what differs needs a note.")
    async def sign_reconciliation(
        self, info: Info, group_id: UUID, year: int, month: int, note: str | None = None
    ) -> Reconciliation:
        actor = info.context.require()
        values = {"group_id": group_id, "year": year, "month": month, "note": note}
        return cast(Any, await reconciliation.sign(info.context.runtime, actor, values))

    @strawberry.mutation(description="Unlocks the newest signed month, for a reason.")
    async def reopen_reconciliation(
        self, info: Info, group_id: UUID, year: int, month: int, reason: str
    ) -> Reconciliation:
        actor = info.context.require()
        values = {"group_id": group_id, "year": year, "month": month, "reason": reason}
        return cast(Any, await reconciliation.reopen(info.context.runtime, actor, values))
