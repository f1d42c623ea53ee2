"""Kenyan mobile numbers, in whatever form people write them."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from app.errors import BadInput

KENYA = 254
LONGEST = 40
USUAL = re.compile(r"\s*\(?\+?[0-9 ()./\u00a0-]+")
"""Digits and what people put between them: no letters, no extension."""
MOBILE = frozenset(
    {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
)


def normalise_phone(text: str, field: str = "phone") -> str:
    """ "+2547…" for a Kenyan mobile in any usual form; BAD_INPUT for anything else."""
    found = _parse(text) if len(text) <= LONGEST and USUAL.fullmatch(text) else None
    if found is None:
        raise BadInput("Give a Kenyan mobile number, for example 0712 345 678.", field=field)
    return found


@lru_cache(maxsize=4096)
def _parse(text: str) -> str | None:
    plain = text.strip()
    if plain.startswith(str(KENYA)):
        plain = "+" + plain
    try:
        number = phonenumbers.parse(plain, "KE")
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != KENYA:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.number_type(number) not in MOBILE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
