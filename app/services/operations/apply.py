"""Applies a list of operations: load under locks, judge each in order, save, announce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.permissions import may
from app.errors import Forbidden, RuleBroken
from app.metrics import OPERATIONS
from app.models import Loan
from app.models.base import new_id
from app.runtime import Runtime
from app.services.documents import discard_images, store_images
from app.services.operations.kinds import BY_BODY
from app.services.operations.load import load_state
from app.services.operations.money import held_error
from app.services.operations.save import save_state
from app.services.operations.state import KnownOperation, State
from app.services.operations.types import (
    APPLIED,
    DUPLICATE,
    HELD,
    Body,
    Operation,
    Outcome,
    RegisterMember,
    rejected,
)


async def apply_operations(runtime: Runtime, operations: Sequence[Operation]) -> list[Outcome]:
    """One outcome for each operation, in order; all in one transaction.

    An operation that is refused changes nothing and stops none of the others.
    """
    with_images = [
        operation.body
        for operation in operations
        if isinstance(operation.body, RegisterMember) and operation.body.images
    ]
    for body in with_images:
        await store_images(runtime, body.images, body.key)

    async def work(session: AsyncSession) -> list[Outcome]:
        return await apply_within(runtime, session, operations)

    try:
        outcomes = await runtime.db.transact(work)
    except BaseException:
        for body in with_images:
            await discard_images(runtime, body.images)
        raise
    count_outcomes(operations, outcomes)
    for operation, outcome in zip(operations, outcomes, strict=True):
        if isinstance(operation.body, RegisterMember) and outcome.outcome != APPLIED:
            await discard_images(runtime, operation.body.images)
    return outcomes


async def apply_within(
    runtime: Runtime, session: AsyncSession, operations: Sequence[Operation]
) -> list[Outcome]:
    """As `apply_operations`, inside a transaction of the caller, who writes something that must
    stand or fall with it. For operations without images; `count_outcomes` is the caller's."""
    state = await load_state(runtime, session, operations)
    outcomes = [judge(state, operation) for operation in operations]
    await save_state(runtime, session, state)
    return outcomes


def count_outcomes(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
    """Adds committed outcomes to the metrics."""
    tally = Counter(
        (operation.kind, outcome.outcome)
        for operation, outcome in zip(operations, outcomes, strict=True)
    )
    for labels, number in tally.items():
        OPERATIONS.labels(*labels).inc(number)


def judge(state: State, operation: Operation) -> Outcome:
    """What becomes of one operation; moves the state on. Pure: no database, no clock."""
    operation_id = operation.offline_sync_id
    if operation_id is None:
        outcome = _carry_out(state, operation)
        if outcome.outcome in (APPLIED, HELD):
            _audit(state, operation, outcome)
        return outcome
    payload_hash = state.keys.payload_hash(normal_form(operation))
    known = state.known.get(operation_id)
    if known is not None:
        return _repeat(state, operation, known, payload_hash)
    outcome = _carry_out(state, operation)
    if outcome.outcome in (APPLIED, HELD):
        _keep(state, operation, outcome, payload_hash)
        _audit(state, operation, outcome)
    else:
        _note_refusal(state, operation, outcome)
    return outcome


def _carry_out(state: State, operation: Operation) -> Outcome:
    kind = BY_BODY[type(operation.body)]
    if not may(operation.actor, kind.verb):
        return rejected(Forbidden())
    return kind.judge(state, operation, operation.body)


def _repeat(
    state: State, operation: Operation, known: KnownOperation, payload_hash: bytes
) -> Outcome:
    """The first result again, for the same payload from somebody who may see it."""
    visible = known.user_id == operation.actor.user_id or (
        known.group_id is not None and state.may_sign(operation.actor, known.group_id)
    )
    if not visible or known.payload_hash != payload_hash:
        return rejected(
            RuleBroken(
                "This offlineSyncId was used for another operation.",
                code="ID_REUSED",
                field="offlineSyncId",
            )
        )
    if known.outcome == HELD:
        error = held_error(known.held_reason or "")
        return Outcome(HELD, known.entity_id, known.receipt_number, error=error)
    return Outcome(DUPLICATE, known.entity_id, known.receipt_number)


def _keep(state: State, operation: Operation, outcome: Outcome, payload_hash: bytes) -> None:
    operation_id = operation.offline_sync_id
    if operation_id is None:
        return
    reason = outcome.error.code if outcome.outcome == HELD and outcome.error else None
    state.known[operation_id] = KnownOperation(
        operation.actor.user_id,
        outcome.group_id,
        payload_hash,
        outcome.outcome,
        outcome.entity_id,
        outcome.receipt_number,
        reason,
    )
    state.rows.operations.append(
        (
            operation_id,
            operation.actor.user_id,
            outcome.group_id,
            operation.kind,
            payload_hash,
            outcome.outcome,
            outcome.entity_id,
            outcome.receipt_number,
            reason,
            state.now,
        )
    )


def _audit(state: State, operation: Operation, outcome: Outcome) -> None:
    """One line for each effect; edits write their own, positions none (the pings are kept)."""
    kind = BY_BODY[type(operation.body)]
    action = kind.held if outcome.outcome == HELD else kind.audit
    if action is None:
        return
    detail = outcome.receipt_number or ""
    if outcome.detail is not None:
        detail = orjson.dumps(outcome.detail, default=str).decode()
    state.rows.audits.append(
        (
            outcome.audit_id or new_id(),
            outcome.group_id,
            state.now,
            operation.actor.user_id,
            action,
            outcome.entity_id,
            detail,
            None,
        )
    )


def _note_refusal(state: State, operation: Operation, outcome: Outcome) -> None:
    """Counts what a phone sent in vain; a repeat of the same replaces the line."""
    if operation.synced and operation.offline_sync_id is not None and outcome.error is not None:
        state.rows.refusals[operation.offline_sync_id] = (
            operation.offline_sync_id,
            operation.actor.user_id,
            operation.kind,
            outcome.error.code,
            _group_of(state, operation),
            state.now,
        )


def _group_of(state: State, operation: Operation) -> UUID | None:
    """The group that a refused operation was about, as far as its sender ever served it."""
    body: Any = operation.body
    loan = state.subject(Loan, getattr(body, "loan_id", None))
    member_id = getattr(body, "member_id", None) or getattr(body, "id", None)
    facts = state.members.get(member_id) if member_id is not None else None
    found: UUID | None = getattr(body, "group_id", None)
    if found is None and facts is not None:
        found = facts.group_id
    if found is None and loan is not None:
        found = loan.group_id
    if found is None or not state.ever_served(operation.actor, found):
        return None
    return state.books[found].group_id


@cache
def _payload_fields(body: type[Body]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the fields that are always part of the payload, and of those that are
    where they are filled."""
    names = [item.name for item in fields(cast(Any, body)) if item.name not in body.unhashed]
    later = tuple(name for name in names if name in body.added)
    return tuple(name for name in names if name not in body.added), later


def normal_form(operation: Operation) -> bytes:
    """The payload's canonical bytes: the same for "5" and "5.00", for any spelling of a phone."""
    body = operation.body
    always, later = _payload_fields(cast(Any, type(body)))
    values: list[Any] = [getattr(body, name) for name in always]
    values.extend([name, getattr(body, name)] for name in later if getattr(body, name) is not None)
    if isinstance(body, RegisterMember):
        values.append([[image.kind, image.source_sha256.hex()] for image in body.images])
    return orjson.dumps([operation.kind, *values], default=str, option=orjson.OPT_SORT_KEYS)
