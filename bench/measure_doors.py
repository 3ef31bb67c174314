"""Figures 9 to 12: the doors against a bare Flask page over the same SQL, in one run.

9: the signed-in JSON list, 10: pages, as shares of the bare page's speed; 11: queries, which no
size may add to; 12: memory of a worker over a process that imports the same packages. Speed is
counted in the process's own time, so that what else the machine does meets neither.
"""

import json
import statistics
import subprocess
import sys
import time
from functools import partial
from typing import Any

from bench.bare_doors import bare_app, recorded
from bench.doors import Served, served
from bench.figures import Report, at_least, at_most, sizes_asked

PAIRS, CALLS = 7, 20
PAGES = {"/api/v1/needs": (9, 0.25), "/": (10, 0.12), "/me": (10, 0.12)}
QUERIES_BAR, MEMORY_BAR = at_most(12), at_most(60)
_MEMORY = """
import json, resource, sys
from bench.doors import served
from bench.measure_doors import PAGES, megabytes
with served("hamlet") as here:
    for path in PAGES:
        here.client.get(path)
    names = [name for name, one in list(sys.modules.items())
             if "site-packages" in (getattr(one, "__file__", None) or "")]
    print(json.dumps([megabytes(), names]))
"""
_PACKAGES = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
for name in json.loads(sys.stdin.read()):
    try:
        importlib.import_module(name)
    except Exception:
        continue
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024)
"""  # noqa: E501


def main(sizes: tuple[str, ...]) -> bool:
    """Whether every figure is kept."""
    report = Report("doors", sizes)
    for size in sizes:
        with served(size) as here:
            for path in PAGES:
                _page(report, size, here, path)
    worker, packages = _memory()
    report.figure(12, (sizes[0], "one"), "worker / packages alone, more", worker - packages,
                  unit=" MB", bar=MEMORY_BAR, more=f"{worker:.0f} and {packages:.0f}")  # fmt: skip
    return report.all_kept


def _page(report: Report, size: str, here: Served, path: str) -> None:
    number, share = PAGES[path]
    with recorded(here.app) as statements:
        answer = here.client.get(path)
    assert answer.status_code == 200, answer.status
    bare = bare_app(str(here.path), statements, html=not path.startswith("/api")).test_client()
    ours = partial(here.client.get, path)
    pairs = [(_seconds(ours), _seconds(partial(bare.get, "/"))) for _ in range(PAIRS)]
    found = statistics.median(bare_one / our_one for our_one, bare_one in pairs)
    our_time = statistics.median(our_one for our_one, _ in pairs) * 1000 / CALLS
    report.figure(number, (size, path), "speed, of a bare page's", found, bar=at_least(share),
                  more=f"{our_time:.2f} ms of the processor")  # fmt: skip
    report.figure(11, (size, path), "queries", len(statements), unit="", bar=QUERIES_BAR)


def _seconds(call: Any) -> float:
    began = time.process_time()
    for _ in range(CALLS):
        call().close()
    return time.process_time() - began


def megabytes() -> float:
    """What this process holds in memory."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def _memory() -> tuple[float, float]:
    """Megabytes of a worker that has shown each page, and of its packages without us."""
    worker, names = json.loads(_run(_MEMORY))
    return float(worker), float(_run(_PACKAGES, json.dumps(names)))


def _run(program: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main(sizes_asked())
