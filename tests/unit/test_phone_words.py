"""Whatever the server answers to a phone, the phone says in words, in both languages."""

from __future__ import annotations

import re

import pytest

from app.models import ReviewKind
from app.services.operations.meetings import MEETING_WORDS
from app.services.operations.money import HELD_WORDS
from tests.support.databases import ROOT

WORDS = ROOT / "pwa" / "src" / "i18n"
SERVICES = ROOT / "app" / "services"
KEY = re.compile(r'^ {2}"([\w.]+)":', re.MULTILINE)
CODE = re.compile(
    r'(?:\bcode ?= ?|_refusal\([^()]*|_hold\([^()]*|^ +\()"([A-Z]+(?:_[A-Z]+)+)"', re.M
)

JUDGES = [
    "operations/approvals.py",
    "operations/contributions.py",
    "operations/deciding.py",
    "operations/identity.py",
    "operations/loan_disbursement.py",
    "operations/loans.py",
    "operations/meeting_close.py",
    "operations/meeting_state.py",
    "operations/meetings.py",
    "operations/members.py",
    "operations/money.py",
    "operations/movements.py",
    "operations/repayments.py",
    "operations/signing.py",
    "operations/welfare.py",
    "operations/welfare_payout.py",
    "operations/withdrawals.py",
    "approvals.py",
    "loan_eligibility.py",
    "welfare_conditions.py",
]
"""Where what a phone sends is judged (pwa/src/operations)."""

NEVER_TO_A_PHONE = {
    "UNKNOWN_GROUP",  # said as NOT_FOUND is (SAME in pwa/src/state/words.ts)
    "HAS_REPAYMENTS",  # against taking a disbursement back, at the office
    "VARIANCE_UNEXPLAINED",  # online; from a phone it is the reason of an item, see below
}


def keys(language: str) -> set[str]:
    return {
        key for path in (WORDS / language).glob("*.ts") for key in KEY.findall(path.read_text())
    }


@pytest.mark.parametrize("language", ["en", "sw"])
def test_every_refusal_has_words(language: str) -> None:
    codes = {
        code for name in JUDGES for code in CODE.findall((SERVICES / name).read_text())
    } - NEVER_TO_A_PHONE
    # Found by its look in the source: should that change, it finds few.
    assert {"MEETING_CLOSED", "KEY_REVOKED", "OVER_OWED", "OWN_LOAN", "UNKNOWN_REQUEST"} <= codes
    known = keys(language)
    assert not {code for code in codes if f"why.{code}" not in known}


@pytest.mark.parametrize("language", ["en", "sw"])
def test_whatever_lies_at_the_office_has_words(language: str) -> None:
    known = keys(language)
    assert not {code for code in {**HELD_WORDS, **MEETING_WORDS} if f"why.{code}" not in known}
    kinds = [kind.value for kind in ReviewKind]
    assert not {kind for kind in kinds if f"review.{kind}" not in known}
    assert not {kind for kind in kinds if f"review.why.{kind}" not in known}
