"""How uvicorn runs the application, wherever it is started from."""

from __future__ import annotations

from typing import Any

SOCKET_MESSAGE_BYTES = 1024 * 1024
SHUTDOWN_SECONDS = 15

UVICORN: dict[str, Any] = {
    "loop": "uvloop",
    "http": "httptools",
    "ws": "websockets-sansio",
    "ws_max_size": SOCKET_MESSAGE_BYTES,
    # Compressing each message again for each subscriber is what a fan-out cannot afford.
    "ws_per_message_deflate": False,
    "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
    "timeout_keep_alive": 75,
    "access_log": False,
    "log_config": None,
    "server_header": False,
}
