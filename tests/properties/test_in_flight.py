"""Truly at the same time: what is in flight in two batches is applied in exactly one of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from app.models import BankingGroup, Contribution, Member, PaymentReference
from app.models.base import new_id
from app.runtime import Runtime
from app.services.ledger_check import verify_books
from tests.support.api import Api, contribute, register
from tests.support.factories import Factory, Person
from tests.support.stage import rows_of

ROUNDS = 12
Batch = list[dict[str, Any]]


class Two:
    """Two groups with an officer and a member each, and one officer who serves both."""

    api: Api
    groups: list[BankingGroup]
    officers: list[Person]
    both: Person
    members: list[Member]

    async def together(self, *batches: tuple[Person, Batch]) -> list[Batch]:
        """Sends all batches at once."""
        return list(await asyncio.gather(*(self.api.sync(who, *ops) for who, ops in batches)))

    async def books_hold(self) -> None:
        found = await verify_books(self.api.runtime)
        assert not found.problems, [str(problem) for problem in found.problems]


@pytest.fixture
async def two(runtime: Runtime) -> Two:
    made, make = Two(), Factory(runtime)
    made.api = Api(runtime)
    made.groups = [await make.group() for _ in range(2)]
    made.officers = [await make.officer(group) for group in made.groups]
    made.both = await make.officer(*made.groups)
    made.members = [await make.member(group) for group in made.groups]
    return made


def verdicts(batches: list[Batch]) -> Counter[str]:
    return Counter(
        result["error"]["code"] if result["error"] else result["outcome"]
        for batch in batches
        for result in batch
    )


async def test_the_same_batch_twice_at_once_is_applied_once(two: Two) -> None:
    for _ in range(ROUNDS):
        batch = [contribute(two.members[number % 2].id, "1") for number in range(6)]
        colleague = two.both
        found = await two.together((colleague, batch), (colleague, batch), (colleague, batch))
        assert verdicts(found) == {"APPLIED": 6, "DUPLICATE": 12}
        for results in zip(*found, strict=True):
            assert len({result["entityId"] for result in results}) == 1
    assert len(await rows_of(two.api.runtime, Contribution)) == 6 * ROUNDS
    await two.books_hold()


async def test_batches_over_the_same_groups_in_opposite_order_both_arrive(two: Two) -> None:
    one, other = two.members
    found = await two.together(
        *(
            (two.both, [contribute(member.id, "1") for member in order for _ in range(5)])
            for order in ([one, other], [other, one]) * ROUNDS
        )
    )
    assert verdicts(found) == {"APPLIED": 20 * ROUNDS}
    await two.books_hold()


async def test_an_id_in_flight_in_another_groups_batch_belongs_to_the_first(two: Two) -> None:
    for _ in range(ROUNDS):
        shared = str(new_id())
        batches = [
            (
                officer,
                [
                    contribute(member.id, "1"),
                    contribute(member.id, "2", offlineSyncId=shared),
                    contribute(member.id, "3"),
                ],
            )
            for officer, member in zip(two.officers, two.members, strict=True)
        ]
        assert verdicts(await two.together(*batches)) == {"APPLIED": 5, "ID_REUSED": 1}
    await two.books_hold()


async def test_a_clients_record_id_in_flight_twice_names_one_record(two: Two) -> None:
    for _ in range(ROUNDS):
        shared = str(new_id())
        batches = [
            (officer, [contribute(member.id, "1", id=shared), contribute(member.id, "2")])
            for officer, member in zip(two.officers, two.members, strict=True)
        ]
        assert verdicts(await two.together(*batches)) == {"APPLIED": 3, "ID_REUSED": 1}
    await two.books_hold()


async def test_a_payment_confirmed_in_two_groups_at_once_is_booked_in_one(two: Two) -> None:
    for number in range(ROUNDS):
        values = {"paymentMethod": "MPESA", "transactionId": f"NLJ7RT{number:04d}"}
        batches = [
            (officer, [contribute(member.id, "1", **values), contribute(member.id, "2")])
            for officer, member in zip(two.officers, two.members, strict=True)
        ]
        assert verdicts(await two.together(*batches)) == {"APPLIED": 3, "TRANSACTION_KNOWN": 1}
    assert len(await rows_of(two.api.runtime, PaymentReference)) == ROUNDS
    await two.books_hold()


async def test_a_person_registered_in_two_groups_at_once_is_in_one(two: Two) -> None:
    for number in range(ROUNDS):
        people = [f"3{number:07d}", f"4{number:07d}"]
        batches = [
            # In opposite order, which must not make them wait for each other.
            (officer, [register(group.id, person) for person in order])
            for officer, group, order in zip(
                two.officers, two.groups, (people, people[::-1]), strict=True
            )
        ]
        assert verdicts(await two.together(*batches)) == {"APPLIED": 2, "ID_NUMBER_TAKEN": 2}
    assert len(await rows_of(two.api.runtime, Member)) == 2 + 2 * ROUNDS


async def test_single_mutations_at_once_take_each_number_once(two: Two) -> None:
    query = (
        "mutation Pay($input: RecordContributionInput!) "
        "{ recordContribution(input: $input) { id } }"
    )
    values = [
        contribute(two.members[number % 2].id, "1")["recordContribution"] for number in range(30)
    ]
    answers = await asyncio.gather(
        *(two.api.ask(two.both, query, input=one) for one in (*values, *values))
    )
    assert not [answer for answer in answers if answer.errors]
    made = [answer["recordContribution"]["id"] for answer in answers]
    assert made[:30] == made[30:]
    assert len(set(made)) == 30
    await two.books_hold()
