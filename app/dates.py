"""Days as people read them, in the two languages of the system."""

from __future__ import annotations

from datetime import date

LANGUAGES = ("en", "sw")
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "sw": [
        "Januari",
        "Februari",
        "Machi",
        "Aprili",
        "Mei",
        "Juni",
        "Julai",
        "Agosti",
        "Septemba",
        "Oktoba",
        "Novemba",
        "Desemba",
    ],
}


def long_date(day: date, language: str) -> str:
    """ "27 November 2026"."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def short_date(day: date, language: str) -> str:
    """ "27 Nov 2026", for columns of tables."""
    return f"{day.day} {MONTHS[language][day.month - 1][:3]} {day.year}"


def month_name(year: int, month: int, language: str) -> str:
    """ "November 2026"."""
    return f"{MONTHS[language][month - 1]} {year}"
