"""The phone's rules, and chance with a seed of each test's own."""

from __future__ import annotations

import random

import pytest

from tests.properties.budget import SEARCH
from tests.support.phone_rules import PhoneRules


@pytest.fixture(scope="session")
def phone(tmp_path_factory: pytest.TempPathFactory) -> PhoneRules:
    return PhoneRules(tmp_path_factory.mktemp("phone"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random() if SEARCH else random.Random(request.node.name)
