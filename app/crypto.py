"""Personal data at rest: AES-256-GCM with a key per member, wrapped by a key ring.

Exact look-ups go through HMAC blind indexes. Destroying a member's wrapped key makes the
member's fields unreadable for good (erasure), while the journal, which holds ids only,
stays whole.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class DecryptionError(Exception):
    """The value was not sealed by this key, for this place, or was altered."""


def seal(key: bytes, plain: bytes, place: bytes) -> bytes:
    """nonce + ciphertext; `place` (record, field) is authenticated: values cannot be swapped."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The inverse of `seal`; DecryptionError when key, place or bytes differ."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise DecryptionError("The stored value cannot be read with this key.") from error


class KeyRing:
    """Keys that wrap other keys. New values use the newest; old ones stay readable."""

    def __init__(self, keys: tuple[tuple[str, bytes], ...], index_secret: str) -> None:
        self._keys = dict(keys)
        self._newest = keys[0][0]
        self._index_key = hmac.digest(index_secret.encode(), b"tablebanking blind index", "sha256")

    def wrap(self, key: bytes, owner: UUID) -> bytes:
        """ "<key id>:" + the key sealed for `owner`."""
        name = self._newest
        return name.encode() + b":" + seal(self._keys[name], key, owner.bytes)

    def unwrap(self, wrapped: bytes, owner: UUID) -> bytes:
        name, _, sealed = wrapped.partition(b":")
        key = self._keys.get(name.decode("ascii", "replace"))
        if key is None:
            raise DecryptionError("ENCRYPTION_KEY lacks the key that wrapped this value.")
        return unseal(key, sealed, owner.bytes)

    def blind_index(self, kind: str, value: str) -> bytes:
        """A keyed hash (32 bytes) for exact look-ups; `kind` keeps phone and id apart."""
        return hmac.digest(self._index_key, f"{kind}\x1f{value}".encode(), "sha256")

    def payload_hash(self, payload: bytes) -> bytes:
        """Keyed, because a payload may hold a national id that is short enough to guess."""
        keyed = hashlib.blake2b(payload, key=self._index_key, digest_size=32, person=b"payload")
        return keyed.digest()


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
