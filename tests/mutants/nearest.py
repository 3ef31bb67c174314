"""Which tests run a check: the map of it, drawn by one run of them all without a mutant."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest

from tests.mutants.sites import ROOT, Mutant

MATRIX = "tests/authorisation"
PARTS = (
    MATRIX, "tests/services", "tests/geography", "tests/demo", "tests/messages", "tests/identity",
    "tests/erasure", "tests/laws", "tests/persistence", "tests/domain", "tests/proofs",
)  # fmt: skip
"""What is run for the map, the longest first."""
AT_A_TIME = 2
DRAWN = ROOT / ".make" / "calls"
FEW = 12
"""So many tests a mutant meets at first."""
IN_A_CHUNK = 60


@dataclass(frozen=True)
class Map:
    """By a mutant's name the tests that run its check; how long each takes."""

    ran: dict[str, list[str]]
    seconds: dict[str, float]

    def chunks(self, mutant: Mutant) -> Iterator[Sequence[str]]:
        """The tests that run it, spread over their files: a few, then the others. Those come first
        that are fast and run few other checks."""
        by_file: dict[str, list[str]] = {}
        for test in sorted(self.ran.get(mutant.name, ()), key=self._cost):
            by_file.setdefault(test.partition("::")[0], []).append(test)
        tests = _in_turn(iter(by_file.values()))
        yield from [tests[:FEW]] if tests else []
        for begin in range(FEW, len(tests), IN_A_CHUNK):
            yield tests[begin : begin + IN_A_CHUNK]

    def _cost(self, test: str) -> float:
        return self.seconds[test] * self._checks[test]

    @cached_property
    def _checks(self) -> Counter[str]:
        return Counter(test for tests in self.ran.values() for test in tests)


def _in_turn(files: Iterator[list[str]]) -> list[str]:
    return [test for test in chain.from_iterable(zip_longest(*files)) if test is not None]


def read() -> Map:
    """The map as it was drawn last; where there is none it is drawn now."""
    if not any(DRAWN.glob("*.json")):
        draw()
    ran: dict[str, list[str]] = {}
    seconds: dict[str, float] = {}
    for file in sorted(DRAWN.glob("*.json")):
        said = json.loads(file.read_text(encoding="utf-8"))
        seconds |= said["seconds"]
        for name, tests in said["ran"].items():
            ran.setdefault(name, []).extend(tests)
    return Map(ran, seconds)


def draw() -> float:
    """Draw the map anew, for so many seconds. Raises RuntimeError where a test is red as it is."""
    began = time.monotonic()
    DRAWN.mkdir(parents=True, exist_ok=True)
    for file in DRAWN.glob("*.json"):
        file.unlink()
    with ThreadPoolExecutor(AT_A_TIME) as running:
        list(running.map(_run, PARTS))
    return time.monotonic() - began


def _run(part: str) -> None:
    file = DRAWN / f"{part.replace('/', '-')}.json"
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.who_calls",
        "-p", "no:cacheprovider", "-k", "not postgis", part,
    ]  # fmt: skip
    environment = os.environ | {"ENABLER_CALLS": str(file), "ENABLER_PROVE": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        file.unlink(missing_ok=True)
        raise RuntimeError(f"{part} is red without any mutant: {done.stdout[-2000:]}")
