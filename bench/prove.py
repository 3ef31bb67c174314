"""``make prove``: each promise of the project, proved at its full size, a line for each.

A proof is a set of tests marked ``@pytest.mark.prove("2.4")``; day by day they run at a size that
suits, and here, by ``ENABLER_PROVE=1``, at their full one (the fixture ``full_size`` tells them).
A proof without a test, or with one that was skipped, is not kept. What a proof printed is in
``.make/proofs``; what of it is a figure is shown here as well.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
RECORDS = ROOT / ".make" / "proofs"

PROOFS = {
    "2.1": "A fresh clone shows a peopled place in 3 minutes, and again in 15 seconds",
    "2.2": "A neighbour is found, asked, says yes, comes, and it is done: by browser, axe content",
    "2.3": "Any place's file: imported, peopled with 2,000, matched, checked, on both databases",
    "2.4": "20 say yes at once, one is chosen, 50 times of 50; n slots take n",
    "2.5": "A home moved inside its cell changes no byte that others are served",
    "2.6": "A backup made under load restores clean, with all that was acknowledged",
    "4.1": "Every route is tried as everybody, and no check of leave, place or ward can go unseen",
    "4.9": "3,000 calls of the JSON door by each kind of member: none breaks or is undocumented",
    "4.10": "Whatever is typed in any field, address or call comes back as it was, or is refused",
    "4.11": "A form that is sent twice, at once or from two windows, makes one thing",
    "5.1": "A storm of 8 processes on the hours: sum zero at every read, no floor broken",
    "5.2": "The same key 20 times at once moves hours once; another body is refused",
    "5.4": "A week of the demo: each confirmed help that earns moves once, and no law is broken",
    "6.1": "5,000 sequences of what all can do: nobody is asked or shown what they must not",
    "6.2": "20 custodians storm 200 held things: one serial order, every loser told, no word lost",
    "6.4": "The demonstration's desk is cleared by its own words, by keyboard, at two widths",
    "6.5": "Rules come into force at their minute, on both sides of both clock changes",
    "6.6": "1,000 visits, words lost, twice or late, both clock changes: no alarm is missed",
    "7.1": "A copy has all of one's own and nothing of another's; what has had its time is gone",
    "7.2": "Every answer that shows somebody wrote its sight in that transaction; others none",
    "7.3": "A supporter does what both may and no more; an end looks like a lapse to the byte",
    "8.2": "2,000 texts, each up to five times, the house killed: what each once comes to",
    "8.3": "A sender of texts killed at every point over 300: none lost, none doubled",
    "8.4": "20,000 texts of all kinds, the whole way: each answered at once, none too long",
    "8.5": "1,000 sessions with another's number learn and move nothing that a text may not",
}
"""Issue and number of the promise, and what it says."""
FIGURES = ("mutants ", "survived ")
SIDE_BY_SIDE = frozenset({"6.1"})
"""Proofs whose tests are many, and nothing to each other: they take all cores."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a proof went: tests run, how many of them did not pass, how many were left out."""

    ran: int
    failed: int
    skipped: int

    @property
    def kept(self) -> bool:
        """Whether the promise is kept: every test of it ran and passed."""
        return self.ran > 0 and not self.failed and not self.skipped

    def __str__(self) -> str:
        if self.kept:
            return "kept"
        if not self.ran:
            return "NO TEST"
        return f"{self.failed} FAILED, {self.skipped} left out"


def outcome(report: Path) -> Outcome:
    """The outcome that a JUnit report tells; none ran where there is no report."""
    if not report.exists():
        return Outcome(0, 0, 0)
    suites = ElementTree.parse(report).getroot().findall("testsuite")  # noqa: S314 - we wrote it

    def count(*kinds: str) -> int:
        return sum(int(suite.get(kind, 0)) for suite in suites for kind in kinds)

    return Outcome(count("tests"), count("failures", "errors"), count("skipped"))


def figures(record: Path) -> list[str]:
    """The lines of a record that the proof itself has to say, by the word that they begin with."""
    if not record.exists():
        return []
    lines = record.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(FIGURES)]


def prove(number: str) -> Outcome:
    """Run one proof, its output into its record."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    report = RECORDS / f"{number}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "--proof", number, f"--junitxml={report}"]
    if number in SIDE_BY_SIDE:
        command += ["-n", "auto"]
    with (RECORDS / f"{number}.txt").open("w") as record:
        subprocess.run(
            command,
            cwd=ROOT,
            stdout=record,
            stderr=subprocess.STDOUT,
            env=os.environ | {"ENABLER_PROVE": "1"},
            check=False,
        )
    return outcome(report)


def main(asked: Iterable[str]) -> int:
    """Prove what is asked for, or everything; 1 unless each promise is kept, 2 for an unknown."""
    numbers = list(asked) or list(PROOFS)
    unknown = [number for number in numbers if number not in PROOFS]
    if unknown:
        print(f"No such proof: {', '.join(unknown)}. There are {', '.join(PROOFS)}.")
        return 2
    all_kept = True
    for number in numbers:
        began = time.monotonic()
        result = prove(number)
        seconds = time.monotonic() - began
        print(f"{number}  {PROOFS[number]}: {result} ({seconds:.0f} s)", flush=True)
        for line in figures(RECORDS / f"{number}.txt"):
            print(f"     {line}", flush=True)
        all_kept = all_kept and result.kept
    return 0 if all_kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
