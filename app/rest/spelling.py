"""Names and shapes between REST's JSON and GraphQL's."""

from __future__ import annotations

import re
from typing import Any

_HUMP = re.compile(r"(?<=[a-z0-9])[A-Z]")
_JOINT = re.compile(r"_([a-z0-9])")


def snake(name: str) -> str:
    """ "memberName" gives "member_name"."""
    return _HUMP.sub(lambda found: "_" + found[0].lower(), name)


def camel(name: str) -> str:
    """ "member_name" gives "memberName"."""
    return _JOINT.sub(lambda found: found[1].upper(), name)


def camel_all(value: Any) -> Any:
    """`value` with the keys of every object in it in GraphQL's spelling."""
    if isinstance(value, dict):
        return {camel(name): camel_all(part) for name, part in value.items()}
    if isinstance(value, list):
        return [camel_all(part) for part in value]
    return value


def rest_shape(value: Any) -> Any:
    """GraphQL data as REST answers it: `{id}` alone is the id, a connection is a page."""
    if isinstance(value, list):
        return [rest_shape(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"id"}:
        return value["id"]
    if "edges" in value:
        return _page(value)
    return {snake(name): rest_shape(part) for name, part in value.items()}


def _page(connection: dict[str, Any]) -> dict[str, Any]:
    """`items`, `total_count`, and `next`: what `after` takes for the next page, null at the end."""
    info = connection["pageInfo"]
    rest = {name: part for name, part in connection.items() if name not in {"edges", "pageInfo"}}
    return {
        "items": [rest_shape(edge["node"]) for edge in connection["edges"]],
        "next": info["endCursor"] if info["hasNextPage"] else None,
        **{snake(name): rest_shape(part) for name, part in rest.items()},
    }
