"""Receipt numbers and their codes: one published function, the same on phone and server.

Both are derived from the operation's id, so the phone can print them before the server has
heard of it, and anyone who holds the receipt can check it afterwards (docs/receipts.md). Who
knows only the number, as it stands in the books and in reports, does not know the code.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so a number can be read aloud and copied by hand."""

PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
"""Ten bits as two characters."""


_READ_AS = str.maketrans("OIL", "011")


def receipt_number(operation_id: UUID) -> str:
    """ "TB-XXXX-XXXX-XXXX": the first 60 bits of SHA-256 over the id's lower-case text."""
    digest = hashlib.sha256(str(operation_id).encode("ascii")).digest()
    bits = int.from_bytes(digest[:8], "big") >> 4
    pairs = [PAIRS[bits >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)]
    return "TB-{}{}-{}{}-{}{}".format(*pairs)


def receipt_code(operation_id: UUID) -> str:
    """ "XXXX": the 20 bits that follow those of the number."""
    digest = hashlib.sha256(str(operation_id).encode("ascii")).digest()
    bits = int.from_bytes(digest[:10], "big") & 0xFFFFF
    return PAIRS[bits >> 10] + PAIRS[bits & 1023]


def code_of(number: str, *ids: UUID | None) -> str | None:
    """The code of the receipt `number`, made from that one of `ids` which made the number.

    None where none of them did: money from a bank's statement has the bank's reference.
    """
    for operation_id in ids:
        if operation_id is not None and receipt_number(operation_id) == number:
            return receipt_code(operation_id)
    return None


def read_number(text: str) -> str | None:
    """A number as people type it: without its "TB", with blanks, O for 0, I or L for 1.

    None where it cannot be one.
    """
    letters = _letters(text)
    if len(letters) == 14 and letters.startswith("TB"):
        letters = letters[2:]
    if len(letters) != 12 or not set(letters) <= set(ALPHABET):
        return None
    return f"TB-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def read_code(text: str) -> str:
    """A code as people type it; what is none stays what it is, and fits no receipt."""
    return _letters(text)


def _letters(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper().translate(_READ_AS)
