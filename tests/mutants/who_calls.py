"""``pytest -p tests.mutants.who_calls``: which test runs which check, and how long it takes.

Before each statement with a check in it stands one that takes down the test under way. What is
computed once, when its module is imported, counts as run by whoever runs a function of the module.
What a fixture of the whole session runs, its first test does. ENABLER_CALLS names the file.
"""

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.importing import install
from tests.mutants.sites import Mutant, at, checks, mutants, mutants_of

CALLS = "ENABLER_CALLS"
_now = ""
_ran: dict[str, dict[str, None]] = {}
_seconds: dict[str, float] = {}


def ran(*names: str) -> None:
    """The test under way comes by these checks."""
    if _now:
        for name in names:
            _ran.setdefault(name, {})[_now] = None


class _Marking(ast.NodeTransformer):
    """Puts a mark before each statement with a check in it."""

    def __init__(self, found: list[Mutant]) -> None:
        self._names = {(one.at, one.kind, one.said): one.name for one in found}
        self._path = found[0].path
        self._here: list[str] = []
        self._depth = 0
        self.everywhere: list[str] = []

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:  # type: ignore[override]
        """The node; a statement with its mark."""
        if not isinstance(node, ast.stmt):
            self._take(node)
            return self.generic_visit(node)
        outer, self._here = self._here, []
        self._take(node)
        inside = isinstance(node, ast.FunctionDef)
        self._depth += inside
        node = self.generic_visit(node)
        self._depth -= inside
        names, self._here = self._here, outer
        if not self._depth:
            self.everywhere += names
        return [_mark(names), node] if names and self._depth else node

    def _take(self, node: ast.AST) -> None:
        for kind in checks(node, self._path):
            name = self._names.get((at(node), kind, ast.unparse(node)))
            self._here += [name] if name else []


def _mark(names: list[str]) -> ast.stmt:
    said = ", ".join(map(repr, names))
    return ast.parse(f"__import__({__name__!r}, fromlist=['ran']).ran({said})").body[0]


def marked(path: str, text: str) -> ast.Module:
    """The source as a tree with a mark before each check of it."""
    marking = _Marking(list(mutants_of(path, text)))
    tree = ast.parse(text)
    marking.generic_visit(tree)
    if marking.everywhere:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                node.body.insert(ast.get_docstring(node) is not None, _mark(marking.everywhere))
    return ast.fix_missing_locations(tree)


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
    install(sorted({mutant.path for mutant in mutants()}), marked)
