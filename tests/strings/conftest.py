"""The world of the authorisation tests: everybody, everything, and a form of each kind."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.authorisation.conftest import world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def no_nul() -> Iterator[None]:
    """PostgreSQL takes no NUL, SQLite does: here neither, so that a day's run sees it too."""

    def look(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        rows = given if isinstance(given, list) else [given]
        texts = [one for row in rows for one in (row.values() if isinstance(row, dict) else row)]
        assert not any("\x00" in one for one in texts if isinstance(one, str)), statement

    event.listen(Engine, "before_cursor_execute", look)
    yield
    event.remove(Engine, "before_cursor_execute", look)
