"""Every mutant meets the tests, two at a time: a few that run its check, then all that do, and
where the map knows no more, the whole matrix, the tests of its room and those of all rooms."""

import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.mutants.nearest import AT_A_TIME, MATRIX, Map, read
from tests.mutants.sites import ROOT, VARIABLE, Mutant, mutants

EXCUSED = Path(__file__).with_name("excused.toml")
LONGEST = 3600
"""Seconds that a run of tests may take; a mutant that makes it longer is not killed by that."""
ALL = ("tests/domain", "tests/persistence", "tests/services")
ROOMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("persistence/laws", ("tests/laws",)),
    ("persistence/peopling", ("tests/demo",)),
    ("persistence/place", ("tests/geography",)),
    ("persistence/sessions", ("tests/identity",)),
    ("persistence/members", ("tests/identity",)),
    ("persistence/staff", ("tests/identity",)),
    ("services/sign_in", ("tests/identity",)),
    ("services/_adding", ("tests/identity",)),
    ("persistence/outbox", ("tests/messages",)),
    ("persistence/telling", ("tests/messages",)),
    ("persistence/subjects", ("tests/messages",)),
    ("persistence/simulated", ("tests/messages", "tests/web/test_simulator_page.py")),
    ("services/demo", ("tests/demo",)),
)
"""Which tests know a module best, where it is not the services'."""
KILLED, SURVIVED = 1, 0
"""What pytest exits with."""
NOT_FOUND = 4
"""What it exits with for a test that the map knows from before and that has gone since."""
RED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: by whom it was killed, or nobody; and why that is right."""

    mutant: Mutant
    killed_by: str | None
    seconds: float
    excuse: str | None = None

    def __str__(self) -> str:
        how = f"killed by {self.killed_by}" if self.killed_by else "SURVIVED"
        how = f"excused ({self.excuse})" if self.excuse else how
        return f"{how} in {self.seconds:.0f} s: {self.mutant}"


def excuses() -> dict[str, str]:
    """Why a check may go unnoticed, by the mutant's name: because another holds the same."""
    said = tomllib.loads(EXCUSED.read_text(encoding="utf-8"))
    return {each["mutant"]: each["because"] for each in said.get("excused", ())}


def hunt(numbers: Sequence[int], tell: Callable[[str], None]) -> list[Fate]:
    """Let these mutants meet the tests; each fate is told when it is known."""
    all_of_them, excused, known, fates = mutants(), excuses(), read(), []
    with ThreadPoolExecutor(AT_A_TIME) as hunters:
        met = [hunters.submit(_meet, one, all_of_them[one], excused, known) for one in numbers]
        for done, each in enumerate(as_completed(met), 1):
            fates.append(each.result())
            tell(f"{done} of {len(numbers)}  {fates[-1]}")
    return fates


def _meet(number: int, mutant: Mutant, excused: dict[str, str], known: Map) -> Fate:
    began = time.monotonic()
    if mutant.name in excused:
        return Fate(mutant, None, 0, excused[mutant.name])
    guided = (_run(number, tests, may_have_gone=True) for tests in known.chunks(mutant))
    blind = (_run(number, tests) for tests in _suites(mutant))
    killed_by = next((red for red in chain(guided, blind) if red), None)
    return Fate(mutant, killed_by, time.monotonic() - began)


def _suites(mutant: Mutant) -> Iterator[Sequence[str]]:
    yield (MATRIX,)
    yield from (tests for module, tests in ROOMS if module in mutant.path)
    yield ALL


def _run(number: int, tests: Sequence[str], *, may_have_gone: bool = False) -> str | None:
    """Which of these tests turns red by the mutant. Raises RuntimeError for neither yes nor no:
    then the mutant cannot even be imported."""
    command = [
        sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutants.plugin",
        "-p", "no:cacheprovider", "-k", "not postgis", *tests,
    ]  # fmt: skip
    environment = os.environ | {VARIABLE: str(number), "ENABLER_PROVE": "0"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == KILLED:
        red = RED.search(done.stdout)
        return red[1] if red else tests[0]
    if done.returncode != SURVIVED and not (may_have_gone and done.returncode == NOT_FOUND):
        raise RuntimeError(f"mutant {number}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return None


def summary(fates: Sequence[Fate]) -> str:
    """The figure, and the survivors by file and line."""
    killed = sum(fate.killed_by is not None for fate in fates)
    excused = [fate for fate in fates if fate.killed_by is None and fate.excuse]
    left = [fate for fate in fates if fate.killed_by is None and not fate.excuse]
    lines = [
        f"mutants {len(fates)} killed {killed} excused {len(excused)} survived {len(left)}",
        *(f"survived {fate.mutant}" for fate in left),
    ]
    return "\n".join(lines)
