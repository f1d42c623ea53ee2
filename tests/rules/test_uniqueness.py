"""What is unique: M-Pesa payments, people, and ids that clients make (design.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.models import PaymentReference
from app.models.base import new_id
from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, RegisterMember
from tests.support.api import contribute, edit, register
from tests.support.stage import Stage

CODE = "NLJ7RT61SV"


def verdicts(results: list[dict[str, Any]]) -> list[str]:
    return [result["error"]["code"] if result["error"] else result["outcome"] for result in results]


def mpesa(member_id: Any, code: str | None = CODE, **changes: Any) -> dict[str, Any]:
    return contribute(member_id, paymentMethod="MPESA", transactionId=code, **changes)


async def test_an_mpesa_payment_is_booked_once(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer, mpesa(stage.jane.id), mpesa(stage.john.id), mpesa(stage.jane.id, "ANOTHER1")
    )
    assert verdicts(results) == ["APPLIED", "TRANSACTION_KNOWN", "APPLIED"]
    assert results[1]["error"]["field"] == "transactionId"
    assert verdicts(await stage.api.sync(stage.officer, mpesa(stage.jane.id))) == [
        "TRANSACTION_KNOWN"
    ]


async def test_an_mpesa_payment_is_unique_in_the_deployment(stage: Stage) -> None:
    group = await stage.make.group()
    officer = await stage.make.officer(group)
    member = await stage.make.member(group)
    assert verdicts(await stage.api.sync(stage.officer, mpesa(stage.jane.id))) == ["APPLIED"]
    assert verdicts(await stage.api.sync(officer, mpesa(member.id))) == ["TRANSACTION_KNOWN"]


async def test_an_mpesa_code_is_the_same_in_any_letter_case(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer, mpesa(stage.jane.id, " nlj7rt61sv "), mpesa(stage.jane.id)
    )
    assert verdicts(results) == ["APPLIED", "TRANSACTION_KNOWN"]


async def test_held_mpesa_money_takes_its_code_too(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer, mpesa(stage.jane.id, contributionDate="2099-01-01"), mpesa(stage.jane.id)
    )
    assert verdicts(results) == ["DATE_IN_FUTURE", "TRANSACTION_KNOWN"]
    (reference,) = await stage.all_of(PaymentReference)
    (entry,) = await stage.entries()
    assert (reference.entry_id, reference.group_id) == (entry.row.id, stage.group.id)


async def test_a_refused_payment_leaves_the_code_free(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer, mpesa(stage.jane.id, amount="0"), mpesa(stage.jane.id)
    )
    assert verdicts(results) == ["BAD_INPUT", "APPLIED"]


async def test_without_a_code_payments_do_not_clash(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer, mpesa(stage.jane.id, None), mpesa(stage.jane.id, " "), mpesa(stage.jane.id)
    )
    assert verdicts(results) == ["APPLIED"] * 3


async def test_a_bank_slips_number_is_no_mpesa_code(stage: Stage) -> None:
    slip = {"paymentMethod": "BANK", "transactionId": CODE}
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, **slip),
        contribute(stage.jane.id, **slip),
        mpesa(stage.jane.id),
    )
    assert verdicts(results) == ["APPLIED"] * 3


async def test_a_national_id_is_unique_in_the_group(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer,
        register(stage.group.id, "31234567"),
        register(stage.group.id, "3123 4567", memberName="Somebody Else"),
    )
    assert verdicts(results) == ["APPLIED", "ID_NUMBER_TAKEN"]
    assert results[1]["error"]["field"] == "idNumber"


async def test_a_national_id_is_unique_in_the_deployment(stage: Stage) -> None:
    other = await stage.make.group()
    await stage.make.assign(stage.officer, other)
    await stage.api.sync(stage.officer, register(stage.group.id, "31234567"))
    (result,) = await stage.api.sync(stage.officer, register(other.id, "31234567"))
    assert verdicts([result]) == ["ID_NUMBER_TAKEN"]


def registration(group_id: Any, id_number: str) -> RegisterMember:
    return RegisterMember(group_id, "Wanjiku Kamau", id_number, "+254733000111")


async def test_a_setting_lets_a_person_be_in_two_groups_but_not_twice_in_one(stage: Stage) -> None:
    settings = replace(stage.runtime.settings, person_in_two_groups=True)
    relaxed: Runtime = replace(stage.runtime, settings=settings)
    other = await stage.make.group()
    operations = [
        Operation(stage.admin.actor, registration(group.id, "31234567"))
        for group in (stage.group, other, other)
    ]
    found = await apply_operations(relaxed, operations)
    assert [outcome.error.code if outcome.error else "ok" for outcome in found] == [
        "ok",
        "ok",
        "ID_NUMBER_TAKEN",
    ]


async def test_a_clients_id_never_overwrites_a_contribution(stage: Stage) -> None:
    contribution_id = str(new_id())
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1", id=contribution_id),
        contribute(stage.john.id, "2", id=contribution_id),
    )
    assert verdicts(results) == ["APPLIED", "ID_REUSED"]
    assert results[1]["error"]["field"] == "id"
    (later,) = await stage.api.sync(
        stage.officer, contribute(stage.john.id, "2", id=contribution_id)
    )
    assert verdicts([later]) == ["ID_REUSED"]
    assert await stage.balances(stage.john.id) == {}


async def test_a_clients_id_never_overwrites_a_member(stage: Stage) -> None:
    (result,) = await stage.api.sync(
        stage.officer, register(stage.group.id, "31234567", id=str(stage.jane.id))
    )
    assert verdicts([result]) == ["ID_REUSED"]


async def test_a_clients_id_that_names_a_foreign_record_tells_nothing_more(stage: Stage) -> None:
    foreign = await stage.make.member(await stage.make.group())
    (result,) = await stage.api.sync(
        stage.officer, register(stage.group.id, "31234567", id=str(foreign.id))
    )
    assert verdicts([result]) == ["ID_REUSED"]
    assert (result["entityId"], result["current"]) == (None, None)


@pytest.mark.parametrize("taker", ["contribution", "held", "member"])
async def test_no_two_records_of_any_kind_share_a_clients_id(stage: Stage, taker: str) -> None:
    made = str(new_id())
    first = {
        "contribution": contribute(stage.jane.id, id=made),
        "held": contribute(stage.jane.id, id=made, contributionDate="2099-01-01"),
        "member": register(stage.group.id, "31234567", id=made),
    }[taker]
    await stage.api.sync(stage.officer, first)
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, id=made),
        contribute(stage.jane.id, id=made, contributionDate="2099-01-01"),
        register(stage.group.id, "41234567", id=made),
    )
    assert verdicts(results) == ["ID_REUSED"] * 3
    await stage.books_hold()


async def test_an_edit_keeps_the_national_id_as_it_is(stage: Stage) -> None:
    (result,) = await stage.api.sync(
        stage.officer, edit(stage.jane.id, 1, idNumber="31234567", memberName="Jane")
    )
    assert (verdicts([result]), result["error"]["field"]) == (["BAD_INPUT"], "idNumber")


async def test_one_mpesa_payment_may_be_split_over_purposes_of_the_member(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer,
        mpesa(stage.jane.id),
        mpesa(stage.jane.id, contributionType="WELFARE"),
        mpesa(stage.jane.id, contributionType="WELFARE"),
        mpesa(stage.john.id, contributionType="PROJECT"),
    )
    assert verdicts(results) == ["APPLIED", "APPLIED", "TRANSACTION_KNOWN", "TRANSACTION_KNOWN"]
    references = await stage.all_of(PaymentReference)
    assert sorted(reference.part for reference in references) == [0, 1]


async def test_another_officer_cannot_add_a_part_to_a_payment(stage: Stage) -> None:
    colleague = await stage.make.officer(stage.group)
    assert verdicts(await stage.api.sync(stage.officer, mpesa(stage.jane.id))) == ["APPLIED"]
    part = mpesa(stage.jane.id, contributionType="FINE")
    assert verdicts(await stage.api.sync(colleague, part)) == ["TRANSACTION_KNOWN"]
    assert verdicts(await stage.api.sync(stage.officer, part)) == ["APPLIED"]
