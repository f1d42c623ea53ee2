"""What a row of the table says, and the words in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import World

NULL = "null"
NOTHING_OF_IT = "nothing of the group"
"""It answers, with what the asker may see: nothing of the home group is in it."""
EVERYBODY = "everybody"
"""The same for whoever is signed in: there is nothing of a group in it."""
LATER = "NOT_AVAILABLE"
NOT_FOUND = "NOT_FOUND"
FORBIDDEN = "FORBIDDEN"
Arguments = Callable[[World], dict[str, Any]]


def nothing(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """Arguments that try for the home group, and what officers and signatories of the other
    group get: a code, or one of the words above."""

    arguments: Arguments = nothing
    officer: str = LATER
    signatory: str = LATER
    open: bool = False
    """Needs no token: it is how one comes in."""
    shows: bool = field(default=False)
    """The home group's officer gets something of the group by it, which proves the attempt."""
