"""The orders in which lists are read, each with cursors of its own.

An order is a value of each row, never NULL, and then the row's id. What is not a column is a
look-up by index for each row that the list's conditions leave, all of it in one statement.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, case, cast, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import col

from app.models import (
    Account,
    AccountBalance,
    BankingGroup,
    ChargeStatus,
    FineCharge,
    Instalment,
    Loan,
    LoanStatus,
    Member,
    User,
)
from app.models.base import UtcDateTime
from app.paging import Page, cut, decode_cursor, instant

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class MemberSort(enum.StrEnum):
    """SAVINGS are regular savings; JOINED is the day of registration."""

    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    SAVINGS_ASC = "SAVINGS_ASC"
    SAVINGS_DESC = "SAVINGS_DESC"
    JOINED_ASC = "JOINED_ASC"
    JOINED_DESC = "JOINED_DESC"


class GroupSort(enum.StrEnum):
    """MEMBERS are the active ones; CASH is the money on the table."""

    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    CODE_ASC = "CODE_ASC"
    CODE_DESC = "CODE_DESC"
    MEMBERS_ASC = "MEMBERS_ASC"
    MEMBERS_DESC = "MEMBERS_DESC"
    CASH_ASC = "CASH_ASC"
    CASH_DESC = "CASH_DESC"
    CREATED_ASC = "CREATED_ASC"
    CREATED_DESC = "CREATED_DESC"


class LoanSort(enum.StrEnum):
    """BALANCE is the principal still out; of loans that do not run it, ARREARS and DAYS_OVERDUE
    are 0."""

    OLDEST = "OLDEST"
    NEWEST = "NEWEST"
    AMOUNT_ASC = "AMOUNT_ASC"
    AMOUNT_DESC = "AMOUNT_DESC"
    BALANCE_ASC = "BALANCE_ASC"
    BALANCE_DESC = "BALANCE_DESC"
    ARREARS_ASC = "ARREARS_ASC"
    ARREARS_DESC = "ARREARS_DESC"
    DAYS_OVERDUE_ASC = "DAYS_OVERDUE_ASC"
    DAYS_OVERDUE_DESC = "DAYS_OVERDUE_DESC"


class UserSort(enum.StrEnum):
    """SEEN is the last sign-in; those who never signed in count as the longest ago."""

    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    SEEN_ASC = "SEEN_ASC"
    SEEN_DESC = "SEEN_DESC"
    CREATED_ASC = "CREATED_ASC"
    CREATED_DESC = "CREATED_DESC"


@dataclass(frozen=True)
class Order:
    """One order of a model's rows; `name` stands in its cursors, so that none is taken for one
    of another order."""

    name: str
    by: Any
    read: Callable[[Any], Any]
    """Makes the value again of what stands in a cursor."""
    descending: bool

    def page_of(self, statement: Any, model: Any, first: int, after: str | None) -> Any:
        """`statement`, a selection of `model`, for the rows after the cursor, with their place
        beside them: up to first + 1. BAD_INPUT for a cursor of another list or order."""
        key = decode_cursor(after, self._own, self.read, UUID)
        if not isinstance(self.by, InstrumentedAttribute):
            return self._of_computed(statement, model, first, key)
        place = (self.by, model.id)
        page = self._cut_out(statement.add_columns(self.by.label("place")), place, key)
        return page.limit(first + 1)

    def _of_computed(self, statement: Any, model: Any, first: int, key: Any) -> Any:
        """The places are worked out once and sorted beside the ids alone; the offset keeps a
        planner from working them out again to compare with the cursor."""
        narrow = statement.with_only_columns(
            model.id.label("id"), self.by.label("place"), maintain_column_froms=True
        )
        all_of_it = narrow.offset(0).subquery()
        place = (all_of_it.c.place, all_of_it.c.id)
        page = self._cut_out(select(*place), place, key).limit(first + 1).subquery()
        chosen = select(model, page.c.place).join(page, page.c.id == model.id)
        return self._cut_out(chosen, (page.c.place, page.c.id), None)

    def _cut_out(self, statement: Any, place: tuple[Any, Any], key: Any) -> Any:
        """In order, from after the key on."""
        if key:
            there = tuple_(*place)
            last = tuple_(literal(key[1], self.by.type), literal(key[2], place[1].type))
            statement = statement.where(there < last if self.descending else there > last)
        return statement.order_by(
            *(part.desc() if self.descending else part.asc() for part in place)
        )

    def cut(
        self, rows: Sequence[Any], first: int, count: Callable[[], Awaitable[int]]
    ) -> Page[Any]:
        """The page made of the rows of `page_of`."""
        page = cut(rows, first, lambda found: (self.name, found[1], found[0].id), count)
        return replace(page, items=[found[0] for found in page.items])

    def _own(self, name: Any) -> Any:
        if name != self.name:
            raise ValueError("another order's cursor")
        return name


def member_order(sort: MemberSort) -> Order:
    if sort in (MemberSort.NAME_ASC, MemberSort.NAME_DESC):
        return _order(sort, col(Member.name_key), str)
    if sort in (MemberSort.JOINED_ASC, MemberSort.JOINED_DESC):
        return _order(sort, col(Member.registration_date), date.fromisoformat)
    return _order(sort, _owed(col(Member.id), Account.MEMBER_SAVINGS, -1), int)


def group_order(sort: GroupSort) -> Order:
    if sort in (GroupSort.NAME_ASC, GroupSort.NAME_DESC):
        return _order(sort, col(BankingGroup.name), str)
    if sort in (GroupSort.CODE_ASC, GroupSort.CODE_DESC):
        return _order(sort, col(BankingGroup.group_code), str)
    if sort in (GroupSort.CREATED_ASC, GroupSort.CREATED_DESC):
        return _order(sort, col(BankingGroup.created_at), instant)
    if sort in (GroupSort.CASH_ASC, GroupSort.CASH_DESC):
        return _order(sort, _owed(col(BankingGroup.id), Account.CASH, 1), int)
    active = (
        select(func.count())
        .select_from(Member)
        .where(col(Member.group_id) == col(BankingGroup.id), col(Member.is_active).is_(True))
        .scalar_subquery()
    )
    return _order(sort, active, int)


def loan_order(sort: LoanSort, today: date) -> Order:
    if sort in (LoanSort.OLDEST, LoanSort.NEWEST):
        return _order(sort, col(Loan.applied_at), instant, newest=LoanSort.NEWEST)
    if sort in (LoanSort.AMOUNT_ASC, LoanSort.AMOUNT_DESC):
        return _order(sort, col(Loan.amount), int)
    if sort in (LoanSort.BALANCE_ASC, LoanSort.BALANCE_DESC):
        return _order(sort, _if_running(_unpaid("principal"), 0), int)
    late = col(Instalment.due_date) < today
    if sort in (LoanSort.ARREARS_ASC, LoanSort.ARREARS_DESC):
        owed = _unpaid("principal", late) + _unpaid("interest", late) + _open_fines()
        return _order(sort, _if_running(owed, 0), int)
    # The longer a loan is overdue, the earlier the day since which it is.
    since = (
        select(func.min(col(Instalment.due_date)))
        .where(col(Instalment.loan_id) == col(Loan.id), col(Instalment.settled_on).is_(None), late)
        .scalar_subquery()
    )
    by = _if_running(func.coalesce(since, today), today)
    return _order(sort, by, date.fromisoformat, newest=LoanSort.DAYS_OVERDUE_ASC)


def user_order(sort: UserSort) -> Order:
    if sort in (UserSort.NAME_ASC, UserSort.NAME_DESC):
        return _order(sort, col(User.name), str)
    if sort in (UserSort.CREATED_ASC, UserSort.CREATED_DESC):
        return _order(sort, col(User.created_at), instant)
    never = literal(LONG_AGO, UtcDateTime())
    return _order(sort, func.coalesce(col(User.last_sign_in_at), never), instant)


def _order(
    sort: enum.StrEnum, by: Any, read: Callable[[Any], Any], newest: enum.StrEnum | None = None
) -> Order:
    descending = sort == newest if newest is not None else sort.value.endswith("_DESC")
    return Order(sort.value, by, read, descending)


def _owed(owner: Any, account: Account, sign: int) -> Any:
    """The owner's balance of an account in cents, by the key of its row."""
    found = (
        select(col(AccountBalance.balance) * sign)
        .where(col(AccountBalance.owner_id) == owner, col(AccountBalance.account) == account.value)
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


def _if_running(value: Any, otherwise: Any) -> Any:
    running = col(Loan.status) == LoanStatus.DISBURSED.value
    return case((running, value), else_=otherwise)


def _unpaid(part: str, *conditions: Any) -> Any:
    """Cents of the instalments' principal or interest that are not paid."""
    owed = getattr(Instalment, part) - getattr(Instalment, f"paid_{part}")
    found = (
        select(_cents(owed))
        .where(
            col(Instalment.loan_id) == col(Loan.id),
            col(Instalment.settled_on).is_(None),
            *conditions,
        )
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


def _open_fines() -> Any:
    found = (
        select(_cents(col(FineCharge.amount) - col(FineCharge.paid)))
        .where(
            col(FineCharge.loan_id) == col(Loan.id),
            col(FineCharge.status) == ChargeStatus.OPEN.value,
        )
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


def _cents(owed: Any) -> Any:
    """The sum as a whole number: PostgreSQL adds BIGINT up to NUMERIC, which a cursor would
    write as 9E+4."""
    return cast(func.sum(owed), BigInteger)
