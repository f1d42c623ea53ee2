"""The papers of a group: its statement, the minutes of a meeting, a month's reconciliation."""

from __future__ import annotations

from typing import Any

from app.dates import month_name
from app.papers.layout import Column, Sheet, grouped, unless_zero
from app.papers.loan_papers import day, short_day
from app.papers.words import Words

OWNS = (
    "cashInHand",
    "bank",
    "mpesa",
    "shortTermLoans",
    "longTermLoans",
    "projectLoans",
)
WHOSE = (
    "memberSavings",
    "welfareFund",
    "projectFund",
    "externalLoans",
    "dividendsPayable",
    "suspense",
    "surplus",
)
NAMED_OTHERWISE = {"memberSavings": "memberSavingsAll"}


def group_statement(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """The two tables that groups keep: the cash ledger of a period, and the TRF at its end."""
    ledger, trf = data["cashLedger"], data["trfBalance"]
    sheet = Sheet(words, words["GROUP_STATEMENT"], data["group"])
    since, until = (day(data["options"][name], words.language) for name in ("from", "to"))
    sheet.facts([(words["period"], f"{since} – {until}")])
    sheet.say(words["amounts"].format(currency=currency), soft=True)
    sheet.heading(words["trf"].format(day=until))
    columns = [Column(words["owns"], 70), Column(words["amount"], 30, True)]
    sheet.table(
        columns, [[words[name], trf[name]] for name in OWNS], [words["total"], trf["total"]]
    )
    sheet.say("")
    columns = [Column(words["whose"], 70), Column(words["amount"], 30, True)]
    rows = [[words[NAMED_OTHERWISE.get(name, name)], trf[name]] for name in WHOSE]
    sheet.table(columns, rows, [words["total"], trf["total"]])
    sheet.heading(words["cashLedger"])
    sheet.facts(
        [
            (words[word], grouped(ledger[name]))
            for word, name in (
                ("openingMoney", "openingBalance"),
                ("cashIn", "cashIn"),
                ("cashOut", "cashOut"),
                ("closingMoney", "closingBalance"),
            )
        ]
    )
    heads = (("date", 17), ("what", 38), ("account", 11), ("in", 11), ("out", 11), ("after", 12))
    columns = [
        Column(words[head], width, number=index > 2) for index, (head, width) in enumerate(heads)
    ]
    sheet.table(columns, [_line(line, words) for line in data["lines"]])
    if data["left_out"]:
        sheet.say(words["more"].format(count=data["left_out"]))
    return sheet


def _line(line: dict[str, Any], words: Words) -> list[str]:
    # The description ends with the member's name, in whatever language it begins.
    _, _, name = line["description"].partition(" · ")
    what = words.of(line["subcategory"]) + (f" · {name}" if name else "")
    if line["description"].startswith("Reversal"):
        what = words["reversal"].format(what=what)
    came_in = line["category"] == "CASH_IN"
    return [
        short_day(line["transactionDate"], words.language),
        what,
        words.of(line["account"]),
        line["amount"] if came_in else "",
        "" if came_in else line["amount"],
        line["balanceAfter"],
    ]


def minutes(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """Who was there, what moved, what was counted, what was decided."""
    meeting, language = data["meeting"], words.language
    figures = meeting["minutes"] or {}
    sheet = Sheet(words, words["MINUTES"], meeting["group"])
    quorum = "quorumYes" if figures.get("quorumReached") else "quorumNo"
    sheet.facts(
        [
            (words["date"], day(meeting["meetingDate"], language)),
            (words["venue"], meeting["venue"]),
            (words["status"], words.of(meeting["status"])),
            (words["opened"], _name(meeting["openedBy"])),
            (words["closed"], _name(meeting["closedBy"])),
            (words["confirmed"], _name(meeting["confirmedBy"])),
            (words["quorum"], words[quorum].format(count=meeting["quorum"]) if figures else ""),
        ]
    )
    by_status: dict[str, list[str]] = {}
    for one in meeting["attendance"]:
        by_status.setdefault(one["status"], []).append(one["member"]["memberName"])
    if by_status:
        sheet.heading(words["attendance"])
    sheet.facts(
        [
            (f"{words[status]} ({len(names)})", ", ".join(sorted(names)))
            for status in ("PRESENT", "LATE", "EXCUSED", "ABSENT")
            if (names := by_status.get(status, []))
        ]
    )
    sheet.heading(f"{words['totals']}, {currency}")
    heads = (("what", 40), ("account", 20), ("count", 10), ("in", 15), ("out", 15))
    columns = [
        Column(words[head], width, number=index > 2) for index, (head, width) in enumerate(heads)
    ]
    sheet.table(columns, [_total(row, words) for row in meeting["totals"]])
    _cash(sheet, meeting, figures, words, currency)
    sheet.heading(words["resolutions"])
    sheet.say(meeting["resolutions"] or words["none"])
    if meeting["minutesHash"]:
        sheet.say(f"{words['seal']}: {meeting['minutesHash']}", soft=True)
    sheet.signatures([words["GROUP_CHAIR"], words["GROUP_COMMITTEE"], words["FIELD_OFFICER"]])
    return sheet


def _name(user: dict[str, Any] | None) -> str:
    return user["name"] if user else ""


def _total(row: dict[str, Any], words: Words) -> list[Any]:
    came_in = row["category"] == "CASH_IN"
    sides = (row["amount"], "") if came_in else ("", row["amount"])
    return [words.of(row["subcategory"]), words.of(row["account"]), row["lines"], *sides]


def _cash(
    sheet: Sheet, meeting: dict[str, Any], figures: dict[str, Any], words: Words, currency: str
) -> None:
    """From what was in the books to what was counted."""
    sheet.heading(f"{words['cash']}, {currency}")
    steps = (
        ("openingCash", meeting["openingCash"]),
        ("brought", figures.get("brought")),
        ("cashIn", figures.get("cashIn")),
        ("cashOut", figures.get("cashOut")),
        ("elsewhere", figures.get("elsewhere")),
        ("banked", meeting["banked"]),
        ("expected", meeting["expected"]),
        ("counted", meeting["counted"]),
    )
    columns = [Column(words["what"], 70), Column(words["amount"], 30, True)]
    sheet.table(
        columns,
        [[words[word], amount] for word, amount in steps if amount is not None],
        [words["variance"], meeting["variance"]] if meeting["variance"] is not None else None,
    )
    pieces = ", ".join(f"{one['pieces']} × {one['value']}" for one in meeting["denominations"])
    sheet.facts([(words["notes"], pieces), (words["note"], meeting["varianceNote"])])


def reconciliation(data: dict[str, Any], words: Words, currency: str) -> Sheet:
    """The month's money beside what others say, what differs, the trial balance, who signed."""
    month, language = data["reconciliation"], words.language
    name = month_name(month["year"], month["month"], language)
    sheet = Sheet(words, words["RECONCILIATION"].format(month=name), month["group"])
    signed = month["signed"]
    sheet.facts(
        [
            (words["status"], words["notSigned"] if signed is None else words["SIGNED"]),
            (words["signed"], _signature(signed, language)),
            (words["note"], signed["note"] if signed else ""),
        ]
    )
    sheet.heading(f"{words['accounts']}, {currency}")
    heads: tuple[tuple[str, int], ...] = (
        ("account", 16),
        ("openingShort", 14),
        ("in", 14),
        ("out", 14),
        ("closingShort", 14),
        ("statementSays", 14),
        ("difference", 14),
    )
    columns = [Column(words[head], width, index > 0) for index, (head, width) in enumerate(heads)]
    rows = [
        [
            words.of(one["account"]),
            *(one[part] for part in ("opening", "moneyIn", "moneyOut", "closing")),
            one["statement"]["closing"] if one["statement"] else None,
            one["difference"],
        ]
        for one in month["accounts"]
    ]
    sheet.table(columns, rows)
    sheet.heading(words["differs"])
    faults = [
        [
            words.of(one["code"]),
            words.of(one["account"]),
            one["count"] or "",
            unless_zero(one["amount"]),
        ]
        for one in month["faults"]
    ]
    if faults:
        heads = (("what", 50), ("account", 18), ("count", 12), ("amount", 20))
        columns = [
            Column(words[head], width, index > 2) for index, (head, width) in enumerate(heads)
        ]
        sheet.table(columns, faults)
    else:
        sheet.say(words["none"], soft=True)
    sheet.heading(f"{words['trial']}, {currency}")
    heads = (
        ("account", 36),
        ("openingShort", 16),
        ("debits", 16),
        ("credits", 16),
        ("closingShort", 16),
    )
    columns = [Column(words[head], width, index > 0) for index, (head, width) in enumerate(heads)]
    parts = ("opening", "debits", "credits", "closing")
    rows = [
        [words.of(one["account"]), *(one[part] for part in parts)] for one in month["trialBalance"]
    ]
    sheet.table(columns, rows)
    return sheet


def _signature(signed: dict[str, Any] | None, language: str) -> str:
    if signed is None:
        return ""
    return f"{_name(signed['signedBy'])}, {day(signed['signedAt'], language)}"
