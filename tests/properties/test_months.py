"""Whatever is booked in whatever month: opening + in - out = closing, the trial balance is zero,
each month begins as the last one ended, and all groups together are the sum of each."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.models.base import new_id
from app.money import format_money, parse_money
from app.runtime import Runtime
from app.services.ledger import Draft, Line
from tests.properties.budget import examples
from tests.support.api import Api
from tests.support.books import post_directly
from tests.support.factories import Factory, Person
from tests.support.reconciling import ENTER, EVERY, IMPORT, READ

MONEY = ("CASH", "BANK", "MPESA")
OTHERS = ("WELFARE_FUND", "OTHER_INCOME", "OPERATING_EXPENSES", "SUSPENSE", "LOANS_PROJECT")
MONTHS = ((2025, 11), (2025, 12), (2026, 1), (2026, 2))
WORDS = dict.fromkeys(MONEY, "other_income")
AMOUNT = st.integers(1, 400).map(lambda shillings: shillings * 25)
DAYS = st.builds(date, st.just(2025), st.sampled_from([11, 12]), st.integers(1, 30)) | st.builds(
    date, st.just(2026), st.sampled_from([1, 2]), st.integers(1, 28)
)
POSTED = st.tuples(
    st.just("post"), DAYS, st.sampled_from(MONEY + OTHERS), st.sampled_from(MONEY + OTHERS), AMOUNT
)
REVERSED = st.tuples(st.just("reverse"), DAYS, st.integers(0, 30))
SAID = st.tuples(st.just("say"), st.sampled_from(MONTHS), st.sampled_from(MONEY), AMOUNT)
LISTED = st.tuples(
    st.just("list"),
    st.sampled_from(MONTHS),
    st.sampled_from(MONEY[1:]),
    st.lists(st.tuples(st.integers(1, 28), AMOUNT, st.booleans()), min_size=1, max_size=6),
)
SCRIPT = st.lists(st.one_of(POSTED, POSTED, POSTED, REVERSED, SAID, LISTED), max_size=25)


class Books:
    """One group's books by the script alone."""

    def __init__(self, group_id: UUID) -> None:
        self.group_id = group_id
        self.drafts: list[Draft] = []
        self.said: list[tuple[Any, ...]] = []

    def play(self, script: list[tuple[Any, ...]]) -> None:
        reversed_ids: set[UUID] = set()
        for step in script:
            if step[0] == "post" and step[2] != step[3]:
                _, day, debit, credit, cents = step
                moves = {debit: cents, credit: -cents}
                both = set(moves) <= set(MONEY)
                self._post(day, moves, "banking" if both else "other_income")
            elif step[0] == "reverse" and self.drafts:
                entry = self.drafts[step[2] % len(self.drafts)]
                if entry.id in reversed_ids or entry.reverses_id is not None:
                    continue
                reversed_ids.add(entry.id)
                moves = {line.account: -line.amount for line in entry.lines}
                word = next((line.subcategory for line in entry.lines if line.subcategory), "x")
                self._post(max(step[1], entry.booking_date), moves, word, entry.id)
            elif step[0] in ("say", "list"):
                self.said.append(step)

    def _post(
        self, day: date, moves: dict[str, int], word: str, reverses: UUID | None = None
    ) -> None:
        lines = [
            Line(account, cents, word if account in MONEY else None)
            for account, cents in moves.items()
        ]
        when = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        draft = Draft(new_id(), day, day, "TEST", "x", new_id(), when, lines, reverses)
        self.drafts.append(draft)

    def balances(self, before: date) -> Counter[str]:
        found: Counter[str] = Counter()
        for draft in self.drafts:
            if draft.booking_date < before:
                for line in draft.lines:
                    found[line.account] += line.amount
        return found


def after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


