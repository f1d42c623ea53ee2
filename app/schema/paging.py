"""Connections: how the contract pages a list."""

from collections.abc import Sequence
from typing import Any, cast

import strawberry

from app.paging import Page


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Connection:
    """Fields that every connection has; each noun adds its edges."""

    page: strawberry.Private[Page[Any]]

    @strawberry.field
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.page.has_next,
            end_cursor=self.page.cursors[-1] if self.page.cursors else None,
        )

    @strawberry.field(description="How many there are in all pages together.")
    async def total_count(self) -> int:
        return await self.page.count()


def edges_of(page: Page[Any], edge: type[Any]) -> Sequence[Any]:
    """The page's rows as edges of the given type."""
    return cast(
        Sequence[Any],
        [
            edge(cursor=cursor, node=row)
            for cursor, row in zip(page.cursors, page.items, strict=True)
        ],
    )
