"""The only reader of environment variables.

Names are those of spec.md. `load_settings` checks them all at once: a production server
refuses to start with a missing or weak secret and says which.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import ConfigurationError

WEAK_WORDS = ("your-", "secret", "changeme", "change-me", "password", "example", "frappe", "demo")
MIN_SECRET_LENGTH = 32
PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PUBLIC_NAME = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}")
PUSH_SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "notify.windows.com",
    "push.apple.com",
)
"""Those of Chrome and Android, Firefox, Edge, Safari; with all names below them."""
MESSAGE_CHANNELS = ("SMS", "WHATSAPP")
SMS_HOST = "https://api.africastalking.com"
SMS_SANDBOX = "https://api.sandbox.africastalking.com"
WHATSAPP_HOST = "https://graph.facebook.com/v21.0"
HOURS = re.compile(r"([01]?[0-9]|2[0-3])-([01]?[0-9]|2[0-3])")


@dataclass(frozen=True)
class PushSettings:
    """Who sends Web Push (RFC 8292), and to which push services."""

    private_key: str = field(repr=False)
    """The VAPID key: the 32 bytes of a P-256 private key in base64url."""
    subject: str
    """Where a push service can reach us: mailto: or https:."""
    hosts: tuple[str, ...] = PUSH_SERVICES
    plain_hosts: tuple[str, ...] = ()
    """Those of them that may be spoken to without TLS and on any port: in tests only."""


@dataclass(frozen=True)
class SmsSettings:
    """An account at Africa's Talking."""

    username: str
    api_key: str = field(repr=False)
    callback_secret: str = field(repr=False)
    """Part of the address that reports come to: they are not signed."""
    url: str
    sender: str | None = None


@dataclass(frozen=True)
class WhatsAppSettings:
    """A number of the WhatsApp Cloud API."""

    phone_number_id: str
    token: str = field(repr=False)
    app_secret: str = field(repr=False)
    """Signs what the webhook is sent."""
    verify_token: str = field(repr=False)
    url: str


@dataclass(frozen=True)
class MessageSettings:
    """Who sends messages to members. With neither they are shown in the office instead."""

    sms: SmsSettings | None = None
    whatsapp: WhatsAppSettings | None = None
    order: tuple[str, ...] = MESSAGE_CHANNELS
    """Which is asked first; the next one where that fails."""
    quiet_from: int = 20
    quiet_to: int = 7
    """Hours of the deployment's zone between which only codes are sent; the same hour: none."""
    cost_limit: int = 2_000_00
    """Cents a day, codes apart."""
    sms_price: int = 80
    whatsapp_price: int = 1_00
    """Cents a message that are reckoned with until the provider says what it cost."""

    @property
    def channels(self) -> tuple[str, ...]:
        """Those that are set up, in their order."""
        there = {"SMS": self.sms, "WHATSAPP": self.whatsapp}
        return tuple(name for name in self.order if there[name] is not None)


