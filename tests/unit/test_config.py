"""The environment: what starts, what does not, and that the refusal says why."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.config import (
    PUSH_SERVICES,
    MessageSettings,
    PushSettings,
    Settings,
    SmsSettings,
    WhatsAppSettings,
    load_settings,
)
from app.errors import ConfigurationError
from tests.support.databases import ROOT
from tests.support.settings import environment_of

GOOD = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://tb@db.internal:5432/tablebanking",
    "REDIS_URL": "redis://redis.internal:6379/0",
    "SECRET_KEY": "p9Vt3kQz7LrX2mWc8YbN5dHs1JfGaU4e",
    "JWT_SECRET_KEY": "R6hZx0TqE9sKc3VnB7yLw2MjP5gDfA8u",
    "ENCRYPTION_KEY": base64.b64encode(bytes(range(32))).decode(),
}


def refusal(**changes: str) -> str:
    """What the server says when it does not start."""
    with pytest.raises(ConfigurationError) as refused:
        load_settings({**GOOD, **changes})
    return str(refused.value)


def test_a_good_production_environment() -> None:
    settings = load_settings(GOOD)
    assert settings.production
    assert not settings.is_sqlite
    assert settings.database_url == "postgresql+asyncpg://tb@db.internal:5432/tablebanking"
    assert settings.encryption_keys == (("1", bytes(range(32))),)
    assert settings.timezone == ZoneInfo("Africa/Nairobi")
    assert (settings.access_token_minutes, settings.refresh_token_days) == (30, 7)


def test_production_is_the_default_so_that_nothing_weak_starts_by_mistake() -> None:
    assert load_settings({k: v for k, v in GOOD.items() if k != "ENVIRONMENT"}).production


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", *(k for k in GOOD if "KEY" in k)])
def test_production_refuses_without(name: str) -> None:
    assert f"{name} is missing" in refusal(**{name: ""})


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_settings({})
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "JWT_SECRET_KEY", "ENCRYPTION_KEY"):
        assert f"{name} is missing" in str(refused.value)


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "a" * 64,
        "abcabcabcabcabcabcabcabcabcabcabcabc",
        "your-django-secret-key-0123456789-abcdef",
        "change-me-0123456789-abcdefghijklmnop",
    ],
)
@pytest.mark.parametrize("name", ["SECRET_KEY", "JWT_SECRET_KEY"])
def test_production_refuses_a_weak_secret_and_says_which(name: str, weak: str) -> None:
    said = refusal(**{name: weak})
    assert f"- {name} is weak" in said
    assert weak not in said


@pytest.mark.parametrize(
    ("ring", "complaint"),
    [
        ("your-data-encryption-key", "32 random bytes"),
        (base64.b64encode(bytes(16)).decode(), "32 random bytes"),
        (base64.b64encode(bytes(32)).decode(), "repeat"),
        (f"a:{GOOD['ENCRYPTION_KEY']},a:{GOOD['ENCRYPTION_KEY']}", "twice"),
    ],
)
def test_an_encryption_key_that_is_none(ring: str, complaint: str) -> None:
    assert complaint in refusal(ENCRYPTION_KEY=ring)


def test_a_key_ring_is_in_the_order_given() -> None:
    newer = base64.b64encode(os.urandom(32)).decode()
    settings = load_settings({**GOOD, "ENCRYPTION_KEY": f"b:{newer}, a:{GOOD['ENCRYPTION_KEY']}"})
    assert [name for name, _ in settings.encryption_keys] == ["b", "a"]


def test_the_two_secrets_differ() -> None:
    assert "must differ" in refusal(JWT_SECRET_KEY=GOOD["SECRET_KEY"])


def test_production_does_not_run_on_sqlite() -> None:
    assert "PostgreSQL" in refusal(DATABASE_URL="sqlite:////var/lib/tablebanking.sqlite3")


@pytest.mark.parametrize("name", ["PORT", "DATABASE_POOL_SIZE", "ACCESS_TOKEN_EXPIRE_MINUTES"])
@pytest.mark.parametrize("value", ["many", "-1", "1.5", "99999999", ""])
def test_a_number_that_is_none_is_named(name: str, value: str) -> None:
    assert f"{name} must be a whole number" in refusal(**{name: value})


def test_an_unknown_environment_is_refused() -> None:
    assert "ENVIRONMENT" in refusal(ENVIRONMENT="prod")


def test_development_has_an_embedded_database_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings(
        {**GOOD, "ENVIRONMENT": "development", "DATABASE_URL": "", "DATA_DIR": str(tmp_path)}
    )
    assert settings.is_sqlite
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/tablebanking.sqlite3"


@pytest.mark.parametrize("environment", ["development", "demo", "test"])
def test_secrets_are_demanded_everywhere(environment: str) -> None:
    assert "SECRET_KEY is missing" in refusal(ENVIRONMENT=environment, SECRET_KEY="")


def test_the_environment_of_settings_gives_the_same_settings() -> None:
    """Each field has its variable, and the tests' server processes get all of them."""
    plain = load_settings(GOOD)
    changed = replace(
        plain,
        environment="test",
        data_dir=Path("/var/lib/tablebanking"),
        secret_key=plain.jwt_secret_key,
        jwt_secret_key=plain.secret_key,
        encryption_keys=(("k2", os.urandom(32)), ("k1", bytes(range(32)))),
        database_url="postgresql+asyncpg://other@db/tablebanking",
        redis_url="redis://other:6379/1",
        s3_bucket="files",
        s3_endpoint_url="http://s3.internal:9000",
        aws_access_key_id="an id",
        aws_secret_access_key="a key",
        aws_region="af-south-1",
        host="0.0.0.0",
        port=9001,
        public_url="https://vikundi.example.org",
        allowed_origins=("https://a.example.org", "https://b.example.org"),
        currency="UGX",
        timezone=ZoneInfo("Africa/Kampala"),
        access_token_minutes=5,
        refresh_token_days=2,
        introspection=False,
        rate_caps=(15_50, 18_00, 30_25),
        person_in_two_groups=True,
        tile_url="https://tiles.internal/{z}/{x}/{y}.png",
        tile_attribution="Survey of Kenya",
        database_pool_size=3,
        batch_wait_ms=0,
        push=PushSettings(
            base64.urlsafe_b64encode(bytes(range(1, 33))).decode().rstrip("="),
            "mailto:office@example.org",
            (*PUSH_SERVICES, "127.0.0.1"),
            ("127.0.0.1",),
        ),
        messages=MessageSettings(
            SmsSettings("chama", "a key", "s" * 32, "http://127.0.0.1:9002", "KIKUNDI"),
            WhatsAppSettings("106", "a token", "a" * 32, "v" * 32, "http://127.0.0.1:9003"),
            ("WHATSAPP", "SMS"),
            quiet_from=21,
            quiet_to=6,
            cost_limit=500_00,
            sms_price=60,
            whatsapp_price=70,
        ),
    )
    same = [f.name for f in fields(Settings) if getattr(plain, f.name) == getattr(changed, f.name)]
    assert same == [], "a new field: give it another value here and a line in environment_of"
    assert load_settings(environment_of(changed)) == changed


