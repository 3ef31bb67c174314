"""Where leave is asked for, and where a place or a ward is named: what can be taken out.

Four kinds. *require*: the statement goes. *allowed*: it says yes. *place* and *ward*: a condition
on ``place_id`` or ``ward_id`` holds for every row. A condition that joins two tables stays, and
so does one that only asks whether there is a place at all.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
WHERE = ("enabler/services", "enabler/persistence", "enabler/domain/permissions.py")
NOT_THERE = ("enabler/persistence/tables",)
COLUMNS = {"place_id": "place", "ward_id": "ward"}
ANYBODY_MAY = frozenset({"SEE_PUBLIC", "SIGN_IN", "TELL_COUNCIL", "FOLLOW_LINK"})
"""What whoever asks may do: it is asked only so that every service says whom it lets in."""
IN_SQL = "enabler/persistence"
VARIABLE = "ENABLER_MUTANT"
"""By which a run of tests knows its mutant."""
_CONDITIONS = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)
_SAYS_NO = (ast.NotEq, ast.NotIn)


@dataclass(frozen=True)
class Mutant:
    """One check to take out; ``at`` is its line and column now."""

    path: str
    at: tuple[int, int]
    kind: str
    within: str
    said: str

    @property
    def name(self) -> str:
        """What it is known by while lines move."""
        return f"{self.path} {self.within}: {self.said}"

    @property
    def computed_once(self) -> bool:
        """Whether it is computed when its module is imported."""
        return not self.within

    def __str__(self) -> str:
        return f"{self.kind} {self.path}:{self.at[0]} in {self.within}: {self.said}"


def mutants() -> list[Mutant]:
    """All there are, file by file."""
    found = (path for top in WHERE for path in (ROOT / top, *(ROOT / top).rglob("*.py")))
    named = [path.relative_to(ROOT).as_posix() for path in sorted(found) if path.is_file()]
    return [
        mutant for path in named if not path.startswith(NOT_THERE)
        for mutant in mutants_of(path, (ROOT / path).read_text(encoding="utf-8"))
    ]  # fmt: skip


def mutants_of(path: str, text: str) -> Iterator[Mutant]:
    """Those of one source, in the order of its lines."""
    tree = ast.parse(text)
    within = _functions(tree)
    for node in ast.walk(tree):
        for kind in checks(node, path):
            here = at(node)
            yield Mutant(path, here, kind, within.get(here[0], ""), ast.unparse(node))


def _functions(tree: ast.AST) -> dict[int, str]:
    """The innermost function of each line."""
    found: dict[int, str] = {}
    for node in ast.walk(tree):  # from the outside inwards
        if isinstance(node, ast.FunctionDef):
            found |= dict.fromkeys(range(node.lineno, (node.end_lineno or 0) + 1), node.name)
    return found


def at(node: ast.AST) -> tuple[int, int]:
    """The line and column of a node."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def checks(node: ast.AST, path: str) -> Iterator[str]:
    """Of which kinds a node is a check, if it is one."""
    if isinstance(node, ast.Expr) and _asks_leave(node.value, "require"):
        yield "require"
    if _asks_leave(node, "allowed"):
        yield "allowed"
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], _CONDITIONS):
        column = _column(node.left) or _column(node.comparators[0])
        if column and not _joins(node.left, node.comparators[0]):
            yield COLUMNS[column]
    if path.startswith(IN_SQL) and isinstance(node, ast.Call):
        yield from _in_call(node)


def _in_call(node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Attribute) and node.func.attr == "in_":
        column = _column(node.func.value)
        if column:
            yield COLUMNS[column]
    if isinstance(node.func, ast.Attribute) and node.func.attr == "filter_by":
        yield from (COLUMNS[each.arg] for each in node.keywords if each.arg in COLUMNS)


def _asks_leave(node: ast.AST, name: str) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return False
    actions = {each.attr for each in node.args if isinstance(each, ast.Attribute)}
    return node.func.id == name and not actions & ANYBODY_MAY


def _column(node: ast.AST) -> str | None:
    return node.attr if isinstance(node, ast.Attribute) and node.attr in COLUMNS else None


def _joins(*sides: ast.AST) -> bool:
    return any(
        isinstance(side, ast.Attribute) and side.attr == "id" and isinstance(side.value, ast.Name)
        and (side.value.id.endswith("Row") or side.value.id.isupper())
        for side in sides
    )  # fmt: skip


class Removal(ast.NodeTransformer):
    """Takes one check out of a tree."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self.done = 0

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or what stands for it without the check."""
        mutant = self._mutant
        here = at(node) == mutant.at and mutant.kind in checks(node, mutant.path)
        if not here or ast.unparse(node) != mutant.said:
            return self.generic_visit(node)
        self.done += 1
        return ast.copy_location(self._without(node), node)

    def _without(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Expr):
            return ast.Pass()
        if isinstance(node, ast.Call) and self._mutant.kind != "allowed" and node.keywords:
            node.keywords = [each for each in node.keywords if each.arg not in COLUMNS]
            return node
        if self._mutant.kind != "allowed" and self._mutant.path.startswith(IN_SQL):
            return ast.parse('__import__("sqlalchemy").true()', mode="eval").body
        says_no = isinstance(node, ast.Compare) and isinstance(node.ops[0], _SAYS_NO)
        return ast.Constant(not says_no)


def without(mutant: Mutant, text: str) -> ast.Module:
    """The source as a tree without that check. Raises LookupError where it is not in it."""
    removal = Removal(mutant)
    tree = removal.visit(ast.parse(text))
    if removal.done != 1:
        raise LookupError(f"found {removal.done} times: {mutant}")
    return ast.fix_missing_locations(tree)
