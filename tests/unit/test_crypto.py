"""Sealed fields, wrapped keys and blind indexes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import DecryptionError, KeyRing, new_key, seal, unseal

OLD = ("2025", bytes(range(32)))
NEW = ("2026", bytes(range(32, 64)))
SECRET = "an index secret for the tests alone"


@given(st.binary(max_size=2000), st.binary(max_size=50))
def test_what_was_sealed_can_be_unsealed(plain: bytes, place: bytes) -> None:
    key = new_key()
    assert unseal(key, seal(key, plain, place), place) == plain


def test_the_same_value_never_looks_the_same() -> None:
    key = new_key()
    assert seal(key, b"12345678", b"member id_number") != seal(
        key, b"12345678", b"member id_number"
    )


def test_nothing_shows_through() -> None:
    assert b"12345678" not in seal(new_key(), b"12345678", b"place")


@given(st.data())
def test_any_flipped_bit_is_noticed(data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(key, b"0712345678", b"place"))
    position = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[position // 8] ^= 1 << position % 8
    with pytest.raises(DecryptionError):
        unseal(key, bytes(sealed), b"place")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(28)])
def test_rubbish_is_a_decryption_error(sealed: bytes) -> None:
    with pytest.raises(DecryptionError):
        unseal(new_key(), sealed, b"place")


def test_a_value_moved_to_another_place_does_not_open() -> None:
    key = new_key()
    with pytest.raises(DecryptionError):
        unseal(key, seal(key, b"x", b"member 1 phone"), b"member 2 phone")


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(DecryptionError):
        unseal(new_key(), seal(new_key(), b"x", b"place"), b"place")


def test_the_ring_wraps_with_the_newest_key_and_reads_the_old_ones() -> None:
    owner, key = uuid4(), new_key()
    before = KeyRing((OLD,), SECRET).wrap(key, owner)
    ring = KeyRing((NEW, OLD), SECRET)
    assert ring.unwrap(before, owner) == key
    assert ring.wrap(key, owner).startswith(b"2026:")
    assert ring.unwrap(ring.wrap(key, owner), owner) == key


def test_a_wrapped_key_is_its_owners_alone() -> None:
    ring = KeyRing((NEW,), SECRET)
    wrapped = ring.wrap(new_key(), uuid4())
    with pytest.raises(DecryptionError):
        ring.unwrap(wrapped, uuid4())


def test_a_key_that_left_the_ring_is_named_as_the_cause() -> None:
    owner = uuid4()
    wrapped = KeyRing((OLD,), SECRET).wrap(new_key(), owner)
    with pytest.raises(DecryptionError, match="ENCRYPTION_KEY"):
        KeyRing((NEW,), SECRET).unwrap(wrapped, owner)


def test_a_blind_index_is_stable_keyed_and_apart_by_kind() -> None:
    ring = KeyRing((NEW,), SECRET)
    index = ring.blind_index("phone", "254712345678")
    assert len(index) == 32
    assert index == KeyRing((OLD,), SECRET).blind_index("phone", "254712345678")
    assert index != ring.blind_index("id_number", "254712345678")
    assert index != KeyRing((NEW,), SECRET + "!").blind_index("phone", "254712345678")
