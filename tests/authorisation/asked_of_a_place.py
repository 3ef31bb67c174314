"""What services ask the repositories about a place, caught on its way and asked once more."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sqlalchemy.exc import DatabaseError

from enabler.domain.errors import EnablerError
from sqlalchemy.orm import Session
from sqlalchemy.sql import ClauseElement

_AT = re.compile(r" at 0x[0-9a-f]+")
Repository = type[Any]


@dataclass(frozen=True)
class Asked:
    """One question: a repository's method with its arguments."""

    of: Repository
    method: str
    arguments: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.of.__name__}.{self.method}({dict(self.arguments)})"

    def answer(self, session: Session) -> str | None:
        """What is answered now, in letters; None where it is no answer but a part of a question, or
        something is to be written."""
        try:
            found = getattr(self.of(session), self.method)(**self.arguments)
        except DatabaseError:
            return None
        except EnablerError as refused:
            return str(refused)
        if isinstance(found, ClauseElement):
            return None
        if isinstance(found, Iterator):
            found = list(found)
        return _AT.sub("", repr(found))


def _repositories() -> Iterator[Repository]:
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
    kept = [(of, name, one) for of in _repositories() for name, one in _methods(of)]
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
    told = signature.parameters.items()
    by_name = [name for name, way in told if way.kind is inspect.Parameter.VAR_KEYWORD]

    @wraps(one)
    def ask(self: Any, *args: Any, **kw: Any) -> Any:
        given = dict(signature.bind(self, *args, **kw).arguments)
        for more in by_name:
            given |= given.pop(more, {})
        given.pop("self")
        if given.get("place_id") == place_id:
            asked = Asked(of, name, given)
            found.setdefault(_AT.sub("", str(asked)), asked)
        return one(self, *args, **kw)

    return ask
