"""Pick lists of counties, constituencies and wards. Public knowledge: no one's rights matter."""

from __future__ import annotations

from app.places import County, all_places


def list_places() -> tuple[County, ...]:
    """All 47 counties with their constituencies and wards, by name."""
    return all_places()
