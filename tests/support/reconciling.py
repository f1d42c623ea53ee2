"""Months that are reconciled: what tests of reconciliation begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.support.api import Answer, contribute
from tests.support.factories import Person
from tests.support.stage import Stage

ENTRY = "entryId sequence account amount bookingDate kind codes"
MONTH = f"""
  status year month held openMeetings bookHead {{ sequence hash }}
  faults {{ code account amount count }}
  accounts {{ account opening moneyIn moneyOut movedIn movedOut closing difference
    unmatchedLines unmatchedPostings subcategories {{ subcategory moneyIn moneyOut }}
    statement {{ closing opening source enteredBy {{ id }} }} }}
  totals {{ moneyIn moneyOut }}
  trialBalance {{ account opening debits credits closing }}
  statementLines {{ totalCount edges {{ node {{ id number date amount account reference details
    bookedEntryId entries {{ {ENTRY} }} candidates {{ entryId }} }} }} }}
  unmatchedPostings {{ totalCount edges {{ node {{ {ENTRY} }} }} }}
  signed {{ note figures bookHead {{ sequence hash }} signedBy {{ id }} }}
  reopened {{ reopenReason figures }}
"""
KEY = "$groupId: UUID!, $year: Int!, $month: Int!"
GIVEN = "groupId: $groupId, year: $year, month: $month"
EVERY = """query Every($year: Int!, $month: Int!, $groupIds: [UUID!], $county: String,
    $status: ReconciliationStatus, $first: Int, $after: String) {
  reconciliations(year: $year, month: $month, groupIds: $groupIds, county: $county,
      status: $status, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    totals { groups open ready signed cash bank mpesa differences unmatchedLines unmatchedPostings }
    edges { node { group { id name } status cash bank mpesa differences missing unmatchedLines
      unmatchedPostings held openMeetings signedAt signedBy { id } } } } }"""
READ = f"query Read({KEY}) {{ reconciliation({GIVEN}) {{ {MONTH} }} }}"
ENTER = f"""mutation Enter({KEY}, $account: MoneyAccount!, $closing: Money!) {{
  enterStatement({GIVEN}, account: $account, closing: $closing) {{ {MONTH} }} }}"""
IMPORT = f"""mutation Import($input: ImportStatementInput!) {{
  importStatement(input: $input) {{ {MONTH} }} }}"""
AGAIN = f"mutation Again({KEY}) {{ matchStatements({GIVEN}) {{ {MONTH} }} }}"
MATCH = f"""mutation Match($lineId: UUID!, $entryIds: [UUID!]!) {{
  matchStatementLine(lineId: $lineId, entryIds: $entryIds) {{ {MONTH} }} }}"""
UNMATCH = f"""mutation Apart($lineId: UUID!) {{
  unmatchStatementLine(lineId: $lineId) {{ {MONTH} }} }}"""
BOOK = f"""mutation Book($input: BookStatementLineInput!) {{
  bookStatementLine(input: $input) {{ {MONTH} }} }}"""
SIGN = f"""mutation Sign({KEY}, $note: String) {{
  signReconciliation({GIVEN}, note: $note) {{ {MONTH} }} }}"""
REOPEN = f"""mutation Reopen({KEY}, $reason: String!) {{
  reopenReconciliation({GIVEN}, reason: $reason) {{ {MONTH} }} }}"""
MOVE = "mutation Move($input: RecordMovementInput!) { recordMovement(input: $input) { id } }"


@dataclass(frozen=True)
class Desk:
    """The last two months of a group; `first` to `last` is last month."""

    stage: Stage
    first: date
    last: date

    @property
    def before(self) -> tuple[int, int]:
        """The month before last month."""
        day = self.first - timedelta(days=1)
        return day.year, day.month

    def day(self, number: int) -> str:
        """A day of last month."""
        return self.first.replace(day=number).isoformat()

    def key(self, month: tuple[int, int] | None = None) -> dict[str, Any]:
        year, number = month or (self.first.year, self.first.month)
        return {"groupId": str(self.stage.group.id), "year": year, "month": number}

    async def ask(self, query: str, who: Person | None = None, **values: Any) -> Answer:
        return await self.stage.api.ask(who or self.stage.admin, query, **values)

    async def read(self, month: tuple[int, int] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = (await self.ask(READ, **self.key(month)))["reconciliation"]
        return found

    async def enter(
        self, account: str, closing: Any, month: tuple[int, int] | None = None, **more: Any
    ) -> Answer:
        return await self.ask(ENTER, account=account, closing=closing, **self.key(month), **more)

    async def load(self, csv: str, account: str = "BANK", **more: Any) -> Answer:
        values = {**self.key(), "account": account, "csv": csv, **more}
        return await self.ask(IMPORT, input=values)

    async def sign(self, note: str | None = None, month: tuple[int, int] | None = None) -> Answer:
        return await self.ask(SIGN, note=note, **self.key(month))

    async def reopen(self, month: tuple[int, int] | None = None) -> Answer:
        return await self.ask(REOPEN, reason="A slip turned up", **self.key(month))

    async def paid(self, amount: Any, on: int | str, method: str = "CASH", **more: Any) -> UUID:
        """A contribution of Jane's on a day; its entry."""
        day = self.day(on) if isinstance(on, int) else on
        values = {"contributionDate": day, "paymentMethod": method, **more}
        operation = contribute(self.stage.jane.id, amount, **values)
        (result,) = await self.stage.api.sync(self.stage.officer, operation)
        assert result["outcome"] == "APPLIED", result
        return (await self.stage.entries())[-1].row.id

    async def moved(self, movement: str, amount: Any, on: int, **more: Any) -> UUID:
        values = {
            "groupId": str(self.stage.group.id),
            "movement": movement,
            "amount": amount,
            "paymentMethod": "CASH",
            "description": "x",
            "movementDate": self.day(on),
            **more,
        }
        assert not (await self.ask(MOVE, self.stage.officer, input=values)).errors
        return (await self.stage.entries())[-1].row.id

    def csv(self, *rows: tuple[int, str, str], opening: str | None = None) -> str:
        """(day, reference, signed amount) as a bank's file without balances."""
        lines = [f"{self.day(day)},Words of {ref},{ref},{amount}" for day, ref, amount in rows]
        return "\n".join(["Date,Details,Reference,Amount", *lines, ""])


def desk_of(stage: Stage) -> Desk:
    last = date.fromisoformat(stage.api.today()).replace(day=1) - timedelta(days=1)
    return Desk(stage, last.replace(day=1), last)


def account(month: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in month["accounts"] if one["account"] == name)


def lines(month: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in month["statementLines"]["edges"]]


def faults(month: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["code"], one["account"]) for one in month["faults"]]
