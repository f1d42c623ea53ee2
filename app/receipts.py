"""Receipt numbers: one published function, the same on phone and server.

The number is derived from the operation's id, so the phone can print it before the server
has heard of it, and anyone can check it afterwards (design.md, Sync).
"""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so a number can be read aloud and copied by hand."""

FROM_RFC_4648 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode("ascii"))


def receipt_number(operation_id: UUID) -> str:
    """ "TB-XXXX-XXXX-XXXX": the first 60 bits of SHA-256 over the id's lower-case text."""
    digest = hashlib.sha256(str(operation_id).encode("ascii")).digest()
    text = base64.b32encode(digest[:10])[:12].translate(FROM_RFC_4648).decode("ascii")
    return f"TB-{text[:4]}-{text[4:8]}-{text[8:]}"
