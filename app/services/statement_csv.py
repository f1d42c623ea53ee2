"""Reading the CSV of a bank's account or of M-Pesa's organisation account. Pure: no database.

A file is taken whole or not at all: each row that is wrong is named with its line and column,
and whoever sends it may say which lines to leave out (docs/reconciliation.md).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from app.errors import BadInput, DomainError
from app.money import format_money
from app.services.statement_cells import plain_header, read_amount, read_date

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 60
MAX_FAILURES = 100
"""So many wrong rows are named; the rest would only repeat them."""
HEADER_WITHIN = 80
"""The names of the columns stand within so many rows; above them are the bank's own words."""
LONGEST_REFERENCE = 100
LONGEST_DETAILS = 500

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": (
        "completion time",
        "transaction date",
        "trans date",
        "tran date",
        "txn date",
        "posting date",
        "booking date",
        "date",
        "date time",
        "value date",
    ),
    "reference": (
        "receipt no",
        "receipt number",
        "receipt",
        "transaction id",
        "trans id",
        "transaction reference",
        "reference no",
        "reference number",
        "reference",
        "ref no",
        "ref",
        "cheque no",
        "cheque number",
        "chq no",
    ),
    "details": (
        "details",
        "transaction details",
        "description",
        "transaction description",
        "particulars",
        "narrative",
        "narration",
        "remarks",
    ),
    "paid_in": ("paid in", "money in", "credit", "credits", "credit amount", "deposit", "cr"),
    "withdrawn": (
        "withdrawn",
        "paid out",
        "money out",
        "debit",
        "debits",
        "debit amount",
        "withdrawal",
        "withdrawals",
        "dr",
    ),
    "amount": ("amount", "transaction amount"),
    "side": ("dr cr", "cr dr", "debit credit", "credit debit", "d c", "c d"),
    "balance": ("balance", "running balance", "account balance", "book balance"),
    "status": ("transaction status", "status"),
}
"""What a column may be called, the likeliest first."""

