"""Every mutant meets the tests that run its check, two at a time: those first that run little else.

A test that does not run a check cannot miss it, and so no others are tried.
"""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.mutants.nearest import AT_A_TIME, DRAWN, PARTS, Map, read
from tests.mutants.sites import ROOT, VARIABLE, Mutant, mutants

EXCUSED = Path(__file__).with_name("excused.toml")
KILLED, SURVIVED = 1, 0
"""What pytest exits with."""
NOT_FOUND = 4
"""What it exits with for a test that the map knows from before and that has gone since."""
RED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgis")


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


class _Hunter:
    """A process that forks for each mutant; see :mod:`tests.mutants.hunter`."""

    def __init__(self) -> None:
        asked, self._ask = os.pipe()
        self._answers, answer = os.pipe()
        self._log = (DRAWN / f"hunter-{self._ask}.log").open("w+")
        self._process = subprocess.Popen(
            [*PYTEST, "-s", "-p", "tests.mutants.hunter", *PARTS], cwd=ROOT, stdout=self._log,
            stderr=subprocess.STDOUT, pass_fds=(asked, answer),
            env=os.environ | {"ENABLER_PROVE": "0", "ENABLER_HUNT": f"{asked},{answer}"},
        )  # fmt: skip
        os.close(asked)
        os.close(answer)
        self._told = os.fdopen(self._answers)

    def meet(self, number: int) -> str | None:
        """Which test turns red without this check. Raises RuntimeError where none can be run."""
        os.write(self._ask, f"{number}\n".encode())
        said = self._told.readline()
        if not said:
            self._log.seek(0)
            raise RuntimeError(f"mutant {number}: {self._log.read()[-2000:]}")
        return None if (red := json.loads(said)) is None else str(red)

    def rest(self) -> None:
        """There are no more."""
        os.close(self._ask)
        self._process.wait()
        self._told.close()
        self._log.close()


def hunt(numbers: Sequence[int], tell: Callable[[str], None]) -> list[Fate]:
    """Let these mutants meet the tests; each fate is told when it is known."""
    known, excused, everything = read(), excuses(), mutants()
    waiting: SimpleQueue[int] = SimpleQueue()
    fates: list[Fate] = []
    for number in numbers:
        waiting.put(number)

    def work() -> None:
        hunter = _Hunter()
        try:
            while True:
                number = waiting.get_nowait()
                began, mutant = time.monotonic(), everything[number]
                red = None
                if mutant.name not in excused:
                    red = None if mutant.computed_once else hunter.meet(number)
                    red = red or _alone(number, known)
                excuse = excused.get(mutant.name)
                fates.append(Fate(mutant, red, time.monotonic() - began, excuse))
                tell(f"{len(fates)} of {len(numbers)}  {fates[-1]}")
        except Empty:
            pass
        finally:
            hunter.rest()

    with ThreadPoolExecutor(AT_A_TIME) as hunters:
        for each in [hunters.submit(work) for _ in range(AT_A_TIME)]:
            each.result()
    return fates


def _alone(number: int, known: Map) -> str | None:
    """The same of a check that may be computed when its module is imported: a process for it."""
    chunks = known.chunks(mutants()[number])
    return next((red for tests in chunks if (red := _run(number, tests))), None)


def _run(number: int, tests: Sequence[str]) -> str | None:
    done = subprocess.run(
        [*PYTEST, "-x", "-p", "tests.mutants.plugin", *tests], cwd=ROOT, capture_output=True,
        env=os.environ | {VARIABLE: str(number), "ENABLER_PROVE": "0"}, text=True, check=False,
    )  # fmt: skip
    if done.returncode == KILLED:
        red = RED.search(done.stdout)
        return red[1] if red else tests[0]
    if done.returncode not in (SURVIVED, NOT_FOUND):
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
