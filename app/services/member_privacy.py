"""Sealing and opening of personal data, each value bound to its record and field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import orjson

from app import crypto, models
from app.crypto import KeyRing

ERASED = ""
"""What stands where an erased person's data stood."""


ERASED_NAME = "Erased member"
"""What lists and books show in place of the name: in the row itself, so that all of them do."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A next of kin; phone in international form."""

    name: str
    relationship: str
    phone: str | None = None
    id_number: str | None = None


@dataclass(frozen=True, slots=True)
class OpenMember:
    """A member's sealed fields in the clear. Never stored, never logged."""

    id_number: str = ERASED
    phone: str = ERASED
    date_of_birth: date | None = None
    next_of_kin: tuple[Kin, ...] = field(default=())


def place(owner: UUID, name: str) -> bytes:
    """Where a sealed value belongs; a value moved elsewhere does not open."""
    return owner.bytes + name.encode()


def seal_text(key: bytes, owner: UUID, name: str, text: str) -> bytes:
    return crypto.seal(key, text.encode(), place(owner, name))


def seal_kin(key: bytes, owner: UUID, kin: tuple[Kin, ...]) -> bytes | None:
    if not kin:
        return None
    return crypto.seal(key, orjson.dumps(list(kin)), place(owner, "kin"))


def open_member(keys: KeyRing, row: models.Member) -> OpenMember:
    """The sealed fields of a row; empty ones after erasure."""
    if row.wrapped_key is None:
        return OpenMember()
    key = keys.unwrap(row.wrapped_key, row.id)

    def text(sealed: bytes | None, name: str) -> str:
        return crypto.unseal(key, sealed, place(row.id, name)).decode() if sealed else ""

    birth = text(row.birth_sealed, "birth")
    kin = orjson.loads(text(row.kin_sealed, "kin") or "[]")
    return OpenMember(
        id_number=text(row.id_number_sealed, "id_number"),
        phone=text(row.phone_sealed, "phone"),
        date_of_birth=date.fromisoformat(birth) if birth else None,
        next_of_kin=tuple(Kin(**one) for one in kin),
    )


def open_user_phone(keys: KeyRing, row: models.User) -> str:
    """A user's phone in international form."""
    key = keys.unwrap(row.wrapped_key, row.id)
    return crypto.unseal(key, row.phone_sealed, place(row.id, "phone")).decode()
