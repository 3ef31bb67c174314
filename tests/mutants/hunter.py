"""``pytest -p tests.mutants.hunter``: one process that has imported everything and has built what
its tests share; for each mutant it is asked about, it forks, and the child meets the tests.

ENABLER_HUNT names two file descriptors: numbers of mutants come by one, a line of JSON goes back by
the other: the test that turned red, or null.
"""

import gc
import json
import os
import select
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.databases.postgres import roomy_memory
from tests.mutants import switch
from tests.mutants.nearest import Map, read
from tests.mutants.sites import mutants

HUNT = "ENABLER_HUNT"
LONGEST = 1800
"""Seconds that the tests of one mutant may take; what makes them longer is not killed by that."""
_red: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Take down who turned red."""
    if report.failed:
        _red.append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Hunt, instead of running the tests one after the other."""
    if HUNT not in os.environ:
        return None
    asked, answers = (int(each) for each in os.environ[HUNT].split(","))
    known, everything = read(), mutants()
    items = {item.nodeid: item for item in session.items}
    _warm(session.items, known)
    files = _Files()
    with os.fdopen(asked) as numbers, os.fdopen(answers, "w") as told:
        for line in numbers:
            number = int(line)
            met = chain.from_iterable(known.chunks(everything[number]))
            red = _meet(number, [items[test] for test in met if test in items], session.items)
            files.put_back()
            told.write(json.dumps(red) + "\n")
            told.flush()
    return True


def _warm(items: Sequence[pytest.Item], known: Map) -> None:
    """Let one test of each file run, so that what a session shares is there before the fork."""
    fastest: dict[Path, pytest.Item] = {}
    for item in sorted(items, key=lambda one: known.seconds.get(one.nodeid, LONGEST)):
        fastest.setdefault(item.path, item)
    _run(list(fastest.values()), items)
    if _red:
        raise RuntimeError(f"red without any mutant: {_red}")
    for engine in [each for each in gc.get_objects() if isinstance(each, Engine)]:
        engine.dispose()


def _run(these: Sequence[pytest.Item], items: Sequence[pytest.Item]) -> str | None:
    """The first of these that turns red. What the session shares stays."""
    elsewhere = next(item for item in items if not these or item.path != these[-1].path)
    for item, following in pairwise([*these, elsewhere]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if _red:
            return _red[0]
    return None


def _meet(number: int, these: Sequence[pytest.Item], items: Sequence[pytest.Item]) -> str | None:
    ours, theirs = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: they hold nothing here
        child = os.fork()
    if not child:
        switch.take_out(number)
        red = _run(these, items)
        os.write(theirs, (red or "").encode())
        os._exit(0)
    os.close(theirs)
    try:
        return _wait(child, ours)
    finally:
        os.close(ours)


def _wait(child: int, ours: int) -> str | None:
    until = time.monotonic() + LONGEST
    ready, _, _ = select.select([ours], [], [], LONGEST)
    said = os.read(ours, 4096).decode() if ready else ""
    if time.monotonic() >= until:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if status and ready:
        raise RuntimeError(f"a child ended with {status}")
    return said or None


class _Files:
    """The databases that the session shares, as they are before anybody has met a mutant."""

    def __init__(self) -> None:
        top = roomy_memory() or Path(tempfile.gettempdir())
        self._folders = list(top.glob(f"enabler-sqlite-{os.getpid()}-*"))
        self._kept = {file: file.read_bytes() for file in self._files()}

    def _files(self) -> Iterator[Path]:
        return (file for folder in self._folders for file in folder.rglob("*") if file.is_file())

    def put_back(self) -> None:
        """As they were; what a child left goes."""
        for file in list(self._files()):
            if file not in self._kept:
                file.unlink()
        for file, said in self._kept.items():
            if file.read_bytes() != said:
                file.write_bytes(said)
        for folder in chain.from_iterable(each.iterdir() for each in self._folders):
            if folder.is_dir() and not any(folder.iterdir()):
                shutil.rmtree(folder)


if HUNT in os.environ:
    switch.install_switches()
