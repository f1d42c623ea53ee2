"""The papers of a member: passbook, dividend statement, receipt."""

from __future__ import annotations

from typing import Any

from app.dates import MONTHS, long_date
from app.papers.layout import Column, Sheet, grouped, unless_zero
from app.papers.loan_papers import day, short_day
from app.papers.words import Words
from app.services.receipts import CheckedReceipt, ReceiptState

MONTH_COLUMNS = (
    ("savings", "savings"),
    ("withdrawn", "withdrawn"),
    ("welfare", "welfare"),
    ("project", "project"),
    ("fines", "fines"),
    ("lent", "loanPrincipal"),
    ("repaid", "repayments"),
    ("balance", "balance"),
    ("loanBalance", "loanBalance"),
)
AT_THE_END = ("balance", "loanBalance")


def passbook(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """A year month by month, then its entries as far as they fit."""
    book = data["passbook"]
    year, months = book["year"], book["months"]
    sheet = Sheet(words, words["PASSBOOK"].format(year=year), book["member"]["group"])
    closing = months[-1]["balance"] if months else book["openingBalance"]
    label = words["closingYear" if len(months) == 12 else "closing"]
    sheet.amount(label, closing, currency)
    sheet.facts(
        [
            (words["member"], book["member"]["memberName"]),
            (words["opening"], f"{currency} {grouped(book['openingBalance'])}"),
        ]
    )
    sheet.say(words["amounts"].format(currency=currency), soft=True)
    columns = [Column(words["month"], 9)]
    columns += [Column(words[head], 10, True) for head, _ in MONTH_COLUMNS]
    rows = [
        [
            MONTHS[words.language][one["month"] - 1],
            # What did not move stays empty; what is there at the end never does.
            *(
                one[name] if name in AT_THE_END else unless_zero(one[name])
                for _, name in MONTH_COLUMNS
            ),
        ]
        for one in months
    ]
    sheet.table(columns, rows, narrow=True)
    _entries(sheet, data, words)
    return sheet


def _entries(sheet: Sheet, data: dict[str, Any], words: Words) -> None:
    # A long table begins where it stands, not on the next page.
    sheet.heading(words["lines"], loose=True)
    heads = (("date", 14), ("what", 23), ("receipt", 24), ("in", 13), ("out", 13), ("savings", 13))
    columns = [
        Column(words[head], width, number=index > 2) for index, (head, width) in enumerate(heads)
    ]
    rows = []
    for line in data["lines"]:
        what = words.of(line["subcategory"])
        if line["isReversal"]:
            what = words["reversal"].format(what=what)
        rows.append(
            [
                short_day(line["date"], words.language),
                what,
                line["receiptNumber"],
                unless_zero(line["amountIn"]),
                unless_zero(line["amountOut"]),
                line["savings"],
            ]
        )
    if rows:
        sheet.table(columns, rows)
    else:
        sheet.say(words["none"], soft=True)
    if data["left_out"]:
        sheet.say(words["more"].format(count=data["left_out"]))


def dividend_statement(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """Every number that went in, so that the member can do the sum again."""
    run, own = data["dividendStatement"]["run"], data["dividendStatement"]["allocation"]
    member, language = own["member"], words.language
    title = words["DIVIDEND_STATEMENT"].format(year=run["fiscalYear"])
    sheet = Sheet(words, title, member["group"])
    sheet.amount(words["share"], own["amount"], currency)
    savings_on = day(run["savingsOn"], language)

    def money(amount: str) -> str:
        return f"{currency} {grouped(amount)}"

    sheet.facts(
        [
            (words["member"], member["memberName"]),
            (words["runStatus"], words.of(run["status"])),
            (words["paidOn"], day(own["paidOn"], language)),
            (words["profit"], money(run["totalProfit"])),
            (words["profitShare"], f"{run['profitShare']} %"),
            (words["fees"], money(run["appreciationFees"])),
            (words["distributable"], money(run["distributable"])),
            (words["totalSavings"].format(day=savings_on), money(run["totalSavings"])),
            (words["memberSavings"], money(own["memberSavings"])),
            (words["sharePercent"], f"{own['sharePercentage']:.4f} %"),
        ]
    )
    sheet.say(words["sum"], soft=True)
    sheet.heading(words["inputs"])
    sheet.table(
        [Column(words["account"], 70), Column(f"{words['amount']}, {currency}", 30, True)],
        [[words.of(one["account"]), one["amount"]] for one in run["inputs"]],
        [words["profit"], run["totalProfit"]],
    )
    return sheet


def receipt(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """One payment, with number and code, by which anyone may ask the books about it."""
    entry, found = data["journalEntry"], data["receipt"]
    sheet = Sheet(words, words["RECEIPT"], entry["group"])
    if isinstance(found, CheckedReceipt):
        amount = f"{found.amount // 100}.{found.amount % 100:02d}"
        sheet.amount(words[found.direction.value], amount, currency)
        state = words[
            found.state.value if found.state is not ReceiptState.REVERSED else "REVERSED_ON"
        ]
        if found.reversed_on:
            state = state.format(day=long_date(found.reversed_on, words.language))
        moved_on, code = long_date(found.moved_on, words.language), found.code
    else:
        state, moved_on, code = words["IN_BOOKS"], day(entry["bookingDate"], words.language), ""
    names = [line["member"]["memberName"] for line in entry["lines"] if line["member"]]
    recorded = entry["recordedBy"]["name"] if entry["recordedBy"] else ""
    sheet.facts(
        [
            (words["receipt"], entry["reference"]),
            (words["code"], code),
            (words["status"], state),
            (words["member"], ", ".join(dict.fromkeys(names))),
            (words["date"], moved_on),
            (words["recordedBy"], recorded),
        ]
    )
    money = ("CASH", "BANK", "MPESA")
    rows = [
        [words.of(line["subcategory"]), words.of(line["account"]), line["amount"]]
        for line in entry["lines"]
        if line["account"] in money
    ]
    heads = (Column(words["what"], 45), Column(words["account"], 25))
    sheet.table([*heads, Column(f"{words['amount']}, {currency}", 30, True)], rows)
    return sheet
