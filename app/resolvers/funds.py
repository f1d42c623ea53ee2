"""Withdrawals, welfare payouts, expenses, banking and other movements; statements."""

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.contributions import WithdrawSavingsInput
from app.schema.ledger import CashLedgerEntry


@strawberry.type
class FundsQuery:
    pass


@strawberry.type
class FundsMutation:
    @strawberry.mutation
    async def withdraw_savings(self, info: Info, input: WithdrawSavingsInput) -> CashLedgerEntry:
        info.context.require()
        raise NotAvailable("withdrawSavings")
