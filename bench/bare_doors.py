"""What the doors are measured against: bare Flask pages over the same SQL.

The statements that a page of ours sends are recorded with their values, and sent again by a view
of one line over Python's own sqlite3, on a connection that each thread keeps, which gives their
rows as JSON or in a table of HTML: no session, no leave, no views, no words.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import local
from typing import Any

from flask import Flask, jsonify
from sqlalchemy import event

from enabler.persistence.database import db

TABLE = "<table>{% for row in rows %}<tr>{% for one in row %}<td>{{ one }}</td>{% endfor %}</tr>{% endfor %}</table>"  # noqa: E501
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Page:
    """A page of ours: where it is, what it sends to the database, whether it is HTML or JSON."""

    path: str
    statements: Sequence[Statement]

    @property
    def html(self) -> bool:
        """Whether people read it."""
        return not self.path.startswith("/api")


@contextmanager
def recorded(app: Flask) -> Iterator[list[Statement]]:
    """The statements that are sent meanwhile, without those that begin a transaction."""
    found: list[Statement] = []

    def note(_: Any, __: Any, statement: str, values: Any, ___: Any, ____: bool) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            found.append((statement, values))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def bare_app(database: str, pages: Sequence[Page]) -> Flask:
    """An app with a bare page, ``/0``, ``/1``, … over the statements of each of these."""
    app = Flask("bare")
    table = app.jinja_env.from_string(TABLE)
    kept = local()

    def connection() -> sqlite3.Connection:
        if not hasattr(kept, "connection"):
            kept.connection = sqlite3.connect(database)
            kept.connection.create_function("AsEWKB", 1, lambda _: None)  # no ruleset has an area
        return kept.connection  # type: ignore[no-any-return]

    @app.get("/<int:number>")
    def page(number: int) -> Any:
        sent = pages[number].statements
        rows = [row for one in sent for row in connection().execute(*one).fetchall()]
        return table.render(rows=rows) if pages[number].html else jsonify(rows)

    return app
