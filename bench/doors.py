"""A place whose needs can be many, and somebody signed in who has twenty of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from enabler.app import create_app, upgrade_schema
from enabler.config import Settings
from enabler.persistence.database import db
from tests.builders import NOW, BuiltPlace, a_helper, a_member, a_need, a_place
from tests.web.people import Person
from tests.web.signing import sign_in

NEEDS = {"hamlet": 10, "town": 10, "county": 1_000, "region": 100_000, "country": 1_000_000}
OWN = 20
_COPIES = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
INSERT INTO need ({columns}) SELECT {values} FROM need, n WHERE need.id = :first
"""


@dataclass(frozen=True)
class Served:
    """The app, its settings, its database's file, and a browser that is signed in."""

    app: Flask
    settings: Settings
    path: Path
    client: FlaskClient
    place: BuiltPlace

    @property
    def cookie(self) -> str:
        """What that browser sends to be known."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        kept = self.client.get_cookie(name)
        assert kept is not None
        return f"{name}={kept.value}"


@contextmanager
def served(size: str) -> Iterator[Served]:
    """The place of this size."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "enabler.sqlite"
        url = f"sqlite:///{path}"
        settings = Settings(
            instance=Path(folder), database_url=url, database_owner_url=url, secret_key="k" * 40,
            environment="test",
        )  # fmt: skip
        upgrade_schema(settings)
        app = create_app(settings)
        app.extensions["enabler"] = replace(app.extensions["enabler"], clock=lambda: NOW)
        with app.app_context():
            place = a_place()
            rosa = a_member(place, "Rosa Long")
            a_helper(place, "Ben Near")
            first = a_need(a_member(place, "Sam Green", at=(1500, 1500)))
            for _ in range(OWN):
                a_need(rosa)
        fill(path, first, NEEDS[size] - OWN)
        browser = sign_in(app, Person(app.test_client()), rosa)
        yield Served(app, settings, path, browser.client, place)
        with app.app_context():
            db.engine.dispose()


def fill(path: Path, first: str, many: int) -> None:
    """Others' needs, so that there are so many."""
    if many <= 0:
        return
    with sqlite3.connect(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(need)")]
        need_id = connection.execute("SELECT id FROM need WHERE ref = ?", (first,)).fetchone()[0]
        values = {name: f"need.{name}" for name in columns}
        values |= {"id": "1000 + i", "ref": "'copy' || i"}
        statement = _COPIES.format(columns=", ".join(columns), values=", ".join(values.values()))
        connection.execute(statement, {"many": many, "first": need_id})
        connection.execute("ANALYZE")
    connection.close()
