"""What the phone says is owed on a loan, and how it divides payments, is what the server does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.models import ChargeStatus, FineCharge, Instalment, Loan
from app.models.base import new_id
from app.services.group_settings import GroupTerms
from app.services.loan_allocation import Allocation, allocate
from app.services.loan_position import late, position, unsettled
from app.services.loan_schedule import annuity
from tests.properties.questions import MANY, planned, some_day, some_terms
from tests.support.phone_rules import PhoneRules


class Running:
    """A loan that was paid out, as the server has it, and the same for the phone."""

    def __init__(self, chance: random.Random) -> None:
        terms = some_terms(chance) | {"extra": 0}
        self.start = some_day(chance)
        self.terms = GroupTerms(
            late_fine=chance.choice((0, 50_00, chance.randint(1, 500_00))),
            grace_days=chance.randint(0, 10),
            early_days=chance.randint(0, 14),
        )
        project = terms["loanType"] == "PROJECT"
        self.loan = Loan(
            id=new_id(),
            loan_type=terms["loanType"],
            amount=terms["amount"],
            duration_months=terms["months"],
            grace_months=terms["grace"],
            interest_rate=terms["rate"],
            annuity=annuity(terms["amount"], terms["rate"], terms["months"] - terms["grace"])
            if project
            else None,
            status="DISBURSED",
            disbursed_on=self.start,
        )
        self.rows = [
            Instalment(
                number=row.number,
                due_date=row.due_date,
                principal=row.principal,
                interest=row.interest,
                remaining_balance=row.remaining,
            )
            for row in planned(terms, self.start)
        ]
        self.charges: list[FineCharge] = []

    def for_phone(self) -> dict[str, Any]:
        loan, terms = self.loan, self.terms
        return {
            "loanType": loan.loan_type,
            "status": loan.status,
            "amount": loan.amount,
            "rate": loan.interest_rate,
            "months": loan.duration_months,
            "grace": loan.grace_months,
            "annuity": loan.annuity or 0,
            "disbursedOn": self.start.isoformat(),
            "accruedOn": None,
            "accruedInterest": 0,
            "instalments": seen(self.rows),
            "fines": [],
            "lateFine": terms.late_fine,
            "graceDays": terms.grace_days,
            "earlyDays": terms.early_days,
        }

    def charge(self, day: date) -> None:
        """As services/operations/repayments.charge_late."""
        fined = {row.instalment for row in self.charges}
        for row in late(self.rows, self.terms.grace_days, day):
            if self.terms.late_fine > 0 and row.number not in fined:
                fine = FineCharge(
                    amount=self.terms.late_fine, charged_on=day, instalment=row.number
                )
                self.charges.append(fine)

    def pay(self, amount: int, day: date) -> Allocation:
        """As services/operations/repayments.repay."""
        self.charge(day)
        found = allocate(self.loan, self.rows, self.charges, amount, day, self.terms.early_days)
        for fine, cents in found.fines:
            fine.paid += cents
            if fine.paid == fine.amount:
                fine.status = ChargeStatus.SETTLED.value
        gone = {row.number for row in found.dropped}
        self.rows = [row for row in self.rows if row.number not in gone]
        if found.completed:
            self.loan.status = "COMPLETED"
        return found

    def owed(self, day: date) -> dict[str, Any]:
        now = position(self.loan, self.rows, self.charges, day)
        return {
            "outstandingPrincipal": now.outstanding_principal,
            "outstandingInterest": now.outstanding_interest,
            "fines": now.fines,
            "arrears": now.arrears,
            "daysOverdue": now.days_overdue,
            "nextDue": now.next_due.isoformat() if now.next_due else None,
            "nextAmount": now.next_amount,
            "payoff": now.payoff,
        }


def seen(rows: Sequence[Instalment]) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "dueDate": row.due_date.isoformat(),
            "principal": row.principal,
            "interest": row.interest,
            "remaining": row.remaining_balance,
            "paidPrincipal": row.paid_principal,
            "paidInterest": row.paid_interest,
        }
        for row in rows
    ]


def some_payment(running: Running, day: date, chance: random.Random) -> int:
    """What is due, a part of it, ahead of it, what settles the loan, a little more or less."""
    now = position(running.loan, running.rows, running.charges, day)
    nearly = max(1, now.payoff + chance.randint(-200, 200))
    month = max(1, now.arrears + now.next_amount)
    within = chance.randint(1, max(1, running.loan.amount // 4))
    return chance.choice((month, month, nearly, within, chance.randint(1, month)))


def history(chance: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A loan with its payments, and what the server makes of each."""
    running = Running(chance)
    loan = running.for_phone()
    day = running.start
    payments, wanted = [], []
    for _ in range(chance.randint(1, 8)):
        day += timedelta(days=chance.choice((0, 1, 5, 28, 30, 31, 45, chance.randint(0, 100))))
        amount = some_payment(running, day, chance)
        owed = running.owed(day)
        running.charge(day)
        fined = running.owed(day)
        due = [row for row in unsettled(running.rows) if row.due_date <= day]
        of_rows = sum(
            row.principal - row.paid_principal + row.interest - row.paid_interest for row in due
        )
        found = running.pay(amount, day)
        payments.append([day.isoformat(), amount])
        wanted.append(
            {
                "position": owed,
                "due": of_rows + fined["fines"],
                "settles": fined["payoff"],
                "parts": {
                    "fines": found.fine,
                    "interest": found.interest,
                    "principal": found.principal,
                    "savings": found.savings,
                    "recovered": 0,
                    "completed": found.completed,
                },
                "instalments": seen(running.rows),
            }
        )
        if found.completed:
            break
    return {"ask": "payments", "loan": loan, "payments": payments}, wanted


def test_what_is_owed_and_how_payments_are_divided(
    phone: PhoneRules, chance: random.Random
) -> None:
    histories = [history(chance) for _ in range(MANY)]
    answers = phone.ask([question for question, _ in histories])
    for (question, wanted), found in zip(histories, answers, strict=True):
        assert found == wanted, question
    steps = [step["parts"] for _, wanted in histories for step in wanted]
    for name in ("fines", "interest", "principal", "savings", "completed"):
        assert sum(bool(parts[name]) for parts in steps) > 10, f"too few payments with {name}"
