"""Receipt numbers: one published function on phone and server."""

from __future__ import annotations

import hashlib
import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.base import new_id
from app.receipts import code_of, read_number, receipt_code, receipt_number
from tests.support.api import contribute
from tests.support.stage import Stage

VECTORS = {
    # The first stands in common/src/receipt.test.ts too.
    "0191e4b2-7c3a-7def-8abc-1234567890ab": "TB-2M88-W2PD-5JCZ",
    "00000000-0000-0000-0000-000000000000": "TB-2AWK-EZ5Y-FSE9",
    "ffffffff-ffff-ffff-ffff-ffffffffffff": "TB-2EC4-NE3R-Z4AG",
}


@pytest.mark.parametrize("text", VECTORS)
def test_the_phones_number_is_ours(text: str) -> None:
    assert receipt_number(UUID(text)) == VECTORS[text]
    assert receipt_number(UUID(text.upper())) == VECTORS[text]


CODES = dict(zip(VECTORS, ("J2M3", "9T57", "45KG"), strict=True))
"""Those of common/src/receipt.test.ts too."""


def test_the_code_is_the_twenty_bits_that_follow() -> None:
    for text, code in CODES.items():
        assert receipt_code(UUID(text)) == code
        bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(text.encode()).digest())[60:80]
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        assert code == "".join(letters[int(bits[at : at + 5], 2)] for at in range(0, 20, 5))
        assert code_of(VECTORS[text], None, new_id(), UUID(text)) == code
    assert code_of("TB-2M88-W2PD-5JCZ", new_id(), None) is None


def test_only_what_can_be_a_number_is_read_as_one() -> None:
    assert read_number("tb 2m88 w2pd 5jcz") == "TB-2M88-W2PD-5JCZ"
    assert read_number("TBTB-2M88-W2PD") == "TB-TBTB-2M88-W2PD"
    for text in ("", "TB-2M88-W2PD", "TB-2M88-W2PD-5JCU", "TB-2M88-W2PD-5JCZ0", "é" * 12):
        assert read_number(text) is None


@given(st.uuids())
def test_it_is_the_first_sixty_bits_in_letters_that_can_be_read_aloud(id: UUID) -> None:
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(str(id).encode()).digest())[:60]
    letters = "".join(
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[at : at + 5], 2)] for at in range(0, 60, 5)
    )
    number = receipt_number(id)
    assert number == f"TB-{letters[:4]}-{letters[4:8]}-{letters[8:]}"
    assert re.fullmatch(r"TB(-[0-9A-HJKMNP-TV-Z]{4}){3}", number)


async def test_a_synced_contribution_carries_the_number_of_its_offline_id(stage: Stage) -> None:
    operation_id = new_id()
    (result,) = await stage.api.sync(
        stage.officer, contribute(stage.jane.id, offlineSyncId=str(operation_id))
    )
    assert result["receiptNumber"] == receipt_number(operation_id)


async def test_one_without_offline_id_carries_the_number_of_its_own_id(stage: Stage) -> None:
    answer = await stage.api.ask(
        stage.officer,
        "mutation Pay($input: RecordContributionInput!) "
        "{ recordContribution(input: $input) { id receiptNumber } }",
        input={
            "memberId": str(stage.jane.id),
            "amount": 5,
            "contributionType": "REGULAR",
            "paymentMethod": "CASH",
        },
    )
    made = answer["recordContribution"]
    assert made["receiptNumber"] == receipt_number(UUID(made["id"]))


async def test_held_money_has_its_receipt_too(stage: Stage) -> None:
    operation_id = new_id()
    held = contribute(stage.jane.id, contributionDate="2099-01-01", offlineSyncId=str(operation_id))
    (result,) = await stage.api.sync(stage.officer, held)
    assert (result["outcome"], result["receiptNumber"]) == ("HELD", receipt_number(operation_id))