DONE = frozenset({"", "completed", "complete", "success", "successful", "posted"})
NEVER_DONE = frozenset({"failed", "declined", "cancelled", "expired"})
NO_ROW = re.compile(
    r"(grand |sub ?)?totals?\b|(opening|closing) balance|(balance )?(b|c)/?f\b|brought|carried",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One movement: cents, money in positive; `number` is its line in the file."""

    number: int
    day: date
    amount: int
    reference: str
    details: str
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class StatementFile:
    """What the file says: its rows oldest first, and the balances where it has them."""

    rows: tuple[StatementRow, ...]
    opening: int | None
    closing: int | None


@dataclass(slots=True)
class _Table:
    """The rows below the header, each with its line, and where the columns are."""

    header: list[str]
    places: dict[str, int]
    rows: list[tuple[int, list[str]]]
    failures: list[DomainError] = field(default_factory=list)

    def cell(self, cells: Sequence[str], name: str) -> str:
        place = self.places.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def fail(self, number: int, name: str, code: str, message: str) -> None:
        place = self.places.get(name)
        column = self.header[place].strip() if place is not None else name
        self.failures.append(BadInput(message, code=code, field=f"csv.{number}.{column}"))


def read_statement(
    raw: bytes | str,
    account: str,
    first_day: date,
    last_day: date,
    *,
    columns: Mapping[str, str] | None = None,
    leave_out: Collection[int] = (),
) -> StatementFile:
    """The statement in a CSV file, all of whose rows lie between the two days.

    Delimiter, encoding and columns are found out; `columns` names those that are not (COLUMNS
    has the keys). `leave_out` are lines of the file. BadInput with a code: CSV_TOO_LARGE,
    CSV_UNREADABLE, CSV_NO_HEADER, CSV_NO_ROWS, CSV_TOO_MANY_ROWS, or CSV_ROWS with the wrong
    rows in `details`, each with `field` = "csv.<line>.<column>".
    """
    table = _find_table(_text_of(raw), columns or {})
    ignored = frozenset(leave_out)
    rows: list[StatementRow] = []
    opening: int | None = None
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in table.rows:
        if number in ignored or cells == table.header or not any(cell.strip() for cell in cells):
            continue
        if _is_no_row(table, cells):
            opening = _opening_of(table, cells) if opening is None and not rows else opening
            continue
        row = _read_row(table, number, cells, account, first_day, last_day)
        if row is None or _is_repeat(table, number, cells, row, seen):
            continue
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise BadInput(
                f"At most {MAX_ROWS} rows in one file.", code="CSV_TOO_MANY_ROWS", field="csv"
            )
    if not rows and not table.failures:
        raise BadInput("There is no row in the file.", code="CSV_NO_ROWS", field="csv")
    if not table.failures:
        return _in_order(table, rows, opening)
    raise _refused(table)


def _refused(table: _Table) -> DomainError:
    wrong = len(table.failures)
    return BadInput(
        f"{wrong} {'row is' if wrong == 1 else 'rows are'} wrong; nothing was imported.",
        code="CSV_ROWS",
        field="csv",
        details=table.failures[:MAX_FAILURES],
    )


def _text_of(raw: bytes | str) -> str:
    size = len(raw.encode("utf-8", "replace")) if isinstance(raw, str) else len(raw)
    if size > MAX_BYTES:
        raise BadInput("The file is larger than 2 MB.", code="CSV_TOO_LARGE", field="csv")
    text = raw if isinstance(raw, str) else _decoded(raw)
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise _unreadable("It is no text.")
    return text


def _decoded(raw: bytes) -> str:
    """UTF-8 (with or without its mark) or UTF-16 with its mark; else what Windows writes."""
    encodings = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable("Its letters are in no encoding that we know.")


def _unreadable(why: str) -> DomainError:
    return BadInput(f"The file cannot be read. {why}", code="CSV_UNREADABLE", field="csv")


def _find_table(text: str, columns: Mapping[str, str]) -> _Table:
    """The table under the delimiter whose header has the most columns that we know."""
    best: _Table | None = None
    broken = 0
    for delimiter in (",", ";", "\t"):
        try:
            table = _table_of(list(_records(text, delimiter)), columns)
        except csv.Error:
            broken += 1
            continue
        if table is not None and (best is None or len(table.places) > len(best.places)):
            best = table
    if best is not None:
        return best
    if broken or not text.strip():
        raise _unreadable("A quoted cell does not end." if text.strip() else "It is empty.")
    raise BadInput(
        "No row names the columns: a date, and an amount or paid in and withdrawn.",
        code="CSV_NO_HEADER",
        field="csv",
    )


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins in."""
    # Strict: or a quote that never ends would swallow the rest of the file as one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1
        if line > MAX_ROWS * 4:
            raise BadInput("The file has too many lines.", code="CSV_TOO_MANY_ROWS", field="csv")


def _table_of(records: list[tuple[int, list[str]]], columns: Mapping[str, str]) -> _Table | None:
    for index, (_, cells) in enumerate(records[:HEADER_WITHIN]):
        places = _places(cells, columns)
        if "date" in places and places.keys() & {"amount", "paid_in", "withdrawn"}:
            return _Table(cells, places, records[index + 1 :])
    return None


def _places(cells: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Column by what it holds. A name that the caller gave must be there, or it is no header."""
    names = [plain_header(cell) for cell in cells[:MAX_COLUMNS]]
    found: dict[str, int] = {}
    for kind, known in COLUMNS.items():
        given = columns.get(kind)
        for name in (plain_header(given),) if given else known:
            if name in names:
                found[kind] = names.index(name)
                break
        else:
            if given:
                return {}
    if "paid_in" in found or "withdrawn" in found:
        # "Amount" beside them is their sum, or another currency.
        found.pop("amount", None)
    return found


def _is_no_row(table: _Table, cells: Sequence[str]) -> bool:
    """Totals, balances brought forward, and the bank's words between and below the rows.

    A row with a day and an amount is always one: fuel may be bought from "Total Kenya".
    """
    amounts = any(table.cell(cells, name) for name in ("paid_in", "withdrawn", "amount"))
    try:
        read_date(table.cell(cells, "date"))
        dated = True
    except ValueError:
        dated = False
    if dated and amounts:
        return False
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    if NO_ROW.match(first) or NO_ROW.match(table.cell(cells, "details")):
        return True
    return not (dated or amounts or table.cell(cells, "balance"))


def _opening_of(table: _Table, cells: Sequence[str]) -> int | None:
    words = " ".join(cells).lower()
    if not any(word in words for word in ("opening", "b/f", "bf", "brought")):
        return None
    try:
        return read_amount(table.cell(cells, "balance"))
    except ValueError:
        return None


def _read_row(
    table: _Table,
    number: int,
    cells: Sequence[str],
    account: str,
    first_day: date,
    last_day: date,
) -> StatementRow | None:
    """The row; None where it is wrong (which is noted) or never happened."""
    status = table.cell(cells, "status").lower()
    if status in NEVER_DONE:
        return None
    known = len(table.failures)
    if status not in DONE:
        table.fail(number, "status", "BAD_STATUS", "Is it completed, or did it fail?")
    day = None
    try:
        day = read_date(table.cell(cells, "date"))
    except ValueError:
        table.fail(number, "date", "BAD_DATE", "A date such as 31/10/2026 or 31-Oct-2026.")
    if day is not None and not first_day <= day <= last_day:
        table.fail(number, "date", "OUTSIDE_MONTH", f"{day.isoformat()} is in another month.")
    amount = _amount_of(table, number, cells)
    balance = _money(table, number, cells, "balance")
    reference = " ".join(table.cell(cells, "reference").split())
    if account == "MPESA":
        reference = reference.upper()
    if len(reference) > LONGEST_REFERENCE or (account == "MPESA" and not reference):
        table.fail(number, "reference", "BAD_REFERENCE", "A receipt number of M-Pesa or the bank.")
    if len(table.failures) > known or day is None:
        return None
    details = "".join(letter for letter in table.cell(cells, "details") if letter.isprintable())
    return StatementRow(number, day, amount, reference, details[:LONGEST_DETAILS], balance)


def _amount_of(table: _Table, number: int, cells: Sequence[str]) -> int:
    """Signed cents; 0 where it is wrong, which is noted."""
    known = len(table.failures)
    paid_in = _money(table, number, cells, "paid_in") or 0
    withdrawn = _money(table, number, cells, "withdrawn") or 0
    amount = _money(table, number, cells, "amount") or 0
    if len(table.failures) > known:
        return 0
    name = next(kind for kind in ("amount", "paid_in", "withdrawn") if kind in table.places)
    if paid_in and withdrawn:
        table.fail(number, "withdrawn", "TWO_AMOUNTS", "Money in and money out in one row.")
        return 0
    if "side" in table.places and amount:
        side = table.cell(cells, "side").upper()[:1]
        if side not in ("C", "D"):
            table.fail(number, "side", "BAD_AMOUNT", "CR for money in, DR for money out.")
        amount = abs(amount) if side == "C" else -abs(amount)
    # M-Pesa writes what was withdrawn with a minus, banks without.
    total = amount or paid_in or -abs(withdrawn)
    if total == 0:
        table.fail(number, name, "NO_AMOUNT", "There is no amount in this row.")
    return total


def _money(table: _Table, number: int, cells: Sequence[str], name: str) -> int | None:
    try:
        return read_amount(table.cell(cells, name))
    except ValueError:
        table.fail(number, name, "BAD_AMOUNT", 'An amount such as "1,234.50" or "(1,234.50)".')
        return None


def _is_repeat(
    table: _Table,
    number: int,
    cells: Sequence[str],
    row: StatementRow,
    seen: dict[tuple[str, ...], int],
) -> bool:
    """The same row again. Without a reference or a balance two deposits may be the same."""
    if not row.reference and row.balance is None:
        return False
    earlier = seen.setdefault(tuple(cell.strip() for cell in cells), number)
    if earlier != number:
        table.fail(number, "date", "DUPLICATE_ROW", f"It is the same as line {earlier}.")
    return earlier != number


def _in_order(table: _Table, rows: list[StatementRow], opening: int | None) -> StatementFile:
    """Oldest first, with the running balance checked where every row has one."""
    balances = [row.balance for row in rows if row.balance is not None]
    forward, backward = list(rows), rows[::-1]
    if len(balances) < len(rows):
        ordered = backward if rows[0].day > rows[-1].day else forward
        return StatementFile(tuple(ordered), opening, None)
    ordered = forward if len(_breaks(forward)) <= len(_breaks(backward)) else backward
    begins = (ordered[0].balance or 0) - ordered[0].amount
    for row, expected in _breaks(ordered):
        words = f"The balance does not follow: {format_money(expected)} was expected."
        table.fail(row.number, "balance", "BALANCE_BREAK", words)
    if opening is not None and opening != begins:
        words = f"The file begins with {format_money(opening)}, its rows with "
        table.fail(ordered[0].number, "balance", "BALANCE_BREAK", f"{words}{format_money(begins)}.")
    if table.failures:
        raise _refused(table)
    return StatementFile(tuple(ordered), begins, ordered[-1].balance)


def _breaks(rows: Sequence[StatementRow]) -> list[tuple[StatementRow, int]]:
    """Rows whose balance is not the one before and their amount, with what it should be."""
    found = []
    for before, row in pairwise(rows):
        expected = (before.balance or 0) + row.amount
        if row.balance != expected:
            found.append((row, expected))
    return found
