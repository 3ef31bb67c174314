"""What services ask the repositories about a place, caught on its way and asked once more."""

import inspect
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

from enabler.domain.errors import EnablerError

WHERE_IT_LIES = re.compile(r" at 0x[0-9a-f]+")
"""Where in memory a thing lies that has no words of its own."""
_READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK")
Repository = type[Any]


@dataclass(frozen=True)
class Asked:
    """One question: a repository's method with its arguments."""

    of: Repository
    method: str
    given: inspect.BoundArguments

    def __str__(self) -> str:
        return f"{self.of.__name__}.{self.method}({dict(self.given.arguments)})"

    def about(self, place_id: int) -> "Asked":
        """The same of another place."""
        arguments = {**self.given.arguments, "place_id": place_id}
        given = inspect.BoundArguments(self.given.signature, OrderedDict(arguments))
        return replace(self, given=given)

    def answer(self, session: Session) -> str | None:
        """What is answered now, in letters; None where it is no answer but a part of a question, or
        something is to be written."""
        written = _writes(session)
        try:
            of_it = inspect.BoundArguments(
                self.given.signature,
                OrderedDict({"self": self.of(session), **self.given.arguments}),
            )
            found = getattr(self.of, self.method)(*of_it.args, **of_it.kwargs)
        except DatabaseError:
            return None
        except EnablerError as refused:
            return str(refused)
        if written or isinstance(found, ClauseElement):
            return None
        if isinstance(found, Iterator):
            found = list(found)
        return WHERE_IT_LIES.sub("", repr(found))


def _writes(session: Session) -> list[str]:
    """What is sent to the database from now on that is not only read."""
    found: list[str] = []

    def look(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_READS):
            found.append(statement)

    event.listen(session.connection(), "before_cursor_execute", look)
    return found


def repositories() -> Iterator[Repository]:
    """All of them that anything of the product has imported."""
    ours = [name for name in sys.modules if name.startswith("enabler.persistence.")]
    for name in sorted(ours):
        for _, one in inspect.getmembers(sys.modules[name], inspect.isclass):
            own = one.__module__ == name and inspect.isfunction(one.__init__)
            if own and list(inspect.signature(one.__init__).parameters) == ["self", "session"]:
                yield one


def _methods(of: Repository) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, one in list(vars(of).items()):
        if inspect.isfunction(one) and "place_id" in inspect.signature(one).parameters:
            yield name, one


@contextmanager
def heard(place_id: int) -> Iterator[dict[str, Asked]]:
    """Every question about this place that is asked meanwhile, each once."""
    found: dict[str, Asked] = {}
    kept = [(of, name, one) for of in repositories() for name, one in _methods(of)]
    for of, name, one in kept:
        setattr(of, name, _listening(of, name, one, place_id, found))
    try:
        yield found
    finally:
        for of, name, one in kept:
            setattr(of, name, one)


def _listening(
    of: Repository, name: str, one: Callable[..., Any], place_id: int, found: dict[str, Asked]
) -> Callable[..., Any]:  # fmt: skip
    signature = inspect.signature(one)

    @wraps(one)
    def ask(self: Any, *args: Any, **kw: Any) -> Any:
        given = signature.bind(self, *args, **kw)
        if given.arguments.get("place_id") == place_id:
            del given.arguments["self"]
            asked = Asked(of, name, given)
            found.setdefault(WHERE_IT_LIES.sub("", str(asked)), asked)
        return one(self, *args, **kw)

    return ask
