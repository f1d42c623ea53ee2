"""The figures of a meeting's minutes, by the books: pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.models import MONEY_ACCOUNTS, Account, AttendanceStatus, Meeting
from app.services.ledger_totals import BANKING
from app.services.operations.meeting_state import MeetingLine

CASH = Account.CASH.value
FINES = Account.FINES.value
LOANS_OUT = frozenset({"short_term_loan", "long_term_loan", "project_loan"})


def totals_of(lines: Iterable[MeetingLine]) -> list[dict[str, Any]]:
    """Money in and out by subcategory and account, in cents, with the number of lines."""
    sums: Counter[tuple[str, str, bool]] = Counter()
    counts: Counter[tuple[str, str, bool]] = Counter()
    for line in lines:
        if line.account in MONEY_ACCOUNTS:
            key = (line.subcategory or "", line.account, line.amount > 0)
            sums[key] += abs(line.amount)
            counts[key] += 1
    return [
        {
            "subcategory": subcategory,
            "account": account,
            "category": "CASH_IN" if comes_in else "CASH_OUT",
            "amount": sums[subcategory, account, comes_in],
            "lines": counts[subcategory, account, comes_in],
        }
        for subcategory, account, comes_in in sorted(sums)
    ]


def cash_figures(lines: Sequence[MeetingLine]) -> dict[str, int]:
    """Cash that came in and went out at the meeting; what went to and from the bank apart."""
    found = {"brought": 0, "banked": 0, "cashIn": 0, "cashOut": 0}
    for line in lines:
        if line.account != CASH:
            continue
        if line.subcategory == BANKING:
            found["brought" if line.amount > 0 else "banked"] += abs(line.amount)
        else:
            found["cashIn" if line.amount > 0 else "cashOut"] += abs(line.amount)
    return found


def loan_figures(lines: Sequence[MeetingLine]) -> dict[str, Any]:
    """What was paid back and what was lent; a reversal counts against both."""
    reversed_kinds = {line.entry_id: line.kind for line in lines}
    found = {"repaid": 0, "lent": 0}
    entries: dict[str, set[UUID]] = {"REPAYMENT": set(), "DISBURSEMENT": set()}
    undone: dict[str, set[UUID]] = {"REPAYMENT": set(), "DISBURSEMENT": set()}
    for line in lines:
        kind = line.kind
        if line.reverses_id is not None:
            kind = reversed_kinds.get(line.reverses_id, "")
            undone.get(kind, set()).add(line.reverses_id)
        if line.account not in MONEY_ACCOUNTS:
            continue
        if kind == "REPAYMENT":
            found["repaid"] += line.amount
        if kind == "DISBURSEMENT" and line.subcategory in LOANS_OUT:
            found["lent"] -= line.amount
        if line.kind in entries:
            entries[line.kind].add(line.entry_id)
    return {
        "repaid": found["repaid"],
        "repayments": len(entries["REPAYMENT"] - undone["REPAYMENT"]),
        "lent": found["lent"],
        "loansPaidOut": len(entries["DISBURSEMENT"] - undone["DISBURSEMENT"]),
    }


def attendance_figures(statuses: Iterable[str], active: int, quorum: int) -> dict[str, Any]:
    """How many were there; who is late is there too. `active` counts the group's members."""
    count = Counter(statuses)
    there = count[AttendanceStatus.PRESENT.value] + count[AttendanceStatus.LATE.value]
    return {
        "present": count[AttendanceStatus.PRESENT.value],
        "late": count[AttendanceStatus.LATE.value],
        "excused": count[AttendanceStatus.EXCUSED.value],
        "absent": count[AttendanceStatus.ABSENT.value],
        "notRecorded": max(active - count.total(), 0),
        "quorumReached": there >= quorum,
    }


def fines_paid(lines: Sequence[MeetingLine]) -> dict[UUID, list[tuple[UUID, int]]]:
    """By member: the entries by which fines were paid at the meeting, and their cents."""
    undone = {line.reverses_id for line in lines if line.reverses_id is not None}
    found: dict[UUID, list[tuple[UUID, int]]] = {}
    for line in lines:
        fine = line.account == FINES and line.amount < 0 and line.kind == "CONTRIBUTION"
        if fine and line.member_id is not None and line.entry_id not in undone:
            found.setdefault(line.member_id, []).append((line.entry_id, -line.amount))
    return found


def statement_of(
    meeting: Meeting,
    lines: Sequence[MeetingLine],
    statuses: Iterable[str],
    active: int,
    *,
    expected: int,
    fines: Sequence[int],
) -> dict[str, Any]:
    """The minutes' figures: amounts in cents. Expected = opening + brought + in - out - banked,
    and `elsewhere`: cash of the group that moved meanwhile without naming the meeting."""
    cash = cash_figures(lines)
    explained = (
        meeting.opening_cash + cash["brought"] + cash["cashIn"] - cash["cashOut"] - cash["banked"]
    )
    return {
        **attendance_figures(statuses, active, meeting.quorum),
        **cash,
        **loan_figures(lines),
        "elsewhere": expected - explained,
        "finesCharged": sum(fines),
        "finedMembers": len(fines),
        "totals": totals_of(lines),
    }
