"""Verifying an identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.auth.actor import Actor
from app.auth.permissions import demand
from app.models import Member
from app.runtime import Runtime
from app.services.operations.identity import read_verification
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


async def verify_identity(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Member:
    """The member, whose papers the actor has looked at."""
    demand(actor, "members:verify")
    outcome = await carry_out(runtime, Operation(actor, read_verification(values)))
    found: Member = outcome.entity
    return found
