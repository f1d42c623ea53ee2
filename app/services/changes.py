"""What changed since a cursor: how a phone keeps its copy (design.md, Sync).

Every change of anything in a group takes the next number of the group's own sequence under
the group's lock, so a copy that is complete up to a number misses nothing, however late a
neighbour commits. The cursor is the map from group to that number.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.auth.access import reach
from app.auth.actor import Actor
from app.errors import BadInput
from app.models import (
    BankingGroup,
    Contribution,
    FineCharge,
    Loan,
    Meeting,
    Member,
    Movement,
    OfficerAssignment,
    Repayment,
    ReviewItem,
    WelfareRequest,
)
from app.paging import check_first

MAX_CHANGES = 500
GROUPS_AT_ONCE = 50
MOST_GROUPS = 30_000
"""In one cursor: as many as a statement takes parameters."""
Known = dict[UUID, int]
CHANGING: tuple[type[SQLModel], ...] = (
    Member,
    Contribution,
    Loan,
    Repayment,
    Movement,
    WelfareRequest,
    FineCharge,
    Meeting,
    ReviewItem,
)
"""What a phone keeps a copy of: each row carries the number of its last change."""


@dataclass
class Changes:
    """One page of changes. `cursor` is where the next page begins."""

    cursor: str
    has_more: bool
    deleted_ids: list[UUID] = field(default_factory=list)
    found_groups: list[BankingGroup] = field(default_factory=list)
    rows: dict[type[SQLModel], list[Any]] = field(default_factory=dict)

    def of(self, model: type[SQLModel]) -> list[Any]:
        """The changed rows of one model."""
        return self.rows.get(model, [])


async def changes_since(
    session: AsyncSession, actor: Actor, since: str | None, first: int
) -> Changes:
    """Up to `first` changed rows, and the groups they are in.

    Needs a session in which all queries see the same instant. A newly assigned group comes
    whole; of a removed one come the group's and its members' ids, of an erased member the id.
    """
    check_first(first, MAX_CHANGES)
    known = read_cursor(since)
    visible = await session.execute(
        select(col(BankingGroup.id), col(BankingGroup.change_sequence))
        .where(reach(actor))
        .order_by(col(BankingGroup.id))
    )
    newest: Known = dict(visible.all())
    gone = [group_id for group_id in known if group_id not in newest]
    deleted = await _deleted(session, actor, gone)
    reached: Known = {key: value for key, value in known.items() if key in newest}
    stale = [key for key, value in newest.items() if reached.get(key, -1) < value]
    found = Changes(cursor="", has_more=len(stale) > GROUPS_AT_ONCE, deleted_ids=deleted)
    now = stale[:GROUPS_AT_ONCE]
    rows = await _changed_rows(session, actor, now, reached, newest, first + 1)
    if len(rows) > first:
        found.has_more = True
        rows = rows[:first]
        last = (rows[-1].group_id, rows[-1].change_sequence)
        _advance_to(reached, now, newest, last)
    else:
        reached.update({key: newest[key] for key in now})
    for row in rows:
        if isinstance(row, Member) and row.erased_at is not None:
            found.deleted_ids.append(row.id)
        else:
            found.rows.setdefault(type(row), []).append(row)
    found.found_groups = await _groups(session, [key for key in now if key in reached])
    found.cursor = write_cursor(reached)
    return found


def _advance_to(reached: Known, now: list[UUID], newest: Known, last: tuple[UUID, int]) -> None:
    """Groups before the one the page ends in are complete; that one up to the last row."""
    for group_id in now:
        if group_id == last[0]:
            reached[group_id] = last[1]
            return
        reached[group_id] = newest[group_id]


async def _changed_rows(
    session: AsyncSession,
    actor: Actor,
    groups: Sequence[UUID],
    reached: Known,
    newest: Known,
    limit: int,
) -> list[Any]:
    """Rows that changed, by group and number, at most `limit`."""
    if not groups:
        return []
    rows: list[Any] = []
    for model in CHANGING:
        table: Any = model
        group_column, number = table.group_id, table.change_sequence
        wanted = or_(
            *(
                and_(
                    group_column == group_id,
                    number > reached.get(group_id, -1),
                    number <= newest[group_id],
                )
                for group_id in groups
            )
        )
        statement = select(model).where(wanted).order_by(group_column, number).limit(limit)
        if model is ReviewItem and not actor.is_admin:
            # An officer learns what became of their own money, not of a colleague's.
            statement = statement.where(col(ReviewItem.officer_id) == actor.user_id)
        rows.extend((await session.execute(statement)).scalars())
    place = {group_id: order for order, group_id in enumerate(groups)}
    rows.sort(key=lambda row: (place[row.group_id], row.change_sequence))
    return rows[:limit]


async def _groups(session: AsyncSession, ids: Sequence[UUID]) -> list[BankingGroup]:
    if not ids:
        return []
    rows = await session.execute(
        select(BankingGroup).where(col(BankingGroup.id).in_(ids)).order_by(col(BankingGroup.id))
    )
    return list(rows.scalars())


async def _deleted(session: AsyncSession, actor: Actor, groups: Sequence[UUID]) -> list[UUID]:
    """The groups, and their members where the actor once served them.

    A cursor is the caller's word: of a group they never served they learn nothing by it.
    """
    if not groups:
        return []
    served = select(col(OfficerAssignment.group_id)).where(
        col(OfficerAssignment.officer_id) == actor.user_id
    )
    rows = await session.execute(
        select(col(Member.id)).where(
            col(Member.group_id).in_(groups), col(Member.group_id).in_(served)
        )
    )
    return [*groups, *rows.scalars()]


def write_cursor(reached: Known) -> str:
    """Opaque, short text of the map from group to number."""
    packed = b"".join(
        key.bytes + value.to_bytes(8, "big") for key, value in sorted(reached.items())
    )
    return base64.urlsafe_b64encode(zlib.compress(packed)).decode()


def read_cursor(text: str | None) -> Known:
    """The map of `write_cursor`; BAD_INPUT when the text is none."""
    if text is None:
        return {}
    try:
        opener = zlib.decompressobj()
        packed = opener.decompress(base64.urlsafe_b64decode(text), 24 * MOST_GROUPS)
        if len(packed) % 24 or opener.unconsumed_tail or not opener.eof:
            raise ValueError("cut short")
        return {
            UUID(bytes=packed[at : at + 16]): _number(packed[at + 16 : at + 24])
            for at in range(0, len(packed), 24)
        }
    except (binascii.Error, zlib.error, ValueError) as error:
        raise BadInput("This cursor is not one of changes.", field="since") from error


def _number(packed: bytes) -> int:
    number = int.from_bytes(packed, "big", signed=True)
    if number < 0:
        raise ValueError("no number of a sequence")
    return number