@dataclass(frozen=True)
class Settings:
    """What a process runs with. Durations are in seconds unless the name says otherwise."""

    environment: str
    database_url: str
    data_dir: Path
    secret_key: str
    jwt_secret_key: str
    encryption_keys: tuple[tuple[str, bytes], ...]
    """The key ring, newest first: (key id, 32 bytes). New values use the first."""
    redis_url: str | None = None
    s3_bucket: str | None = None
    s3_endpoint_url: str | None = None
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_region: str = "us-east-1"
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://localhost:8000"
    allowed_origins: tuple[str, ...] = ()
    currency: str = "KES"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Nairobi"))
    access_token_minutes: int = 30
    refresh_token_days: int = 7
    introspection: bool = True
    person_in_two_groups: bool = False
    tile_url: str | None = None
    tile_attribution: str | None = None
    push: PushSettings | None = None
    """None: nothing is pushed to phones."""
    messages: MessageSettings = field(default_factory=MessageSettings)
    rate_caps: tuple[int, int, int] = (20_00, 24_00, 24_00)
    """The highest rates a group may set for SHORT_TERM, LONG_TERM and PROJECT loans, in
    hundredths of a percent."""
    database_pool_size: int = 10
    batch_wait_ms: int = 4

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; ConfigurationError lists everything that is wrong."""
    env = os.environ if environ is None else environ
    faults: list[str] = []
    environment = env.get("ENVIRONMENT", "production")
    if environment not in {"production", "development", "demo", "test"}:
        faults.append("ENVIRONMENT must be production, development, demo or test.")
    data_dir = Path(env.get("DATA_DIR", "data")).absolute()
    database_url = env.get("DATABASE_URL", "")
    if not database_url:
        if environment == "production":
            faults.append("DATABASE_URL is missing.")
        database_url = f"sqlite+aiosqlite:///{data_dir / 'tablebanking.sqlite3'}"
    strict = environment == "production"
    settings = Settings(
        environment=environment,
        database_url=_async_url(database_url),
        data_dir=data_dir,
        secret_key=_secret(env, "SECRET_KEY", faults, strict),
        jwt_secret_key=_secret(env, "JWT_SECRET_KEY", faults, strict),
        encryption_keys=_key_ring(env.get("ENCRYPTION_KEY", ""), faults),
        redis_url=env.get("REDIS_URL") or None,
        s3_bucket=env.get("S3_BUCKET") or None,
        s3_endpoint_url=env.get("S3_ENDPOINT_URL") or None,
        aws_access_key_id=env.get("AWS_ACCESS_KEY_ID") or None,
        aws_secret_access_key=env.get("AWS_SECRET_ACCESS_KEY") or None,
        aws_region=env.get("AWS_REGION", "us-east-1"),
        host=env.get("HOST", "127.0.0.1"),
        port=_integer(env, "PORT", 8000, faults),
        public_url=env.get("PUBLIC_URL", f"http://localhost:{env.get('PORT', '8000')}"),
        allowed_origins=tuple(o for o in env.get("ALLOWED_ORIGINS", "").split(",") if o),
        currency=env.get("CURRENCY", "KES"),
        timezone=ZoneInfo(env.get("TIMEZONE", "Africa/Nairobi")),
        access_token_minutes=_integer(env, "ACCESS_TOKEN_EXPIRE_MINUTES", 30, faults),
        refresh_token_days=_integer(env, "REFRESH_TOKEN_EXPIRE_DAYS", 7, faults),
        introspection=env.get("INTROSPECTION", "on") != "off",
        person_in_two_groups=env.get("PERSON_IN_TWO_GROUPS", "off") == "on",
        tile_url=env.get("MAP_TILE_URL") or None,
        tile_attribution=env.get("MAP_TILE_ATTRIBUTION") or None,
        push=_push(env, faults, environment),
        messages=_messages(env, faults, environment),
        rate_caps=(
            _percent(env, "RATE_CAP_SHORT_TERM", "20", faults),
            _percent(env, "RATE_CAP_LONG_TERM", "24", faults),
            _percent(env, "RATE_CAP_PROJECT", "24", faults),
        ),
        database_pool_size=_integer(env, "DATABASE_POOL_SIZE", 10, faults),
        batch_wait_ms=_integer(env, "BATCH_WAIT_MS", 4, faults),
    )
    if strict:
        _check_production(settings, faults)
    if faults:
        raise ConfigurationError("The server does not start:\n- " + "\n- ".join(faults))
    return settings


def _check_production(settings: Settings, faults: list[str]) -> None:
    if settings.is_sqlite:
        faults.append("DATABASE_URL must name a PostgreSQL database in production.")
    if not settings.redis_url:
        faults.append("REDIS_URL is missing: several processes share events through it.")
    if settings.secret_key and settings.secret_key == settings.jwt_secret_key:
        faults.append("SECRET_KEY and JWT_SECRET_KEY must differ.")


def _async_url(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+asyncpg://" + url.removeprefix(plain)
    if url.startswith("sqlite:///"):
        return "sqlite+aiosqlite:///" + url.removeprefix("sqlite:///")
    return url


def _secret(env: Mapping[str, str], name: str, faults: list[str], strict: bool) -> str:
    value = env.get(name, "")
    if not value:
        faults.append(f"{name} is missing.")
    elif len(value) < MIN_SECRET_LENGTH:
        faults.append(f"{name} is weak: it needs at least {MIN_SECRET_LENGTH} characters.")
    elif strict and (len(set(value)) < 10 or any(word in value.lower() for word in WEAK_WORDS)):
        faults.append(f"{name} is weak: use random characters, not words or repeats.")
    return value


def _key_ring(text: str, faults: list[str]) -> tuple[tuple[str, bytes], ...]:
    """ "id:base64key,older-id:base64key", or one bare base64 key whose id is "1"."""
    if not text:
        faults.append("ENCRYPTION_KEY is missing.")
        return ()
    ring: list[tuple[str, bytes]] = []
    for part in text.split(","):
        key_id, colon, encoded = part.strip().partition(":")
        if not colon:
            key_id, encoded = "1", key_id
        try:
            key = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32:
            faults.append("ENCRYPTION_KEY is weak: each key is 32 random bytes in base64.")
        elif len(set(key)) < 8:
            faults.append("ENCRYPTION_KEY is weak: its bytes repeat.")
        elif key_id in dict(ring):
            faults.append("ENCRYPTION_KEY names the same key id twice.")
        else:
            ring.append((key_id, key))
    return tuple(ring)


def _integer(env: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or int(text) > 10**6:
        faults.append(f"{name} must be a whole number.")
        return default
    return int(text)


def _percent(env: Mapping[str, str], name: str, default: str, faults: list[str]) -> int:
    """Hundredths of a percent, at most 100 %."""
    text = env.get(name, default)
    if not PERCENT.fullmatch(text) or Decimal(text) > 100:
        faults.append(f"{name} must be a percentage from 0 to 100.")
        text = default
    return int(Decimal(text) * 100)


def _push(env: Mapping[str, str], faults: list[str], environment: str) -> PushSettings | None:
    """None where neither the key nor the subject is given: push is off."""
    key, subject = env.get("VAPID_PRIVATE_KEY", ""), env.get("VAPID_SUBJECT", "")
    if not key and not subject:
        return None
    try:
        number = int.from_bytes(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (binascii.Error, ValueError):
        number = 0
    if len(key.rstrip("=")) != 43 or not 0 < number < P256_ORDER:
        faults.append("VAPID_PRIVATE_KEY must be a P-256 key: `tablebanking vapid-key` makes one.")
    if not subject.startswith(("mailto:", "https://")):
        faults.append("VAPID_SUBJECT must be where to reach you: mailto:… or https://….")
    more = tuple(host for host in env.get("PUSH_HOSTS", "").split(",") if host)
    if environment != "test" and not all(PUBLIC_NAME.fullmatch(host) for host in more):
        faults.append("PUSH_HOSTS must be public names, parted by commas.")
    plain = more if environment == "test" else ()
    return PushSettings(key, subject, (*PUSH_SERVICES, *more), plain)


def _messages(env: Mapping[str, str], faults: list[str], environment: str) -> MessageSettings:
    order = tuple(one for one in env.get("MESSAGE_CHANNELS", "SMS,WHATSAPP").split(",") if one)
    if len(set(order)) != len(order) or not set(order) <= set(MESSAGE_CHANNELS):
        faults.append("MESSAGE_CHANNELS must be SMS and WHATSAPP in their order, or one of them.")
        order = MESSAGE_CHANNELS
    quiet = env.get("QUIET_HOURS", "20-7")
    hours = HOURS.fullmatch("0-0" if quiet == "off" else quiet)
    if hours is None:
        faults.append("QUIET_HOURS must be two hours such as 20-7, or off.")
    return MessageSettings(
        sms=_sms(env, faults, environment),
        whatsapp=_whatsapp(env, faults, environment),
        order=order,
        quiet_from=int(hours[1]) if hours else 20,
        quiet_to=int(hours[2]) if hours else 7,
        cost_limit=_integer(env, "MESSAGE_COST_LIMIT", 2_000, faults) * 100,
        sms_price=_integer(env, "SMS_PRICE_CENTS", 80, faults),
        whatsapp_price=_integer(env, "WHATSAPP_PRICE_CENTS", 100, faults),
    )


def _sms(env: Mapping[str, str], faults: list[str], environment: str) -> SmsSettings | None:
    """None where neither name nor key is given."""
    username, key = env.get("AFRICASTALKING_USERNAME", ""), env.get("AFRICASTALKING_API_KEY", "")
    secret = env.get("AFRICASTALKING_CALLBACK_SECRET", "")
    if not username and not key:
        return None
    if not username or not key:
        faults.append("AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY come together.")
    _check_address_part(env, "AFRICASTALKING_CALLBACK_SECRET", faults)
    host = SMS_SANDBOX if username == "sandbox" else SMS_HOST
    url = _provider_url(env, "AFRICASTALKING_URL", host, faults, environment)
    return SmsSettings(username, key, secret, url, env.get("AFRICASTALKING_SENDER") or None)


def _whatsapp(
    env: Mapping[str, str], faults: list[str], environment: str
) -> WhatsAppSettings | None:
    """None where neither number nor token is given."""
    number, token = env.get("WHATSAPP_PHONE_NUMBER_ID", ""), env.get("WHATSAPP_TOKEN", "")
    if not number and not token:
        return None
    if not number.isdecimal() or not token:
        faults.append("WHATSAPP_PHONE_NUMBER_ID (digits) and WHATSAPP_TOKEN come together.")
    secret = env.get("WHATSAPP_APP_SECRET", "")
    if len(secret) < MIN_SECRET_LENGTH:
        faults.append("WHATSAPP_APP_SECRET is missing: without it reports cannot be believed.")
    _check_address_part(env, "WHATSAPP_VERIFY_TOKEN", faults)
    url = _provider_url(env, "WHATSAPP_URL", WHATSAPP_HOST, faults, environment)
    return WhatsAppSettings(number, token, secret, env.get("WHATSAPP_VERIFY_TOKEN", ""), url)


def _check_address_part(env: Mapping[str, str], name: str, faults: list[str]) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]{32,100}", env.get(name, "")):
        faults.append(f"{name} needs 32 random characters or more: letters, digits, _ and -.")


def _provider_url(
    env: Mapping[str, str], name: str, usual: str, faults: list[str], environment: str
) -> str:
    """Another address only where nobody is told anything: simulators are never for real people."""
    given = env.get(name, "")
    if given and environment not in {"test", "demo"}:
        faults.append(f"{name} may be set in tests and demos only.")
        return usual
    return given or usual
