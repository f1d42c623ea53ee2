"""Settings of the tests, and the environment that gives a process the same settings."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from app.config import PUSH_SERVICES, Settings, load_settings

SECRETS = {
    "SECRET_KEY": "tests: p9Vt3kQz7LrX2mWc8YbN5dHs1JfGaU4e",
    "JWT_SECRET_KEY": "tests: R6hZx0TqE9sKc3VnB7yLw2MjP5gDfA8u",
    "ENCRYPTION_KEY": "1:" + base64.b64encode(bytes(range(100, 132))).decode(),
}


def settings_for(database_url: str, data_dir: Path, **more: str) -> Settings:
    """Settings for `database_url`; `more` are further environment variables."""
    return load_settings(
        {
            **SECRETS,
            "ENVIRONMENT": "test",
            "DATABASE_URL": database_url,
            "DATA_DIR": str(data_dir),
            **more,
        }
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables from which `load_settings` makes `settings` again."""
    given: dict[str, str | None] = {
        "ENVIRONMENT": settings.environment,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
        "JWT_SECRET_KEY": settings.jwt_secret_key,
        "ENCRYPTION_KEY": ",".join(
            f"{name}:{base64.b64encode(key).decode()}" for name, key in settings.encryption_keys
        ),
        "REDIS_URL": settings.redis_url,
        "S3_BUCKET": settings.s3_bucket,
        "S3_ENDPOINT_URL": settings.s3_endpoint_url,
        "AWS_ACCESS_KEY_ID": settings.aws_access_key_id,
        "AWS_SECRET_ACCESS_KEY": settings.aws_secret_access_key,
        "AWS_REGION": settings.aws_region,
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url,
        "ALLOWED_ORIGINS": ",".join(settings.allowed_origins),
        "CURRENCY": settings.currency,
        "TIMEZONE": settings.timezone.key,
        "ACCESS_TOKEN_EXPIRE_MINUTES": str(settings.access_token_minutes),
        "REFRESH_TOKEN_EXPIRE_DAYS": str(settings.refresh_token_days),
        "INTROSPECTION": "on" if settings.introspection else "off",
        "PERSON_IN_TWO_GROUPS": "on" if settings.person_in_two_groups else "off",
        "MAP_TILE_URL": settings.tile_url,
        "MAP_TILE_ATTRIBUTION": settings.tile_attribution,
        "RATE_CAP_SHORT_TERM": f"{settings.rate_caps[0] / 100:.2f}",
        "RATE_CAP_LONG_TERM": f"{settings.rate_caps[1] / 100:.2f}",
        "RATE_CAP_PROJECT": f"{settings.rate_caps[2] / 100:.2f}",
        "DATABASE_POOL_SIZE": str(settings.database_pool_size),
        "BATCH_WAIT_MS": str(settings.batch_wait_ms),
        **_push_environment(settings),
        **_message_environment(settings),
    }
    return {name: value for name, value in given.items() if value is not None}


def _push_environment(settings: Settings) -> dict[str, str | None]:
    if settings.push is None:
        return {}
    more = [host for host in settings.push.hosts if host not in PUSH_SERVICES]
    return {
        "VAPID_PRIVATE_KEY": settings.push.private_key,
        "VAPID_SUBJECT": settings.push.subject,
        "PUSH_HOSTS": ",".join(more),
    }


def _message_environment(settings: Settings) -> dict[str, str | None]:
    messages = settings.messages
    found: dict[str, str | None] = {
        "MESSAGE_CHANNELS": ",".join(messages.order),
        "QUIET_HOURS": f"{messages.quiet_from}-{messages.quiet_to}",
        "MESSAGE_COST_LIMIT": str(messages.cost_limit // 100),
        "SMS_PRICE_CENTS": str(messages.sms_price),
        "WHATSAPP_PRICE_CENTS": str(messages.whatsapp_price),
    }
    if messages.sms is not None:
        found |= {
            "AFRICASTALKING_USERNAME": messages.sms.username,
            "AFRICASTALKING_API_KEY": messages.sms.api_key,
            "AFRICASTALKING_CALLBACK_SECRET": messages.sms.callback_secret,
            "AFRICASTALKING_URL": messages.sms.url,
            "AFRICASTALKING_SENDER": messages.sms.sender,
        }
    if messages.whatsapp is not None:
        found |= {
            "WHATSAPP_PHONE_NUMBER_ID": messages.whatsapp.phone_number_id,
            "WHATSAPP_TOKEN": messages.whatsapp.token,
            "WHATSAPP_APP_SECRET": messages.whatsapp.app_secret,
            "WHATSAPP_VERIFY_TOKEN": messages.whatsapp.verify_token,
            "WHATSAPP_URL": messages.whatsapp.url,
        }
    return found


def process_environment(settings: Settings) -> dict[str, str]:
    """What a child process needs: `settings`, and of this process's own only the plain rest."""
    kept = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV", "SSL_CERT_FILE")
    plain = {name: os.environ[name] for name in kept if name in os.environ}
    return {**plain, **environment_of(settings), "PYTHONUNBUFFERED": "1"}
