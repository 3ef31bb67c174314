"""Where what was typed is found again: in what is kept, in pages, in JSON. Is it what it was?"""

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import unquote_plus

from markupsafe import escape
from sqlalchemy import JSON, Column, CompoundSelect, String, cast, literal, select, union_all

from enabler.persistence.database import db
from enabler.persistence.types import EnumText
from enabler.persistence.unit_of_work import reading
from tests.strings.naughty import OPEN, kept_as

_OPENED = re.compile(rf'{OPEN}[^"<>]*')
"""From the mark on, as far as no markup begins."""
_RUN = re.compile(r'\b(?:href|src|action|formaction)="\s*(?:javascript|data|vbscript):[^"]*', re.I)


@cache
def texts_as(typed: str) -> tuple[str, ...]:
    """How it may be read: as typed, as kept, or the first word of it."""
    found = dict.fromkeys((typed, typed.replace("\r\n", "\n"), *kept_as(typed)))
    return *found, *(text.split()[0] for text in found if text.split())


def badly_shown(html: str, *typed: str) -> list[str]:
    """Where a page shows any of it otherwise than written out for HTML (or for an address)."""
    return [
        html[max(0, hit.start() - 60) : hit.start() + 60]
        for hit in _OPENED.finditer(html)
        if not any(_is_it(html, hit, text) for each in reversed(typed) for text in texts_as(each))
    ]


def _is_it(html: str, hit: re.Match[str], text: str) -> bool:
    """Whether this text stands there: written out, in an address, or cut for a field."""
    return (
        html.startswith(_written_out(text), hit.start())
        or ("%" in hit[0] and _address_read(hit[0]).startswith(text))
        or unescape(hit[0]) in (text[:20], text[:40])
    )


@cache
def _written_out(text: str) -> str:
    return str(escape(text))


def _address_read(found: str) -> str:
    return unquote_plus(unescape(found.split()[0]))


def runs(html: str) -> list[str]:
    """Links and sources that a browser would run."""
    return _RUN.findall(html)


def badly_said(body: Any, *typed: str) -> list[str]:
    """Texts of a JSON answer that hold it otherwise than as it was: in none of these spellings."""
    allowed = {text for each in typed for text in texts_as(each)}
    return [text for text in _texts(body) if OPEN in text and text not in allowed]


def _texts(body: Any) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for value in body.values():
            yield from _texts(value)
    elif isinstance(body, list):
        for value in body:
            yield from _texts(value)


def kept() -> dict[str, list[str]]:
    """All that is kept with the mark in it, by ``table.column``. In the app's context."""
    found: dict[str, list[str]] = {}
    with reading() as uow:
        for column, value in uow.session.execute(_everything()):
            found.setdefault(column, []).extend(_in(value))
    return {column: texts for column, texts in found.items() if texts}


@cache
def _everything() -> CompoundSelect[Any]:
    """One question to all columns of text."""
    return union_all(*(
        select(literal(f"{table.name}.{column.name}"), as_text)
        .where(as_text.contains(OPEN))
        for table in db.metadata.tables.values()
        for column in table.columns if _is_text(column)
        for as_text in [cast(column, String)]
    ))  # fmt: skip


def _is_text(column: Column[Any]) -> bool:
    kind = column.type
    return isinstance(kind, JSON | String) and not isinstance(kind, EnumText)


def _in(value: str) -> list[str]:
    """The texts with the mark: of JSON each by itself."""
    if not value.startswith(("{", "[")):
        return [value]
    return [text for text in _texts(json.loads(value)) if OPEN in text]
