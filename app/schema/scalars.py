"""Scalars of the contract: money and percentages as exact decimal text."""

from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from app.money import MoneyError, format_money, parse_money, parse_percent

Money = NewType("Money", int)
"""Whole cents inside, decimal text outside."""

Percent = NewType("Percent", int)
"""Hundredths of a percent inside, decimal text outside."""


def _money(value: Any) -> int:
    try:
        return parse_money(value)
    except MoneyError as error:
        raise GraphQLError(str(error)) from error


def _percent(value: Any) -> int:
    try:
        return parse_percent(value)
    except MoneyError as error:
        raise GraphQLError(str(error)) from error


SCALARS: dict[object, ScalarDefinition] = {
    Money: strawberry.scalar(
        name="Money",
        description="Decimal string with exactly two places in the deployment's currency, e.g. "
        '"1500.00". Input also takes a JSON number. More than two places, NaN, infinity or an '
        "amount beyond 12 digits is an error.",
        serialize=format_money,
        parse_value=_money,
    ),
    Percent: strawberry.scalar(
        name="Percent",
        description='Decimal string, percent, up to two places, e.g. "10.00".',
        serialize=format_money,
        parse_value=_percent,
    ),
}
