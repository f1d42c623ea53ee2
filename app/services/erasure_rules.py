"""What stands against erasing a member: all of it is told together, each by its code."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, RuleBroken
from app.models import (
    OPEN_LOAN,
    Account,
    AccountBalance,
    ChargeStatus,
    DividendAllocation,
    DividendRun,
    DividendStatus,
    FineCharge,
    Loan,
    Member,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    User,
    WelfareRequest,
    WelfareStatus,
)

WORDS = {
    "HAS_LOAN": "There is a loan that is not over.",
    "HAS_SAVINGS": "There are savings. Pay them out first.",
    "HAS_DIVIDENDS": "There is a dividend that was not paid, or is being calculated.",
    "HAS_FINES": "There is a fine that is neither paid nor waived.",
    "HELD_MONEY": "There is held money that somebody must place first.",
    "OPEN_REVIEW": "The review inbox has something about this member.",
    "OPEN_REQUEST": "There is a welfare request that is not over.",
    "SIGNS_IN": "This member signs in. Deactivate the user first.",
}


async def standing_against(
    session: AsyncSession, member: Member, of_review: ColumnElement[bool]
) -> list[DomainError]:
    """One failure for each code of WORDS that holds, in that order. `of_review`: the condition
    on review items that are about the member."""
    member_id = member.id
    waits = (
        col(ReviewItem.group_id) == member.group_id,
        col(ReviewItem.status) != ReviewStatus.DECIDED.value,
        of_review,
    )
    held = col(ReviewItem.kind) == ReviewKind.HELD_CASH.value
    questions: dict[str, list[Select[UUID]]] = {
        "HAS_LOAN": [
            select(col(Loan.id)).where(
                col(Loan.member_id) == member_id, col(Loan.status).in_(OPEN_LOAN)
            )
        ],
        "HAS_SAVINGS": [_balance(member_id, Account.MEMBER_SAVINGS)],
        "HAS_DIVIDENDS": [
            _balance(member_id, Account.DIVIDENDS_PAYABLE),
            select(col(DividendRun.id))
            .join(DividendAllocation, col(DividendAllocation.run_id) == col(DividendRun.id))
            .where(
                col(DividendAllocation.member_id) == member_id,
                col(DividendRun.status).not_in(
                    [
                        DividendStatus.POSTED.value,
                        DividendStatus.PAID.value,
                        DividendStatus.REVERSED.value,
                    ]
                ),
            ),
        ],
        "HAS_FINES": [
            select(col(FineCharge.id)).where(
                col(FineCharge.member_id) == member_id,
                col(FineCharge.status) == ChargeStatus.OPEN.value,
            )
        ],
        "HELD_MONEY": [select(col(ReviewItem.id)).where(*waits, held)],
        "OPEN_REVIEW": [select(col(ReviewItem.id)).where(*waits, ~held)],
        "OPEN_REQUEST": [
            select(col(WelfareRequest.id)).where(
                col(WelfareRequest.member_id) == member_id,
                col(WelfareRequest.status).in_(
                    [WelfareStatus.PENDING.value, WelfareStatus.APPROVED.value]
                ),
            )
        ],
        "SIGNS_IN": [
            select(col(User.id)).where(
                col(User.member_id) == member_id, col(User.is_active).is_(True)
            )
        ],
    }
    found: list[DomainError] = []
    for code, statements in questions.items():
        for statement in statements:
            if (await session.execute(statement.limit(1))).first() is not None:
                found.append(RuleBroken(WORDS[code], code=code, field="memberId"))
                break
    return found


def _balance(member_id: UUID, account: Account) -> Select[UUID]:
    return select(col(AccountBalance.owner_id)).where(
        col(AccountBalance.owner_id) == member_id,
        col(AccountBalance.account) == account.value,
        col(AccountBalance.balance) != 0,
    )
