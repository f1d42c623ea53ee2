"""Relay-style pages by key: stable while rows are added, and no OFFSET."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson

from app.errors import BadInput

T = TypeVar("T")
MAX_PAGE = 100
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page: the rows, their cursors, and a count that is only made when asked for."""

    items: Sequence[T]
    cursors: Sequence[str]
    has_next: bool
    count: Callable[[], Awaitable[int]]


def check_first(first: int, largest: int = MAX_PAGE) -> int:
    """BAD_INPUT unless 1 <= first <= largest."""
    if not 1 <= first <= largest:
        raise BadInput(f"Ask for 1 to {largest} at a time.", field="first")
    return first


def encode_cursor(*key: Any) -> str:
    """Opaque text of a row's place in its order."""
    return (
        base64.urlsafe_b64encode(orjson.dumps([_plain(part) for part in key])).decode().rstrip("=")
    )


def _plain(part: Any) -> Any:
    return part if isinstance(part, (str, int)) else str(part)


def decode_cursor(text: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
    """The key of `encode_cursor`, each part through its constructor; BAD_INPUT when it is none."""
    if text is None:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        parts = orjson.loads(raw)
        if not isinstance(parts, list) or len(parts) != len(kinds):
            raise ValueError("another cursor's key")
        return tuple(_storable(kind(part)) for kind, part in zip(kinds, parts, strict=True))
    except (binascii.Error, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadInput("This cursor is not one of this list.", field="after") from error


def instant(text: str) -> datetime:
    """An instant in a cursor; ValueError when it has no zone, which no column compares with."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant without a zone")
    return found


def _storable(part: Any) -> Any:
    """The part, if a database can compare with it; a forged cursor may hold anything."""
    if isinstance(part, int) and not -LARGEST <= part <= LARGEST:
        raise ValueError("beyond a column's numbers")
    if isinstance(part, str) and "\x00" in part:
        raise ValueError("beyond a column's characters")
    return part


def cut(
    rows: Sequence[T],
    first: int,
    key: Callable[[T], tuple[Any, ...]],
    count: Callable[[], Awaitable[int]],
) -> Page[T]:
    """A page from up to first + 1 rows: the extra one only tells that there are more."""
    kept = rows[:first]
    return Page(kept, [encode_cursor(*key(row)) for row in kept], len(rows) > first, count)
