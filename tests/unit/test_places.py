"""Counties, constituencies and wards, as the pick lists show them and as input is checked."""

from __future__ import annotations

import sqlite3

import pytest

from app.errors import BadInput
from app.places import all_places, match_county, match_place
from app.services.places import list_places


def test_the_whole_country_is_there() -> None:
    places = list_places()
    constituencies = [item for county in places for item in county.constituencies]
    wards = [ward for item in constituencies for ward in item.wards]
    assert (len(places), len(constituencies), len(wards)) == (47, 290, 1450)


def test_the_lists_are_in_order_and_without_the_packages_slips() -> None:
    places = all_places()
    assert [county.name for county in places] == sorted(county.name for county in places)
    names = [county.name for county in places]
    for county in places:
        names += [item.name for item in county.constituencies]
        for item in county.constituencies:
            assert list(item.wards) == sorted(item.wards)
            names += item.wards
    for name in names:
        assert name == " ".join(name.split())
        assert not set(name) & set("\\.") or name == "Mt. Elgon"
        assert " /" not in name
        assert "/ " not in name
        assert not name.endswith((" Ii", " Iii", " Iv"))


def test_every_official_name_matches_itself_whatever_its_case() -> None:
    for county in all_places():
        for item in county.constituencies:
            for ward in item.wards:
                found = match_place(county.name.upper(), f" {item.name.lower()} ", ward.upper())
                assert found == (county.name, item.name, ward)


@pytest.mark.parametrize(
    ("given", "official"),
    [
        (("NAKURU", "nakuru town east", "menengai"), ("Nakuru", "Nakuru Town East", "Menengai")),
        (("Muranga", "kiharu", "Wangu"), ("Murang'a", "Kiharu", "Wangu")),
        (("Murang’a", "Maragwa", "Kimorori / Wempa"), ("Murang'a", "Maragwa", "Kimorori/Wempa")),
        (("taita taveta", "voi", "sagalla"), ("Taita-Taveta", "Voi", "Sagalla")),
        (("Nairobi City", "Kibra", "laini  saba"), ("Nairobi", "Kibra", "Laini Saba")),
        (
            ("Nairobi", "Embakasi West", "umoja ii"),
            ("Nairobi", "Embakasi West", "Umoja II"),
        ),
        (("Bungoma", "Mt Elgon", "Elgon"), ("Bungoma", "Mt. Elgon", "Elgon")),
        # The package's own misspelling is understood and put right.
        (
            ("Migori", "Kuria West", "Bukira Centrl/Ikerege"),
            ("Migori", "Kuria West", "Bukira Central/Ikerege"),
        ),
    ],
)
def test_a_name_is_put_into_its_official_spelling(
    given: tuple[str, str, str], official: tuple[str, str, str]
) -> None:
    assert match_place(*given) == official


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("Atlantis", "Kiharu", "Wangu"), "county"),
        (("", "Kiharu", "Wangu"), "county"),
        (("Nakuru", "Kiharu", "Wangu"), "constituency"),  # Kiharu is in Murang'a
        (("Nakuru", "", "Menengai"), "constituency"),
        (("Nakuru", "Nakuru Town East", "Wangu"), "ward"),
        (("Nakuru", "Nakuru Town East", "x" * 100_000), "ward"),
        (("Nakuru\x00Kisumu", "Nakuru Town East", "Menengai"), "county"),
    ],
)
def test_a_place_that_does_not_exist_or_lies_elsewhere_names_its_field(
    given: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        match_place(*given)
    assert refused.value.field == field
    assert refused.value.code == "BAD_INPUT"


def test_a_county_alone() -> None:
    assert match_county(" homa-bay") == "Homa Bay"
    with pytest.raises(BadInput):
        match_county("Homa")


def test_no_file_is_opened_once_the_list_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    all_places()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a database was opened")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert match_place("Nakuru", "Molo", "Turi") == ("Nakuru", "Molo", "Turi")
