"""Loads what the rules read, in a fixed number of statements, after the groups are locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, bindparam, select, text, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import (
    AccountBalance,
    BankingGroup,
    Contribution,
    Member,
    OfficerAssignment,
    PaymentMethod,
    PaymentReference,
    ReviewItem,
    SyncOperation,
)
from app.runtime import Runtime
from app.services.ledger import GroupBook
from app.services.operations.state import GroupFacts, KnownOperation, MemberFacts, State
from app.services.operations.types import (
    Operation,
    RecordContribution,
    RegisterMember,
    UpdateMember,
)


@dataclass(slots=True)
class Named:
    """Everything the operations name, gathered in one pass."""

    actors: set[UUID] = field(default_factory=set)
    any_admin: bool = False
    groups: set[UUID] = field(default_factory=set)
    members: set[UUID] = field(default_factory=set)
    edited: set[UUID] = field(default_factory=set)
    made: set[UUID] = field(default_factory=set)
    operations: set[UUID] = field(default_factory=set)
    payments: set[str] = field(default_factory=set)
    people: set[bytes] = field(default_factory=set)


def gather(runtime: Runtime, operations: Iterable[Operation]) -> Named:
    """The ids that the operations name; made-up ones are found out later."""
    named = Named()
    for operation in operations:
        named.actors.add(operation.actor.user_id)
        named.any_admin |= operation.actor.is_admin
        if operation.offline_sync_id is not None:
            named.operations.add(operation.offline_sync_id)
        body = operation.body
        if isinstance(body, RecordContribution):
            named.members.add(body.member_id)
            if body.group_id is not None:
                named.groups.add(body.group_id)
            if body.id is not None:
                named.made.add(body.id)
            if body.transaction_id and body.payment_method == PaymentMethod.MPESA.value:
                named.payments.add(body.transaction_id)
        elif isinstance(body, RegisterMember):
            named.groups.add(body.group_id)
            named.people.add(runtime.keys.blind_index("id_number", body.id_number))
            if body.id is not None:
                named.made.add(body.id)
                named.members.add(body.id)
        elif isinstance(body, UpdateMember):
            named.members.add(body.id)
            named.edited.add(body.id)
        elif body.member_id is not None:
            named.members.add(body.member_id)
    return named


def one_of(column: Any, values: Iterable[Any], postgresql: bool) -> ColumnElement[bool]:
    """`column` among `values`: one array parameter on PostgreSQL, so one prepared statement."""
    listed = list(values)
    if not postgresql:
        return column.in_(listed)  # type: ignore[no-any-return]
    array = bindparam(None, listed, type_=ARRAY(column.type), unique=True)
    return column == any_(array)  # type: ignore[no-any-return]


async def load_state(
    runtime: Runtime, session: AsyncSession, operations: Sequence[Operation]
) -> State:
    """Locks the groups in id order, then loads everything else under the locks."""
    named = gather(runtime, operations)
    state = State(
        keys=runtime.keys,
        now=clock.now(),
        today=clock.today(runtime.settings.timezone),
        person_in_two_groups=runtime.settings.person_in_two_groups,
    )
    postgresql = runtime.db.is_postgresql
    await _lock_groups(session, named, state, postgresql)
    await _load_known(session, named, state, postgresql)
    await _load_members(session, named, state, postgresql)
    await _load_rights(session, named, state, postgresql)
    if state.books:
        await _load_balances(session, named, state, postgresql)
    await _load_taken(session, named, state, postgresql)
    if named.people:
        await _load_people(session, named, state, postgresql)
    return state


async def _lock_groups(session: AsyncSession, named: Named, state: State, postgresql: bool) -> None:
    """Locks in id order, so that two batches over the same groups cannot wait for each other.

    Only groups that an actor of the list has to do with are locked: nobody can hold up a
    stranger's group. FOR NO KEY UPDATE lets rows that refer to the group be inserted elsewhere.
    """
    wanted = set(named.groups)
    if named.members:
        rows = await session.execute(
            select(col(Member.group_id))
            .where(one_of(col(Member.id), named.members, postgresql))
            .distinct()
        )
        wanted.update(rows.scalars())
    if not wanted:
        return
    statement = select(
        col(BankingGroup.id),
        col(BankingGroup.book_sequence),
        col(BankingGroup.chain_head),
        col(BankingGroup.change_sequence),
        col(BankingGroup.status),
        col(BankingGroup.settings),
        col(BankingGroup.name),
    ).where(one_of(col(BankingGroup.id), wanted, postgresql))
    if not named.any_admin:
        served = select(col(OfficerAssignment.group_id)).where(
            one_of(col(OfficerAssignment.officer_id), named.actors, postgresql)
        )
        statement = statement.where(col(BankingGroup.id).in_(served))
    statement = statement.order_by(col(BankingGroup.id)).with_for_update(key_share=True)
    for row in await session.execute(statement):
        group_id = _plain_uuid(row[0])
        state.books[group_id] = GroupBook(group_id, row[1], bytes(row[2]), row[3])
        state.groups[group_id] = GroupFacts(row[4], row[5], row[6])


def _plain_uuid(value: UUID) -> UUID:
    """asyncpg's UUID is a subclass that orjson refuses."""
    return value if type(value) is UUID else UUID(int=value.int)


