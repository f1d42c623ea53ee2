"""Over every field of the schema: a foreign group can be neither read nor written."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from graphql import GraphQLField, GraphQLObjectType

from app.errors import DomainError
from app.graphql.live_execution import GraphQLRequest, Refused, Subscriptions
from app.services.operations.single import carry_out
from app.services.operations.types import Operation, RecordContribution
from tests.access.documents import everything
from tests.access.table import (
    BATCH,
    BATCHED,
    EVERYBODY,
    NOTHING_OF_IT,
    NULL,
    OPEN_QUERIES,
    QUERIES,
    SESSIONS,
    SIGNATURES,
    SUBSCRIPTIONS,
    WRITES,
    Row,
)
from tests.access.world import NOBODY, OUTSIDERS, World
from tests.support.api import SYNC, Answer, contribute, edit, register, the_schema
from tests.support.stage import counts, unassign

ON_ONE = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
UNAUTHENTICATED = "UNAUTHENTICATED"
FORBIDDEN = "FORBIDDEN"


def fields(operation: str) -> dict[str, GraphQLField]:
    schema = the_schema()._schema
    root: Any = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }[operation]
    assert isinstance(root, GraphQLObjectType)
    return root.fields


def document(operation: str, name: str, variables: dict[str, Any]) -> str:
    return everything(operation, name, fields(operation)[name], frozenset(variables))


def expected(row: Row, who: str) -> str:
    return row.officer if who in ("officer", "unassigned") else row.signatory


async def attempt(world: World, who: str, operation: str, name: str, row: Row) -> Answer:
    variables = row.arguments(world)
    return await world.ask(who, document(operation, name, variables), variables)


def test_every_field_of_the_schema_has_its_row() -> None:
    assert set(fields("query")) == set(QUERIES) | set(OPEN_QUERIES)
    assert set(fields("mutation")) == set(WRITES) | set(SESSIONS) | {BATCH}
    assert set(fields("subscription")) == set(SUBSCRIPTIONS)
    batch: Any = the_schema()._schema.type_map["SyncOperationInput"]
    assert set(batch.fields) == set(BATCHED)


@ON_ONE
async def test_nobody_outside_reads_anything_of_the_group(world: World) -> None:
    for name, row in QUERIES.items():
        for who in (*OUTSIDERS, "unassigned"):
            answer = await attempt(world, who, "query", name, row)
            assert not world.leaks(answer), (name, who)
            word = expected(row, who)
            if word in (NOTHING_OF_IT, EVERYBODY):
                assert not answer.errors, (name, who, answer.errors)
                assert answer[name] is not None
            elif word == NULL:
                assert answer[name] is None
            else:
                assert answer.code == word, (name, who, answer)


@ON_ONE
async def test_the_attempts_would_show_something_if_they_were_allowed(world: World) -> None:
    for name, row in QUERIES.items():
        for who in ("insider", "home_chair", "home_committee", "admin"):
            answer = await attempt(world, who, "query", name, row)
            if row.shows and not (who == "admin" and name == "me"):
                assert world.leaks(answer), (name, who, answer)


@ON_ONE
async def test_without_a_valid_token_every_field_answers_unauthenticated(world: World) -> None:
    before = await counts(world.runtime)
    for who in NOBODY:
        for operation, rows in (("query", QUERIES), ("mutation", WRITES)):
            for name, row in rows.items():
                answer = await attempt(world, who, operation, name, row)
                assert answer.code == UNAUTHENTICATED, (name, who, answer)
                assert not world.leaks(answer)
        answer = await world.ask(who, SYNC, {"operations": [contribute(world.member.id)]})
        assert answer.code == UNAUTHENTICATED
    assert await counts(world.runtime) == before


@ON_ONE
async def test_open_queries_tell_nothing_to_whoever_only_guesses(world: World) -> None:
    for who in (*NOBODY, *OUTSIDERS):
        for name, row in OPEN_QUERIES.items():
            answer = await attempt(world, who, "query", name, row)
            assert answer[name] is None, (name, who)


@ON_ONE
async def test_coming_in_needs_no_token_but_the_right_word(world: World) -> None:
    for who in ("anonymous", "deactivated"):
        for name, row in SESSIONS.items():
            answer = await attempt(world, who, "mutation", name, row)
            assert answer.code == UNAUTHENTICATED, (name, answer)
            assert not world.leaks(answer)


@ON_ONE
async def test_a_deactivated_user_cannot_come_in_again(world: World) -> None:
    person = world.people["deactivated"]
    query = "mutation In($input: LoginInput!) { login(input: $input) { accessToken } }"
    given = {"input": {"phone": person.phone, "password": person.password}}
    assert (await world.ask("anonymous", query, given)).code == UNAUTHENTICATED


@ON_ONE
@pytest.mark.parametrize("query", ["{ __typename }", "{ __schema { types { name } } }"])
async def test_typename_and_introspection_need_no_token(world: World, query: str) -> None:
    assert not (await world.ask("anonymous", query, {})).errors


async def test_nobody_outside_writes_anything_of_the_group(world: World) -> None:
    before = await counts(world.runtime)
    for name, row in WRITES.items():
        for who in (*OUTSIDERS, "unassigned"):
            answer = await attempt(world, who, "mutation", name, row)
            assert answer.code == expected(row, who), (name, who, answer)
            assert not world.leaks(answer), (name, who)
    assert await counts(world.runtime) == before


async def test_signatories_of_the_group_itself_may_only_sign(world: World) -> None:
    before = await counts(world.runtime)
    for name, row in WRITES.items():
        if name in SIGNATURES:
            continue
        for who in ("home_chair", "home_committee"):
            answer = await attempt(world, who, "mutation", name, row)
            assert answer.code == row.signatory, (name, who, answer)
    assert await counts(world.runtime) == before


async def test_no_operation_of_a_batch_writes_anything_of_the_group(world: World) -> None:
    before = await counts(world.runtime)
    for who in (*OUTSIDERS, "unassigned", "home_chair", "home_committee"):
        at_home = who.startswith("home")
        tried = {
            kind: row for kind, row in BATCHED.items() if not at_home or kind not in SIGNATURES
        }
        operations = [make(world) for make, _, _ in tried.values()]
        answer = await world.ask(who, SYNC, {"operations": operations})
        results = answer["syncBatch"]["results"]
        for result, (kind, (_, officer, signatory)) in zip(results, tried.items(), strict=True):
            code = officer if who in ("officer", "unassigned") else signatory
            assert result["outcome"] == "REJECTED", (kind, who, result)
            assert result["error"]["code"] == code, (kind, who, result)
            assert (result["entityId"], result["current"]) == (None, None)
        assert not world.leaks(Answer([result["error"] for result in results], ()))  # type: ignore[arg-type]
    assert await counts(world.runtime) == before


async def test_money_is_not_held_in_a_foreign_group_by_naming_it(world: World) -> None:
    before = await counts(world.runtime)
    for who in ("officer", "unassigned"):
        operation = contribute(world.member.id, groupId=str(world.home.id))
        answer = await world.ask(who, SYNC, {"operations": [operation]})
        (result,) = answer["syncBatch"]["results"]
        assert result["error"]["code"] == "UNKNOWN_GROUP"
    assert await counts(world.runtime) == before


async def subscribe(world: World, who: str, name: str, variables: dict[str, Any]) -> Any:
    """Opens the subscription as the WebSocket does; Refused where it may not be."""
    opened = Subscriptions(world.runtime, the_schema())
    request = GraphQLRequest(document("subscription", name, variables), variables, None)
    prepared, _ = opened.prepare(request)
    return await opened.open(prepared, request, await world.context(who))


async def refusal(world: World, who: str, name: str, variables: dict[str, Any]) -> str | None:
    """The code of the refusal; None where the subscription is opened."""
    try:
        subscription = await subscribe(world, who, name, variables)
    except Refused as refused:
        extensions = refused.errors[0].extensions or {}
        return str(extensions["code"])
    await subscription.stream.aclose()
    return None


@ON_ONE
async def test_nobody_outside_follows_the_group(world: World) -> None:
    for name, row in SUBSCRIPTIONS.items():
        variables = row.arguments(world)
        for who in (*OUTSIDERS, "unassigned"):
            word = expected(row, who)
            code = await refusal(world, who, name, variables)
            assert code == (None if word == EVERYBODY else word), (name, who)
        for who in NOBODY:
            assert await refusal(world, who, name, variables) == UNAUTHENTICATED, (name, who)
        for who in ("insider", "home_chair", "admin"):
            assert await refusal(world, who, name, variables) is None, (name, who)


@ON_ONE
async def test_locations_shown_to_outsiders_give_nothing_of_the_group_away(world: World) -> None:
    """The shared officer's position names a member of the home group and that officer's groups."""
    for who, sees in (("chair", True), ("committee", True), ("officer", False)):
        subscription = await subscribe(world, who, "officerLocations", {})
        if sees:
            batch, items = await subscription.stream.next_chunk()
            payloads = "".join(await subscription.payloads(batch, items))
            assert str(world.people["shared"].user_id) in payloads
            assert str(world.other.id) in payloads
            assert not world.leaks(Answer(None, [{"payloads": payloads}]))
        await subscription.stream.aclose()


@ON_ONE
async def test_an_answer_to_a_repeat_is_not_a_way_in(world: World) -> None:
    """An officer who served the group repeats an operation of then, asking for what is now."""
    values = contribute(world.member.id)["recordContribution"]
    mutations = {
        "recordContribution": {"input": values},
        "registerMember": {"input": register(world.home.id, "31234567")["registerMember"]},
        "updateMember": {"input": edit(world.member.id, 1, dateOfBirth=None)["updateMember"]},
    }
    for name, variables in mutations.items():
        answer = await world.ask("insider", document("mutation", name, variables), variables)
        assert not answer.errors, answer
    await unassign(world.runtime, world.people["insider"], world.home.id)
    for name, variables in mutations.items():
        answer = await world.ask("insider", document("mutation", name, variables), variables)
        assert answer.code == "NOT_FOUND", (name, answer)
        assert not world.leaks(answer)


async def test_the_batcher_keeps_the_actors_of_one_commit_apart(world: World) -> None:
    """Single mutations that share a commit are each judged by their own sender's rights."""

    def operation(who: str) -> Operation:
        body = RecordContribution(world.member.id, 100, "REGULAR", "CASH")
        return Operation(world.people[who].actor, body)

    order = ["admin", "officer", "insider", "chair", "unassigned", "insider"]
    found = await asyncio.gather(
        *(carry_out(world.runtime, operation(who)) for who in order), return_exceptions=True
    )
    codes = [item.code if isinstance(item, DomainError) else item.outcome for item in found]
    assert codes == ["APPLIED", "NOT_FOUND", "APPLIED", FORBIDDEN, "NOT_FOUND", "APPLIED"]
