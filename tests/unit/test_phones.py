"""Kenyan mobile numbers in the forms that people write."""

from __future__ import annotations

import pytest

from app.errors import BadInput
from app.phones import normalise_phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0712345678", "+254712345678"),
        ("254712345678", "+254712345678"),
        ("+254 712-345-678", "+254712345678"),
        (" 0712 345 678 ", "+254712345678"),
        ("(0712) 345 678", "+254712345678"),
        ("712345678", "+254712345678"),
        ("0110123456", "+254110123456"),
        ("254700000001", "+254700000001"),
    ],
)
def test_usual_forms(text: str, number: str) -> None:
    assert normalise_phone(text) == number
    assert normalise_phone(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07123",
        "07123456789",
        "0202222222",
        "0800720000",
        "+255712345678",
        "+447700900123",
        "0712CALLME",
        "0712345678 ext 5",
        "0712345678;drop",
        "２５４７１２３４５６７８",
        "7" * 1000,
    ],
)
def test_anything_else_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        normalise_phone(text, field="nextOfKin")
    assert refused.value.field == "nextOfKin"