async def say(api: Api, admin: Person, books: Books) -> None:
    for kind, (year, month), account, *rest in books.said:
        key = {"groupId": str(books.group_id), "year": year, "month": month, "account": account}
        if kind == "say":
            answer = await api.ask(admin, ENTER, closing=format_money(rest[0]), **key)
        else:
            rows = [
                f"{day}/{month}/{year},{'' if into else '-'}{format_money(cents)},{number}"
                for number, (day, cents, into) in enumerate(rest[0])
            ]
            csv = "\n".join(["Date,Amount,Reference", *rows])
            answer = await api.ask(admin, IMPORT, input={**key, "csv": csv, "closing": "5.00"})
        assert not answer.errors, answer.errors


def the_month_holds(month: dict[str, Any], books: Books, year: int, number: int) -> None:
    opening, closing = books.balances(date(year, number, 1)), books.balances(after(year, number))
    for one in month["accounts"]:
        sums = {
            name: parse_money(one[name])
            for name in ("opening", "moneyIn", "moneyOut", "movedIn", "movedOut", "closing")
        }
        assert sums["opening"] + sums["moneyIn"] - sums["moneyOut"] == sums["closing"]
        assert sums["opening"] == opening[one["account"]]
        assert sums["closing"] == closing[one["account"]]
        for whole, part in (("moneyIn", "movedIn"), ("moneyOut", "movedOut")):
            assert 0 <= sums[part] <= sums[whole]
            parts = [parse_money(kind[whole]) for kind in one["subcategories"]]
            assert sum(parts) == sums[whole]
    trial = {
        one["account"]: (parse_money(one["opening"]), parse_money(one["closing"]))
        for one in month["trialBalance"]
    }
    assert sum(begins for begins, _ in trial.values()) == 0
    assert sum(ends for _, ends in trial.values()) == 0
    assert {name: ends for name, (_, ends) in trial.items() if ends} == {
        name: cents for name, cents in closing.items() if cents
    }


def the_line_is_the_month(line: dict[str, Any], month: dict[str, Any]) -> None:
    accounts = {one["account"]: one for one in month["accounts"]}
    assert {name: line[name.lower()] for name in MONEY} == {
        name: accounts[name]["closing"] for name in MONEY
    }
    assert line["status"] == month["status"]
    for name in ("unmatchedLines", "unmatchedPostings"):
        assert line[name] == sum(one[name] for one in accounts.values()), name
    apart = [abs(parse_money(one["difference"] or "0")) for one in accounts.values()]
    assert parse_money(line["differences"]) == sum(apart)
    missing = [one for one in month["faults"] if one["code"] == "STATEMENT_MISSING"]
    assert line["missing"] == len(missing)


@examples(8)
@given(st.lists(SCRIPT, min_size=1, max_size=2))
async def test_a_month_of_any_books_holds_and_all_are_the_sum_of_each(
    runtime: Runtime, scripts: list[list[tuple[Any, ...]]]
) -> None:
    make, api = Factory(runtime), Api(runtime)
    make.count_apart()
    admin = await make.admin()
    groups: list[Books] = []
    for script in scripts:
        books = Books((await make.group()).id)
        books.play(script)
        if books.drafts:
            await post_directly(runtime, books.group_id, *books.drafts)
        await say(api, admin, books)
        groups.append(books)
    ids = [str(books.group_id) for books in groups]
    for year, month in MONTHS:
        answer = await api.ask(admin, EVERY, year=year, month=month, groupIds=ids)
        found = answer["reconciliations"]
        rows = {edge["node"]["group"]["id"]: edge["node"] for edge in found["edges"]}
        for books in groups:
            key = {"groupId": str(books.group_id), "year": year, "month": month}
            one = (await api.ask(admin, READ, **key))["reconciliation"]
            the_month_holds(one, books, year, month)
            the_line_is_the_month(rows[str(books.group_id)], one)
        totals = found["totals"]
        for name in ("cash", "bank", "mpesa", "differences"):
            each = [parse_money(row[name]) for row in rows.values()]
            assert parse_money(totals[name]) == sum(each)
        for name in ("unmatchedLines", "unmatchedPostings"):
            assert totals[name] == sum(row[name] for row in rows.values())
        assert totals["groups"] == totals["open"] + totals["ready"] + totals["signed"] == len(ids)
