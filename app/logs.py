"""Structured logs: one JSON object a line on standard output.

No tokens, no variables of queries, no personal data: SQL parameters are cut out of database
errors, and requests are logged by path and operation name.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request being served, in every line that it causes."""

ACCESS_SECONDS = 0.2
access = logging.getLogger("tablebanking.access")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}
_SECRETS = (
    (re.compile(r"^\[parameters: .*$", re.MULTILINE), "[parameters left out]"),
    (re.compile(r"^(DETAIL: |\s*DETAIL:).*$", re.MULTILINE), "DETAIL left out"),
    (re.compile(r"(?i)bearer\s+[\w.~+/-]+=*"), "Bearer …"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]+"), "…"),
    (re.compile(r"(\w+://[^:/\s]+):[^@\s]+@"), r"\1:…@"),
)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # A message without arguments is a constant of the source.
            "message": cleaned(record.getMessage()) if record.args else str(record.msg),
        }
        if found := request_id.get():
            line["request_id"] = found
        for name, value in vars(record).items():
            if name not in _STANDARD:
                line[name] = value
        if record.exc_info:
            line["exception"] = cleaned(self.formatException(record.exc_info))
        return orjson.dumps(line, default=str).decode()


class AccessLog:
    """One line a request. Written together a few times a second: a write for each would be a
    tenth of what a small request costs."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, fields: dict[str, Any]) -> None:
        """Keeps a line for the next write, which the running loop makes soon."""
        if not self._lines:
            asyncio.get_running_loop().call_later(ACCESS_SECONDS, self.write)
        self._lines.append(orjson.dumps(fields, default=str))

    def write(self) -> None:
        """Hands what is kept to the log, in one piece."""
        lines, self._lines = self._lines, []
        if lines:
            access.info(b"\n".join(lines).decode())


class _AccessFormatter(logging.Formatter):
    """The lines are JSON already."""

    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage()


def cleaned(text: str) -> str:
    """The text without what must not stand in a log."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def configure_logging(level: int = logging.INFO) -> None:
    """All loggers of the process write JSON lines; uvicorn's own access log is off."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    plain = logging.StreamHandler(sys.stdout)
    plain.setFormatter(_AccessFormatter())
    access.handlers[:] = [plain]
    access.propagate = False
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "arq"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    logging.getLogger("arq.worker").setLevel(logging.WARNING)
