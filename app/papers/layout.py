"""The paper itself: head with the logo, facts, tables, a foot with what proves it.

Everything that is handed in is text and is escaped here; only this file writes markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from app.papers.words import Words

INK, SOFT, LINE, GREEN = "#1b1f1d", "#55605b", "#c9c6bd", "#0b6b4a"
DRAWN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | set("–—’‘“”…ŠšŽžŸ")
"""What the embedded font (Bitstream Vera) can draw; other letters lose their marks."""
STYLE = f"""
@font-face {{ font-family: Paper; src: url("Vera.ttf"); }}
@font-face {{ font-family: Paper; font-weight: bold; src: url("VeraBd.ttf"); }}
@page {{ size: a4 portrait;
  @frame body {{ left: 50pt; top: 40pt; width: 495pt; height: 715pt; }}
  @frame foot {{ -pdf-frame-content: foot; left: 50pt; top: 764pt; width: 495pt; height: 56pt; }}
}}
body {{ font-family: Paper; font-size: 8.5pt; color: {INK}; line-height: 1.35; }}
h1 {{ font-size: 17pt; margin: 12pt 0 2pt 0; }}
h2 {{ font-size: 10.5pt; margin: 14pt 0 4pt 0; color: {GREEN}; }}
h2.kept {{ -pdf-keep-with-next: true; }}
p {{ margin: 3pt 0; }}
.soft {{ color: {SOFT}; }}
.sum {{ font-size: 15pt; font-weight: bold; margin: 8pt 0 2pt 0; }}
table.rows td, table.rows th {{ padding: 4.5pt 3pt 3.5pt 3pt; border-bottom: 0.5pt solid {LINE};
  vertical-align: top; }}
table.rows th {{ color: {SOFT}; font-weight: normal; font-size: 7.5pt; text-align: left; }}
table.rows th.n, td.n {{ text-align: right; }}
table.rows tr.total td {{ font-weight: bold; border-top: 0.8pt solid {INK}; }}
table.narrow td, table.narrow th {{ font-size: 6.6pt; padding: 4pt 2pt 3pt 1pt; }}
table.facts td {{ padding: 1.5pt 3pt 1.5pt 0; vertical-align: top; }}
table.facts td.name {{ color: {SOFT}; }}
table.sign td {{ padding: 30pt 8pt 0 0; color: {SOFT}; }}
#foot {{ font-size: 6.8pt; color: {SOFT}; }}
"""


def drawn(text: str) -> str:
    """The text with what the font cannot draw brought to the nearest letters: "ĩ" to "i"."""
    if all(letter in DRAWN for letter in text):
        return text
    parts = []
    for letter in text:
        if letter in DRAWN:
            parts.append(letter)
            continue
        base = "".join(one for one in unicodedata.normalize("NFKD", letter) if one in DRAWN)
        parts.append(base or ("" if unicodedata.combining(letter) else "?"))
    return "".join(parts)


def grouped(amount: str) -> str:
    """An amount as the API writes it, for people: "12500.00" as "12,500.00"."""
    return f"{Decimal(amount):,.2f}"


def unless_zero(amount: str) -> str:
    """Nothing for what did not move: an empty place reads better than a zero."""
    return amount if amount != "0.00" else ""


def _text(value: object) -> str:
    return escape(drawn("" if value is None else str(value)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in percent, and whether it holds amounts."""

    head: str
    width: int
    number: bool = False


@dataclass(slots=True)
class Sheet:
    """A paper as it grows, from its title on."""

    words: Words
    title: str
    group: dict[str, str]
    parts: list[str] = field(default_factory=list)

    def heading(self, text: str, *, loose: bool = False) -> None:
        """A heading that stays with what follows, unless it is `loose`."""
        self.parts.append(f'<h2 class="{"loose" if loose else "kept"}">{_text(text)}</h2>')

    def say(self, text: str, soft: bool = False) -> None:
        self.parts.append(f'<p class="{"soft" if soft else "plain"}">{_text(text)}</p>')

    def amount(self, label: str, amount: str, currency: str) -> None:
        """The number that people came for."""
        self.parts.append(f'<p class="sum">{_text(currency)} {grouped(amount)}</p>')
        self.say(label, soft=True)

    def facts(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Names and values; those without a value are left out."""
        rows = "".join(
            f'<tr><td class="name" width="32%">{_text(name)}</td><td>{_text(value)}</td></tr>'
            for name, value in pairs
            if value not in (None, "")
        )
        self.parts.append(f'<table class="facts" width="100%">{rows}</table>' if rows else "")

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        total: Sequence[object] | None = None,
        *,
        narrow: bool = False,
    ) -> None:
        """Rows under a head that stands on every page; amounts are right-aligned and grouped."""
        head = "".join(
            f'<th width="{one.width}%" class="{"n" if one.number else "t"}">{_text(one.head)}</th>'
            for one in columns
        )
        body = "".join(_row(columns, row) for row in rows)
        foot = _row(columns, total, "total") if total is not None else ""
        look = "rows narrow" if narrow else "rows"
        self.parts.append(
            f'<table class="{look}" width="100%" repeat="1"><tr>{head}</tr>{body}{foot}</table>'
        )

    def signatures(self, names: Sequence[str]) -> None:
        """Lines to sign on."""
        cells = "".join(
            f"<td>................................................<br/>{_text(name)}</td>"
            for name in names
        )
        self.parts.append(f'<table class="sign" width="100%"><tr>{cells}</tr></table>')

    def page(self, made_on: str, proof: Sequence[str]) -> str:
        """The whole document; `proof` are the lines of the foot."""
        group, words = self.group, self.words
        place = ", ".join(filter(None, (group.get("ward"), group.get("county"))))
        foot = "<br/>".join(_text(line) for line in proof)
        return (
            f'<html><head><style>{STYLE}</style></head><body><div id="foot">{foot}<br/>'
            f"{_text(words['page'])} <pdf:pagenumber></pdf:pagenumber> {_text(words['of'])} "
            "<pdf:pagecount></pdf:pagecount></div>"
            '<table width="100%"><tr><td width="8%"><img src="logo.png" width="26pt" '
            f'height="26pt"/></td><td><b>{_text(group["name"])}</b><br/>'
            f'<span class="soft">{_text(group["groupCode"])} &#183; {_text(place)}</span></td>'
            f'<td width="34%" style="text-align: right" class="soft">{_text(made_on)}</td></tr>'
            f"</table><h1>{_text(self.title)}</h1>{''.join(self.parts)}</body></html>"
        )


def _row(columns: Sequence[Column], row: Sequence[object], look: str = "") -> str:
    cells = "".join(
        f'<td class="{"n" if column.number else "t"}">'
        f"{grouped(str(value)) if column.number and value not in (None, '') else _text(value)}</td>"
        for column, value in zip(columns, row, strict=True)
    )
    return f'<tr class="{look}">{cells}</tr>'
