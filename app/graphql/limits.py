"""How large a query may be: depth, aliases, tokens, and how many fields it could touch.

Fragments are measured once each, so a query that doubles itself in every fragment costs no
more to refuse than it cost to send.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_list_type,
    parse,
    specified_rules,
)
from graphql.type import GraphQLNamedType, GraphQLObjectType, is_non_null_type
from graphql.validation import (
    ASTValidationRule,
    NoSchemaIntrospectionCustomRule,
    ValuesOfCorrectTypeRule,
)
from strawberry.schema.schema import validate_document

from app.graphql.errors import FieldNamingRule, public_error, refusal
from app.paging import MAX_PAGE

MAX_DEPTH = 12
MAX_TOKENS = 4_000
MAX_ALIASES = 30
MAX_COST = 250_000
"""Fields that could be resolved when every page is as full as it may be."""
UNPAGED_LIST = 5
"""How long a list that takes no `first` is taken to be."""
CACHED_DOCUMENTS = 512
LONGEST_CACHED = 16_000
"""Longer texts carry their values in them and do not come twice."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A parsed document and what is wrong with it."""

    document: DocumentNode
    errors: list[GraphQLError]


@dataclass(frozen=True, slots=True)
class Size:
    depth: int = 0
    aliases: int = 0
    cost: int = 0


Prepare = Callable[[str], Prepared]


def make_prepare(schema: GraphQLSchema, *, introspection: bool) -> Prepare:
    """Parses and validates a query text; remembers the short ones. Raises on bad syntax."""
    rules: list[type[ASTValidationRule]] = [
        FieldNamingRule if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules
    ]
    if not introspection:
        rules.append(NoSchemaIntrospectionCustomRule)

    def prepare(query: str) -> Prepared:
        document = parse(query, max_tokens=MAX_TOKENS)
        errors = check_size(schema, document) or validate_document(schema, document, tuple(rules))
        return Prepared(document, [public_error(error) for error in errors])

    remembered = lru_cache(maxsize=CACHED_DOCUMENTS)(prepare)
    return lambda query: (prepare if len(query) > LONGEST_CACHED else remembered)(query)


def check_size(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
    """What about the document is too large."""
    measure = _Measure(schema, document)
    errors: list[GraphQLError] = []
    for operation in document.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        size = measure.operation(operation)
        if size.depth > MAX_DEPTH:
            errors.append(refusal(f"A query goes at most {MAX_DEPTH} fields deep.", field="query"))
        if size.aliases > MAX_ALIASES:
            errors.append(refusal(f"A query has at most {MAX_ALIASES} aliases.", field="query"))
        if size.cost > MAX_COST:
            errors.append(
                refusal(
                    "This query asks for too much at once: ask for smaller pages, or for fewer "
                    "pages within pages.",
                    field="query",
                )
            )
    return errors


class _Measure:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[tuple[str, bool], Size] = {}
        self._open: set[str] = set()

    def operation(self, node: OperationDefinitionNode) -> Size:
        root = self._schema.get_root_type(node.operation)
        return self._selections(node.selection_set, root, paged=False, level=1)

    def _selections(
        self, node: SelectionSetNode, parent: GraphQLNamedType | None, *, paged: bool, level: int
    ) -> Size:
        """The deepest, and the sums, of a set of selections."""
        if level > MAX_DEPTH + 1:
            # Too deep already; going on would only cost us.
            return Size()
        depth = aliases = cost = 0
        for selection in node.selections:
            if isinstance(selection, FieldNode):
                size = self._field(selection, parent, paged=paged, level=level)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else parent
                size = self._selections(selection.selection_set, inner, paged=paged, level=level)
            elif isinstance(selection, FragmentSpreadNode):
                size = self._fragment(selection.name.value, paged=paged, level=level)
            depth = max(depth, size.depth)
            aliases += size.aliases
            cost += size.cost
        return Size(depth, aliases, cost)

    def _fragment(self, name: str, *, paged: bool, level: int) -> Size:
        key = (name, paged)
        definition = self._fragments.get(name)
        # Unknown fragments and circles are what validation reports.
        if definition is None or name in self._open:
            return Size()
        if key not in self._known:
            self._open.add(name)
            condition = self._schema.get_type(definition.type_condition.name.value)
            # Measured from level 1: the same fragment may stand at several levels.
            self._known[key] = self._selections(
                definition.selection_set, condition, paged=paged, level=1
            )
            self._open.discard(name)
        return self._known[key]

    def _field(
        self, node: FieldNode, parent: GraphQLNamedType | None, *, paged: bool, level: int
    ) -> Size:
        aliases = 1 if node.alias else 0
        name = node.name.value
        if name.startswith("__") or node.selection_set is None:
            return Size(1, aliases, 1)
        field = parent.fields.get(name) if isinstance(parent, GraphQLObjectType) else None
        pages = _page_size(node, field)
        times = pages or (UNPAGED_LIST if _is_list(field) and not paged else 1)
        inner = self._selections(
            node.selection_set,
            get_named_type(field.type) if field else None,
            paged=pages is not None,
            level=level + 1,
        )
        return Size(1 + inner.depth, aliases + inner.aliases, 1 + times * inner.cost)


def _page_size(node: FieldNode, field: GraphQLField | None) -> int | None:
    """How many rows `first` asks for; None where the field is not paged."""
    if field is None or "first" not in field.args:
        return None
    given: ArgumentNode | None = next(
        (argument for argument in node.arguments or () if argument.name.value == "first"), None
    )
    if given is not None and isinstance(given.value, IntValueNode):
        return max(1, int(given.value.value[:9]))
    default = field.args["first"].default_value
    usual = default if isinstance(default, int) else MAX_PAGE
    # The text is judged once for all values, so a variable counts as the largest page.
    return max(usual, MAX_PAGE) if given else usual


def _is_list(field: GraphQLField | None) -> bool:
    if field is None:
        return False
    type_ = field.type
    return is_list_type(type_.of_type if is_non_null_type(type_) else type_)
