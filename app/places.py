"""Kenya's counties, constituencies and wards: the list that addresses are checked against.

The data is that of the kenya-data package (IEBC's delimitation of 2012: 47 counties, 290
constituencies, 1,450 wards). It is read once a process, at the first use.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kenya_data import Kenya

from app.errors import BadInput

MENDED = {
    # What the package's title-casing and column breaks did to the official names.
    "Mt.Elgon": "Mt. Elgon",
    "Njabini\\Kiburu": "Njabini/Kiburu",
    "Ndalu/ Tabani": "Ndalu/Tabani",
    "Soysambu/ Mitua": "Soysambu/Mitua",
    "Makutano/ Mwala": "Makutano/Mwala",
    "Embobut / Embulot": "Embobut/Embulot",
    "Borabu / Chitago": "Borabu/Chitago",
    "Marenyo - Shianda": "Marenyo-Shianda",
    "Manyatta 'b'": "Manyatta B",
    "Nyalenda 'a'": "Nyalenda A",
    "Umoja Ii": "Umoja II",
    "Dandora Area Ii": "Dandora Area II",
    "Dandora Area Iii": "Dandora Area III",
    "Dandora Area Iv": "Dandora Area IV",
    "Wasweta Ii": "Wasweta II",
    "Bukira Centrl/Ikerege": "Bukira Central/Ikerege",
    "Kapckok": "Kapchok",
}
"""The package's spelling to ours. Both are understood on the way in; ours is kept."""

ALSO_CALLED = {"Nairobi": "Nairobi City"}
"""A second name under which a place is known in law."""


@dataclass(frozen=True, slots=True)
class Constituency:
    """A constituency and the names of its wards, in order."""

    name: str
    wards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class County:
    """A county and its constituencies, in order."""

    name: str
    constituencies: tuple[Constituency, ...]


@cache
def all_places() -> tuple[County, ...]:
    """All counties by name, for pick lists."""
    with Kenya() as source:
        wards: defaultdict[int, list[str]] = defaultdict(list)
        for ward in source.wards.list():
            wards[ward.constituency_id].append(MENDED.get(ward.name, ward.name))
        constituencies: defaultdict[int, list[Constituency]] = defaultdict(list)
        for item in source.constituencies.list():
            name = MENDED.get(item.name, item.name)
            constituencies[item.county_id].append(Constituency(name, tuple(sorted(wards[item.id]))))
        counties = [
            County(county.name, tuple(sorted(constituencies[county.id], key=lambda c: c.name)))
            for county in source.counties.list()
        ]
    return tuple(sorted(counties, key=lambda county: county.name))


def match_county(county: str) -> str:
    """The official spelling of a county's name; BadInput when there is no such county."""
    return _find_county(county).name


def match_place(county: str, constituency: str, ward: str) -> tuple[str, str, str]:
    """The official spelling of all three names.

    Letter case, spaces, apostrophes, hyphens and slashes do not matter. BadInput names the
    field that does not exist or does not lie within the one above it.
    """
    found_county = _find_county(county)
    found_constituency = _constituencies(found_county).get(_fold(constituency))
    if found_constituency is None:
        raise BadInput(
            f"{found_county.name} has no constituency of this name.", field="constituency"
        )
    found_ward = _wards(found_constituency).get(_fold(ward))
    if found_ward is None:
        raise BadInput(f"{found_constituency.name} has no ward of this name.", field="ward")
    return found_county.name, found_constituency.name, found_ward


def _find_county(county: str) -> County:
    found = _counties().get(_fold(county))
    if found is None:
        raise BadInput("Kenya has no county of this name.", field="county")
    return found


@cache
def _counties() -> dict[str, County]:
    return {spelling: county for county in all_places() for spelling in _spellings(county.name)}


@cache
def _constituencies(county: County) -> dict[str, Constituency]:
    return {spelling: item for item in county.constituencies for spelling in _spellings(item.name)}


@cache
def _wards(constituency: Constituency) -> dict[str, str]:
    return {spelling: ward for ward in constituency.wards for spelling in _spellings(ward)}


def _spellings(name: str) -> list[str]:
    others = [given for given, mended in MENDED.items() if mended == name]
    return [_fold(text) for text in (name, *others, ALSO_CALLED.get(name, name))]


def _fold(name: str) -> str:
    """Letters and digits alone, so that "MURANG’A " and "Murang'a" are one name."""
    plain = unicodedata.normalize("NFKD", name[:200]).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
