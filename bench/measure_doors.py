"""Figures 9 to 12: the doors against a bare Flask page over the same SQL, in one run.

9: the signed-in JSON list, 10: pages, as shares of a bare page's answers a second, both behind the
product's own server with as many workers and threads, asked over the loopback by as many callers
at once, each time on a connection of its own, as phones come; beside it, without a bar, the same on
connections that are kept. 11: queries, which no size may add to; 12: memory of a worker over a
process that imports the same packages. The two are asked by turns, so that what else the machine
does meets both.
"""

import json
import pickle
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bench.bare_doors import Page, recorded
from bench.doors import Served, served
from bench.figures import Report, at_least, at_most, said, sizes_asked
from bench.serving import Bare, Callers, Ours, Rate, served_at

PAIRS, SECONDS = 7, 1.0
PAGES = {"/api/v1/needs": (9, 0.25), "/": (10, 0.12), "/me": (10, 0.12)}
QUERIES_BAR, MEMORY_BAR = at_most(12), at_most(60)
Pairs = Callable[[Callers, Callers], list[tuple[Rate, Rate]]]
_MEMORY = """
import json, pickle, sys
from bench.measure_doors import PAGES, megabytes
ours, cookie = pickle.loads(bytes.fromhex(sys.stdin.read()))
visitor = ours.app().test_client()
visitor.set_cookie(*cookie.split("=", 1))
for path in PAGES:
    assert visitor.get(path).status_code == 200
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


def main(sizes: tuple[str, ...], *, pairs: int = PAIRS, seconds: float = SECONDS) -> bool:
    """Whether every figure is kept, by so many pairs of so many seconds each."""
    report = Report("doors", sizes)
    for size in sizes:
        with served(size) as here:
            _doors(report, size, here, partial(_pairs, pairs, seconds))
    worker, packages = _memory()
    report.figure(12, (sizes[0], "one"), "worker / packages alone, more", worker - packages,
                  unit=" MB", bar=MEMORY_BAR, more=f"{worker:.0f} and {packages:.0f}")  # fmt: skip
    return report.all_kept


def _doors(report: Report, size: str, here: Served, pairs: Pairs) -> None:
    pages = [_recorded(here, path) for path in PAGES]
    bare = Bare(here.settings, str(here.path), pages)
    many = here.settings.workers * here.settings.threads
    with served_at(Ours(here.settings)) as server, served_at(bare) as other:
        for number, page in enumerate(pages):
            ours = Callers(server, page.path, here.cookie, many)
            bares = Callers(other, f"/{number}", "", many)
            _speed(report, size, page, pairs(ours, bares))
            kept = pairs(replace(ours, keep=True), replace(bares, keep=True))
            _speed(report, size, page, kept, keep=True)
            queries = len(page.statements)
            report.figure(11, (size, page.path), "queries", queries, unit="", bar=QUERIES_BAR)


def _recorded(here: Served, path: str) -> Page:
    with recorded(here.app) as statements:
        answer = here.client.get(path)
    assert answer.status_code == 200, answer.status
    return Page(path, statements)


def _speed(
    report: Report, size: str, page: Page, found: list[tuple[Rate, Rate]], *, keep: bool = False
) -> None:
    number, share = PAGES[page.path]
    ours, bares = ([pair[one] for pair in found] for one in (0, 1))
    report.figure(
        number, (size, page.path),
        "answers a second, of a bare page's" + (", on kept connections" if keep else ""),
        statistics.median(our.answers / bare.answers for our, bare in found),
        bar=None if keep else at_least(share),
        more=f"{_median(ours, 'answers')} of {_median(bares, 'answers')}; the server's processor "
        f"{_median(ours, 'busy')} and {_median(bares, 'busy')} ms",
    )  # fmt: skip


def _pairs(many: int, seconds: float, ours: Callers, bare: Callers) -> list[tuple[Rate, Rate]]:
    for callers in (ours, bare):  # the first answers compile templates and statements
        callers.rate(seconds)
    return [(ours.rate(seconds), bare.rate(seconds)) for _ in range(many)]


def _median(rates: list[Rate], what: str) -> str:
    return said(statistics.median(getattr(one, what) for one in rates))


def megabytes() -> float:
    """What this process holds in memory."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def _memory() -> tuple[float, float]:
    """Megabytes of a worker that has shown each page, and of its packages without us. The place
    is made elsewhere: a worker neither lays tables nor peoples a place."""
    with served("hamlet") as here:
        known = pickle.dumps((Ours(here.settings), here.cookie))
        worker, names = json.loads(_run(_MEMORY, known.hex()))
    return float(worker), float(_run(_PACKAGES, json.dumps(names)))


def _run(program: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    main(sizes_asked())
