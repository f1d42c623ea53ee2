"""Everything that a list of operations names, gathered in one pass before anything is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlmodel import SQLModel

S = TypeVar("S")


@dataclass(slots=True)
class Named:
    """Ids by what they name. Made-up ones are found out when nothing is loaded for them."""

    actors: set[UUID] = field(default_factory=set)
    any_admin: bool = False
    own_groups: set[UUID] = field(default_factory=set)
    """The groups of chairs and committee members among the actors."""
    groups: set[UUID] = field(default_factory=set)
    members: set[UUID] = field(default_factory=set)
    edited: set[UUID] = field(default_factory=set)
    """Members whose whole row an operation reads or changes."""
    made: set[UUID] = field(default_factory=set)
    """Ids made by clients, which must name nothing yet."""
    operations: set[UUID] = field(default_factory=set)
    payments: set[str] = field(default_factory=set)
    registered: list[str] = field(default_factory=list)
    """National ids of new members."""
    subjects: dict[type[SQLModel], set[UUID]] = field(default_factory=dict)
    """Rows with an `id` and a `group_id` that operations are about, by model."""
    owners: set[UUID] = field(default_factory=set)
    """Loans whose balances are wanted."""
    terms: bool = False
    """Whether a rule reads the groups' settings."""
    links: bool = False
    """Whether a rule asks which member a user is."""
    sections: dict[type, Any] = field(default_factory=dict)

    def subject(self, model: type[SQLModel], row_id: UUID | None) -> None:
        """Names a row, new or not: its group is locked, and the row loaded if it exists."""
        if row_id is not None:
            self.subjects.setdefault(model, set()).add(row_id)

    def section(self, kind: type[S]) -> S:
        """A noun's own part of what is named, made when it is first asked for."""
        if kind not in self.sections:
            self.sections[kind] = kind()
        return cast(S, self.sections[kind])
