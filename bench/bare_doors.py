"""What the doors are measured against: a bare Flask page over the same SQL.

The statements that a page of ours sends are recorded with their values, and sent again by a view
of one line over Python's own sqlite3, on a connection that each thread keeps, which gives their
rows as JSON or in a table of HTML: no session, no leave, no views, no words.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local
from typing import Any

from flask import Flask, jsonify
from sqlalchemy import event

from enabler.persistence.database import db

TABLE = "<table>{% for row in rows %}<tr>{% for one in row %}<td>{{ one }}</td>{% endfor %}</tr>{% endfor %}</table>"  # noqa: E501
Statement = tuple[str, Any]


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


def bare_app(path: str, statements: Sequence[Statement], *, html: bool) -> Flask:
    """An app with one page, ``/``, over these statements."""
    app = Flask("bare")
    table = app.jinja_env.from_string(TABLE)
    kept = local()

    def connection() -> sqlite3.Connection:
        if not hasattr(kept, "connection"):
            kept.connection = sqlite3.connect(path)
            kept.connection.create_function("AsEWKB", 1, lambda _: None)  # no ruleset has an area
        return kept.connection  # type: ignore[no-any-return]

    @app.get("/")
    def page() -> Any:
        rows = [row for one in statements for row in connection().execute(*one).fetchall()]
        return table.render(rows=rows) if html else jsonify(rows)

    return app