def test_every_variable_is_in_the_operators_manual() -> None:
    read = set(re.findall(r'"([A-Z][A-Z0-9_]{2,})"', (ROOT / "app/config.py").read_text()))
    read -= {"KES", "SMS", "WHATSAPP"}
    manual = (ROOT / "docs/operations.md").read_text()
    assert read
    assert {name for name in read if f"`{name}`" not in manual} == set()


VAPID = base64.urlsafe_b64encode(bytes(range(1, 33))).decode().rstrip("=")
OFFICE = "mailto:office@example.org"


def test_push_is_off_without_a_key_and_on_with_one() -> None:
    assert load_settings(GOOD).push is None
    given = {**GOOD, "VAPID_PRIVATE_KEY": VAPID, "VAPID_SUBJECT": OFFICE}
    more = load_settings({**given, "PUSH_HOSTS": "push.example.org"}).push
    assert load_settings(given).push == PushSettings(VAPID, OFFICE)
    assert more == PushSettings(VAPID, OFFICE, (*PUSH_SERVICES, "push.example.org"))


def test_a_push_key_is_whole_and_has_somebody_to_write_to() -> None:
    for key in ("", "abc", "A" * 43, "_" * 43, "%" * 43):
        assert "VAPID_PRIVATE_KEY must" in refusal(VAPID_PRIVATE_KEY=key, VAPID_SUBJECT=OFFICE)
    for subject in ("", "office@example.org", "http://example.org"):
        said = refusal(VAPID_PRIVATE_KEY=VAPID, VAPID_SUBJECT=subject)
        assert "VAPID_SUBJECT must" in said


def test_only_tests_may_push_to_this_machine() -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "redis", "a.example.org:80"):
        said = refusal(VAPID_PRIVATE_KEY=VAPID, VAPID_SUBJECT=OFFICE, PUSH_HOSTS=host)
        assert "PUSH_HOSTS must" in said
