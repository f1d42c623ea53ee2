"""Members' statements and passbooks."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.statements import MemberStatement, Passbook
from app.services import member_statement, passbook


@strawberry.type
class StatementQuery:
    @strawberry.field(
        description="What the books hold of a member between two dates, both included, oldest "
        "first; by default this year's."
    )
    async def member_statement(
        self,
        info: Info,
        member_id: UUID,
        since: Annotated[date | None, strawberry.argument(name="from")] = None,
        until: Annotated[date | None, strawberry.argument(name="to")] = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> MemberStatement:
        found = await member_statement.member_statement(
            info.context.runtime,
            info.context.require(),
            member_id,
            since=since,
            until=until,
            first=50 if first is None else first,
            after=after,
            today=info.context.today(),
        )
        return MemberStatement(page=found.page, found=found)

    @strawberry.field(description="A member's year, month by month, as the paper passbook has it.")
    async def passbook(self, info: Info, member_id: UUID, year: int | None = None) -> Passbook:
        actor, today = info.context.require(), info.context.today()
        async with info.context.runtime.db.reading() as session:
            found = await passbook.passbook(
                session, actor, member_id, today.year if year is None else year, today
            )
        return cast(Any, found)
