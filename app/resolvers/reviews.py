"""The review inbox."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import ReviewKind, ReviewStatus
from app.schema.reviews import DecideReviewInput, ReviewItem, ReviewItemConnection
from app.services import reviews


@strawberry.type
class ReviewQuery:
    @strawberry.field(
        description="What a person must look at, oldest first: held money, edits that clashed, "
        "cash that was short or over, repeats, disputed signatures. An officer sees what they "
        "sent themselves."
    )
    async def review_items(
        self,
        info: Info,
        group_id: UUID | None = None,
        kind: ReviewKind | None = None,
        status: ReviewStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> ReviewItemConnection:
        page = await reviews.list_reviews(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            kind=kind.value if kind else None,
            status=status.value if status else None,
            first=50 if first is None else first,
            after=after,
        )
        return ReviewItemConnection(page=page)

    @strawberry.field
    async def review_item(self, info: Info, id: UUID) -> ReviewItem | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await reviews.find_review(session, actor, id))


@strawberry.type
class ReviewMutation:
    @strawberry.mutation(
        description="Decides an item; administrators only. The officer's phone hears of it."
    )
    async def decide_review(self, info: Info, input: DecideReviewInput) -> ReviewItem:
        actor = info.context.require()
        return cast(Any, await reviews.decide_review(info.context.runtime, actor, vars(input)))
