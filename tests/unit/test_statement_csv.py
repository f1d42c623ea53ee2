"""CSV of banks and of M-Pesa, in every shape that they come in (docs/reconciliation.md)."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import BadInput
from app.services.statement_cells import read_amount, read_date
from app.services.statement_csv import MAX_BYTES, MAX_ROWS, StatementFile, read_statement

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
MPESA = (
    "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance\n"
    "SJ31AAA111,2026-10-03 09:12:44,"
    '"Pay Bill from 2547XXX, JANE",Completed,"1,000.00",,"1,500.00"\n'
    "SJ21AAA110,2026-10-02 18:00:01,Business Payment,Completed,,-500.00,500.00\n"
    "SJ11AAA109,2026-10-01 08:00:00,Pay Bill,Completed,200.00,,1000.00\n"
)
BANK = (
    "Date,Description,Reference,Debit,Credit,Balance\n"
    "01/10/2026,Deposit,D1,,1000.00,1500.00\n"
    "05/10/2026,Ledger fee,F1,50.00,,1450.00\n"
)


def read(raw: bytes | str, account: str = "BANK", **more: object) -> StatementFile:
    return read_statement(raw, account, FIRST, LAST, **more)  # type: ignore[arg-type]


def refused(raw: bytes | str, account: str = "BANK", **more: object) -> BadInput:
    with pytest.raises(BadInput) as found:
        read(raw, account, **more)
    return found.value


def faults(raw: bytes | str, account: str = "BANK", **more: object) -> list[tuple[str, str | None]]:
    error = refused(raw, account, **more)
    assert error.code == "CSV_ROWS"
    return [(one.code, one.field) for one in error.details]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("1234", 123400),
        ("(1,234.50)", -123450),
        ("KES 1,234.50", 123450),
        ("Ksh. 1,234.50", 123450),
        ("KES (1,234.50)", -123450),
        ("(KES 1,234.50)", -123450),
        ("-KES 1,234.50", -123450),
        ("1,234.50-", -123450),
        ("-1,234.50", -123450),
        ("\u22121,234.50", -123450),
        ("+1,234.50", 123450),
        ("1 234.50", 123450),
        ("1\u00a0234.50", 123450),
        ("1,234.50 CR", 123450),
        ("1,234.50 Dr", -123450),
        ("1,234.50/=", 123450),
        ("0.00", 0),
        ("9,999,999,999.99", 999999999999),
        ("", None),
        (" - ", None),
        ("--", None),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, cents: int | None) -> None:
    assert read_amount(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "1.234,50",
        "1,23",
        "12,34.50",
        "1,234.567",
        "1e3",
        "NaN",
        "=1+1",
        "0x10",
        "1_000",
        "12.",
        ".5",
        "--5",
        "()",
        "KES",
        "USD 5",
        "ten",
        "10,000,000,000.00",
        "9" * 400,
        "\u0661\u0662",
        "#REF!",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no|month|day|large"):
        read_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "31/10/2026",
        "31-10-2026",
        "31.10.2026",
        "31/10/26",
        "2026-10-31",
        "2026/10/31",
        "2026-10-31T23:59:59Z",
        "2026-10-31 08:12:44",
        "31/10/2026 8:12 PM",
        "31-Oct-2026",
        "31-OCT-26",
        "31 October 2026",
        "31 Oct, 2026",
        " 31/10/2026 ",
    ],
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert read_date(text) == date(2026, 10, 31)


@pytest.mark.parametrize(
    "text", ["", "10/31/2026", "31/02/2026", "31-Okt-2026", "46326", "2026-10", "31/10/202", "x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no|month|day|large"):
        read_date(text)


def test_mpesa_newest_first_with_withdrawals_below_zero() -> None:
    found = read(MPESA, "MPESA")
    assert [(row.day.day, row.amount, row.reference) for row in found.rows] == [
        (1, 200_00, "SJ11AAA109"),
        (2, -500_00, "SJ21AAA110"),
        (3, 1000_00, "SJ31AAA111"),
    ]
    assert (found.opening, found.closing) == (800_00, 1500_00)
    assert found.rows[2].details == "Pay Bill from 2547XXX, JANE"
    assert found.rows[2].number == 2


BANK_ROWS = [(1, 1000_00, "D1"), (5, -50_00, "F1")]


@pytest.mark.parametrize(
    "raw",
    [
        BANK,
        BANK.encode(),
        BANK.encode("utf-8-sig"),
        BANK.encode("utf-16"),
        BANK.replace("Ledger fee", "Caf\u00e9").encode("cp1252"),
        BANK.replace("\n", "\r\n"),
        BANK.replace("\n", "\r"),
        BANK.replace(",", ";"),
        BANK.replace(",", "\t"),
        BANK.upper(),
        BANK.replace("Description", "Particulars").replace("Date", "Transaction Date"),
        BANK.replace("Debit,Credit", "Withdrawals (KES),Deposit (KES)"),
        BANK.replace("Debit,Credit", "Money Out,Money In"),
        "Bank of Turi\nAccount;0123\n\n" + BANK,
        BANK + ",,Total,50.00,1000.00,\n\n",
        BANK + "\nThis is, no offer\nPage 1 of 1,,,,,\n",
        BANK.replace("01/10", "Date,Description,Reference,Debit,Credit,Balance\n01/10"),
        BANK.replace("01/10", ",Balance B/F,,,,500.00\n01/10"),
        BANK.replace("Deposit,", '"Deposit\nby slip, ""Turi""",'),
        BANK.replace("Debit,Credit,Balance", "Debit,Credit,Running Balance,Amount").replace(
            "1500.00", "1500.00,77"
        ),
    ],
)
def test_a_banks_statement_in_every_dress(raw: bytes | str) -> None:
    found = read(raw)
    assert [(row.day.day, row.amount, row.reference.upper()) for row in found.rows] == BANK_ROWS
    assert (found.opening, found.closing) == (500_00, 1450_00)


