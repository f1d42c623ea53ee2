"""What one process holds: settings, database, keys, events, documents.

Made once at the start and handed on explicitly; there is no global and no container.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.auth.cache import TokenCache
from app.auth.passwords import Passwords
from app.auth.throttle import Throttle
from app.config import Settings
from app.crypto import KeyRing
from app.db import Database
from app.events import Events
from app.storage import Storage, make_storage


@dataclass(frozen=True, eq=False)
class Runtime:
    """Everything a service may need besides its session, its actor and plain values."""

    settings: Settings
    db: Database
    keys: KeyRing
    events: Events
    storage: Storage
    passwords: Passwords
    tokens: TokenCache
    throttle: Throttle


def make_runtime(settings: Settings) -> Runtime:
    """A runtime for `settings`; call `start` on its events before use and `close` at the end."""
    return Runtime(
        settings=settings,
        db=Database(settings),
        keys=KeyRing(settings.encryption_keys, settings.secret_key),
        events=Events(settings.redis_url),
        storage=make_storage(settings),
        passwords=Passwords(cheap=settings.environment == "test"),
        tokens=TokenCache(),
        throttle=Throttle(settings.redis_url),
    )


async def close_runtime(runtime: Runtime) -> None:
    """Lets go of everything the process holds."""
    await runtime.events.close()
    await runtime.throttle.close()
    runtime.passwords.close()
    await runtime.db.close()
