"""Dividend runs: calculating, approving, posting, paying, reversing (design.md, Dividends)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    DividendAllocation,
    DividendRun,
    DividendStatus,
)
from app.models.base import new_id
from app.receipts import receipt_number
from app.services.balances import trf_of
from app.services.dividend_allocation import allocate, distributable
from app.services.ledger import Line
from app.services.operations import parse
from app.services.operations.dividend_figures import (
    SAVINGS,
    Dividends,
    YearFigures,
    load_figures,
    load_run_entries,
)
from app.services.operations.kind import Kind, Values
from app.services.operations.member_news import dividend_news
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

PAYABLE = Account.DIVIDENDS_PAYABLE.value
SURPLUS = Account.RETAINED_SURPLUS.value
INTO_SAVINGS = "SAVINGS"
LINES_AT_ONCE = 1000
"""An entry of a very large group is cut into several."""
OPEN_RUN = (DividendStatus.DRAFT.value, DividendStatus.APPROVED.value)
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class CalculateDividends(Body):
    kind = "calculateDividends"

    group_id: UUID
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class DecideDividends(Body):
    """Approves or posts a run."""

    kind = "decideDividends"

    run_id: UUID
    post: bool


@dataclass(frozen=True, slots=True)
class ReverseDividends(Body):
    kind = "reverseDividends"

    run_id: UUID
    reason: str


def read_calculation(values: Values) -> CalculateDividends:
    return CalculateDividends(values["group_id"], check_year(int(values["fiscal_year"])))


def check_year(year: int) -> int:
    """BAD_INPUT unless it is a year that a group may have books of."""
    if not FIRST_YEAR <= year <= 9999:
        raise BadInput("There is no such year.", field="fiscalYear")
    return year


def gather_calculation(named: Named, operation: Operation, body: CalculateDividends) -> None:
    named.groups.add(body.group_id)
    named.section(Dividends).wanted.add((body.group_id, body.fiscal_year))
    named.terms = True


def gather_run(
    named: Named, operation: Operation, body: DecideDividends | ReverseDividends
) -> None:
    named.subject(DividendRun, body.run_id)
    named.terms = True


def calculate_dividends(state: State, operation: Operation, body: CalculateDividends) -> Outcome:
    """Makes or renews the year's DRAFT."""
    if not state.may_write(operation.actor, body.group_id):
        return rejected(NotFound("There is no such group.", field="groupId"))
    if body.fiscal_year > state.today.year:
        return rejected(BadInput("The year has not begun.", field="fiscalYear"))
    section = state.section(Dividends)
    key = (body.group_id, body.fiscal_year)
    run = section.runs.get(key)
    if run is not None and run.status not in OPEN_RUN:
        return rejected(
            RuleBroken(
                "The year's dividends are posted already.",
                code="ALREADY_POSTED",
                field="fiscalYear",
            )
        )
    figures = section.figures[key]
    if not figures.savings:
        return rejected(
            RuleBroken("No active member has savings.", code="NO_SAVINGS", field="groupId")
        )
    share = state.terms[body.group_id].profit_share
    if run is None:
        run = DividendRun(
            id=new_id(),
            group_id=body.group_id,
            fiscal_year=body.fiscal_year,
            total_profit=0,
            appreciation_fees=0,
            profit_share=share,
            distributable=0,
            total_savings=0,
            savings_on=state.today,
            calculated_at=state.now,
            calculated_by=operation.actor.user_id,
        )
        state.make(run)
        section.runs[key] = run
    _fill(state, operation, run, figures, share)
    return Outcome(
        APPLIED,
        run.id,
        entity=run,
        group_id=run.group_id,
        detail={"year": run.fiscal_year, "distributable": run.distributable},
    )


def _fill(
    state: State, operation: Operation, run: DividendRun, figures: YearFigures, share: int
) -> None:
    run.status = DividendStatus.DRAFT.value
    run.total_profit = figures.profit
    run.appreciation_fees = figures.fees
    run.profit_share = share
    run.distributable = distributable(figures.profit, figures.fees, share)
    run.total_savings = sum(figures.savings.values())
    run.inputs = dict(figures.inputs)
    run.savings_on = min(date(run.fiscal_year, 12, 31), state.today)
    run.calculated_at = state.now
    run.calculated_by = operation.actor.user_id
    run.approved_at = run.approved_by = None
    state.touch(run)
    allocations = state.section(Dividends).allocations
    for old in allocations.get(run.id, ()):
        state.rows.drop(old)
    shares = allocate(run.distributable, figures.savings)
    allocations[run.id] = []
    for member_id in sorted(shares):
        row = DividendAllocation(
            run_id=run.id,
            member_id=member_id,
            group_id=run.group_id,
            savings=figures.savings[member_id],
            amount=shares[member_id],
        )
        allocations[run.id].append(row)
        state.rows.add(row)


def _run(state: State, operation: Operation, run_id: UUID) -> DividendRun | DomainError:
    run = state.subject(DividendRun, run_id)
    if run is None or not state.may_write(operation.actor, run.group_id):
        return NotFound("There is no such dividend run.", field="dividendRunId")
    return run


