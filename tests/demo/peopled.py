"""How tests people a place, and what then stands in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.permissions import Actor
from enabler.doors.secrets import KeyedSecrets
from enabler.persistence import spatial
from enabler.persistence.database import db
from enabler.persistence.unit_of_work import reading
from enabler.services import demo
from tests.application import SECRET_KEY
from tests.demo.towns import NOW
from tests.geography.importing import bring_in

OPERATOR = Actor.operator("tester")
SECRETS = KeyedSecrets(SECRET_KEY)
DIFFERS = {"staff_secret": {"password_hash"}, "service_call": {"key"}}
"""Salted, or made up anew by the caller: the only columns that differ between two runs."""

_keys = count(1)


def people_place(
    slug: str, size: int = 60, seed: int = 1, now: datetime = NOW, key: str | None = None
) -> demo.Peopled:
    """Fill a place that has been brought in."""
    return demo.people_place(
        actor=OPERATOR, place_slug=slug, size=size, seed=seed, secrets=SECRETS,
        key=key or f"demo-test:{next(_keys)}", now=now,
    )  # fmt: skip


def bring_in_and_people(
    file: Path, size: int = 60, seed: int = 1, now: datetime = NOW
) -> demo.Peopled:
    """Bring a place in and fill it, as ``enabler demo`` does."""
    return people_place(bring_in(file, now).slug, size, seed, now)


@contextmanager
def app_on(url: str, instance: Path) -> Iterator[Flask]:
    """The application on a database, with its context; for tests that need two of them."""
    settings = Settings(
        instance=instance, database_url=url, database_owner_url=url, secret_key=SECRET_KEY,
        environment="test", gateway="simulator",
    )  # fmt: skip
    made = create_app(settings)
    with made.app_context():
        yield made
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table in the order of its key, shapes as text."""
    with reading() as uow:
        found = {}
        for table in db.metadata.sorted_tables:
            rows = uow.session.execute(select(table).order_by(*table.primary_key)).mappings()
            found[table.name] = [
                {
                    name: _shown(value)
                    for name, value in row.items()
                    if name not in DIFFERS.get(table.name, ())
                }
                for row in rows
            ]
        return found


def _shown(value: Any) -> Any:
    return spatial.from_column(value).normalize().wkt if spatial.is_shape(value) else value
