"""What each role may do at all (spec.md's ROLES). Where it may do it is in access.py."""

from __future__ import annotations

from app.auth.actor import Actor
from app.errors import Forbidden
from app.models import Role

EVERYTHING = "*"

_SIGNATORY = frozenset(
    {
        "groups:read",
        "members:read",
        "loans:read",
        "loans:approve",
        "welfare:approve",
        "meetings:read",
        "meetings:confirm",
        "keys:enrol",
        "transactions:read",
        "reports:read",
        "officers:read",
    }
)

ROLES: dict[Role, frozenset[str]] = {
    Role.SYSTEM_ADMIN: frozenset({EVERYTHING}),
    Role.FIELD_OFFICER: frozenset(
        {
            "groups:read",
            "members:create",
            "members:read",
            "members:update",
            "loans:create",
            "loans:read",
            "loans:approve",
            "loans:disburse",
            "welfare:request",
            "welfare:approve",
            "members:verify",
            "documents:create",
            "meetings:read",
            "meetings:run",
            "meetings:confirm",
            "transactions:create",
            "transactions:read",
            "reports:read",
            "officers:read",
            "officer:track",
            "outbox:report",
        }
    ),
    Role.GROUP_CHAIR: _SIGNATORY,
    Role.GROUP_COMMITTEE: _SIGNATORY,
}

ADMIN_ONLY = frozenset(
    {
        "groups:create",
        "groups:manage",
        "people:manage",
        "privacy:manage",
        "books:correct",
        "books:reconcile",
        "reviews:decide",
        "dividends:manage",
        "audit:read",
        "messages:manage",
    }
)
VERBS = frozenset().union(*ROLES.values()) - {EVERYTHING} | ADMIN_ONLY


def may(actor: Actor, verb: str) -> bool:
    """Whether the actor's role includes the verb."""
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is no verb of permissions.ROLES")
    verbs = ROLES[actor.role]
    return EVERYTHING in verbs or verb in verbs


def demand(actor: Actor, verb: str) -> None:
    """Forbidden unless the actor's role includes the verb."""
    if not may(actor, verb):
        raise Forbidden()
