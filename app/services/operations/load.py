"""Loads what the rules read, in a fixed number of statements, after the groups are locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.lookup import Lookup
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
from app.services.operations.state import KnownOperation, MemberFacts, PaymentPart, State
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
            if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
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


GROUPS_OF_MEMBERS = Lookup(
    lambda one_of: select(col(Member.group_id)).where(one_of(col(Member.id), "members")).distinct()
)

_GROUP = (
    col(BankingGroup.id),
    col(BankingGroup.book_sequence),
    col(BankingGroup.chain_head),
    col(BankingGroup.change_sequence),
    col(BankingGroup.status),
)

# In id order, so that two batches over the same groups cannot wait for each other. FOR NO KEY
# UPDATE lets rows that refer to the group be inserted elsewhere meanwhile.
ANY_GROUPS = Lookup(
    lambda one_of: (
        select(*_GROUP)
        .where(one_of(col(BankingGroup.id), "groups"))
        .order_by(col(BankingGroup.id))
        .with_for_update(key_share=True)
    )
)
# Only groups that an actor of the list has to do with: nobody can hold up a stranger's group.
SERVED_GROUPS = Lookup(
    lambda one_of: (
        select(*_GROUP)
        .where(
            one_of(col(BankingGroup.id), "groups"),
            col(BankingGroup.id).in_(
                select(col(OfficerAssignment.group_id)).where(
                    one_of(col(OfficerAssignment.officer_id), "actors")
                )
            ),
        )
        .order_by(col(BankingGroup.id))
        .with_for_update(key_share=True)
    )
)
KNOWN = Lookup(
    lambda one_of: select(
        col(SyncOperation.id),
        col(SyncOperation.user_id),
        col(SyncOperation.group_id),
        col(SyncOperation.payload_hash),
        col(SyncOperation.outcome),
        col(SyncOperation.entity_id),
        col(SyncOperation.receipt_number),
        col(SyncOperation.held_reason),
    ).where(one_of(col(SyncOperation.id), "operations"))
)
MEMBERS = Lookup(
    lambda one_of: select(
        col(Member.id), col(Member.group_id), col(Member.is_active), col(Member.erased_at)
    ).where(one_of(col(Member.id), "members"))
)
RIGHTS = Lookup(
    lambda one_of: select(
        col(OfficerAssignment.officer_id),
        col(OfficerAssignment.group_id),
        col(OfficerAssignment.removed_at),
    ).where(
        one_of(col(OfficerAssignment.officer_id), "actors"),
        one_of(col(OfficerAssignment.group_id), "groups"),
    )
)
BALANCES = Lookup(
    lambda one_of: select(
        col(AccountBalance.owner_id),
        col(AccountBalance.account),
        col(AccountBalance.group_id),
        col(AccountBalance.balance),
    ).where(one_of(col(AccountBalance.owner_id), "owners"))
)
TAKEN = Lookup(
    lambda one_of: union_all(
        select(col(Contribution.id)).where(one_of(col(Contribution.id), "ids")),
        select(col(ReviewItem.id)).where(one_of(col(ReviewItem.id), "ids")),
        select(col(Member.id)).where(one_of(col(Member.id), "ids")),
    )
)
PAYMENTS = Lookup(
    lambda one_of: select(
        col(PaymentReference.transaction_id),
        col(PaymentReference.member_id),
        col(PaymentReference.purpose),
        col(PaymentReference.recorded_by),
    ).where(one_of(col(PaymentReference.transaction_id), "codes"))
)
PEOPLE = Lookup(
    lambda one_of: select(col(Member.id_number_index), col(Member.group_id), col(Member.id)).where(
        one_of(col(Member.id_number_index), "people")
    )
)


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
    await _lock_groups(session, named, state)
    await _load_known(session, named, state)
    await _load_members(session, named, state)
    if state.books:
        await _load_rights(session, named, state)
        await _load_balances(session, named, state)
    await _load_taken(session, named, state)
    if named.people:
        await _load_people(runtime, session, named, state)
    return state


async def _lock_groups(session: AsyncSession, named: Named, state: State) -> None:
    wanted = set(named.groups)
    if named.members:
        found = await GROUPS_OF_MEMBERS.rows(session, members=named.members)
        wanted.update(row[0] for row in found)
    if not wanted:
        return
    if named.any_admin:
        rows = await ANY_GROUPS.rows(session, groups=wanted)
    else:
        rows = await SERVED_GROUPS.rows(session, groups=wanted, actors=named.actors)
    for found_id, sequence, head, change, status in rows:
        group_id = _plain_uuid(found_id)
        state.books[group_id] = GroupBook(group_id, sequence, bytes(head), change)
        state.group_status[group_id] = status


def _plain_uuid(value: UUID) -> UUID:
    """asyncpg's UUID is a subclass that orjson refuses."""
    return value if type(value) is UUID else UUID(int=value.int)


async def _load_known(session: AsyncSession, named: Named, state: State) -> None:
    if named.operations:
        for row in await KNOWN.rows(session, operations=named.operations):
            state.known[row[0]] = KnownOperation(row[1], row[2], bytes(row[3]), *row[4:])


async def _load_members(session: AsyncSession, named: Named, state: State) -> None:
    if named.edited:
        edited = await session.execute(select(Member).where(col(Member.id).in_(named.edited)))
        for row in edited.scalars():
            session.expunge(row)
            is_active = row.is_active and row.erased_at is None
            state.members[row.id] = MemberFacts(row.group_id, is_active, row)
    others = named.members - named.edited
    if not others:
        return
    for member_id, group_id, is_active, erased_at in await MEMBERS.rows(session, members=others):
        state.members[member_id] = MemberFacts(group_id, is_active and erased_at is None)


async def _load_rights(session: AsyncSession, named: Named, state: State) -> None:
    rows = await RIGHTS.rows(session, actors=named.actors, groups=state.books)
    for officer_id, group_id, removed_at in rows:
        state.once_assigned.add((officer_id, group_id))
        if removed_at is None:
            state.assigned.add((officer_id, group_id))


async def _load_balances(session: AsyncSession, named: Named, state: State) -> None:
    owners = named.members.union(state.books)
    for owner_id, account, group_id, balance in await BALANCES.rows(session, owners=owners):
        book = state.books.get(group_id)
        if book is None:
            continue
        if owner_id == group_id:
            book.balances[account] = balance
        else:
            book.owned[owner_id, account] = balance


async def _load_taken(session: AsyncSession, named: Named, state: State) -> None:
    if named.made:
        state.taken_ids.update(row[0] for row in await TAKEN.rows(session, ids=named.made))
    if named.payments:
        for code, *part in await PAYMENTS.rows(session, codes=named.payments):
            state.payments.setdefault(code, []).append(PaymentPart(*part))


async def _load_people(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    if runtime.db.is_postgresql:
        # A person is unique in the deployment, which no lock on a group can promise: whoever
        # registers the same national id waits here, in the order of the indexes.
        keys = [int.from_bytes(index[:8], signed=True) for index in named.people]
        await session.execute(
            text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS BIGINT[])) AS key"),
            {"keys": sorted(keys)},
        )
    for index, group_id, member_id in await PEOPLE.rows(session, people=named.people):
        state.people.setdefault(bytes(index), []).append((group_id, member_id))
