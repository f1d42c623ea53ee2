"""The demo's settings: embedded whatever the environment says, with secrets of its own.

The demo never looks at DATABASE_URL, REDIS_URL or S3_BUCKET: it must not fill a real
deployment with invented people.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings, load_settings
from app.errors import ConfigurationError
from app.integrations.webpush import new_private_key

KEPT = (
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "ALLOWED_ORIGINS",
    "CURRENCY",
    "TIMEZONE",
    "INTROSPECTION",
    "MAP_TILE_URL",
    "MAP_TILE_ATTRIBUTION",
)
"""What a demo takes from the environment besides DATA_DIR and DEMO_LIVE."""

DATABASE = "tablebanking.sqlite3"
SECRETS = "secrets.json"


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """The server's settings, and whether officers move by themselves."""

    server: Settings
    live: bool


def demo_settings(
    environ: Mapping[str, str] | None = None, host: str | None = None, port: int | None = None
) -> DemoSettings:
    """Settings for a demo in DATA_DIR; makes the folder and, once, its secrets."""
    if environ is None:
        environ = os.environ  # rule: environment because the demo hands on a few names only
    live = environ.get("DEMO_LIVE", "on")
    if live not in {"on", "off"}:
        raise ConfigurationError("DEMO_LIVE must be on or off.")
    data_dir = Path(environ.get("DATA_DIR") or "data").absolute()
    chosen = {name: environ[name] for name in KEPT if environ.get(name)}
    if host:
        chosen["HOST"] = host
    if port:
        chosen["PORT"] = str(port)
    data_dir.mkdir(parents=True, exist_ok=True)
    server = load_settings(
        {
            **chosen,
            **_secrets(data_dir),
            "VAPID_SUBJECT": "https://demo.invalid/",
            "ENVIRONMENT": "demo",
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": f"sqlite:///{data_dir / DATABASE}",
        }
    )
    return DemoSettings(server, live == "on")


def _secrets(data_dir: Path) -> dict[str, str]:
    file = data_dir / SECRETS
    if file.exists():
        try:
            found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ConfigurationError(f"{file} cannot be read: {error}") from error
        if "VAPID_PRIVATE_KEY" not in found:
            # A demo of an earlier version, which pushed nothing.
            found["VAPID_PRIVATE_KEY"] = new_private_key()
            _write(file, found)
        return found
    if (data_dir / DATABASE).exists():
        # New keys would open nothing that the old ones sealed.
        raise ConfigurationError(
            f"{file} is missing, and {DATABASE} beside it cannot be read without it. "
            "Put it back, or remove the folder to begin anew."
        )
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "JWT_SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEY": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "VAPID_PRIVATE_KEY": new_private_key(),
    }
    _write(file, made)
    return made


def _write(file: Path, made: dict[str, str]) -> None:
    # Whole or not at all, and readable by its owner alone from the first moment on.
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(made, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
