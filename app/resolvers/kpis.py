"""Key figures over a period."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.kpis import Kpis
from app.services.kpis.figures import figures
from app.services.kpis.period import checked_period


@strawberry.type
class KpiQuery:
    @strawberry.field(
        description="Key figures from one day to another, both included, 36 months at most: of "
        "some groups, of a county, or of all within reach."
    )
    async def kpis(
        self,
        info: Info,
        since: Annotated[date, strawberry.argument(name="from")],
        until: Annotated[date, strawberry.argument(name="to")],
        group_ids: list[UUID] | None = None,
        county: str | None = None,
    ) -> Kpis:
        actor, runtime = info.context.require(), info.context.runtime
        period = checked_period(since, until, runtime.settings.timezone, info.context.today())
        async with runtime.db.snapshot() as session:
            return cast(Any, await figures(session, actor, group_ids, county, period))
