"""Every check of the product with a switch beside it: it is taken out while the tests run.

A module imported with its switches behaves as it is written until :func:`take_out` names a check;
then that one is as :class:`~tests.mutants.sites.Removal` leaves it. Whoever comes by a switch is
told, and so it is known which test runs which check. What is computed once, when its module is
imported, has no switch: it counts as run by whoever runs a function of the module.
"""

import ast
import copy
from collections.abc import Callable, Mapping

from tests.mutants.importing import install
from tests.mutants.sites import Mutant, Removal, at, checks, mutants

_out: int | None = None
_told: Callable[[int], None] | None = None


def take_out(number: int) -> None:
    """From now on this check is out."""
    global _out
    _out = number


def tell(told: Callable[[int], None]) -> None:
    """Who is told the number of each check that a test comes by."""
    global _told
    _told = told


def out(*numbers: int) -> bool:
    """Whether one of these checks is out; asked whenever somebody comes by them."""
    if _told:
        for number in numbers:
            _told(number)
    return _out in numbers


class _Switching(ast.NodeTransformer):
    """Puts a choice in the place of each check that is in a function."""

    def __init__(self, numbered: Mapping[int, Mutant]) -> None:
        self._by_site = {(m.at, m.kind, m.said): (m, number) for number, m in numbered.items()}
        self._path = next(iter(numbered.values())).path
        self._depth = 0
        self.everywhere: list[int] = []

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or a choice between it and what is left without its check."""
        sites = [(at(node), kind, ast.unparse(node)) for kind in checks(node, self._path)]
        found = [self._by_site[site] for site in sites if site in self._by_site]
        if not self._depth:
            self.everywhere += [number for _, number in found]
            found = []
        left = [(Removal(one).visit(copy.deepcopy(node)), number) for one, number in found]
        inside = isinstance(node, ast.FunctionDef)
        self._depth += inside
        node = self.generic_visit(node)
        self._depth -= inside
        for without, number in left:
            node = _choice(number, node, without)
        return node


def _asked(*numbers: int) -> ast.expr:
    said = ", ".join(map(str, numbers))
    question = f"__import__({__name__!r}, fromlist=['out']).out({said})"
    return ast.parse(question, mode="eval").body


def _choice(number: int, node: ast.AST, without: ast.AST) -> ast.AST:
    if isinstance(node, ast.stmt):
        assert isinstance(without, ast.stmt)
        return ast.If(_asked(number), [without], [node])
    assert isinstance(node, ast.expr)
    assert isinstance(without, ast.expr)
    return ast.IfExp(_asked(number), without, node)


def switched(text: str, numbered: Mapping[int, Mutant]) -> ast.Module:
    """The source as a tree with a switch beside each of these checks of it."""
    switching = _Switching(numbered)
    tree = ast.parse(text)
    switching.visit(tree)
    if switching.everywhere:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                told = ast.Expr(_asked(*switching.everywhere))
                node.body.insert(ast.get_docstring(node) is not None, told)
    return ast.fix_missing_locations(tree)


def install_switches() -> None:
    """From now on the product is imported with its switches."""
    by_path: dict[str, dict[int, Mutant]] = {}
    for number, mutant in enumerate(mutants()):
        by_path.setdefault(mutant.path, {})[number] = mutant
    install(by_path, lambda path, text: switched(text, by_path[path]))
