"""A copy of all that is kept about somebody, as files: for machines, for spreadsheets, to read."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from enabler.doors.cells import cell
from enabler.services.views.my_data import AllHeldView, HeldKindView, RowView

What = Callable[[HeldKindView], str]
"""What a kind is, in words."""


def as_json(copy: AllHeldView, what: What) -> str:
    """Everything as one JSON document; each column with its purpose, ground and time."""
    said = {
        "made_at": copy.at.isoformat(),
        "member": copy.ref,
        "kinds": {kind.what: _kind(kind, what(kind)) for kind in copy.kinds},
    }
    return json.dumps(said, ensure_ascii=False, indent=1, default=_plain)


def _kind(kind: HeldKindView, what: str) -> dict[str, Any]:
    return {
        "what": what,
        "columns": {
            one.column: {
                "purpose": one.purpose, "basis": one.basis, "condition": one.condition,
                "kept": one.keep, "days": one.days, "withheld": one.withheld,
            }
            for one in kind.columns
        },
        "rows": [_row(row) for row in kind.rows],
    }  # fmt: skip


def _row(row: RowView) -> dict[str, Any]:
    values = {
        one.column: {"withheld": one.withheld} if one.withheld else one.value for one in row.values
    }
    return {one.column: one.value for one in row.beside} | values


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def as_csv(kind: HeldKindView) -> str:
    """One kind as a table: a line for each row. Nothing in it is a formula."""
    names = list(dict.fromkeys(name for row in kind.rows for name in _row(row)))
    kept = io.StringIO()
    write = csv.writer(kept).writerow
    write(names)
    for row in kind.rows:
        said = _row(row)
        write([cell(_written(said.get(name))) for name in names])
    return "\ufeff" + kept.getvalue()


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return _plain(value)


def as_zip(copy: AllHeldView, what: What, page: str) -> bytes:
    """All of it in one file: ``page`` is the one to read."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("read-me.html", page)
        files.writestr("everything.json", as_json(copy, what))
        for kind in copy.kinds:
            files.writestr(f"tables/{kind.what}.csv", as_csv(kind))
    return kept.getvalue()
