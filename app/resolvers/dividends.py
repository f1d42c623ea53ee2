"""Dividend runs."""

from typing import NoReturn
from uuid import UUID

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.dividends import DividendRun


def _later(info: Info) -> NoReturn:
    info.context.require()
    raise NotAvailable(info.field_name)


@strawberry.type
class DividendQuery:
    @strawberry.field
    def dividend_run(self, info: Info, group_id: UUID, fiscal_year: int) -> DividendRun | None:
        _later(info)


@strawberry.type
class DividendMutation:
    @strawberry.mutation
    def calculate_dividends(self, info: Info, group_id: UUID, fiscal_year: int) -> DividendRun:
        _later(info)

    @strawberry.mutation
    def post_dividends(self, info: Info, dividend_run_id: UUID) -> DividendRun:
        _later(info)
