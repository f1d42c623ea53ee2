"""Dividends of many groups at once."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.dividend_jobs import DividendJob, DividendJobConnection, DividendsForInput
from app.services import dividend_jobs


@strawberry.type
class DividendJobQuery:
    @strawberry.field(description="Administrators only.")
    async def dividend_job(self, info: Info, id: UUID) -> DividendJob | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await dividend_jobs.find_job(session, actor, id))

    @strawberry.field(description="Newest first; administrators only.")
    async def dividend_jobs(
        self, info: Info, first: int | None = 50, after: str | None = None
    ) -> DividendJobConnection:
        page = await dividend_jobs.list_jobs(
            info.context.runtime,
            info.context.require(),
            first=50 if first is None else first,
            after=after,
        )
        return DividendJobConnection(page=page)


@strawberry.type
class DividendJobMutation:
    @strawberry.mutation(
        description="Calculates the year's drafts of many groups in the background, or of all "
        "active ones. The same wish while one is unfinished answers with that one."
    )
    async def calculate_dividends_for(self, info: Info, input: DividendsForInput) -> DividendJob:
        return await _ask(info, models.DividendAction.CALCULATE, input)

    @strawberry.mutation(description="Approves drafts in the background: all of a year, or some.")
    async def approve_dividends_for(self, info: Info, input: DividendsForInput) -> DividendJob:
        return await _ask(info, models.DividendAction.APPROVE, input)

    @strawberry.mutation(
        description="Posts runs in the background, each once: all of a year, or some. Who posts "
        "a draft approves it by that."
    )
    async def post_dividends_for(self, info: Info, input: DividendsForInput) -> DividendJob:
        return await _ask(info, models.DividendAction.POST, input)

    @strawberry.mutation(description="Tries the groups that failed again.")
    async def retry_dividend_job(self, info: Info, id: UUID) -> DividendJob:
        actor = info.context.require()
        return cast(Any, await dividend_jobs.try_again(info.context.runtime, actor, id))


async def _ask(info: Info, action: models.DividendAction, input: DividendsForInput) -> DividendJob:
    actor = info.context.require()
    return cast(Any, await dividend_jobs.ask(info.context.runtime, actor, action, vars(input)))
