"""The words of messages to members, in English and Swahili.

A message names its own recipient, the group and the recipient's own amounts: never another
member. What it says is made of `values`, which are sealed with the message; the words are filled
in when it is sent or shown.
"""

from __future__ import annotations

from datetime import date
from string import Formatter
from typing import Any

from app.models import MessageTemplate
from app.money import format_grouped

LANGUAGES = ("en", "sw")
LONGEST_NAME = 20
LONGEST_GROUP = 40

WORDS: dict[str, dict[str, str]] = {
    MessageTemplate.RECEIPT: {
        "en": "{group}: {name}, received {lines}. {balance} If this is wrong, tell the office.",
        "sw": "{group}: {name}, tumepokea {lines}. {balance} Kama si sahihi, iambie ofisi.",
    },
    MessageTemplate.LOAN_APPROVED: {
        "en": "{group}: {name}, your loan of {amount} is approved.",
        "sw": "{group}: {name}, mkopo wako wa {amount} umeidhinishwa.",
    },
    MessageTemplate.LOAN_REJECTED: {
        "en": "{group}: {name}, your loan of {amount} was not approved. Ask your officer why.",
        "sw": "{group}: {name}, mkopo wako wa {amount} haukuidhinishwa. Muulize afisa wako sababu.",
    },
    MessageTemplate.LOAN_PAID_OUT: {
        "en": "{group}: {name}, your loan of {amount} was paid out. You repay {total}, "
        "the first part on {date}. If this is wrong, tell the office.",
        "sw": "{group}: {name}, umepewa mkopo wako wa {amount}. Utalipa {total}, "
        "sehemu ya kwanza tarehe {date}. Kama si sahihi, iambie ofisi.",
    },
    MessageTemplate.LOAN_DUE_SOON: {
        "en": "{group}: {name}, {amount} of your loan is due on {date}.",
        "sw": "{group}: {name}, {amount} ya mkopo wako inatakiwa tarehe {date}.",
    },
    MessageTemplate.LOAN_DUE_TODAY: {
        "en": "{group}: {name}, {amount} of your loan is due today, {date}.",
        "sw": "{group}: {name}, {amount} ya mkopo wako inatakiwa leo, {date}.",
    },
    MessageTemplate.LOAN_OVERDUE: {
        "en": "{group}: {name}, {amount} of your loan was due on {date}. "
        "Please pay, or talk to your officer.",
        "sw": "{group}: {name}, {amount} ya mkopo wako ilitakiwa tarehe {date}. "
        "Tafadhali lipa, au zungumza na afisa wako.",
    },
    MessageTemplate.MEETING: {
        "en": "{group}: {name}, your group meets tomorrow, {date}, at {venue}.",
        "sw": "{group}: {name}, kikundi chako kinakutana kesho, {date}, {venue}.",
    },
    MessageTemplate.DIVIDEND: {
        "en": "{group}: {name}, your share of the dividends of {year} is {amount}.",
        "sw": "{group}: {name}, gawio lako la mwaka {year} ni {amount}.",
    },
    MessageTemplate.CODE: {
        "en": "Table banking: your code is {code}. It is for you alone: nobody will ask for it.",
        "sw": "Table banking: nambari yako ni {code}. Ni yako peke yako: hakuna atakayekuuliza.",
    },
}
PAID_FOR: dict[str, dict[str, str]] = {
    "REGULAR": {"en": "savings", "sw": "akiba"},
    "WELFARE": {"en": "welfare", "sw": "ustawi"},
    "PROJECT": {"en": "project", "sw": "mradi"},
    "FINE": {"en": "fine", "sw": "faini"},
    "REGISTRATION": {"en": "registration", "sw": "usajili"},
    "APPRECIATION": {"en": "appreciation fee", "sw": "ada ya shukrani"},
    "REPAYMENT": {"en": "loan repayment", "sw": "malipo ya mkopo"},
}
CODE = {"en": "code", "sw": "msimbo"}
SAVINGS = {"en": "Your savings: {}.", "sw": "Akiba yako: {}."}
OWED = {"en": "You owe on your loan: {}.", "sw": "Deni la mkopo wako: {}."}


def text_of(template: str, language: str, values: dict[str, Any], currency: str) -> str:
    """The whole message."""
    return WORDS[template][language].format_map(parts_of(template, language, values, currency))


def parts_of(template: str, language: str, values: dict[str, Any], currency: str) -> dict[str, str]:
    """What the words are filled with, in the order in which they stand in them: the parameters
    of the template that WhatsApp knows. None of them has a line break, which it refuses."""

    def money(cents: int) -> str:
        return format_grouped(cents, currency)

    def receipt(number: str, code: str | None) -> str:
        return f"{number}, {CODE[language]} {code}" if code else number

    def part(name: str) -> str:
        if name == "lines":
            return "; ".join(
                f"{money(amount)} {PAID_FOR[kind][language]} ({receipt(number, code)})"
                for kind, amount, number, code in values["items"]
            )
        if name == "balance":
            said = [
                words[language].format(money(values[key]))
                for key, words in (("savings", SAVINGS), ("owed", OWED))
                if values.get(key) is not None
            ]
            return " ".join(said)
        value = values[name]
        if name in ("amount", "total"):
            return money(value)
        if name == "date":
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        return " ".join(str(value).split())

    return {name: part(name) for name in _names(WORDS[template][language])}


def first_name(name: str) -> str:
    """What the member is called in a message."""
    return (name.split() or [""])[0][:LONGEST_NAME]


def short_group(name: str) -> str:
    return " ".join(name.split())[:LONGEST_GROUP].strip()


def _names(words: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(words) if name]
