"""The team's linter finds what it is for, and only that."""

from __future__ import annotations

import pytest

from tools.lint_rules import findings


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        ("app/services/x.py", "await session.commit()", "commit"),
        ("app/services/x.py", "session.rollback()", "commit"),
        ("app/services/x.py", "import os\nkey = os.environ['KEY']", "environment"),
        ("app/auth/x.py", "import os\nkey = os.getenv('KEY')", "environment"),
        ("app/services/x.py", "now = datetime.now(UTC)", "clock"),
        ("app/services/x.py", "day = datetime.date.today()", "clock"),
        ("app/services/x.py", "insert_rows(session, Posting, COLUMNS, rows)", "books"),
        ("app/services/x.py", "update(models.JournalEntry)", "books"),
        ("app/x.py", "def long():\n" + "    pass\n" * 70, "function-length"),
        ("tests/test_x.py", "pass\n" * 500, "file-length"),
        ("tests/test_x.py", "pass  # TO" + "DO later", "later"),
    ],
)
def test_a_breach_is_found(path: str, source: str, rule: str) -> None:
    assert rule in {
        name
        for _, name, _ in findings(
            path, source if "await" not in source else (f"async def f():\n    {source}")
        )
    }


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("app/db.py", "session.commit()"),
        ("app/config.py", "import os\nkey = os.environ['KEY']"),
        ("app/clock.py", "now = datetime.now(UTC)"),
        ("app/services/ledger.py", "insert_rows(session, Posting, COLUMNS, rows)"),
        ("app/services/x.py", "select(Posting)"),
        ("app/services/x.py", "now = clock.now()"),
        ("tests/test_x.py", "session.commit()"),
        ("app/x.py", "def short():\n" + "    pass\n" * 60),
        ("app/x.py", "session.commit()  # rule: commit because the shell command ends here"),
    ],
)
def test_what_is_right_or_has_its_reason_passes(path: str, source: str) -> None:
    assert findings(path, source) == []


def test_an_escape_is_for_its_own_rule_alone() -> None:
    source = "session.commit()  # rule: clock because it is late"
    assert [name for _, name, _ in findings("app/x.py", source)] == ["commit"]
