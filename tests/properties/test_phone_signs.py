"""What a chair signs on the phone is what the server checks, byte for byte."""

from __future__ import annotations

import random
from typing import Any

from app.errors import BadInput
from app.models import Loan
from app.models.base import new_id
from app.services.operations.parse import clean_text
from app.services.operations.signing import read_signature, verify
from app.services.signed_forms import loan_digest
from app.services.signing_keys import read_public_key
from tests.properties.questions import MANY, TYPES, some_amount
from tests.support.phone_rules import PhoneRules

LETTERS = "abc ABC  \t\n\u3000\x1c\x85\xa0\"\\/'<&éñŋ\u201c\U0001f33d\u200d\ufeff\u2028"


def some_form(chance: random.Random) -> tuple[Loan, dict[str, Any]] | None:
    """A loan as the server keeps it, and as it was typed on the phone; None: it is refused."""
    typed = "".join(chance.choices(LETTERS, k=chance.randint(1, 40)))
    try:
        purpose = clean_text(typed, "purpose", 500)
    except BadInput:
        return None
    loan = Loan(
        id=new_id(),
        member_id=new_id(),
        loan_type=chance.choice(TYPES),
        amount=some_amount(chance),
        duration_months=chance.randint(1, 60),
        interest_rate=chance.randint(0, 100_00),
        purpose=purpose,
    )
    typed_loan = {
        "id": str(loan.id).upper(),
        "memberId": str(loan.member_id),
        "loanType": loan.loan_type,
        "amount": loan.amount,
        "months": loan.duration_months,
        "rate": loan.interest_rate,
        "purpose": typed,
    }
    return loan, typed_loan


def some_forms(chance: random.Random, count: int) -> list[tuple[Loan, dict[str, Any]]]:
    forms = [form for form in (some_form(chance) for _ in range(count * 10)) if form]
    assert len(forms) >= count
    return forms[:count]


def test_digests_of_what_is_signed(phone: PhoneRules, chance: random.Random) -> None:
    forms = some_forms(chance, MANY)
    answers = phone.ask([{"ask": "form", "loan": typed} for _, typed in forms])
    for (loan, typed), found in zip(forms, answers, strict=True):
        assert found == loan_digest(loan).hex(), typed


def test_the_server_takes_the_phones_signature(phone: PhoneRules, chance: random.Random) -> None:
    forms = some_forms(chance, 10)
    answers = phone.ask([{"ask": "sign", "loan": typed} for _, typed in forms])
    for (loan, _), found in zip(forms, answers, strict=True):
        claim = {"key_id": new_id(), "signature": found["signature"], "signed_at": None}
        signature = read_signature(claim).signature
        key = read_public_key(found["publicKey"])
        assert verify(key, signature, loan_digest(loan))
        loan.amount += 1
        assert not verify(key, signature, loan_digest(loan))
