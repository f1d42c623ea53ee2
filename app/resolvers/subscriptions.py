"""What clients follow live."""

from collections.abc import AsyncIterator
from typing import cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.ledger import CashLedgerEntry
from app.schema.officers import Notice, OfficerLocation
from app.services import live


@strawberry.type
class Subscription:
    @strawberry.subscription(
        description="The last known location of every visible officer first, then each new one."
    )
    async def officer_locations(
        self, info: Info, group_ids: list[UUID] | None = None
    ) -> AsyncIterator[OfficerLocation]:
        context = info.context
        stream = await live.officer_locations(context.runtime, context.require(), group_ids)
        return cast(AsyncIterator[OfficerLocation], stream)

    @strawberry.subscription(
        description="Each new entry of the group's cash ledger, in order, none twice."
    )
    async def ledger_updates(self, info: Info, group_id: UUID) -> AsyncIterator[CashLedgerEntry]:
        context = info.context
        stream = await live.ledger_updates(context.runtime, context.require(), group_id)
        return cast(AsyncIterator[CashLedgerEntry], stream)

    @strawberry.subscription(
        description="The server's own notices: it missed events, or your access has changed."
    )
    async def notices(self, info: Info) -> AsyncIterator[Notice]:
        stream = await live.notices(info.context.runtime, info.context.require())
        return cast(AsyncIterator[Notice], stream)
