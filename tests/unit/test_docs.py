"""The guide's examples are real: every GraphQL block is valid against the schema."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from graphql import build_schema, parse, validate

from app.models import Meeting
from app.rest.stored import ENDPOINTS
from app.services.signed_forms import digest_of, meeting_form

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = build_schema((DOCS.parent / "schema.graphql").read_text())
EXAMPLES = re.findall(r"```graphql\n(.*?)```", (DOCS / "api.md").read_text(), re.DOTALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_is_valid(example: str) -> None:
    assert validate(SCHEMA, parse(example)) == []


def test_the_minutes_that_the_guide_signs_have_the_hash_that_it_says() -> None:
    text = (DOCS / "meetings.md").read_text()
    found = re.search(r'`(\["meeting","[^`]*)`\n\nis `([0-9a-f]{64})`', text)
    assert found is not None
    form = orjson.loads(found[1])
    meeting = Meeting(
        id=UUID(form[1]), group_id=UUID(form[2]), meeting_date=date.fromisoformat(form[3])
    )
    built = meeting_form(
        meeting,
        denominations=[(500, 1), (200, 2), (50, 1)],
        counted=950_00,
        banked=0,
        expected=1000_00,
        attendance=[(UUID(form[10][0][0]), "PRESENT")],
        totals=[("REGULAR", "CASH", 950_00)],
        variance_note="Change given twice",
        resolutions="Buy a tent.",
    )
    assert orjson.dumps(built).decode() == found[1]
    assert digest_of(built).hex() == found[2]


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_every_rest_path_stands_in_the_guide() -> None:
    text = (DOCS / "rest.md").read_text()
    missing = [one.path for one in ENDPOINTS if f"`{one.method} {one.path}`" not in text]
    assert not missing
