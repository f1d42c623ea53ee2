"""The two hot mutations without the detours, for the documents that clients really send.

Completing a thousand results field by field costs more than booking them, and executing one
recordContribution costs as much. Where a document is one plain syncBatch or recordContribution
with its input in a variable, its answer is projected straight from the outcome. Any other
document takes the ordinary way, and both give the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)

from app import clock
from app.context import RequestContext
from app.errors import BadInput, DomainError
from app.graphql.execution import Schema
from app.graphql.wire import Operation
from app.money import format_money
from app.receipts import code_of
from app.schema.coercion import OperationReader, SentOperation, compile_coercer
from app.schema.execution import operation_lists
from app.services import sync
from app.services.contributions import record_contribution
from app.services.operations.types import Outcome

Read = Callable[[Any], Any]
Plan = list[tuple[str, Read]]

SYNC = "syncBatch"
RECORD = "recordContribution"
LONGEST_PLAIN = 4_000

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
LINE_FIELDS: dict[str, Read] = {
    **{name: read for name, read in RESULT_FIELDS.items() if name != "current"},
    "__typename": lambda pair: "SheetLineResult",
}
TOTAL_FIELDS: dict[str, Read] = {
    "__typename": lambda total: "SheetTotal",
    "kind": lambda total: total["kind"],
    "paymentMethod": lambda total: total["payment_method"],
    "count": lambda total: total["count"],
    "amount": lambda total: format_money(total["amount"]),
    "held": lambda total: format_money(total["held"]),
}
PAYLOAD_FIELDS: dict[str, Read] = {
    "__typename": lambda results: "SyncBatchPayload",
    "serverTime": lambda results: clock.now().isoformat(),
}


class NotPlain(Exception):
    """The document needs the ordinary way."""


CONTRIBUTION_FIELDS: dict[str, Read] = {
    "__typename": lambda row: "SavingsContribution",
    "id": lambda row: str(row.id),
    "amount": lambda row: format_money(row.amount),
    "contributionType": lambda row: row.contribution_type,
    "contributionDate": lambda row: row.contribution_date.isoformat(),
    "paymentMethod": lambda row: row.payment_method,
    "offlineSyncId": lambda row: None if row.offline_sync_id is None else str(row.offline_sync_id),
    "receiptNumber": lambda row: row.receipt_number,
    "receiptCode": lambda row: code_of(row.receipt_number, row.offline_sync_id, row.id),
}


@dataclass(frozen=True, slots=True)
class PlainMutation:
    """A document that is one hot mutation: where its input comes from and what it asks for."""

    name: str | None
    field: str
    variable: str
    key: str
    node: FieldNode
    plan: Plan


class FlatMutations:
    """Runs plain documents of the hot mutations; says None to all others."""

    def __init__(self, schema: Schema) -> None:
        types = schema._schema.type_map
        self._prepare = schema.prepare
        self._reader = OperationReader(cast(Any, types["SyncOperationInput"]))
        self._coerce = compile_coercer(cast(Any, types["RecordContributionInput"]))
        self._plans: dict[str, PlainMutation | None] = {}

    async def run(self, operation: Operation, context: RequestContext) -> ExecutionResult | None:
        """The result, or None where the ordinary way must be taken."""
        plan = self._plan(operation)
        if plan is None:
            return None
        raw = (operation.variables or {}).get(plan.variable)
        try:
            if plan.field == SYNC:
                data = await self._sync(plan, raw, context)
            else:
                data = await self._record(plan, raw, context)
        except NotPlain:
            return None
        except DomainError as error:
            located = GraphQLError(error.message, plan.node, path=[plan.key], original_error=error)
            return ExecutionResult(data=None, errors=[located])
        return ExecutionResult(data={plan.key: data}, errors=None)

    async def _sync(self, plan: PlainMutation, raw: Any, context: RequestContext) -> Any:
        if not isinstance(raw, list):
            raise NotPlain
        actor = context.require()
        sent = [self._reader.read(item) for item in raw[: sync.MAX_OPERATIONS + 1]]
        outcomes = await sync.sync_batch(context.runtime, actor, sent)
        return batch_data(plan, sent, outcomes)

    async def _record(self, plan: PlainMutation, raw: Any, context: RequestContext) -> Any:
        try:
            values = self._coerce(raw, plan.variable)
        except BadInput as error:
            # The ordinary way says it as GraphQL does.
            raise NotPlain from error
        if not isinstance(values, dict):
            raise NotPlain
        row = await record_contribution(context.runtime, context.require(), values)
        return _project(plan.plan, row)

    def _plan(self, operation: Operation) -> PlainMutation | None:
        query = operation.query
        if SYNC not in query and RECORD not in query:
            return None
        if query not in self._plans:
            if len(self._plans) >= 64:
                self._plans.clear()
            self._plans[query] = self._compile(query)
        plan = self._plans[query]
        if plan is None or operation.name not in (None, plan.name):
            return None
        return plan

    def _compile(self, query: str) -> PlainMutation | None:
        if len(query) > LONGEST_PLAIN:
            return None
        try:
            prepared = self._prepare(query)
            return None if prepared.errors else compile_plain(prepared.document)
        except (GraphQLError, NotPlain):
            return None


def batch_data(
    plan: PlainMutation, sent: list[SentOperation], outcomes: list[Outcome]
) -> dict[str, Any]:
    """The payload of syncBatch as the plan asks for it."""
    ids = (item.offline_sync_id for item in sent)
    return _project(plan.plan, list(zip(ids, outcomes, strict=True)))


def compile_plain(document: DocumentNode) -> PlainMutation:
    """The plan of a document; NotPlain where it is more than one simple hot mutation."""
    if len(document.definitions) != 1:
        raise NotPlain
    definition = document.definitions[0]
    if (
        not isinstance(definition, OperationDefinitionNode)
        or definition.operation is not OperationType.MUTATION
        or definition.directives
        or len(definition.variable_definitions or ()) != 1
    ):
        raise NotPlain
    fields = _fields(definition.selection_set)
    if len(fields) != 1:
        raise NotPlain
    node = fields[0]
    field = node.name.value
    variable = (definition.variable_definitions or ())[0]
    argument = (node.arguments or ())[0].value if node.arguments else None
    if not isinstance(argument, VariableNode) or variable.default_value is not None:
        raise NotPlain
    if field == SYNC and operation_lists(document) == [argument.name.value]:
        plan = _plan_of(node, PAYLOAD_FIELDS, {"results": _plan_results})
    elif field == RECORD:
        plan = _plan_of(node, CONTRIBUTION_FIELDS, {})
    else:
        raise NotPlain
    name = definition.name.value if definition.name else None
    return PlainMutation(name, field, argument.name.value, _key(node), node, plan)


def _plan_results(node: FieldNode) -> Read:
    nested: dict[str, Callable[[FieldNode], Read]] = {
        "error": _plan_result_error,
        "lines": _plan_lines,
        "totals": _plan_totals,
    }
    plan = _plan_of(node, RESULT_FIELDS, nested)
    return lambda pairs: [_project(plan, pair) for pair in pairs]


def _plan_lines(node: FieldNode) -> Read:
    plan = _plan_of(node, LINE_FIELDS, {"error": _plan_result_error})
    return lambda pair: (
        None if pair[1].lines is None else [_project(plan, line) for line in pair[1].lines]
    )


def _plan_totals(node: FieldNode) -> Read:
    plan = _plan_of(node, TOTAL_FIELDS, {})
    return lambda pair: (
        None if pair[1].totals is None else [_project(plan, total) for total in pair[1].totals]
    )


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
        if name not in nested and name not in plain:
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
