"""The product's side: GraphQL over HTTP to two server processes."""

from __future__ import annotations

import random

import orjson

from app.models.base import new_id
from bench import load
from bench.world import Officer, World

RECORD = """
mutation Record($input: RecordContributionInput!) {
  recordContribution(input: $input) { id receiptNumber }
}
"""
SYNC = """
mutation Sync($operations: [SyncOperationInput!]!) {
  syncBatch(operations: $operations) {
    results { offlineSyncId outcome entityId receiptNumber error { code message field } }
    serverTime
  }
}
"""
MEMBERS = """
query Members($groupId: UUID!) {
  members(groupId: $groupId, first: 50) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node {
      id memberName phone idNumber isActive savingsSummary { regular welfare total maxLoan }
    } }
  }
}
"""


def contribution(officer: Officer) -> dict[str, str]:
    """A new contribution with ids of its own: repeated ids would measure DUPLICATE."""
    return {
        "id": str(new_id()),
        "memberId": str(random.choice(officer.members)),
        "amount": f"{random.randrange(1, 1000)}.00",
        "contributionType": "REGULAR",
        "paymentMethod": "CASH",
        "offlineSyncId": str(new_id()),
    }


def ports(world: World) -> list[int]:
    return [server.port for server in world.servers]


def singles(world: World, count: int, connections: int = 100) -> load.Tally:
    """recordContribution, one at a time over many connections."""
    before = _entries(world)
    requests = []
    for number in range(count):
        officer = world.officers[number % len(world.officers)]
        requests.append(load.post(officer.token, RECORD, {"input": contribution(officer)}))
    tally = load.run(ports(world), requests, connections)
    refused = [body for body in tally.bodies if b'"errors"' in body]
    if refused:
        raise RuntimeError(f"{len(refused)} were refused: {refused[0].decode()}")
    _check_written(world, before, count)
    return tally


def batches(world: World, size: int, count: int, connections: int = 2) -> load.Tally:
    """syncBatch of `size`; the tally's answers are batches."""
    before = _entries(world)
    requests = []
    for number in range(count):
        officer = world.officers[number % len(world.officers)]
        operations = [{"recordContribution": contribution(officer)} for _ in range(size)]
        requests.append(load.post(officer.token, SYNC, {"operations": operations}))
    tally = load.run(ports(world), requests, connections)
    for body in tally.bodies:
        results = orjson.loads(body)["data"]["syncBatch"]["results"]
        if any(result["outcome"] != "APPLIED" for result in results):
            raise RuntimeError("an operation was not applied")
    _check_written(world, before, size * count)
    return tally


def member_pages(world: World, count: int, connections: int = 8) -> load.Tally:
    """A page of 50 members (30 in the group) with their savings."""
    requests = []
    for number in range(count):
        officer = world.officers[number % len(world.officers)]
        group = random.choice(officer.groups)
        requests.append(load.post(officer.token, MEMBERS, {"groupId": str(group)}))
    return load.run(ports(world), requests, connections)


def _entries(world: World) -> int:
    return int(world.sql("SELECT count(*) FROM contribution", "product"))


def _check_written(world: World, before: int, expected: int) -> None:
    written = _entries(world) - before
    if written != expected:
        raise RuntimeError(f"{written} contributions were written, not {expected}")
