"""Receipt numbers: one published function, the same on phone and server.

The number is derived from the operation's id, so the phone can print it before the server
has heard of it, and anyone can check it afterwards (design.md, Sync).
"""

from __future__ import annotations

import hashlib
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so a number can be read aloud and copied by hand."""

PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
"""Ten bits as two characters."""


def receipt_number(operation_id: UUID) -> str:
    """ "TB-XXXX-XXXX-XXXX": the first 60 bits of SHA-256 over the id's lower-case text."""
    digest = hashlib.sha256(str(operation_id).encode("ascii")).digest()
    bits = int.from_bytes(digest[:8], "big") >> 4
    pairs = [PAIRS[bits >> shift & 1023] for shift in (50, 40, 30, 20, 10, 0)]
    return "TB-{}{}-{}{}-{}{}".format(*pairs)
