"""The papers of a loan: its statement, and the agreement with the full cost."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.dates import long_date, short_date
from app.papers.layout import Column, Sheet, grouped
from app.papers.words import Words

SHORT_TERM = "SHORT_TERM"


def day(text: str | None, language: str) -> str:
    """A day or an instant of the API for people; nothing where there is none."""
    return long_date(date.fromisoformat(text[:10]), language) if text else ""


def short_day(text: str, language: str) -> str:
    """The same for a column of a table."""
    return short_date(date.fromisoformat(text[:10]), language)


def loan_statement(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """What was lent, what was paid, and what is owed today."""
    loan = data["loan"]
    sheet = Sheet(words, words["LOAN_STATEMENT"], loan["group"])
    sheet.amount(words["payoff"], loan["payoff"], currency)
    sheet.facts(
        [
            (words["member"], loan["member"]["memberName"]),
            *_terms(loan, words, currency),
            (words["status"], words.of(loan["status"])),
            (words["paidOut"], day(loan["disbursedOn"], words.language)),
            (words["completed"], day(loan["completedOn"], words.language)),
            (words["outPrincipal"], _money(loan["outstandingPrincipal"], currency)),
            (words["outInterest"], _money(loan["outstandingInterest"], currency)),
            (words["outFines"], _money(loan["outstandingFines"], currency)),
            (words["arrears"], _money(loan["arrears"], currency)),
            (words["overdue"], loan["daysOverdue"] or ""),
            (words["next"], _next(loan, words, currency)),
        ]
    )
    _schedule(sheet, loan, words)
    sheet.heading(words["repayments"])
    names = ("date", "receipt", "principal", "interest", "fines", "toSavings", "amount")
    widths = (17, 24, 12, 12, 11, 12, 12)
    columns = [
        Column(words[name], width, number=index > 1)
        for index, (name, width) in enumerate(zip(names, widths, strict=True))
    ]
    rows = [_repayment(row, words) for row in loan["repayments"]]
    if rows:
        sheet.table(columns, rows)
    else:
        sheet.say(words["none"], soft=True)
    return sheet


def _repayment(row: dict[str, Any], words: Words) -> list[str]:
    number = row["receiptNumber"]
    if row["isReversed"]:
        number = f"{number} ({words['reversed']})"
    parts = [row[name] for name in ("principal", "interest", "fines", "savings", "amount")]
    return [short_day(row["paymentDate"], words.language), number, *parts]


def loan_agreement(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """The terms, everything that the loan costs, the instalments, and where to sign."""
    loan = data["loan"]
    sheet = Sheet(words, words["LOAN_AGREEMENT"], loan["group"])
    sheet.amount(words["loanAmount"], loan["loanAmount"], currency)
    member, language = loan["member"], words.language
    witnesses = [one["memberName"] for one in loan["witnesses"]]
    fine = words["lateFineWords"].format(
        amount=_money(loan["terms"]["lateFine"], currency), days=loan["terms"]["graceDays"]
    )
    sheet.facts(
        [
            (words["borrower"], member["memberName"]),
            (words["idNumber"], member["idNumber"]),
            (words["phone"], member["phone"]),
            *_terms(loan, words, currency)[1:],
            (words["purpose"], loan["purpose"]),
            (words["applied"], day(loan["applicationDate"], language)),
            (words["approved"], day(loan["approvedDate"], language)),
            (words["paidOut"], day(loan["disbursedOn"], language)),
            (words["witnesses"], ", ".join(witnesses)),
        ]
    )
    sheet.heading(words["full"])
    sheet.facts(
        [
            (words["totalInterest"], _money(loan["totalInterest"], currency)),
            (words["fee"], _money(loan["fee"], currency)),
            (words["totalRepayable"], _money(loan["totalRepayable"], currency)),
            (words["apr"], f"{loan['annualPercentageRate']} %"),
            (words["lateFine"], fine),
        ]
    )
    _schedule(sheet, loan, words)
    if loan["disbursedOn"] is None:
        sheet.say(words["planned"], soft=True)
    sheet.heading(words["approvals"])
    sheet.facts([(words.of(one["role"]), _approval(one, language)) for one in loan["approvals"]])
    sheet.say(words["agree"])
    sheet.signatures([member["memberName"], *(f"{words['witness']}: {one}" for one in witnesses)])
    return sheet


def _approval(one: dict[str, Any], language: str) -> str:
    return f"{one['approvedBy']['name']}, {day(one['decidedAt'], language)}"


def _terms(loan: dict[str, Any], words: Words, currency: str) -> list[tuple[str, object]]:
    rate = "rateWhole" if loan["loanType"] == SHORT_TERM else "rateYear"
    return [
        (words["loanAmount"], _money(loan["loanAmount"], currency)),
        (words["loanType"], words.of(loan["loanType"])),
        (words["months"], loan["durationMonths"]),
        (words["rate"], words[rate].format(rate=loan["interestRate"])),
    ]


def _next(loan: dict[str, Any], words: Words, currency: str) -> str:
    if loan["nextDueDate"] is None:
        return ""
    return f"{_money(loan['nextDueAmount'], currency)}, {day(loan['nextDueDate'], words.language)}"


def _schedule(sheet: Sheet, loan: dict[str, Any], words: Words) -> None:
    sheet.heading(words["schedule"])
    heads = ("no", "due", "principal", "interest", "total", "left", "paid")
    widths = (7, 21, 14, 14, 15, 15, 14)
    columns = [
        Column(words[name], width, number=index > 1)
        for index, (name, width) in enumerate(zip(heads, widths, strict=True))
    ]
    names = ("principal", "interest", "total", "remainingBalance", "paid")
    sheet.table(
        columns,
        [
            [
                row["number"],
                short_day(row["dueDate"], words.language),
                *(row[name] for name in names),
            ]
            for row in loan["repaymentSchedule"]
        ],
    )


def _money(amount: str, currency: str) -> str:
    return f"{currency} {grouped(amount)}"
