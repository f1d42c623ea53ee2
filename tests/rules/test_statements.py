"""Statements imported, matched with the books, and booked from (docs/reconciliation.md)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from starlette.datastructures import UploadFile

from app import clock
from app.models import AuditLog, ReviewItem, StatementLine, StatementMatch
from app.services.statement_csv import MAX_BYTES
from tests.support.api import Answer
from tests.support.loans import REVERSE, lending
from tests.support.reconciling import (
    AGAIN,
    BOOK,
    GIVEN,
    KEY,
    MATCH,
    READ,
    UNMATCH,
    Desk,
    account,
    desk_of,
    faults,
    lines,
)
from tests.support.stage import Stage, counts


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return desk_of(stage)


def of(month: dict[str, Any], reference: str) -> dict[str, Any]:
    return next(line for line in lines(month) if line["reference"] == reference)


def entries(line: dict[str, Any]) -> list[str]:
    return [entry["entryId"] for entry in line["entries"]]


async def book(desk: Desk, line: dict[str, Any], book_as: str, **more: Any) -> Answer:
    return await desk.ask(BOOK, input={"lineId": line["id"], "bookAs": book_as, **more})


async def reverse(desk: Desk, entry_id: Any) -> None:
    values = {"entryId": str(entry_id), "reason": "Entered twice"}
    assert not (await desk.ask(REVERSE, input=values)).errors


async def test_a_statement_agrees_line_by_line_and_is_signed_without_a_note(desk: Desk) -> None:
    first = await desk.paid("500.00", 3, "BANK")
    await desk.paid("300.00", 5)
    second = await desk.moved("TO_BANK", "300.00", 6)
    csv = desk.csv((5, "D1", "500.00"), (6, "D2", "300.00"))
    found = (await desk.load(csv, closing="800.00"))["importStatement"]
    bank = account(found, "BANK")
    assert bank["statement"] == {
        "closing": "800.00",
        "opening": "0.00",
        "source": "IMPORTED",
        "enteredBy": {"id": str(desk.stage.admin.user_id)},
    }
    assert (bank["difference"], bank["unmatchedLines"], bank["unmatchedPostings"]) == ("0.00", 0, 0)
    assert [entries(line) for line in lines(found)] == [[str(first)], [str(second)]]
    assert [line["details"] for line in lines(found)] == ["Words of D1", "Words of D2"]
    await desk.enter("CASH", "0.00")
    assert (await desk.sign())["signReconciliation"]["status"] == "SIGNED"
    assert (await desk.load(csv, closing="800.00")).code == "MONTH_LOCKED"
    locked = {"lineId": of(found, "D1")["id"]}
    assert (await desk.ask(UNMATCH, **locked)).code == "MONTH_LOCKED"
    assert (await book(desk, of(found, "D1"), "OTHER_INCOME")).code == "MONTH_LOCKED"


async def test_who_paid_is_shown_to_those_who_reconcile_alone(desk: Desk) -> None:
    await desk.load(desk.csv((5, "D1", "500.00")), closing="500.00")
    (row,) = await desk.stage.all_of(StatementLine)
    assert b"Words" not in row.details_sealed
    for who, words in ((desk.stage.admin, "Words of D1"), (desk.stage.chair, None)):
        month = (await desk.ask(READ, who, **desk.key()))["reconciliation"]
        assert [line["details"] for line in lines(month)] == [words]


async def test_mpesa_is_matched_by_its_code_and_parts_of_a_transfer_together(desk: Desk) -> None:
    code = {"transactionId": "SJ31AAA111"}
    one = await desk.paid("500.00", 3, "MPESA", **code)
    two = await desk.paid("200.00", 3, "MPESA", contributionType="WELFARE", **code)
    # The same amount on the same day, but another code: never guessed.
    await desk.paid("90.00", 4, "MPESA", transactionId="SJ41BBB222")
    plain = await desk.paid("60.00", 7, "MPESA")
    csv = desk.csv(
        (1, "SJ31AAA111", "700.00"), (4, "SJ41CCC333", "90.00"), (7, "SJ71DDD444", "60.00")
    )
    found = (await desk.load(csv, "MPESA", closing="850.00"))["importStatement"]
    assert sorted(entries(of(found, "SJ31AAA111"))) == sorted([str(one), str(two)])
    assert entries(of(found, "SJ41CCC333")) == []
    assert entries(of(found, "SJ71DDD444")) == [str(plain)]
    assert faults(found) == [("LINES_UNMATCHED", "MPESA"), ("POSTINGS_UNMATCHED", "MPESA")]


async def test_what_is_ambiguous_a_person_decides(desk: Desk) -> None:
    one = await desk.paid("500.00", 3, "BANK")
    two = await desk.paid("500.00", 4, "BANK")
    far = await desk.paid("500.00", 20, "BANK")
    csv = desk.csv((5, "D1", "500.00"), (6, "D2", "500.00"), (24, "D3", "500.00"))
    found = (await desk.load(csv, closing="1500.00"))["importStatement"]
    assert account(found, "BANK")["unmatchedLines"] == 3
    line = of(found, "D1")
    assert [one["entryId"] for one in line["candidates"]] == [str(two), str(one)]
    assert of(found, "D3")["candidates"] == []
    match = {"lineId": line["id"], "entryIds": [str(one)]}
    found = (await desk.ask(MATCH, **match))["matchStatementLine"]
    assert entries(of(found, "D1")) == [str(one)]
    assert not (await desk.ask(MATCH, **match)).errors
    assert (await desk.ask(MATCH, **{**match, "entryIds": [str(two)]})).code == "ALREADY_MATCHED"
    taken = {"lineId": of(found, "D2")["id"], "entryIds": [str(one)]}
    assert (await desk.ask(MATCH, **taken)).code == "POSTING_MATCHED"
    # Now only one is left for the second line, and the third is matched by hand.
    found = (await desk.ask(AGAIN, **desk.key()))["matchStatements"]
    assert entries(of(found, "D2")) == [str(two)]
    third = {"lineId": of(found, "D3")["id"], "entryIds": [str(far)]}
    found = (await desk.ask(MATCH, **third))["matchStatementLine"]
    assert account(found, "BANK")["unmatchedLines"] == 0
    found = (await desk.ask(UNMATCH, lineId=line["id"]))["unmatchStatementLine"]
    assert (entries(of(found, "D1")), account(found, "BANK")["unmatchedPostings"]) == ([], 1)
    actions = [row.action for row in await desk.stage.all_of(AuditLog)]
    assert (actions.count("line.matched"), actions.count("line.unmatched")) == (3, 1)


async def test_a_line_and_its_entries_are_equal_and_of_one_group_and_account(desk: Desk) -> None:
    bank = await desk.paid("499.00", 3, "BANK")
    cash = await desk.paid("500.00", 3)
    found = (await desk.load(desk.csv((5, "D1", "500.00")), closing="500.00"))["importStatement"]
    line = of(found, "D1")["id"]
    for entry_ids, code, field in (
        ([bank], "AMOUNT_DIFFERS", "entryIds"),
        ([cash], "NOT_FOUND", "entryIds"),
        ([desk.stage.group.id], "NOT_FOUND", "entryIds"),
        ([], "BAD_INPUT", "entryIds"),
    ):
        ids = [str(one) for one in entry_ids]
        answer = await desk.ask(MATCH, lineId=line, entryIds=ids)
        assert (answer.code, answer.field) == (code, field)
    answer = await desk.ask(MATCH, lineId=str(bank), entryIds=[str(bank)])
    assert (answer.code, answer.field) == ("NOT_FOUND", "lineId")


async def test_an_entry_reversed_in_its_month_needs_no_match_and_its_line_is_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = await desk.paid("500.00", 3, "BANK")
    await desk.load(desk.csv((3, "D1", "500.00")), closing="500.00")
    with monkeypatch.context() as patch:
        patch.setattr(clock, "today", lambda zone: desk.last)
        await reverse(desk, wrong)
    found = await desk.read()
    assert entries(of(found, "D1")) == []
    assert (found["unmatchedPostings"]["totalCount"], faults(found)) == (
        0,
        [("DIFFERENCE", "BANK"), ("LINES_UNMATCHED", "BANK")],
    )
    right = await desk.paid("500.00", 4, "BANK")
    found = (await desk.ask(AGAIN, **desk.key()))["matchStatements"]
    assert (entries(of(found, "D1")), faults(found)) == ([str(right)], [])


async def test_nothing_is_imported_unless_every_row_is_right(desk: Desk) -> None:
    before = await counts(desk.stage.runtime)
    year, month = desk.before
    csv = desk.csv((3, "D1", "500.00"), (4, "D2", "1.0.0")) + f"{year}-{month}-01,x,D3,4.00\n"
    answer = await desk.load(csv, closing="500.00")
    assert (answer.code, answer.field) == ("CSV_ROWS", "csv")
    failures = answer.errors[0]["extensions"]["failures"]
    assert [(one["code"], one["field"]) for one in failures] == [
        ("BAD_AMOUNT", "csv.3.Amount"),
        ("OUTSIDE_MONTH", "csv.4.Date"),
    ]
    for more, code, field in (
        ({}, "CLOSING_MISSING", "closing"),
        ({"closing": "501.00", "opening": "0.00"}, "CLOSING_DIFFERS", "opening"),
        ({"closing": "1.00", "account": "CASH"}, "BAD_INPUT", "account"),
        ({"closing": "1.00", "leaveOut": list(range(1001))}, "BAD_INPUT", "leaveOut"),
        ({"csv": None}, "BAD_INPUT", "csv"),
    ):
        answer = await desk.load(**{"csv": csv, "leaveOut": [3, 4], **more})
        assert (answer.code, answer.field) == (code, field), more
    assert await counts(desk.stage.runtime) == before
    assert not (await desk.load(csv, closing="500.00", leaveOut=[3, 4])).errors


async def test_a_statement_imported_again_replaces_the_lines_and_keeps_what_was_decided(
    desk: Desk,
) -> None:
    one = await desk.paid("500.00", 3, "BANK")
    await desk.paid("500.00", 3, "BANK")
    csv = desk.csv((3, "D1", "500.00"), (3, "D2", "500.00"), (9, "F1", "-20.00"))
    found = (await desk.load(csv, closing="980.00"))["importStatement"]
    await desk.ask(MATCH, lineId=of(found, "D1")["id"], entryIds=[str(one)])
    assert not (await book(desk, of(found, "F1"), "EXPENSE")).errors
    longer = csv + f"{desk.day(11)},x,D4,5.00\n"
    found = (await desk.load(longer, closing="985.00"))["importStatement"]
    assert len(await desk.stage.all_of(StatementLine)) == 4
    assert entries(of(found, "D1")) == [str(one)]
    assert [entry["kind"] for entry in of(found, "F1")["entries"]] == ["EXPENSE"]
    assert of(found, "F1")["bookedEntryId"] is not None
    # Entered by hand instead, the lines and their matches are gone.
    assert not (await desk.enter("BANK", "980.00")).errors
    assert await desk.stage.all_of(StatementLine) == []
    assert await desk.stage.all_of(StatementMatch) == []


async def test_what_nobody_booked_is_booked_from_the_statement_once(desk: Desk) -> None:
    stage = desk.stage
    await desk.paid("1000.00", 1, "BANK", transactionId="D0")
    lender = await lending(stage)
    await lender.running("900.00", on=None)
    csv = desk.csv(
        *((2, "D0", "1000.00"), (3, "F1", "-35.50"), (4, "I1", "12.00"), (5, "M1", "700.00")),
        *((6, "U1", "44.00"), (7, "U2", "-10.00")),
    )
    found = (await desk.load(csv, closing="1710.50"))["importStatement"]
    jane = {"memberId": str(stage.jane.id), "contributionType": "REGULAR"}
    for reference, book_as, more, subcategory in (
        ("F1", "EXPENSE", {"description": "Ledger fee"}, "expense"),
        ("I1", "OTHER_INCOME", {}, "other_income"),
        ("M1", "CONTRIBUTION", jane, "savings"),
        ("U1", "UNPLACED", {}, "unplaced"),
        ("U2", "UNPLACED", {}, "unplaced"),
    ):
        line = of(found, reference)
        answer = await book(desk, line, book_as, **more)
        month = answer["bookStatementLine"]
        journal = await stage.entries()
        entry = journal[-1]
        assert entry.row.booking_date.isoformat() == line["date"]
        assert entry.lines[0].subcategory == subcategory
        assert entries(of(month, reference)) == [str(entry.row.id)]
        assert not (await book(desk, line, book_as, **more)).errors
        assert len(await stage.entries()) == len(journal)
    assert faults(month)[-1] == ("REVIEW_OPEN", None)
    assert account(month, "BANK")["difference"] == "0.00"
    assert (month["held"], account(month, "BANK")["unmatchedLines"]) == (2, 0)
    items = sorted(await stage.all_of(ReviewItem), key=lambda row: row.amount)
    assert [(row.reason, row.amount) for row in items] == [
        ("NOT_BOOKED", -1000),
        ("NOT_BOOKED", 4400),
    ]
    await stage.books_hold()


async def test_a_repayment_by_the_bank_is_divided_and_matched_as_a_whole(desk: Desk) -> None:
    lender = await lending(desk.stage, oldest=desk.first)
    loan = await lender.running("900.00", on=desk.first)
    found = (await desk.load(desk.csv((9, "R1", "330.00")), closing="330.00"))["importStatement"]
    answer = await book(desk, of(found, "R1"), "REPAYMENT", loanId=str(loan))
    month = answer["bookStatementLine"]
    assert [one["amount"] for one in of(month, "R1")["entries"]] == ["330.00"]
    assert len(await desk.stage.all_of(StatementMatch)) == 2
    kinds = {one["subcategory"] for one in account(month, "BANK")["subcategories"]}
    assert kinds == {"loan_interest", "short_term_loan"}
    await desk.stage.books_hold()


async def test_a_line_is_booked_by_the_rules_of_what_it_is(desk: Desk) -> None:
    stage = desk.stage
    stranger = await stage.make.member(await stage.make.group())
    left = await stage.make.member(stage.group, is_active=False)
    csv = desk.csv((3, "F1", "-5.00"), (4, "D1", "5.00"))
    found = (await desk.load(csv, closing="0.00"))["importStatement"]
    out, into = of(found, "F1"), of(found, "D1")
    regular = {"contributionType": "REGULAR"}
    for line, book_as, more, code, field in (
        (into, "EXPENSE", {}, "BAD_INPUT", "bookAs"),
        (out, "OTHER_INCOME", {}, "BAD_INPUT", "bookAs"),
        (into, "CONTRIBUTION", regular, "BAD_INPUT", "memberId"),
        (into, "CONTRIBUTION", {"memberId": str(left.id)}, "BAD_INPUT", "contributionType"),
        (into, "CONTRIBUTION", {"memberId": str(left.id), **regular}, "MEMBER_LEFT", "memberId"),
        (into, "CONTRIBUTION", {"memberId": str(stranger.id), **regular}, "NOT_FOUND", "memberId"),
        (into, "REPAYMENT", {}, "BAD_INPUT", "loanId"),
        (into, "REPAYMENT", {"loanId": str(stranger.id)}, "NOT_FOUND", "loanId"),
        (out, "EXPENSE", {}, "NOT_ENOUGH_MONEY", "amount"),
    ):
        answer = await book(desk, line, book_as, **more)
        assert (answer.code, answer.field) == (code, field), (book_as, more)
    assert await stage.entries() == []


async def test_a_booked_line_is_not_booked_again_unless_that_was_reversed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = (await desk.load(desk.csv((4, "D1", "5.00")), closing="5.00"))["importStatement"]
    line = of(found, "D1")
    assert not (await book(desk, line, "OTHER_INCOME")).errors
    booked = (await desk.stage.entries())[-1].row.id
    assert not (await desk.ask(UNMATCH, lineId=line["id"])).errors
    assert (await book(desk, line, "UNPLACED")).code == "ALREADY_BOOKED"
    assert not (await desk.ask(MATCH, lineId=line["id"], entryIds=[str(booked)])).errors
    with monkeypatch.context() as patch:
        patch.setattr(clock, "today", lambda zone: desk.last)
        await reverse(desk, booked)
    found = (await book(desk, line, "UNPLACED"))["bookStatementLine"]
    assert [one["kind"] for one in of(found, "D1")["entries"]] == ["HELD"]
    assert faults(found) == [("REVIEW_OPEN", None)]
    await desk.stage.books_hold()


async def test_the_charge_of_an_mpesa_payment_has_its_code(desk: Desk) -> None:
    await desk.paid("500.00", 3, "MPESA", transactionId="SJ31AAA111")
    csv = desk.csv((3, "SJ31AAA111", "500.00"), (3, "SJ31AAA111", "-13.00"))
    found = (await desk.load(csv, "MPESA", closing="487.00"))["importStatement"]
    (charge,) = [line for line in lines(found) if line["amount"] == "-13.00"]
    found = (await book(desk, charge, "EXPENSE"))["bookStatementLine"]
    assert account(found, "MPESA")["unmatchedLines"] == 0
    assert account(found, "MPESA")["difference"] == "0.00"


async def test_a_file_as_banks_write_it_is_taken_as_an_upload(desk: Desk) -> None:
    query = """mutation Import($input: ImportStatementInput!, $file: Upload) {
      importStatement(input: $input, file: $file) {
        accounts { account statement { opening closing source } }
        statementLines(first: 2) { totalCount pageInfo { endCursor hasNextPage }
          edges { node { number details amount } } } } }"""
    words = "Equity Bank;Turi\n\nDate;Details;Reference;Debit;Credit;Balance\n"
    rows = [f"{desk.day(3)};Caf\u00e9;R{number};;1,00;9\n" for number in range(3)]
    good = words + "".join(
        f"{desk.day(3)};Caf\u00e9;R{number};;1.00;{number + 1}.00\n" for number in range(3000)
    )
    values = {**desk.key(), "account": "BANK"}

    async def send(raw: bytes, **more: Any) -> Answer:
        file = UploadFile(io.BytesIO(raw), filename="statement.csv")
        return await desk.ask(query, input={**values, **more}, file=file)

    found = (await send(good.encode("cp1252")))["importStatement"]
    assert found["accounts"][1]["statement"] == {
        "opening": "0.00",
        "closing": "3000.00",
        "source": "IMPORTED",
    }
    page = found["statementLines"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3000, True)
    assert page["edges"][1]["node"] == {"number": 5, "details": "Caf\u00e9", "amount": "1.00"}
    assert (await send(b"x" * (MAX_BYTES + 1))).code == "CSV_TOO_LARGE"
    assert (await send((words + "".join(rows)).encode("cp1252"))).code == "CSV_ROWS"
    assert (await send(b"", csv=good)).field == "csv"
    assert len(await desk.stage.all_of(StatementLine)) == 3000


async def test_lines_and_postings_come_page_by_page(desk: Desk) -> None:
    query = f"""query Page({KEY}, $after: String, $matched: Boolean) {{
      reconciliation({GIVEN}) {{
        statementLines(first: 2, after: $after, matched: $matched) {{
          totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ reference }} }} }}
        unmatchedPostings(first: 1, account: BANK) {{ totalCount edges {{ cursor }} }} }} }}"""
    await desk.paid("3.00", 5, "BANK", transactionId="D3")
    await desk.paid("70.00", 5, "BANK")
    await desk.paid("80.00", 5, "BANK")
    rows = [(day, f"D{day}", f"{day}.00") for day in (5, 1, 2, 3, 4)]
    await desk.load(desk.csv(*rows), closing="15.00")
    seen: list[str] = []
    after = None
    for _ in range(3):
        answer = await desk.ask(query, after=after, matched=None, **desk.key())
        page = answer["reconciliation"]["statementLines"]
        seen += [edge["node"]["reference"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert (seen, page["pageInfo"]["hasNextPage"]) == (["D1", "D2", "D3", "D4", "D5"], False)
    postings = answer["reconciliation"]["unmatchedPostings"]
    assert (postings["totalCount"], len(postings["edges"])) == (2, 1)
    for matched, number in ((True, 1), (False, 4)):
        answer = await desk.ask(query, matched=matched, **desk.key())
        assert answer["reconciliation"]["statementLines"]["totalCount"] == number
    assert (await desk.ask(query, after="x", **desk.key())).code == "BAD_INPUT"
