"""What stands against signing a month off, and where it is on its way. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.money import format_grouped
from app.services.month_books import MONEY, MonthBooks


class ReconciliationStatus(enum.StrEnum):
    OPEN = "OPEN"
    """Something is missing or differs, or the month is not over."""
    READY = "READY"
    """Everything agrees: it can be signed without a note."""
    SIGNED = "SIGNED"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be; `amount` in cents, `count` of rows."""

    code: str
    message: str
    account: str | None = None
    amount: int = 0
    count: int = 0


MISSING = "STATEMENT_MISSING"


def faults_of(books: MonthBooks) -> list[Fault]:
    """STATEMENT_MISSING, DIFFERENCE, LINES_UNMATCHED, POSTINGS_UNMATCHED for each account;
    REVIEW_OPEN, MEETING_OPEN for the month."""
    found: list[Fault] = []
    for account in MONEY:
        found.extend(_of_account(books, account))
    if books.held:
        words = "Money of the month waits in the review inbox."
        found.append(Fault("REVIEW_OPEN", words, count=books.held))
    if books.open_meetings:
        words = "A meeting of the month is not closed."
        found.append(Fault("MEETING_OPEN", words, count=books.open_meetings))
    return found


def _of_account(books: MonthBooks, account: str) -> list[Fault]:
    figures, statement = books.account(account), books.statements.get(account)
    found: list[Fault] = []
    if statement is None:
        if figures.is_used:
            words = f"Nobody has said what {account} held at the month's end."
            found.append(Fault(MISSING, words, account))
        return found
    difference = statement.closing - figures.closing
    if difference:
        words = f"{account} differs from the books by {format_grouped(difference)}."
        found.append(Fault("DIFFERENCE", words, account, amount=difference))
    lines = books.unmatched_lines(account)
    if lines:
        words = f"Lines of the statement of {account} are not in the books."
        total = sum(line.amount for line in lines)
        found.append(Fault("LINES_UNMATCHED", words, account, total, len(lines)))
    moves = books.unmatched_moves(account)
    if moves:
        words = f"Entries of the books are not on the statement of {account}."
        total = sum(move.amount for move in moves)
        found.append(Fault("POSTINGS_UNMATCHED", words, account, total, len(moves)))
    return found


def status_of(books: MonthBooks, today: date) -> ReconciliationStatus:
    if books.signed is not None:
        return ReconciliationStatus.SIGNED
    if books.last >= today or faults_of(books):
        return ReconciliationStatus.OPEN
    return ReconciliationStatus.READY


def figures_of(books: MonthBooks) -> dict[str, Any]:
    """The month's figures in cents, as they are kept when it is signed off."""
    return {
        "accounts": {
            name: {
                "opening": figures.opening,
                "debits": figures.debits,
                "credits": figures.credits,
                "closing": figures.closing,
                "subcategories": {
                    one.subcategory: [one.money_in, one.money_out] for one in figures.subcategories
                },
            }
            for name, figures in sorted(books.accounts.items())
        },
        "statements": {
            account: {
                "closing": statement.closing,
                "source": statement.source,
                "difference": statement.closing - books.account(account).closing,
                "lines": len(books.lines_of(account)),
                "unmatchedLines": len(books.unmatched_lines(account)),
                "unmatchedPostings": len(books.unmatched_moves(account)),
            }
            for account, statement in sorted(books.statements.items())
        },
        "held": books.held,
        "openMeetings": books.open_meetings,
    }
