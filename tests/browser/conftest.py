"""The place of the pages' tests, for the tests in the browser."""

import pytest

from tests.conftest import FULL_SIZE
from tests.web.conftest import clock, place

__all__ = ["clock", "place"]

TURNS = {("spatialite", "with scripts"), ("postgis", "without scripts")}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A walk is done with scripts on one database and without on the other: what a script does
    knows nothing of databases, and what a service does on each is tried without a browser. At full
    size it is all four."""

    def has_its_turn(test: pytest.Item) -> bool:
        values = getattr(getattr(test, "callspec", None), "params", {})
        both = (values.get("database"), values.get("another_browser"))
        return FULL_SIZE or None in both or both in TURNS

    left_out = [test for test in items if not has_its_turn(test)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [test for test in items if has_its_turn(test)]
