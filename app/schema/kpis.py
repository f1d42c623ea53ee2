"""Key figures over a period. They resolve from services.kpis; docs/kpis.md defines them."""

from datetime import date
from typing import cast

import strawberry

from app.context import Info
from app.schema.ledger import TrfBalance
from app.schema.scalars import Money, Percent
from app.schema.users import FieldOfficer
from app.services.kpis.figures import Figures
from app.services.kpis.people import Activity, OfficerFigures


@strawberry.type(description="How long something took, in hours; null where nothing was counted.")
class KpiDurations:
    count: int
    median: float | None
    p90: float | None = strawberry.field(description="Nine of ten took no longer.")
    within: Percent | None = strawberry.field(
        name="within48Hours", description="The share below 48 hours."
    )


@strawberry.type(description="How many loans, and the amounts they were applied for.")
class KpiTally:
    count: int
    amount: Money


@strawberry.type
class KpiMembers:
    at_start: int
    at_end: int
    joined: int
    left: int
    growth: Percent | None = strawberry.field(description="Null where there was nobody before.")
    registrations: int = strawberry.field(description="Entered into the register in the period.")


@strawberry.type
class KpiLoans:
    applied: KpiTally
    approved: KpiTally
    rejected: KpiTally
    disbursed: KpiTally
    completed: KpiTally
    written_off: KpiTally
    approval: KpiDurations = strawberry.field(
        description="From the application to the last approval, of loans approved."
    )
    disbursement: KpiDurations = strawberry.field(
        description="From the last approval to the money, of loans paid out."
    )
    due: Money = strawberry.field(description="Principal and interest that fell due.")
    paid: Money = strawberry.field(description="What of it is paid by now.")
    on_time: Money = strawberry.field(description="What of it was settled by its day.")
    repayment_rate: Percent | None
    on_time_rate: Percent | None
    arrears: Money = strawberry.field(description="Overdue today, fines left out.")
    loans_in_arrears: int


@strawberry.type(description="What was reversed is taken off in the month of the reversal.")
class KpiMoney:
    savings_in: Money
    savings_out: Money
    welfare_in: Money
    welfare_out: Money
    project_in: Money
    project_out: Money
    interest: Money
    fines: Money


@strawberry.type
class KpiOfficer:
    transactions: int
    active_days: int
    per_day: float

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        found = await info.context.officers.load(cast(OfficerFigures, self).officer_id)
        return cast(FieldOfficer, found)


@strawberry.type
class KpiOfficers:
    active: int = strawberry.field(description="Officers with at least one transaction.")
    transactions: int
    active_days: int = strawberry.field(description="The days of all officers added up.")
    per_day: float | None = strawberry.field(
        description="Transactions for each officer and day of activity."
    )

    @strawberry.field(description="The busiest first, 100 at most.")
    def officers(self, first: int = 20) -> list[KpiOfficer]:
        return cast(list[KpiOfficer], cast(Activity, self).first(first))


@strawberry.type
class KpiSync:
    sent: int = strawberry.field(description="Operations, each counted once.")
    accepted: int = strawberry.field(description="Applied or held, repeats included.")
    refused: int = strawberry.field(description="Refused or in conflict, and not accepted since.")
    success: Percent | None
    held_open: int
    held_open_amount: Money
    decisions: KpiDurations = strawberry.field(
        description="From holding money to deciding it, of what was decided in the period."
    )


@strawberry.type(description="A calendar month, or the part of it that lies in the period.")
class KpiMonth:
    """Resolves from services.kpis.figures.MonthFigures."""

    first: date
    last: date
    money_in: Money
    money_out: Money
    trf: TrfBalance = strawberry.field(description="Of all the groups, at the end of `last`.")
    members: int
    out: Money = strawberry.field(name="loansOut")
    at_risk: Money = strawberry.field(
        description="Principal of loans with an instalment overdue by more than 30 days."
    )
    share_at_risk: Percent | None = strawberry.field(name="par30")


@strawberry.type(description="Key figures of a period, for the groups that were asked for.")
class Kpis:
    """Resolves from services.kpis.figures.Figures."""

    groups: int = strawberry.field(description="How many groups it is about.")
    members: KpiMembers
    loans: KpiLoans
    money: KpiMoney
    officers: KpiOfficers
    sync: KpiSync
    series: list[KpiMonth]

    @strawberry.field(name="from")
    def since(self) -> date:
        return cast(Figures, self).first

    @strawberry.field(name="to")
    def until(self) -> date:
        return cast(Figures, self).last

    @strawberry.field(description="The last month: what stands at the end of the period.")
    def at_end(self) -> KpiMonth:
        return cast(KpiMonth, cast(Figures, self).end)
