"""Papers: asking for them, following them, checking what was printed."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.resolvers.session import address_of
from app.schema.papers import Paper, PaperCheck, RequestPaperInput
from app.services import papers


@strawberry.type
class PaperQuery:
    @strawberry.field(description="How far it is; null outside reach.")
    async def paper(self, info: Info, id: UUID) -> Paper | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await papers.find_paper(session, actor, id))

    @strawberry.field(
        description="A printed paper by its number and code, without signing in; null where the "
        "number is unknown or the code is another one."
    )
    async def paper_check(self, info: Info, number: str, code: str) -> PaperCheck | None:
        address = address_of(info)
        found = await papers.check_paper(
            info.context.runtime, number=number, code=code, address=address
        )
        return cast(Any, found)


@strawberry.type
class PaperMutation:
    @strawberry.mutation(description="A worker makes it; follow it with `paper`.")
    async def request_paper(self, info: Info, input: RequestPaperInput) -> Paper:
        actor = info.context.require()
        return cast(Any, await papers.ask(info.context.runtime, actor, vars(input)))
