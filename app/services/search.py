"""Finding names and codes by any part, in an ordered index.

A name is kept as every tail of each of its words ("wanjiku", "anjiku", "njiku", …); a part
of a word is the beginning of a tail, so an ordinary index answers it on both databases.
"""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, select
from sqlmodel import col

from app.errors import BadInput
from app.models import SearchToken

MAX_QUERY = 100
MAX_WORDS = 6
MAX_WORD = 40
LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Lower case without accents, single spaces: how names are compared and ordered."""
    # Some letters are capitals only once they are taken apart, and the other way round.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(
        " " if not _counts(letter) else letter
        for letter in plain
        if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def _counts(letter: str) -> bool:
    return letter.isalnum()


def tails(*texts: str) -> set[str]:
    """Every tail of every word of the texts."""
    words = {word[:MAX_WORD] for text in texts for word in fold(text).split()}
    return {word[start:] for word in words for start in range(len(word))}


def token_rows(kind: str, entity_id: UUID, *texts: str) -> list[tuple[UUID, str, str]]:
    """Rows (entity_id, token, kind) of the index for one record."""
    return [(entity_id, token, kind) for token in sorted(tails(*texts))]


def matches(kind: str, entity: Any, query: str) -> ColumnElement[bool]:
    """The condition that `entity` (an id column) has every word of the query in its name.

    BAD_INPUT for a query over 100 characters; nothing matches one without letters or digits.
    """
    if len(query) > MAX_QUERY:
        raise BadInput(f"Search for at most {MAX_QUERY} characters.", field="search")
    words = fold(query).split()[:MAX_WORDS]
    if not words:
        return false()
    return and_(
        *(
            entity.in_(
                select(col(SearchToken.entity_id)).where(
                    col(SearchToken.kind) == kind,
                    col(SearchToken.token) >= word[:MAX_WORD],
                    col(SearchToken.token) < word[:MAX_WORD] + LAST,
                )
            )
            for word in words
        )
    )