@pytest.mark.parametrize(
    ("raw", "amounts"),
    [
        ("Date,Narrative,Amount\n1/10/2026,In,10.00\n2/10/2026,Out,(4.00)\n", [1000, -400]),
        ("Date,Amount,Dr/Cr\n1/10/2026,10.00,CR\n2/10/2026,4.00,DR\n", [1000, -400]),
        ("Date,Amount\n1/10/2026,10.00 CR\n2/10/2026,4.00 DR\n", [1000, -400]),
        ("Date,Credit\n1/10/2026,10.00\n1/10/2026,10.00\n", [1000, 1000]),
        ("Date,Details,Credit,Debit\n1/10/2026,Total Kenya,,3.00\n", [-300]),
        ("Date,Amount\n2/10/2026,4.00-\n1/10/2026,KES 10.00\n", [1000, -400]),
    ],
)
def test_one_column_of_amounts(raw: str, amounts: list[int]) -> None:
    found = read(raw)
    assert [row.amount for row in found.rows] == amounts
    assert found.closing is None


def test_columns_with_names_of_their_own_are_named_by_the_caller() -> None:
    raw = "Siku,Kiasi,Salio\n1/10/2026,10.00,15.00\n"
    assert refused(raw).code == "CSV_NO_HEADER"
    columns = {"date": "siku", "amount": "KIASI", "balance": "Salio"}
    found = read(raw, columns=columns)
    assert (found.opening, found.closing) == (500, 1500)
    assert refused(raw, columns={**columns, "reference": "Nambari"}).code == "CSV_NO_HEADER"


def test_every_wrong_row_is_named_and_may_be_left_out() -> None:
    raw = (
        "Date,Reference,Debit,Credit\n"
        "1/10/2026,A,,10.00\n"
        "31/9/2026,B,,10.00\n"
        "30/09/2026,C,,10.00\n"
        "3/10/2026,D,1.0.0,\n"
        "4/10/2026,E,1.00,2.00\n"
        "5/10/2026,F,,\n"
        "6/10/2026,G,0.00,0.00\n"
        "1/10/2026,A,,10.00\n"
    )
    assert faults(raw) == [
        ("BAD_DATE", "csv.3.Date"),
        ("OUTSIDE_MONTH", "csv.4.Date"),
        ("BAD_AMOUNT", "csv.5.Debit"),
        ("TWO_AMOUNTS", "csv.6.Debit"),
        ("NO_AMOUNT", "csv.7.Credit"),
        ("NO_AMOUNT", "csv.8.Credit"),
        ("DUPLICATE_ROW", "csv.9.Date"),
    ]
    assert [row.reference for row in read(raw, leave_out=range(3, 10)).rows] == ["A"]


def test_a_row_that_never_happened_is_no_row_and_an_unknown_word_is_asked_about() -> None:
    assert (
        len(
            read(
                MPESA.replace("Payment,Completed", "Payment,Failed")
                .replace("500.00,500.00", "500.00,1000.00")
                .replace('"1,500.00"', '"2,000.00"'),
                "MPESA",
            ).rows
        )
        == 2
    )
    assert faults(MPESA.replace("Payment,Completed", "Payment,Pending"), "MPESA") == [
        ("BAD_STATUS", "csv.3.Transaction Status")
    ]


def test_mpesa_rows_have_receipts() -> None:
    assert faults(MPESA.replace("SJ21AAA110", ""), "MPESA") == [
        ("BAD_REFERENCE", "csv.3.Receipt No.")
    ]


def test_the_running_balance_must_follow() -> None:
    assert faults(BANK.replace("1450.00", "1449.00")) == [("BALANCE_BREAK", "csv.3.Balance")]
    dropped = BANK.replace("01/10", ",Opening balance,,,,400.00\n01/10")
    assert faults(dropped) == [("BALANCE_BREAK", "csv.3.Balance")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "CSV_UNREADABLE"),
        (b" \n\n", "CSV_UNREADABLE"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "CSV_UNREADABLE"),
        (b"\xff\xfe\x00", "CSV_UNREADABLE"),
        (b"Date,Amount\n1/10/2026,\x81", "CSV_UNREADABLE"),
        (BANK + '06/10/2026,"never ends,,1.00,,\n', "CSV_UNREADABLE"),
        (b"a,b\n1,2\n", "CSV_NO_HEADER"),
        ("Date,Balance\n1/10/2026,5.00\n", "CSV_NO_HEADER"),
        ("\n" * 90 + BANK, "CSV_NO_HEADER"),
        ("Date,Amount\n", "CSV_NO_ROWS"),
        ("Date,Amount\n,Total,\n", "CSV_NO_ROWS"),
        (b"x" * (MAX_BYTES + 1), "CSV_TOO_LARGE"),
        ("Date,Amount\n" + "1/10/2026,1.00\n" * (MAX_ROWS + 1), "CSV_TOO_MANY_ROWS"),
        ("Date,Amount\n" + "\n" * (MAX_ROWS * 4), "CSV_TOO_MANY_ROWS"),
    ],
)
def test_files_that_are_no_statement(raw: bytes | str, code: str) -> None:
    error = refused(raw)
    assert (error.code, error.field) == (code, "csv")


def test_the_largest_file_is_taken_and_no_more_than_a_hundred_faults_are_named() -> None:
    assert len(read("Date,Amount\n" + "1/10/2026,1.00\n" * MAX_ROWS).rows) == MAX_ROWS
    assert len(faults("Date,Amount\n" + "1/10/2026,x\n" * 150)) == 100
