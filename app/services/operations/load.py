"""Loads what the rules read, in a fixed number of statements, after the groups are locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.lookup import Lookup
from app.models import (
    AccountBalance,
    BankingGroup,
    Contribution,
    Loan,
    Member,
    OfficerAssignment,
    PaymentReference,
    ReviewItem,
    SyncOperation,
    User,
)
from app.runtime import Runtime
from app.services.group_settings import terms_of
from app.services.ledger import GroupBook
from app.services.operations.kind import Loader
from app.services.operations.kinds import BY_BODY
from app.services.operations.named import Named
from app.services.operations.state import KnownOperation, MemberFacts, PaymentPart, State
from app.services.operations.types import Operation


def gather(operations: Iterable[Operation]) -> Named:
    """The ids that the operations name; made-up ones are found out later."""
    named = Named()
    for operation in operations:
        actor = operation.actor
        named.actors.add(actor.user_id)
        named.any_admin |= actor.is_admin
        if actor.group_id is not None:
            named.own_groups.add(actor.group_id)
        if operation.offline_sync_id is not None:
            named.operations.add(operation.offline_sync_id)
        BY_BODY[type(operation.body)].gather(named, operation, operation.body)
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
    col(BankingGroup.books_locked_through),
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
OWN_GROUPS = Lookup(
    lambda one_of: (
        select(*_GROUP)
        .where(
            one_of(col(BankingGroup.id), "groups"),
            or_(
                one_of(col(BankingGroup.id), "own"),
                col(BankingGroup.id).in_(
                    select(col(OfficerAssignment.group_id)).where(
                        one_of(col(OfficerAssignment.officer_id), "actors")
                    )
                ),
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
        col(Member.id),
        col(Member.group_id),
        col(Member.is_active),
        col(Member.erased_at),
        col(Member.id_verified),
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
        col(PaymentReference.part),
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
    named = gather(operations)
    state = State(
        keys=runtime.keys,
        now=clock.now(),
        today=clock.today(runtime.settings.timezone),
        person_in_two_groups=runtime.settings.person_in_two_groups,
        rate_caps=runtime.settings.rate_caps,
    )
    await _lock_groups(session, named, state)
    await _load_known(session, named, state)
    await _load_subjects(session, named, state)
    for loader in _loaders(operations):
        await loader(runtime, session, named, state)
    await _load_members(session, named, state)
    if state.books:
        await _load_rights(session, named, state)
        await _load_balances(session, named, state)
        await _load_settings(session, named, state)
    await _load_taken(session, named, state)
    if named.registered:
        await _load_people(runtime, session, named, state)
    return state


def _loaders(operations: Iterable[Operation]) -> list[Loader]:
    """What the kinds in the list need loaded, each once, in order."""
    bodies = dict.fromkeys(type(operation.body) for operation in operations)
    return list(dict.fromkeys(loader for body in bodies for loader in BY_BODY[body].loaders))


async def _lock_groups(session: AsyncSession, named: Named, state: State) -> None:
    wanted = set(named.groups)
    if named.members:
        found = await GROUPS_OF_MEMBERS.rows(session, members=named.members)
        wanted.update(row[0] for row in found)
    for model, ids in named.subjects.items():
        table: Any = model
        known = await session.execute(select(table.id, table.group_id).where(table.id.in_(ids)))
        for row_id, group_id in known:
            state.taken_ids.add(row_id)
            wanted.add(group_id)
    if not wanted:
        return
    if named.any_admin:
        rows = await ANY_GROUPS.rows(session, groups=wanted)
    elif named.own_groups:
        rows = await OWN_GROUPS.rows(
            session, groups=wanted, own=named.own_groups, actors=named.actors
        )
    else:
        rows = await SERVED_GROUPS.rows(session, groups=wanted, actors=named.actors)
    for found_id, sequence, head, change, status, locked in rows:
        group_id = _plain_uuid(found_id)
        state.books[group_id] = GroupBook(group_id, sequence, bytes(head), change)
        state.group_status[group_id] = status
        if locked is not None:
            state.locked_through[group_id] = locked


async def _load_subjects(session: AsyncSession, named: Named, state: State) -> None:
    """The rows that the operations are about, in groups that are locked; detached, so that the
    rules change them as plain values. Their members and loans count as named."""
    for model, ids in named.subjects.items():
        table: Any = model
        rows = await session.execute(
            select(model).where(table.id.in_(ids), table.group_id.in_(list(state.books)))
        )
        row: Any
        for row in rows.scalars():
            session.expunge(row)
            state.subjects[row.id] = row
            member_id = getattr(row, "member_id", None)
            if member_id is not None:
                named.members.add(member_id)
            if model is Loan:
                named.owners.add(row.id)


async def _load_settings(session: AsyncSession, named: Named, state: State) -> None:
    if named.terms:
        rows = await session.execute(
            select(col(BankingGroup.id), col(BankingGroup.settings)).where(
                col(BankingGroup.id).in_(list(state.books))
            )
        )
        state.terms.update({group_id: terms_of(found) for group_id, found in rows})
    if named.links:
        users = await session.execute(
            select(col(User.id), col(User.member_id)).where(col(User.id).in_(named.actors))
        )
        state.member_of_user.update({user: member for user, member in users if member})


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
            state.members[row.id] = MemberFacts(row.group_id, is_active, row, row.id_verified)
    others = named.members - named.edited
    if not others:
        return
    for member_id, group_id, is_active, erased_at, verified in await MEMBERS.rows(
        session, members=others
    ):
        is_active = is_active and erased_at is None
        state.members[member_id] = MemberFacts(group_id, is_active, None, verified)


async def _load_rights(session: AsyncSession, named: Named, state: State) -> None:
    rows = await RIGHTS.rows(session, actors=named.actors, groups=state.books)
    for officer_id, group_id, removed_at in rows:
        state.once_assigned.add((officer_id, group_id))
        if removed_at is None:
            state.assigned.add((officer_id, group_id))


async def _load_balances(session: AsyncSession, named: Named, state: State) -> None:
    owners = named.members.union(state.books, named.owners)
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
    people = {runtime.keys.blind_index("id_number", number) for number in named.registered}
    if runtime.db.is_postgresql:
        # A person is unique in the deployment, which no lock on a group can promise: whoever
        # registers the same national id waits here, in the order of the indexes.
        keys = [int.from_bytes(index[:8], signed=True) for index in people]
        await session.execute(
            text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS BIGINT[])) AS key"),
            {"keys": sorted(keys)},
        )
    for index, group_id, member_id in await PEOPLE.rows(session, people=people):
        state.people.setdefault(bytes(index), []).append((group_id, member_id))
