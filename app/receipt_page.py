"""/receipt: the page on which anyone checks a receipt, without signing in.

Plain HTML made by the server, with a form and no script at all: it works on the cheapest phone
and in browsers that save data, and its policy allows nothing but its own style.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.dates import LANGUAGES, long_date
from app.errors import TooManyRequests
from app.money import format_grouped
from app.papers.words import Words
from app.runtime import Runtime
from app.services.papers import CheckedPaper, check_paper
from app.services.receipts import CheckedReceipt, check_receipt

LONGEST = 40
STYLE = (
    ":root{color-scheme:light dark;--ink:#1b1f1d;--soft:#55605b;--paper:#fbfaf7;--raised:#fff;"
    "--line:#8a918d;--primary:#0b6b4a;--on:#fff;--IN_BOOKS:#0b6b4a;--AT_OFFICE:#1e5aa8;"
    "--REVERSED:#b3261e}"
    "@media(prefers-color-scheme:dark){:root{--ink:#ecefed;--soft:#a7b0ab;--paper:#121513;"
    "--raised:#1b1f1d;--line:#6b736f;--primary:#4cc38a;--on:#121513;--IN_BOOKS:#4cc38a;"
    "--AT_OFFICE:#8ab8ff;--REVERSED:#ff8a80}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,Roboto,sans-serif}main{max-width:440px;margin:0 auto;padding:16px}"
    "h1{font-size:28px;line-height:1.2;margin:16px 0 8px}p{margin:0 0 12px}a{color:var(--primary)}"
    ".soft{color:var(--soft)}label{display:block;font-weight:600;margin:16px 0 4px}"
    "input,button{width:100%;min-height:48px;font:inherit;border-radius:8px;padding:8px 12px}"
    "input{border:1px solid var(--line);background:var(--raised);color:var(--ink);"
    "text-transform:uppercase}"
    "button{margin:24px 0 16px;border:0;background:var(--primary);color:var(--on);font-weight:600}"
    ".answer{background:var(--raised);border-left:4px solid var(--line);padding:16px;margin:24px 0}"
    ".answer h2{font-size:16px;margin:0 0 8px}.amount{font-size:28px;font-weight:700;margin:0;"
    "font-variant-numeric:tabular-nums}"
    + "".join(
        f".{state}{{border-color:var(--{state})}}.{state} h2{{color:var(--{state})}}"
        for state in ("IN_BOOKS", "AT_OFFICE", "REVERSED")
    )
    + "dl{margin:12px 0 0}dt{color:var(--soft);font-size:14px}dd{margin:0 0 8px}"
    ".language{text-align:right;margin:0}.language a{display:inline-block;padding:12px 0}"
)
HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WORDS = {
    "en": {
        "title": "Check a receipt",
        "lead": "Type the number and the code that stand on the receipt. You see what the "
        "group's books say about it.",
        "number": "Number of the receipt",
        "code": "Code",
        "check": "Check",
        "other": "Kiswahili",
        "IN_BOOKS": "✓ In the group's books",
        "AT_OFFICE": "In the books; the office still finds its place",
        "REVERSED": "✗ Was in the books, was taken back on {day}",
        "IN": "Paid in",
        "OUT": "Paid out",
        "WITHIN": "Moved between the group's own places",
        "group": "Group",
        "date": "Date",
        "unknown": "? Not found",
        "why": "There is no receipt with this number and this code. Compare both with the paper. "
        "A receipt that was just written may still be on the officer's phone: try again in a day "
        "or two. If it stays so, ask the office.",
        "noPaper": "There is no paper with this number and this code. Compare both with the foot "
        "of the page.",
        "paperHolds": "✓ Made by this system; the books are as they were",
        "paperBroken": "✗ Made by this system, but the books were changed since: tell the office",
        "often": "Too many tries",
        "wait": "Wait a quarter of an hour, then try again.",
    },
    "sw": {
        "title": "Kagua risiti",
        "lead": "Andika namba na msimbo ulio kwenye risiti. Utaona vitabu vya kikundi "
        "vinasema nini kuihusu.",
        "number": "Namba ya risiti",
        "code": "Msimbo",
        "check": "Kagua",
        "other": "English",
        "IN_BOOKS": "✓ Iko katika vitabu vya kikundi",
        "AT_OFFICE": "Iko vitabuni; ofisi inaipatia mahali pake",
        "REVERSED": "✗ Ilikuwa vitabuni, ikarudishwa tarehe {day}",
        "IN": "Pesa zilizolipwa",
        "OUT": "Pesa zilizotolewa",
        "WITHIN": "Pesa zilizohamishwa ndani ya kikundi",
        "group": "Kikundi",
        "date": "Tarehe",
        "unknown": "? Haikupatikana",
        "why": "Hakuna risiti yenye namba hii na msimbo huu. Linganisha vyote viwili na risiti "
        "yako. Risiti iliyoandikwa sasa hivi huenda bado iko kwenye simu ya afisa: jaribu tena "
        "baada ya siku moja au mbili. Ikibaki hivyo, uliza ofisi.",
        "noPaper": "Hakuna karatasi yenye namba hii na msimbo huu. Linganisha vyote viwili na "
        "sehemu ya chini ya ukurasa.",
        "paperHolds": "✓ Imetengenezwa na mfumo huu; vitabu viko vilevile",
        "paperBroken": "✗ Imetengenezwa na mfumo huu, lakini vitabu vimebadilishwa: iambie ofisi",
        "often": "Umejaribu mara nyingi mno",
        "wait": "Subiri robo saa, kisha ujaribu tena.",
    },
}


async def receipt_page(request: Request) -> HTMLResponse:
    """GET /receipt, with `number` and `code` once the form is sent; 404 where nothing fits."""
    runtime: Runtime = request.app.state.runtime
    asked = request.query_params
    language = _language(asked.get("lang"), request.headers.get("accept-language", ""))
    number, code = asked.get("number", "")[:LONGEST], asked.get("code", "")[:LONGEST]
    status, answer = 200, ""
    if number or code:
        address = request.client.host if request.client else "unknown"
        try:
            if number.strip().upper().startswith("TBP"):
                paper = await check_paper(runtime, number=number, code=code, address=address)
                status, answer = 200 if paper else 404, _of_paper(runtime, paper, language)
            else:
                found = await check_receipt(runtime, number=number, code=code, address=address)
                status = 200 if found else 404
                answer = _answer(found, language, runtime.settings.currency)
        except TooManyRequests:
            status = 429
            answer = _box("", WORDS[language]["often"], f"<p>{WORDS[language]['wait']}</p>")
    return HTMLResponse(
        _page(language, number, code, answer),
        status,
        {
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY,
            "Vary": "Accept-Language",
            "Content-Language": language,
        },
    )


def _language(chosen: str | None, accepted: str) -> str:
    if chosen in LANGUAGES:
        return str(chosen)
    return "sw" if accepted.lower().lstrip().startswith("sw") else "en"


def _answer(found: CheckedReceipt | None, language: str, currency: str) -> str:
    words = WORDS[language]
    if found is None:
        return _box("", words["unknown"], f"<p>{words['why']}</p>")
    day = long_date(found.reversed_on, language) if found.reversed_on else ""
    return _box(
        found.state.value,
        words[found.state.value].format(day=day),
        f'<p class="amount">{format_grouped(found.amount, escape(currency))}</p>'
        f'<p class="soft">{words[found.direction.value]}</p>'
        f"<dl><dt>{words['group']}</dt><dd>{escape(found.group_name)}</dd>"
        f"<dt>{words['date']}</dt><dd>{long_date(found.moved_on, language)}</dd>"
        f"<dt>{words['number']}</dt><dd>{escape(found.number)}</dd></dl>",
    )


def _of_paper(runtime: Runtime, found: CheckedPaper | None, language: str) -> str:
    """Of a printed paper: what it is, of which group, made when, and whether the books hold."""
    words = WORDS[language]
    if found is None:
        return _box("", words["unknown"], f"<p>{words['noPaper']}</p>")
    state = "IN_BOOKS" if found.head_holds else "REVERSED"
    made = long_date(found.made_at.astimezone(runtime.settings.timezone).date(), language)
    title = Words(language)[found.kind.value].split("{")[0].strip(", ")
    return _box(
        state,
        words["paperHolds" if found.head_holds else "paperBroken"],
        f'<p class="amount">{escape(title)}</p>'
        f"<dl><dt>{words['group']}</dt><dd>{escape(found.group_name)}</dd>"
        f"<dt>{words['date']}</dt><dd>{made}</dd>"
        f"<dt>{words['number']}</dt><dd>{escape(found.number)}</dd></dl>",
    )


def _box(state: str, head: str, body: str) -> str:
    return f'<section class="answer {state}" role="status"><h2>{head}</h2>{body}</section>'


def _page(language: str, number: str, code: str, answer: str) -> str:
    words = WORDS[language]
    other = "en" if language == "sw" else "sw"
    lead = f"<p>{words['lead']}</p>"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{words['title']}</title><style>{STYLE}</style></head><body><main>"
        f'<p class="language"><a href="/receipt?lang={other}" lang="{other}" hreflang="{other}">'
        f"{words['other']}</a></p><h1>{words['title']}</h1>"
        f"{answer or lead}"
        f'<form action="/receipt" method="get"><input type="hidden" name="lang" value="{language}">'
        f'<label for="number">{words["number"]}</label>'
        '<input id="number" name="number" placeholder="TB-XXXX-XXXX-XXXX" maxlength="40" required '
        f'autocomplete="off" autocapitalize="characters" spellcheck="false" '
        f'value="{escape(number)}">'
        f'<label for="code">{words["code"]}</label>'
        '<input id="code" name="code" placeholder="XXXX" maxlength="10" required '
        f'autocomplete="off" autocapitalize="characters" spellcheck="false" value="{escape(code)}">'
        f"<button>{words['check']}</button></form></main></body></html>"
    )
