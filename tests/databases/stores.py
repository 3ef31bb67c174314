"""A fresh database for each test, copied from a template that was built once.

``build(url)`` lays the schema in an empty database; a store knows nothing else about it.
``furnish(url)`` puts something into one that has the schema, once for all tests that ask for a copy
of that; without it a database is empty. A name is
given again when its database is gone, so that an engine with all that it has compiled can serve
the next one (see tests/application.py).
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.databases.postgres import PostgresServer

Build = Callable[[str], None]
Furnish = Callable[[str], None]


@dataclass(frozen=True)
class Database:
    """An empty database with the schema in it. ``name`` is "spatialite" or "postgis"."""

    name: str
    url: str


class Store(Protocol):
    """Makes databases of one kind."""

    def fresh(self, furnish: Furnish | None = None) -> AbstractContextManager[Database]:
        """A database of one's own for the length of a ``with``."""


class Names:
    """Names of databases, each given to one at a time."""

    def __init__(self) -> None:
        self._free: list[str] = []
        self._made = 0

    @contextmanager
    def one(self) -> Iterator[str]:
        """A name for the length of a ``with``."""
        if not self._free:
            self._made += 1
            self._free.append(f"own{self._made}")
        name = self._free.pop()
        yield name
        self._free.append(name)


class SpatialiteStore:
    """Copies a template file."""

    def __init__(self, folder: Path, build: Build) -> None:
        self._folder = folder
        self._build = build
        self._names = Names()
        self._templates: dict[Furnish | None, Path] = {}

    def _template(self, furnish: Furnish | None) -> Path:
        if furnish not in self._templates:
            self._templates[furnish] = self._make_template(furnish)
        return self._templates[furnish]

    def _make_template(self, furnish: Furnish | None) -> Path:
        bare = self._template(None) if furnish else None
        template = self._folder / f"template{len(self._templates)}.sqlite"
        if bare:
            shutil.copyfile(bare, template)
        (furnish or self._build)(f"sqlite:///{template}")
        left_open = template.with_name(template.name + "-wal")
        if left_open.exists() and left_open.stat().st_size:
            raise RuntimeError("whatever built the template did not close it: copies lack its log")
        return template

    @contextmanager
    def fresh(self, furnish: Furnish | None = None) -> Iterator[Database]:
        """A file of one's own for the length of a ``with``."""
        with self._names.one() as name:
            folder = self._folder / name
            folder.mkdir()
            copy = folder / "enabler.sqlite"
            shutil.copyfile(self._template(furnish), copy)
            try:
                yield Database("spatialite", f"sqlite:///{copy}")
            finally:
                shutil.rmtree(folder)


class PostgisStore:
    """Copies a template database inside one server."""

    def __init__(self, server: PostgresServer, build: Build) -> None:
        self._server = server
        self._build = build
        self._names = Names()
        self._templates: dict[Furnish | None, str] = {}

    def _template(self, furnish: Furnish | None) -> str:
        if furnish not in self._templates:
            name = self._server.create(self._template(None) if furnish else "template0")
            (furnish or self._build)(self._server.url(name))
            self._templates[furnish] = name
        return self._templates[furnish]

    @contextmanager
    def fresh(self, furnish: Furnish | None = None) -> Iterator[Database]:
        """A database of one's own for the length of a ``with``."""
        with self._names.one() as name:
            self._server.create(self._template(furnish), name)
            try:
                yield Database("postgis", self._server.url(name))
            finally:
                self._server.drop(name)
