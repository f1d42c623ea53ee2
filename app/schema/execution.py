"""Execution with the one exception that syncBatch needs (see coercion.py)."""

from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    TypeNode,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

READ_LATER = "SyncOperationInput"


class OneByOneContext(StrawberryGraphQLCoreExecutionContext):
    """Leaves variables that are lists of operations to the resolver of syncBatch."""

    @classmethod
    def build(
        cls,
        schema: GraphQLSchema,
        document: DocumentNode,
        root_value: Any = None,
        context_value: Any = None,
        raw_variable_values: dict[str, Any] | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        raw = raw_variable_values or {}
        context_value.raw_variables = raw
        left: dict[str, list[Any]] = {
            name: [] for name in operation_lists(document) if isinstance(raw.get(name), list)
        }
        built: list[GraphQLError] | Any = super().build(
            schema, document, root_value, context_value, {**raw, **left}, *args, **kwargs
        )
        return built


def operation_lists(document: DocumentNode) -> list[str]:
    """The names of the document's variables that are lists of operations."""
    return [
        definition.variable.name.value
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        for definition in operation.variable_definitions or ()
        if _is_operation_list(definition.type)
    ]


def _is_operation_list(node: TypeNode) -> bool:
    if isinstance(node, NonNullTypeNode):
        node = node.type
    if not isinstance(node, ListTypeNode):
        return False
    inner = node.type
    if isinstance(inner, NonNullTypeNode):
        inner = inner.type
    return isinstance(inner, NamedTypeNode) and inner.name.value == READ_LATER
