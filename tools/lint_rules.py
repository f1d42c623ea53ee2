"""The team's own rules, which no linter on the market knows.

- only app/db.py commits or rolls back; services never do
- only app/config.py reads the environment; only app/clock.py reads the clock
- only the ledger and the one set-based save behind it write the books' tables
- a function has fewer than 70 lines, a file fewer than 500
- nothing is left for later (markers such as TO-DO)

A line that ends in `# rule: <name> because <reason>` is let through for that rule.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("app", "tests", "tools", "bench")
FUNCTION_LINES = 70
FILE_LINES = 500
LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
ESCAPE = re.compile(r"# rule: (?P<rule>[a-z-]+) because \w+")
BOOKS = frozenset({"JournalEntry", "Posting", "AccountBalance"})
WRITERS = frozenset({"insert_rows", "upsert_rows", "insert", "update", "delete"})
CLOCKS = frozenset({"datetime.now", "datetime.utcnow", "date.today"})
BOOK_KEEPERS = frozenset({"app/services/ledger.py", "app/services/operations/save.py"})
Finding = tuple[int, str, str]


def findings(path: str, source: str) -> list[Finding]:
    """(line, rule, what is wrong) for one file; `path` is relative to the root."""
    lines = source.splitlines()
    found = [*_of_text(lines), *_of_tree(path, ast.parse(source))]
    return sorted(item for item in found if not _escaped(lines, item))


def _escaped(lines: list[str], finding: Finding) -> bool:
    line, rule, _ = finding
    match = ESCAPE.search(lines[line - 1]) if line <= len(lines) else None
    return match is not None and match["rule"] == rule


def _of_text(lines: list[str]) -> Iterator[Finding]:
    if len(lines) >= FILE_LINES:
        yield 1, "file-length", f"{len(lines)} lines; a file is about one thing"
    for number, line in enumerate(lines, 1):
        if LATER.search(line):
            yield number, "later", "left for later: do it, or file an issue"


def _of_tree(path: str, tree: ast.AST) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length >= FUNCTION_LINES:
                yield node.lineno, "function-length", f"{node.name} has {length} lines"
        if path.startswith("app/"):
            yield from _of_application(path, node)


def _of_application(path: str, node: ast.AST) -> Iterator[Finding]:
    if isinstance(node, ast.Attribute):
        if node.attr in {"environ", "getenv"} and path != "app/config.py":
            yield node.lineno, "environment", "only app/config.py reads the environment"
        called = ".".join(_dotted(node).split(".")[-2:])
        if called in CLOCKS and path != "app/clock.py":
            yield node.lineno, "clock", "only app/clock.py reads the clock"
    if isinstance(node, ast.Call):
        name = _dotted(node.func).rpartition(".")[2]
        if name in {"commit", "rollback"} and path != "app/db.py":
            yield node.lineno, "commit", "only app/db.py ends a transaction"
        if name in WRITERS and path not in BOOK_KEEPERS:
            written = {_dotted(item).rpartition(".")[2] for item in node.args} & BOOKS
            if written:
                yield node.lineno, "books", f"only the ledger writes {min(written)}"


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def main() -> int:
    """Prints every finding; 1 when there are any."""
    wrong = 0
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            for line, rule, message in findings(path, file.read_text()):
                print(f"{path}:{line}: {rule}: {message}")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
