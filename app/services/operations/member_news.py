"""What members are told of once it is committed: one outbox row a group, whatever the number of
entries. Who is told and in which words is found when it is worked off (services/member_news.py):
the way in pays one row for it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from app.models import DividendRun, Loan, OutboxMessage, Repayment
from app.services.operations.state import State

TOPIC = "member_news"
RECEIPTS = "RECEIPTS"
DIVIDEND = "DIVIDEND"


def receipts(state: State) -> None:
    """Every contribution and repayment that the operations have made."""
    made: dict[UUID, dict[str, list[str]]] = defaultdict(
        lambda: {"contributions": [], "repayments": []}
    )
    for row in state.rows.contributions:
        contribution_id, group_id = row[:2]
        made[group_id]["contributions"].append(str(contribution_id))
    for added in list(state.rows.added.values()):
        if isinstance(added, Repayment):
            made[added.group_id]["repayments"].append(str(added.id))
    for group, ids in made.items():
        _write(state, RECEIPTS, group, **ids)


def loan_news(state: State, loan: Loan, template: str) -> None:
    """The borrower is told what became of the loan; `template` is a MessageTemplate."""
    _write(state, template, loan.group_id, loanId=str(loan.id))


def dividend_news(state: State, run: DividendRun) -> None:
    """Each member is told their share."""
    _write(state, DIVIDEND, run.group_id, runId=str(run.id))


def _write(state: State, about: str, group_id: UUID, **more: Any) -> None:
    payload = {"about": str(about), "groupId": str(group_id), **more}
    state.rows.add(
        OutboxMessage(topic=TOPIC, payload=payload, created_at=state.now, available_at=state.now)
    )
