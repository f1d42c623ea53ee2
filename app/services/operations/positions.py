"""Positions of officers, as operations of a batch (design.md: Sync)."""

from __future__ import annotations

from app.errors import DomainError, Forbidden, NotFound
from app.models import Role
from app.services import tracking
from app.services.operations import parse
from app.services.operations.kind import Kind
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, TrackOfficer, rejected


def gather_position(named: Named, operation: Operation, body: TrackOfficer) -> None:
    if body.member_id is not None:
        named.members.add(body.member_id)


def track_officer(state: State, operation: Operation, body: TrackOfficer) -> Outcome:
    """Keeps a position of the officer who sends it."""
    if operation.actor.role is not Role.FIELD_OFFICER:
        return rejected(Forbidden("Only field officers send positions."))
    if body.member_id is not None:
        facts = state.members.get(body.member_id)
        if facts is None or not state.ever_served(operation.actor, facts.group_id):
            code = "UNKNOWN_MEMBER" if operation.synced else "NOT_FOUND"
            return rejected(NotFound("There is no such member.", code=code, field="memberId"))
    try:
        ping = tracking.make_ping(operation.actor, body, state.now)
    except DomainError as error:
        return rejected(error)
    state.rows.pings.append(ping)
    return Outcome(APPLIED, ping.id, entity=ping)


KINDS = (
    Kind(
        body=TrackOfficer,
        verb="officer:track",
        parse=parse.position,
        gather=gather_position,
        judge=track_officer,
    ),
)
