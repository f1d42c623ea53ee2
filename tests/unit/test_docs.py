"""The guide's examples are real: every GraphQL block is valid against the schema."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = build_schema((DOCS.parent / "schema.graphql").read_text())
EXAMPLES = re.findall(r"```graphql\n(.*?)```", (DOCS / "api.md").read_text(), re.DOTALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_is_valid(example: str) -> None:
    assert validate(SCHEMA, parse(example)) == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target
