"""The two tables of a group's books."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import MoneyAccount
from app.schema.ledger import CashLedgerConnection, TrfBalance
from app.services import balances, cash_ledger


@strawberry.type
class LedgerQuery:
    @strawberry.field(description="The movements of money between two dates, both included.")
    async def cash_ledger(
        self,
        info: Info,
        group_id: UUID,
        since: Annotated[date | None, strawberry.argument(name="from")] = None,
        until: Annotated[date | None, strawberry.argument(name="to")] = None,
        account: MoneyAccount | None = None,
        first: int | None = 100,
        after: str | None = None,
        newest_first: bool | None = False,
    ) -> CashLedgerConnection:
        actor = info.context.require()
        async with info.context.runtime.db.snapshot() as session:
            found = await cash_ledger.cash_ledger(
                session,
                actor,
                group_id,
                since=since,
                until=until,
                account=account.value if account else None,
                first=100 if first is None else first,
                after=after,
                newest_first=bool(newest_first),
            )
        return CashLedgerConnection(found=found)

    @strawberry.field(description="What the group owns and whose it is, at the end of a date.")
    async def trf_balance(
        self, info: Info, group_id: UUID, as_of: date | None = None
    ) -> TrfBalance:
        actor, today = info.context.require(), info.context.today()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await balances.trf_balance(session, actor, group_id, as_of, today))
