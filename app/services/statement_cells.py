"""Cells of a bank's or M-Pesa's statement as values: amounts, dates, names of columns. Pure."""

from __future__ import annotations

import re
from datetime import date

from app.money import MAX_CENTS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        1,
    )
    for name in names
}
_TIME = r"(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[AaPp]\.?[Mm]\.?|Z)?)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _TIME)
_NAMED_MONTH = re.compile(
    r"([0-9]{1,2})[-/. ]([A-Za-z]{3,9})\.?[-/., ]+([0-9]{4}|[0-9]{2})" + _TIME
)
_CURRENCY = re.compile(r"KES|KSHS?\.?|SHS?\.?|/=", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?"
)
_SIDE = re.compile(r"(.*[0-9)])\s*(CR|DR)\.?", re.IGNORECASE)
NOTHING = frozenset({"", "-", "--", "nil"})


def read_amount(text: str) -> int | None:
    """Signed cents of "1,234.50", "(1,234.50)", "KES 1,234.50", "1,234.50-" or "1,234.50 DR".

    None for an empty cell or a dash. ValueError for anything else: a comma for a point most
    of all, which would make ten shillings a thousand.
    """
    left = " ".join(text.replace("\u2212", "-").split())
    if left.lower() in NOTHING:
        return None
    negative = False
    side = _SIDE.fullmatch(left)
    if side is not None:
        left, negative = side[1], side[2].upper() == "DR"
    left = _CURRENCY.sub("", left, count=1).strip()
    if left.startswith("(") and left.endswith(")"):
        left, negative = left[1:-1].strip(), True
    elif left.endswith("-"):
        left, negative = left[:-1].rstrip(), True
    elif left[:1] in ("-", "+"):
        negative |= left[0] == "-"
        left = left[1:].lstrip()
    left = _CURRENCY.sub("", left, count=1).strip()
    if _NUMBER.fullmatch(left) is None:
        raise ValueError("no amount")
    whole, _, places = left.replace(",", "").replace(" ", "").partition(".")
    if len(whole) > 12:
        raise ValueError("too large")
    cents = int(whole) * 100 + int(places.ljust(2, "0") or 0)
    if cents > MAX_CENTS:
        raise ValueError("too large")
    return -cents if negative else cents


def read_date(text: str) -> date:
    """The day of "31/10/2026", "2026-10-31", "31-Oct-2026", with or without a time after it.

    The day comes before the month, as Kenyan banks write it. ValueError for anything else.
    """
    left = " ".join(text.split())
    found = _YEAR_FIRST.fullmatch(left)
    if found is not None:
        return date(int(found[1]), int(found[3]), int(found[4]))
    found = _DAY_FIRST.fullmatch(left)
    if found is not None:
        return date(_year(found[4]), int(found[3]), int(found[1]))
    found = _NAMED_MONTH.fullmatch(left)
    if found is not None and found[2].lower() in MONTHS:
        return date(_year(found[3]), MONTHS[found[2].lower()], int(found[1]))
    raise ValueError("no date")


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def plain_header(text: str) -> str:
    """A column's name without case, signs, and the currency in it: "Paid In (KES)" is "paid in"."""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return " ".join(word for word in words if word not in ("kes", "ksh", "kshs"))
