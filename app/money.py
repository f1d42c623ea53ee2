"""Money: whole cents, never a binary fraction.

Amounts are `int` cents of the deployment's currency everywhere inside; text such as
"1500.00" exists only at the edges. Rounding is half-even to the cent (design.md,
"Money and the books").
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""Python reads more than this as a number, "1_000" for one, which people write for other ends."""
MAX_DIGITS = 12
MAX_CENTS = 10**MAX_DIGITS - 1
"""The largest amount: 12 digits with the two places, 9,999,999,999.99."""


class MoneyError(ValueError):
    """The text or number is no amount of money; the message says why, in plain words."""


def parse_money(value: object) -> int:
    """Cents of an amount given as decimal text or as a JSON number.

    Raises MoneyError for more than two places, NaN, infinity, more than 12 digits or
    anything that is no number. Negative amounts parse; each field decides about its sign.
    """
    return _parse(value, MAX_CENTS, "An amount")


def parse_percent(value: object) -> int:
    """Hundredths of a percent ("12.5" gives 1250); at most two places, as `parse_money`."""
    return _parse(value, 10**7, "A percentage")


def _parse(value: object, largest: int, noun: str) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise MoneyError(f'{noun} is a decimal number such as "1500.00".')
    text = repr(value) if isinstance(value, float) else str(value).strip()
    if len(text) > 40:
        raise MoneyError(f"{noun} has too many digits.")
    if not NUMBER.fullmatch(text):
        raise MoneyError(f'{noun} is a decimal number such as "1500.00".')
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise MoneyError(f"{noun} has too many digits.") from error
    if not number.is_finite() or number.adjusted() > 15:
        raise MoneyError(f"{noun} must be a finite number of at most {MAX_DIGITS} digits.")
    cents = number.scaleb(2)
    if cents != cents.to_integral_value():
        raise MoneyError(f"{noun} has at most two decimal places.")
    if abs(int(cents)) > largest:
        raise MoneyError(
            f"{noun} has at most {MAX_DIGITS} digits, the two decimal places included."
        )
    return int(cents)


def format_money(cents: int) -> str:
    """Decimal text with two places: 150000 gives "1500.00"."""
    sign = "-" if cents < 0 else ""
    whole, fraction = divmod(abs(cents), 100)
    return f"{sign}{whole}.{fraction:02d}"


def format_grouped(cents: int, currency: str = "KES") -> str:
    """For people: 1250000 gives "KES 12,500.00"."""
    sign = "-" if cents < 0 else ""
    whole, fraction = divmod(abs(cents), 100)
    return f"{currency} {sign}{whole:,}.{fraction:02d}"


def round_half_even(value: Decimal | Fraction) -> int:
    """The nearest whole number of cents; halves go to the even one."""
    return round(value)


def split_evenly(cents: int, parts: int) -> list[int]:
    """Equal parts, rounded down; the last part takes the remainder (design.md)."""
    if parts < 1:
        raise ValueError("An amount is split into one part or more.")
    each = cents // parts
    return [each] * (parts - 1) + [cents - each * (parts - 1)]
