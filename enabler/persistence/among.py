"""Rows whose id is among many: one statement and one parameter, however many there are.

``IN (…)`` has a parameter for each id: a new statement for every length, which the database has to
plan anew, and at some length refuses.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

_AMONG_JSON = "{column} IN (SELECT value FROM json_each({ids}))"


class _Ids(TypeDecorator[Any]):
    """Whole numbers as one value: PostgreSQL has arrays, SQLite reads them from JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """What the database takes."""
        kept_as: TypeEngine[Any] = ARRAY(Integer) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kept_as)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The numbers, as the database takes them."""
        ids = sorted(set(value))
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class _Among(FunctionElement[Any]):
    name = "among"
    inherit_cache = True
    type = NullType()  # a Boolean would be emitted as "(…) = 1" and lose SQLite's index


def among(column: Any, ids: Iterable[int]) -> _Among:
    """A condition: the column's value is one of these ids."""
    return _Among(column, bindparam(None, list(ids), type_=_Ids()))


def among_given(column: Any, name: str) -> _Among:
    """The same of ids that are given with each call, as the parameter of this name: so that the
    statement is made only once."""
    return _Among(column, bindparam(name, type_=_Ids()))


@compiles(_Among)
def _among_an_array(element: Any, compiler: Any, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY({ids})"


@compiles(_Among, "sqlite")
def _among_json(element: Any, compiler: Any, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return _AMONG_JSON.format(column=column, ids=ids)
