"""What a client is told when something fails: a stable code, plain words, the field.

Domain errors go out as they are. GraphQL's own (syntax, validation, coercion) become
BAD_INPUT. Anything else is a fault of ours: INTERNAL with a reference; the cause is logged.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Sequence
from typing import Any

from graphql import ArgumentNode, GraphQLError, GraphQLInputType, ValueNode
from graphql.language import SKIP, VisitorAction
from graphql.utilities.validate_input_value import validate_input_literal
from graphql.validation import ValuesOfCorrectTypeRule
from strawberry.exceptions import StrawberryGraphQLError

from app.errors import BadInput, DomainError

BAD_INPUT = BadInput.code
INTERNAL = "INTERNAL"
REQUIRED = "This is required."
log = logging.getLogger(__name__)

_WHERE = re.compile(
    r"(?:Variable '\$(?P<variable>\w+)'|Argument '[\w.]+\((?P<argument>\w+):\)'(?: of type '\S+')?)"
    r" has invalid value(?: at (?P<path>\S+))?: (?P<reason>.*)",
    re.DOTALL,
)
_MISSING_ARGUMENT = re.compile(r"Argument '[\w.]+\((\w+):\)' of type .* is required")
_MISSING = re.compile(r"Expected value of type '\S+' to include required field '(\w+)'")
_UNKNOWN = re.compile(r"Expected value of type '\S+' not to include unknown field '(\w+)'")
_NAME = re.compile(r"[A-Za-z_]\w*")

_WORDS: tuple[tuple[str, str], ...] = (
    ("Expected value of non-null type", REQUIRED),
    ("Expected a value of non-null type", REQUIRED),
    ("Value cannot represent a UUID", "This is not an id."),
    ("Value cannot represent a DateTime", "This is not an instant, like 2026-11-22T09:30:00Z."),
    ("Value cannot represent a Date", "This is not a date, like 2026-11-22."),
    ("Int cannot represent", "This is not a whole number."),
    ("Float cannot represent", "This is not a number."),
    ("String cannot represent", "This is not text."),
    ("Boolean cannot represent", "This is neither true nor false."),
    ("Enum '", "This is not one of the choices."),
)
_NO_CHOICE = re.compile(r"Value '.*' does not exist in '\w+' enum", re.DOTALL)


class PublicError(GraphQLError):
    """An error that is fit for the client already."""


class FieldNamingRule(ValuesOfCorrectTypeRule):
    """As in GraphQL, and the error says which field the wrong literal stands in."""

    argument: str | None = None

    def enter_argument(self, node: ArgumentNode, *_args: Any) -> VisitorAction:
        self.argument = node.name.value
        return None

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> VisitorAction:
        if input_type:

            def on_error(error: GraphQLError, path: list[str | int]) -> None:
                names = [part for part in path if isinstance(part, str)]
                field, message = _explain(error.message)
                field = field or (names[-1] if names else self.argument)
                self.report_error(_bad_input(message, field, error))

            validate_input_literal(
                node, input_type, on_error, None, None, self.context.hide_suggestions
            )
        return SKIP


def public_errors(errors: Sequence[GraphQLError] | None) -> list[GraphQLError] | None:
    """The errors as the client may see them; translating twice changes nothing."""
    return [public_error(error) for error in errors] if errors else None


def public_error(error: GraphQLError) -> GraphQLError:
    if isinstance(error, PublicError):
        return error
    cause = _cause(error)
    if isinstance(cause, DomainError):
        return _public(error, cause.message, cause.extensions)
    if cause is None or isinstance(cause, GraphQLError):
        return _of_graphql(error)
    return internal_error(cause, error)


def internal_error(cause: BaseException, error: GraphQLError | None = None) -> PublicError:
    """A fault of ours: the reference leads to the cause in the log, and nothing else does."""
    reference = secrets.token_hex(4)
    path = ".".join(str(part) for part in (error.path or ())) if error else ""
    log.error(
        "unexpected failure",
        exc_info=cause,
        extra={"reference": reference, "path": path},
    )
    message = f"Something went wrong on our side. Tell us this reference: {reference}."
    extensions = {"code": INTERNAL, "reference": reference}
    if error is None:
        return PublicError(message, extensions=extensions)
    return _public(error, message, extensions)


def refusal(message: str, *, field: str | None = None, code: str = BAD_INPUT) -> PublicError:
    """An error that is about the request as a whole."""
    extensions = {"code": code, "field": field} if field else {"code": code}
    return PublicError(message, extensions=extensions)


def _of_graphql(error: GraphQLError) -> PublicError:
    """Syntax, validation or coercion: the caller's doing."""
    where = _WHERE.match(error.message)
    if where is None:
        missing = _MISSING_ARGUMENT.match(error.message)
        if missing:
            return _bad_input(REQUIRED, missing[1], error)
        return _bad_input(error.message, (error.extensions or {}).get("field"), error)
    field, message = _explain(where["reason"])
    names = _NAME.findall(where["path"] or "")
    return _bad_input(
        message, field or (names[-1] if names else where["variable"] or where["argument"]), error
    )


def _explain(reason: str) -> tuple[str | None, str]:
    """The field, where the reason itself names one, and plain words for the reason."""
    if missing := _MISSING.match(reason):
        return missing[1], REQUIRED
    if unknown := _UNKNOWN.match(reason):
        return unknown[1], "There is no field of this name here."
    if _NO_CHOICE.match(reason):
        return None, "This is not one of the choices."
    for start, words in _WORDS:
        if reason.startswith(start):
            return None, words
    return None, reason


def _bad_input(message: str, field: str | None, error: GraphQLError) -> PublicError:
    extensions = {"code": BAD_INPUT, "field": field} if field else {"code": BAD_INPUT}
    return _public(error, message, extensions)


def _public(error: GraphQLError, message: str, extensions: dict[str, Any]) -> PublicError:
    return PublicError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )


def _cause(error: GraphQLError) -> BaseException | None:
    """What lies under GraphQL's wrapping; scalars raise GraphQL errors of their own."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if isinstance(cause, StrawberryGraphQLError):
        return None
    return cause