def decide_dividends(state: State, operation: Operation, body: DecideDividends) -> Outcome:
    """Approves a run, or posts it: once, after the year's end, never above the surplus."""
    run = _run(state, operation, body.run_id)
    if isinstance(run, DomainError):
        return rejected(run)
    if run.status not in OPEN_RUN:
        code = "ALREADY_POSTED" if run.status != DividendStatus.REVERSED.value else "REVERSED"
        return rejected(
            RuleBroken("The run is no draft any more.", code=code, field="dividendRunId")
        )
    error = _moved(state, run) or (_not_postable(state, run) if body.post else None)
    if error is not None:
        return rejected(error)
    if run.approved_by is None:
        run.approved_at, run.approved_by = state.now, operation.actor.user_id
        run.status = DividendStatus.APPROVED.value
    if body.post:
        _declare(state, operation, run)
    state.touch(run)
    return Outcome(
        APPLIED,
        run.id,
        entity=run,
        group_id=run.group_id,
        detail={"status": run.status, "distributable": run.distributable},
    )


def _moved(state: State, run: DividendRun) -> DomainError | None:
    """FIGURES_MOVED when the books say something else than the run."""
    section = state.section(Dividends)
    figures = section.figures[run.group_id, run.fiscal_year]
    kept = {row.member_id: row.savings for row in section.allocations.get(run.id, ())}
    same = (run.total_profit, run.appreciation_fees) == (figures.profit, figures.fees)
    if same and kept == figures.savings:
        return None
    return RuleBroken(
        "The books have moved since it was calculated: calculate it again.",
        code="FIGURES_MOVED",
        field="dividendRunId",
    )


def _not_postable(state: State, run: DividendRun) -> DomainError | None:
    if run.fiscal_year >= state.today.year:
        return RuleBroken("The year is not over yet.", code="YEAR_NOT_OVER", field="dividendRunId")
    surplus = trf_of(state.books[run.group_id].balances, state.today).surplus
    if run.distributable > surplus:
        return RuleBroken(
            "The group's surplus is less than what would be shared out.",
            code="NOT_ENOUGH_SURPLUS",
            field="dividendRunId",
        )
    if run.distributable == 0:
        return RuleBroken(
            "There is nothing to share out.", code="NOTHING_TO_SHARE", field="dividendRunId"
        )
    return None


def _declare(state: State, operation: Operation, run: DividendRun) -> None:
    """RETAINED_SURPLUS <- DIVIDENDS_PAYABLE of each member."""
    rows = [row for row in state.section(Dividends).allocations[run.id] if row.amount]
    for begin in range(0, len(rows), LINES_AT_ONCE):
        part = rows[begin : begin + LINES_AT_ONCE]
        total = sum(row.amount for row in part)
        lines = [Line(SURPLUS, total)]
        lines.extend(Line(PAYABLE, -row.amount, None, row.member_id) for row in part)
        entry_id = state.post(operation, run.group_id, "DIVIDEND", receipt_number(run.id), lines)
        run.entry_id = run.entry_id or entry_id
    run.status = DividendStatus.POSTED.value
    run.posted_at, run.posted_by = state.now, operation.actor.user_id
    dividend_news(state, run)


def reverse_dividends(state: State, operation: Operation, body: ReverseDividends) -> Outcome:
    """Takes a whole posted run back, what went into savings too. What was paid out in money
    cannot be called back: PAID_OUT."""
    run = _run(state, operation, body.run_id)
    if isinstance(run, DomainError):
        return rejected(run)
    if run.status not in (DividendStatus.POSTED.value, DividendStatus.PAID.value):
        return rejected(
            RuleBroken("The run is not posted.", code="NOT_POSTED", field="dividendRunId")
        )
    error = _irreversible(state, run)
    if error is not None:
        return rejected(error)
    for entry, postings in state.section(Dividends).entries[run.id]:
        lines = [Line(row.account, -row.amount, None, row.member_id) for row in postings]
        state.post(operation, run.group_id, "REVERSAL", entry.reference, lines, reverses=entry.id)
    for row in state.section(Dividends).allocations[run.id]:
        row.payout = row.paid_on = row.paid_entry_id = None
        state.rows.put(row)
    run.status = DividendStatus.REVERSED.value
    run.reversed_at, run.reversed_by = state.now, operation.actor.user_id
    run.reversal_reason = body.reason
    state.touch(run)
    return Outcome(APPLIED, run.id, entity=run, group_id=run.group_id)


def _irreversible(state: State, run: DividendRun) -> DomainError | None:
    owned = state.books[run.group_id].owned
    for row in state.section(Dividends).allocations[run.id]:
        if row.payout not in (None, INTO_SAVINGS):
            return RuleBroken(
                "Dividends were paid out in money already.",
                code="PAID_OUT",
                field="dividendRunId",
            )
        if row.payout == INTO_SAVINGS and -owned.get((row.member_id, SAVINGS), 0) < row.amount:
            return RuleBroken(
                "A member has used the dividend since.",
                code="NOT_ENOUGH_SAVINGS",
                field="dividendRunId",
            )
    return None


def read_reversal(values: Values) -> ReverseDividends:
    return ReverseDividends(
        values["dividend_run_id"], parse.clean_text(values["reason"], "reason", 500)
    )


KINDS = (
    Kind(
        body=CalculateDividends,
        verb="dividends:manage",
        parse=read_calculation,
        gather=gather_calculation,
        judge=calculate_dividends,
        audit="dividends.calculated",
        loaders=(load_figures,),
        synced=False,
    ),
    Kind(
        body=DecideDividends,
        verb="dividends:manage",
        parse=lambda values: values,
        gather=gather_run,
        judge=decide_dividends,
        audit="dividends.decided",
        loaders=(load_figures,),
        synced=False,
    ),
    Kind(
        body=ReverseDividends,
        verb="dividends:manage",
        parse=read_reversal,
        gather=gather_run,
        judge=reverse_dividends,
        audit="dividends.reversed",
        loaders=(load_figures, load_run_entries),
        synced=False,
    ),
)
