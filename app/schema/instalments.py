"""Instalments and quotes of loans."""

from datetime import date
from typing import cast

import strawberry

from app import models
from app.schema.scalars import Money, Percent
from app.services.loan_quote import Quote
from app.services.loan_schedule import Planned


@strawberry.type
class Installment:
    number: int
    due_date: date
    principal: Money
    interest: Money
    total: Money
    remaining_balance: Money
    paid: Money = strawberry.field(description="Of its principal and interest.")
    paid_principal: Money
    paid_interest: Money

    @classmethod
    def planned(cls, one: Planned) -> "Installment":
        return cls(
            number=one.number,
            due_date=one.due_date,
            principal=Money(one.principal),
            interest=Money(one.interest),
            total=Money(one.principal + one.interest),
            remaining_balance=Money(one.remaining),
            paid=Money(0),
            paid_principal=Money(0),
            paid_interest=Money(0),
        )

    @classmethod
    def running(cls, row: models.Instalment) -> "Installment":
        return cls(
            number=row.number,
            due_date=row.due_date,
            principal=Money(row.principal),
            interest=Money(row.interest),
            total=Money(row.principal + row.interest),
            remaining_balance=Money(row.remaining_balance),
            paid=Money(row.paid_principal + row.paid_interest),
            paid_principal=Money(row.paid_principal),
            paid_interest=Money(row.paid_interest),
        )


@strawberry.type(description="What a loan would cost.")
class LoanQuote:
    """Resolves from services.loan_quote.Quote."""

    fee: Money = strawberry.field(description="The appreciation fee; 0 unless a group is named.")
    total_interest: Money
    total_repayable: Money
    annual_percentage_rate: Percent = strawberry.field(
        description="(1 + monthly internal rate of return)^12 - 1, with the fee in it."
    )

    @strawberry.field
    def repayment_schedule(self) -> list[Installment]:
        return [Installment.planned(one) for one in cast(Quote, self).planned]
