"""Access tokens: what is accepted is exactly what we sign."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from app import clock
from app.auth.actor import Actor
from app.auth.cache import TokenCache
from app.auth.tokens import issue_access_token, read_access_token
from app.errors import Unauthenticated
from app.models import Role
from app.models.base import new_id
from tests.support.settings import settings_for

SETTINGS = settings_for("sqlite:///unused.sqlite3", Path("unused"))


def claims(**changes: Any) -> dict[str, Any]:
    now = clock.now()
    found = {
        "iss": "tablebanking",
        "typ": "access",
        "sub": str(new_id()),
        "sid": str(new_id()),
        "jti": "one",
        "iat": now.timestamp(),
        "exp": int((now + timedelta(minutes=5)).timestamp()),
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def signed(key: str = SETTINGS.jwt_secret_key, algorithm: str = "HS256", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm=algorithm)


def test_an_issued_token_reads_back() -> None:
    user_id, family_id = new_id(), new_id()
    found = read_access_token(SETTINGS, issue_access_token(SETTINGS, user_id, family_id))
    assert (found.user_id, found.family_id) == (user_id, family_id)
    assert found.expires_at - found.issued_at <= timedelta(minutes=30)
    assert found.expires_at - found.issued_at > timedelta(minutes=29, seconds=58)


def test_two_tokens_are_never_the_same() -> None:
    user_id, family_id = new_id(), new_id()
    one, two = (issue_access_token(SETTINGS, user_id, family_id) for _ in range(2))
    assert one != two


@pytest.mark.parametrize("missing", ["exp", "sub", "iat", "jti", "sid", "typ", "iss"])
def test_every_claim_is_required(missing: str) -> None:
    read_access_token(SETTINGS, signed())
    with pytest.raises(Unauthenticated):
        read_access_token(SETTINGS, signed(**{missing: None}))


@pytest.mark.parametrize(
    "changes",
    [
        {"typ": "refresh"},
        {"iss": "somebody"},
        {"sub": "admin"},
        {"sid": 7},
        {"iat": "yesterday"},
        {"exp": 1},
        {"exp": 10**400},
        {"iat": clock.now().timestamp() + 3600},
        {"key": "another key, of a length that HS256 accepts"},
        {"algorithm": "HS512"},
    ],
)
def test_what_we_would_not_sign_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        read_access_token(SETTINGS, signed(**changes))


def test_unsigned_and_mangled_tokens_are_refused() -> None:
    unsigned = jwt.encode(claims(), None, algorithm="none")
    good = signed()
    for token in (unsigned, good[:-4], good + "x" * 4000, "", "a.b.c", good.replace(".", "")):
        with pytest.raises(Unauthenticated):
            read_access_token(SETTINGS, token)


def actor() -> Actor:
    return Actor(new_id(), Role.SYSTEM_ADMIN)


def keep(cache: TokenCache, token: str, who: Actor, lifetime: float = 60.0) -> None:
    cache.keep(token, who, lifetime=lifetime, generation=cache.generation)


def test_the_cache_forgets_a_user_and_nobody_else() -> None:
    cache, one, two = TokenCache(), actor(), actor()
    keep(cache, "a", one)
    keep(cache, "b", two)
    cache.forget(one.user_id)
    assert (cache.get("a"), cache.get("b")) == (None, two)


def test_an_answer_read_before_a_revocation_is_not_kept_after_it() -> None:
    cache, who = TokenCache(), actor()
    before = cache.generation
    cache.forget(who.user_id)
    cache.keep("a", who, lifetime=60.0, generation=before)
    assert cache.get("a") is None


def test_the_cache_is_bounded_in_number_and_time() -> None:
    cache, who = TokenCache(most=2), actor()
    for token in "abc":
        keep(cache, token, who)
    assert [cache.get(token) for token in "abc"] == [None, who, who]
    keep(cache, "d", who, lifetime=-1)
    assert cache.get("d") is None
    assert TokenCache()._ttl <= 5


def test_settings_decide_how_long_a_token_lives() -> None:
    short = replace(SETTINGS, access_token_minutes=1)
    found = read_access_token(short, issue_access_token(short, new_id(), new_id()))
    assert found.expires_at <= clock.now() + timedelta(minutes=1)
