"""syncBatch and changes."""

from datetime import datetime
from typing import Any, cast

import strawberry
from graphql import GraphQLResolveInfo, GraphQLSchema, value_from_ast_untyped

from app import clock
from app.context import Info, RequestContext
from app.errors import DomainError
from app.schema.coercion import OperationReader
from app.schema.sync import (
    ChangesPayload,
    SheetLineResult,
    SheetTotal,
    SyncBatchPayload,
    SyncError,
    SyncOperationInput,
    SyncResult,
)
from app.services import changes, sync
from app.services.operations.types import Outcome


@strawberry.type
class SyncQuery:
    @strawberry.field(
        description="Everything the caller may see that changed since the cursor; null cursor = "
        "a first full copy, in pages."
    )
    async def changes(
        self, info: Info, since: str | None = None, first: int | None = 500
    ) -> ChangesPayload:
        actor = info.context.require()
        async with info.context.runtime.db.snapshot() as session:
            return cast(
                Any,
                await changes.changes_since(
                    session, actor, since, changes.MAX_CHANGES if first is None else first
                ),
            )


@strawberry.type
class SyncMutation:
    @strawberry.mutation(
        description="Applies operations in order. Every operation gets its own result: one bad "
        "operation never undoes or blocks an unrelated one. Safe to send again, whole or in "
        "part, any number of times. At most 1,000."
    )
    async def sync_batch(
        self, info: Info, operations: list[SyncOperationInput]
    ) -> SyncBatchPayload:
        raise AssertionError("replaced by resolve_sync_batch when the schema is made")


def install(schema: GraphQLSchema) -> None:
    """Gives syncBatch its own resolver, which reads the operations one by one.

    See schema/coercion.py for why; it also spares building an object for every input.
    """
    reader = OperationReader(cast(Any, schema.type_map["SyncOperationInput"]))
    mutation = schema.mutation_type
    if mutation is None:
        raise AssertionError("the schema has mutations")

    async def resolve_sync_batch(
        _root: Any, info: GraphQLResolveInfo[Any], **_coerced: Any
    ) -> SyncBatchPayload:
        context: RequestContext = info.context
        actor = context.require()
        sent = _sent_list(info, context)
        # More than a batch may hold are not even read; the service says so.
        read = [reader.read(item) for item in sent[: sync.MAX_OPERATIONS + 1]]
        outcomes = await sync.sync_batch(context.runtime, actor, read)
        return _payload([item.offline_sync_id for item in read], outcomes, clock.now())

    mutation.fields["syncBatch"].resolve = resolve_sync_batch


def _sent_list(info: GraphQLResolveInfo[Any], context: RequestContext) -> list[Any]:
    """The operations as they were sent, wherever in the document or its variables they stand."""
    argument = (info.field_nodes[0].arguments or ())[0]
    variables = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in info.operation.variable_definitions or ()
        if definition.default_value is not None
    }
    variables.update(context.raw_variables)
    sent = value_from_ast_untyped(argument.value, variables)
    return sent if isinstance(sent, list) else [sent]


def _payload(ids: list[Any], outcomes: list[Outcome], at: datetime) -> SyncBatchPayload:
    return SyncBatchPayload(
        results=[
            SyncResult(
                offline_sync_id=operation_id,
                outcome=cast(Any, outcome.outcome),
                entity_id=outcome.entity_id,
                error=error_of(outcome),
                current=cast(Any, outcome.current),
                receipt_number=outcome.receipt_number,
                lines=line_results(outcome),
                totals=sheet_totals(outcome),
            )
            for operation_id, outcome in zip(ids, outcomes, strict=True)
        ],
        server_time=at,
    )


def error_of(outcome: Outcome) -> SyncError | None:
    return _error(outcome.error) if outcome.error else None


def line_results(outcome: Outcome) -> list[SheetLineResult] | None:
    """The lines of a collection sheet; None of any other operation."""
    if outcome.lines is None:
        return None
    return [
        SheetLineResult(
            offline_sync_id=line_id,
            outcome=cast(Any, line.outcome),
            entity_id=line.entity_id,
            error=error_of(line),
            receipt_number=line.receipt_number,
        )
        for line_id, line in outcome.lines
    ]


def sheet_totals(outcome: Outcome) -> list[SheetTotal] | None:
    return None if outcome.totals is None else [SheetTotal(**row) for row in outcome.totals]


def _error(error: DomainError) -> SyncError:
    return SyncError(
        code=error.code,
        message=error.message,
        field=error.field,
        details=[_error(item) for item in error.details] or None,
    )
