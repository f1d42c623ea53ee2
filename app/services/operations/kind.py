"""A kind of operation: how it is read, what it names, what it needs loaded, and its rule."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.runtime import Runtime
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Body, Operation, Outcome

Values = Mapping[str, Any]
Loader = Callable[[Runtime, AsyncSession, Named, State], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `body.kind` is its name in syncBatch."""

    body: type[Body]
    verb: str
    """What the actor's role must include (auth/permissions.py)."""
    parse: Callable[[Values], Any]
    """From the fields of its input to the body; BadInput names the field."""
    gather: Callable[[Named, Operation, Any], None]
    """Says what the body names."""
    judge: Callable[[State, Operation, Any], Outcome]
    """The rule: pure; moves the state on."""
    audit: str | None = None
    """The audit action of what was APPLIED; None where the rule writes its own or none is due."""
    held: str | None = None
    """The audit action of what is HELD."""
    loaders: tuple[Loader, ...] = ()
    """Load what the rule reads beyond members, rights and balances; each runs once for a list,
    under the locks, and may add to `named.members`, `named.edited` and `named.owners`."""
    synced: bool = True
    """Whether syncBatch takes it."""
