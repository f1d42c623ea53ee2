"""Cents in, cents out: what is an amount, what is not, and how it is divided."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.money import (
    MAX_CENTS,
    MoneyError,
    format_money,
    parse_money,
    parse_percent,
    round_half_even,
    split_evenly,
)

CENTS = st.integers(-MAX_CENTS, MAX_CENTS)


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("1500.00", 150_000),
        ("1500", 150_000),
        ("0.1", 10),
        ("0", 0),
        ("-3.50", -350),
        (" 12.5 ", 1250),
        (1500, 150_000),
        (0.1, 10),
        (19.99, 1999),
        (1e3, 100_000),
        ("1E+3", 100_000),
        (Decimal("7.25"), 725),
        ("9999999999.99", MAX_CENTS),
        ("1.500000", 150),
    ],
)
def test_an_amount(value: object, cents: int) -> None:
    assert parse_money(value) == cents


@pytest.mark.parametrize(
    "value",
    [
        "1.005",
        0.001,
        "NaN",
        "sNaN",
        float("nan"),
        "Infinity",
        float("-inf"),
        "1E+999999",
        "1E-999999",
        "10000000000.00",
        "9" * 41,
        "",
        "ten",
        "1,500.00",
        "0x10",
        None,
        True,
        [],
        {},
        b"5",
    ],
)
def test_no_amount(value: object) -> None:
    with pytest.raises(MoneyError):
        parse_money(value)


@given(CENTS)
def test_text_and_cents_are_one(cents: int) -> None:
    assert parse_money(format_money(cents)) == cents


@given(CENTS)
def test_text_has_exactly_two_places(cents: int) -> None:
    assert len(format_money(cents).rpartition(".")[2]) == 2


@given(st.integers(-(10**9), 10**9))
def test_a_json_number_is_read_as_it_was_written(cents: int) -> None:
    assert parse_money(cents / 100) == cents


@pytest.mark.parametrize(("value", "hundredths"), [("12.5", 1250), (10, 1000), ("0.25", 25)])
def test_a_percentage(value: object, hundredths: int) -> None:
    assert parse_percent(value) == hundredths


@pytest.mark.parametrize("value", ["12.345", "1000000", "NaN", True])
def test_no_percentage(value: object) -> None:
    with pytest.raises(MoneyError):
        parse_percent(value)


@pytest.mark.parametrize(
    ("value", "cents"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("-0.5", 0), ("2.51", 3), ("-1.5", -2)]
)
def test_halves_go_to_the_even_cent(value: str, cents: int) -> None:
    assert round_half_even(Decimal(value)) == cents


@given(st.integers(0, MAX_CENTS), st.integers(1, 60))
def test_parts_sum_to_the_whole_and_only_the_last_differs(cents: int, parts: int) -> None:
    found = split_evenly(cents, parts)
    assert len(found) == parts
    assert sum(found) == cents
    assert len(set(found[:-1])) <= 1
    assert 0 <= found[-1] - found[0] < parts


def test_nothing_is_split_into_no_parts() -> None:
    with pytest.raises(ValueError, match="one part or more"):
        split_evenly(100, 0)
