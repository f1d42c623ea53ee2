"""What stands in the logs, and what never does."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from app.logs import JsonFormatter, cleaned, request_id


def line(message: str, *args: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("app.x", logging.INFO, __file__, 1, message, args, None)
    vars(record).update(extra)
    found: dict[str, object] = json.loads(JsonFormatter().format(record))
    return found


def test_a_line_is_one_json_object_with_the_request_it_belongs_to() -> None:
    token = request_id.set("abc")
    try:
        found = line("done %s", "well", waiting=3)
    finally:
        request_id.reset(token)
    assert (found["message"], found["waiting"], found["request_id"]) == ("done well", 3, "abc")
    assert found["level"] == "info"
    assert "request_id" not in line("later")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln", "eyJzdWIi"),
        ("token eyJhbGciOi.eyJzdWIi.c2ln end", "c2ln"),
        ("postgresql+asyncpg://tb:hunter2@db/tb", "hunter2"),
        ("error\n[SQL: INSERT]\n[parameters: ('Wanjiku',)]\n(end)", "Wanjiku"),
        ("duplicate key\nDETAIL:  Key (id_number)=(12345678) exists.", "12345678"),
    ],
)
def test_secrets_and_personal_data_are_cut_out(text: str, gone: str) -> None:
    assert gone in text
    assert gone not in cleaned(text)


def test_exceptions_are_cut_too() -> None:
    text = "failed\n[parameters: ('Wanjiku',)]"
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "bad", (), sys.exc_info())
    found = JsonFormatter().format(record)
    assert "ValueError" in found
    assert "Wanjiku" not in found