async def _load_known(session: AsyncSession, named: Named, state: State, postgresql: bool) -> None:
    if not named.operations:
        return
    rows = await session.execute(
        select(
            col(SyncOperation.id),
            col(SyncOperation.user_id),
            col(SyncOperation.group_id),
            col(SyncOperation.payload_hash),
            col(SyncOperation.outcome),
            col(SyncOperation.entity_id),
            col(SyncOperation.receipt_number),
            col(SyncOperation.held_reason),
        ).where(one_of(col(SyncOperation.id), named.operations, postgresql))
    )
    for row in rows:
        state.known[row[0]] = KnownOperation(row[1], row[2], bytes(row[3]), *row[4:])


async def _load_members(
    session: AsyncSession, named: Named, state: State, postgresql: bool
) -> None:
    if not named.members:
        return
    if named.edited:
        edited = await session.execute(
            select(Member).where(one_of(col(Member.id), named.edited, postgresql))
        )
        for row in edited.scalars():
            session.expunge(row)
            state.members[row.id] = MemberFacts(row.id, row.group_id, row.is_active, row)
    others = named.members - named.edited
    if not others:
        return
    rows = await session.execute(
        select(
            col(Member.id), col(Member.group_id), col(Member.is_active), col(Member.erased_at)
        ).where(one_of(col(Member.id), others, postgresql))
    )
    for member_id, group_id, is_active, erased_at in rows:
        state.members[member_id] = MemberFacts(member_id, group_id, is_active and erased_at is None)
        if member_id in named.made:
            state.taken_ids.add(member_id)


async def _load_rights(session: AsyncSession, named: Named, state: State, postgresql: bool) -> None:
    if not state.books:
        return
    rows = await session.execute(
        select(
            col(OfficerAssignment.officer_id),
            col(OfficerAssignment.group_id),
            col(OfficerAssignment.removed_at),
        ).where(
            one_of(col(OfficerAssignment.officer_id), named.actors, postgresql),
            one_of(col(OfficerAssignment.group_id), state.books, postgresql),
        )
    )
    for officer_id, group_id, removed_at in rows:
        state.once_assigned.add((officer_id, group_id))
        if removed_at is None:
            state.assigned.add((officer_id, group_id))


async def _load_balances(
    session: AsyncSession, named: Named, state: State, postgresql: bool
) -> None:
    owners = set(state.books) | named.members
    rows = await session.execute(
        select(
            col(AccountBalance.owner_id),
            col(AccountBalance.account),
            col(AccountBalance.group_id),
            col(AccountBalance.balance),
        ).where(one_of(col(AccountBalance.owner_id), owners, postgresql))
    )
    for owner_id, account, group_id, balance in rows:
        book = state.books.get(group_id)
        if book is not None:
            book.balances[_plain_uuid(owner_id), account] = balance


async def _load_taken(session: AsyncSession, named: Named, state: State, postgresql: bool) -> None:
    if named.made:
        taken = union_all(
            select(col(Contribution.id)).where(
                one_of(col(Contribution.id), named.made, postgresql)
            ),
            select(col(ReviewItem.id)).where(one_of(col(ReviewItem.id), named.made, postgresql)),
            select(col(Member.id)).where(one_of(col(Member.id), named.made, postgresql)),
        )
        state.taken_ids.update((await session.execute(taken)).scalars())
    if named.payments:
        rows = await session.execute(
            select(col(PaymentReference.transaction_id)).where(
                one_of(col(PaymentReference.transaction_id), named.payments, postgresql)
            )
        )
        state.payments.update(rows.scalars())


async def _load_people(session: AsyncSession, named: Named, state: State, postgresql: bool) -> None:
    if postgresql:
        # A person is unique in the deployment, which no lock on a group can promise: whoever
        # registers the same national id waits here, in the order of the indexes.
        keys = [int.from_bytes(index[:8], signed=True) for index in named.people]
        await session.execute(
            text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS BIGINT[])) AS key"),
            {"keys": sorted(keys)},
        )
    rows = await session.execute(
        select(col(Member.id_number_index), col(Member.group_id), col(Member.id)).where(
            one_of(col(Member.id_number_index), named.people, postgresql)
        )
    )
    for index, group_id, member_id in rows:
        state.people.setdefault(bytes(index or b""), []).append((group_id, member_id))
