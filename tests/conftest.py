"""What every test may use. The fixtures themselves stand beside what they serve."""

import gc
import os
from pathlib import Path

import pytest

from enabler.matching.kernels import compiling

pytest_plugins = ["tests.databases.fixtures", "tests.application", "tests.browser.fixtures"]

compiling.keep_compiled_in(Path(compiling.__file__).parent / "__pycache__")
"""Before any app is made: what one run compiles for minutes is there for the next, whose instance
folders are gone by then."""

FULL_SIZE = os.environ.get("ENABLER_PROVE") == "1"
MARKERS = (
    "prove(number): part of a proof that 'make prove' runs at its full size (ENABLER_PROVE=1)",
    "only_at_full_size: takes minutes, so 'make prove' alone runs it",
    "browser: drives Chromium",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--proof NUMBER`` runs the tests of one proof only."""
    parser.addoption("--proof", metavar="NUMBER", help="only tests marked prove(NUMBER)")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the tests of the proof asked for, and only what suits the size of this run."""
    wanted = config.getoption("--proof")

    def belongs(test: pytest.Item) -> bool:
        if not FULL_SIZE and test.get_closest_marker("only_at_full_size"):
            return False
        return wanted is None or any(wanted in mark.args for mark in test.iter_markers("prove"))

    chosen = [test for test in items if belongs(test)]
    if len(chosen) < len(items):
        config.hook.pytest_deselected(items=[test for test in items if test not in chosen])
        items[:] = chosen


def pytest_collection_finish() -> None:
    """What is loaded stays, so it is not looked at for rubbish again and again: that was a seventh
    of a run's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session")
def full_size() -> bool:
    """Whether proofs run at their full size ('make prove') or at one that suits every day."""
    return FULL_SIZE
