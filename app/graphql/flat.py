"""A phone's syncBatch without the detours, for the document that phones really send.

Completing a thousand results field by field costs more than booking them. Where a document
is one plain syncBatch with its list in a variable, its answer is projected straight from the
outcomes. Any other document takes the ordinary way, and both give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)
from strawberry.types import ExecutionResult

from app import clock
from app.context import RequestContext
from app.errors import DomainError
from app.graphql.execution import Schema
from app.graphql.wire import Operation
from app.schema.coercion import OperationReader, SentOperation
from app.schema.execution import operation_lists
from app.services import sync
from app.services.operations.types import Outcome

Read = Callable[[Any], Any]
Plan = list[tuple[str, Read]]

ERROR_FIELDS: dict[str, Read] = {
    "__typename": lambda error: "SyncError",
    "code": lambda error: error.code,
    "message": lambda error: error.message,
    "field": lambda error: error.field,
}
RESULT_FIELDS: dict[str, Read] = {
    "__typename": lambda pair: "SyncResult",
    "offlineSyncId": lambda pair: str(pair[0]),
    "outcome": lambda pair: pair[1].outcome,
    "entityId": lambda pair: None if pair[1].entity_id is None else str(pair[1].entity_id),
    "current": lambda pair: pair[1].current,
    "receiptNumber": lambda pair: pair[1].receipt_number,
}
PAYLOAD_FIELDS: dict[str, Read] = {
    "__typename": lambda results: "SyncBatchPayload",
    "serverTime": lambda results: clock.now().isoformat(),
}


class NotPlain(Exception):
    """The document needs the ordinary way."""


@dataclass(frozen=True, slots=True)
class PlainBatch:
    """A document that is one syncBatch: where its list comes from and what it asks for."""

    name: str | None
    variable: str
    key: str
    node: FieldNode
    payload: Plan

    def data(self, sent: list[SentOperation], outcomes: list[Outcome]) -> dict[str, Any]:
        pairs = [
            (item.offline_sync_id, outcome) for item, outcome in zip(sent, outcomes, strict=True)
        ]
        return {self.key: _project(self.payload, pairs)}


class FlatSync:
    """Runs plain syncBatch documents; says None to all others."""

    def __init__(self, schema: Schema) -> None:
        self._prepare = schema.prepare
        self._reader = OperationReader(cast(Any, schema._schema.type_map["SyncOperationInput"]))
        self._plans: dict[str, PlainBatch | None] = {}

    async def run(self, operation: Operation, context: RequestContext) -> ExecutionResult | None:
        """The result, or None where the ordinary way must be taken."""
        plan = self._plan(operation)
        if plan is None:
            return None
        raw = (operation.variables or {}).get(plan.variable)
        if not isinstance(raw, list):
            return None
        try:
            actor = context.require()
            sent = [self._reader.read(item) for item in raw[: sync.MAX_OPERATIONS + 1]]
            outcomes = await sync.sync_batch(context.runtime, actor, sent)
        except DomainError as error:
            located = GraphQLError(error.message, plan.node, path=[plan.key], original_error=error)
            return ExecutionResult(data=None, errors=[located])
        return ExecutionResult(data=plan.data(sent, outcomes), errors=None)

    def _plan(self, operation: Operation) -> PlainBatch | None:
        query = operation.query
        if "syncBatch" not in query:
            return None
        if query not in self._plans:
            if len(self._plans) >= 64:
                self._plans.clear()
            self._plans[query] = self._compile(query)
        plan = self._plans[query]
        if plan is None or operation.name not in (None, plan.name):
            return None
        return plan

    def _compile(self, query: str) -> PlainBatch | None:
        try:
            prepared = self._prepare(query)
            return None if prepared.errors else compile_batch(prepared.document)
        except (GraphQLError, NotPlain):
            return None


def compile_batch(document: DocumentNode) -> PlainBatch:
    """The plan of a document; NotPlain where it is more than one simple syncBatch."""
    if len(document.definitions) != 1:
        raise NotPlain
    definition = document.definitions[0]
    if (
        not isinstance(definition, OperationDefinitionNode)
        or definition.operation is not OperationType.MUTATION
        or definition.directives
    ):
        raise NotPlain
    lists = operation_lists(document)
    fields = _fields(definition.selection_set)
    if len(fields) != 1 or fields[0].name.value != "syncBatch":
        raise NotPlain
    node = fields[0]
    argument = (node.arguments or ())[0].value
    if (
        not isinstance(argument, VariableNode)
        or lists != [argument.name.value]
        or len(definition.variable_definitions or ()) != 1
    ):
        raise NotPlain
    payload = _plan_of(node, PAYLOAD_FIELDS, {"results": _plan_results})
    name = definition.name.value if definition.name else None
    return PlainBatch(name, argument.name.value, _key(node), node, payload)


def _plan_results(node: FieldNode) -> Read:
    plan = _plan_of(node, RESULT_FIELDS, {"error": _plan_result_error})
    return lambda pairs: [_project(plan, pair) for pair in pairs]


def _plan_result_error(node: FieldNode) -> Read:
    plan = _plan_error(node)
    return lambda pair: None if pair[1].error is None else _project(plan, pair[1].error)


def _plan_error(node: FieldNode) -> Plan:
    return _plan_of(node, ERROR_FIELDS, {"details": _plan_details})


def _plan_details(node: FieldNode) -> Read:
    plan = _plan_error(node)
    return lambda error: [_project(plan, item) for item in error.details] or None


def _plan_of(
    node: FieldNode, plain: dict[str, Read], nested: dict[str, Callable[[FieldNode], Read]]
) -> Plan:
    plan: dict[str, Read] = {}
    for field in _fields(node.selection_set):
        name = field.name.value
        if _key(field) in plan:
            raise NotPlain
        plan[_key(field)] = nested[name](field) if name in nested else plain[name]
    return list(plan.items())


def _project(plan: Plan, value: Any) -> dict[str, Any]:
    return {key: read(value) for key, read in plan}


def _fields(selection: SelectionSetNode | None) -> list[FieldNode]:
    found: list[FieldNode] = []
    for node in selection.selections if selection else ():
        if not isinstance(node, FieldNode) or node.directives:
            raise NotPlain
        found.append(node)
    return found


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value
