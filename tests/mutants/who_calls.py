"""``pytest -p tests.mutants.who_calls``: which test runs which check, and how long it takes.

What a fixture of the whole session runs, its first test does. ENABLER_CALLS names the file.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants import switch
from tests.mutants.sites import mutants

CALLS = "ENABLER_CALLS"
_NAMES = [mutant.name for mutant in mutants()]
_ran: dict[str, dict[str, None]] = {}
_seconds: dict[str, float] = {}
_now = ""


def _told(number: int) -> None:
    if _now:
        _ran.setdefault(_NAMES[number], {})[_now] = None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """From now on it is this test."""
    global _now
    _now = item.nodeid
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """So long it took."""
    if report.when != "teardown":
        _seconds[report.nodeid] = _seconds.get(report.nodeid, 0) + report.duration


def pytest_sessionfinish() -> None:
    """All have run."""
    said = {"seconds": _seconds, "ran": {name: list(tests) for name, tests in _ran.items()}}
    Path(os.environ[CALLS]).write_text(json.dumps(said), encoding="utf-8")


if CALLS in os.environ:
    switch.install_switches()
    switch.tell(_told)
