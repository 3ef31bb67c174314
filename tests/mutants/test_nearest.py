"""A mutant meets first a few of the tests that run its check, then the others."""

import ast

from tests.mutants import nearest
from tests.mutants.nearest import Map
from tests.mutants.sites import mutants_of
from tests.mutants.who_calls import marked

PATH = "enabler/persistence/x.py"
TEXT = """
_COMPILED = select(NeedRow.place_id == place)

def first(place):
    "Says something."
    if place:
        return query(NeedRow.place_id == place)
    return None

def second():
    pass
"""


def names(body: list[ast.stmt]) -> list[list[str]]:
    """What the marks among these statements name, the part after the path."""
    values = [one.value for one in body if isinstance(one, ast.Expr)]
    calls = [value for value in values if isinstance(value, ast.Call)]
    said = [[ast.literal_eval(arg) for arg in call.args] for call in calls]
    return [[name.removeprefix(f"{PATH} ") for name in one] for one in said]


def test_a_statement_with_a_check_is_marked_and_what_is_compiled_once_in_every_function() -> None:
    _, first, second = marked(PATH, TEXT).body
    assert isinstance(first, ast.FunctionDef)
    assert isinstance(second, ast.FunctionDef)
    compiled, inner = ": NeedRow.place_id == place", "first: NeedRow.place_id == place"
    assert ast.get_docstring(first) == "Says something."
    assert names(first.body[1:]) == [[compiled]]
    assert isinstance(first.body[2], ast.If)
    assert names(first.body[2].body) == [[inner]]
    assert names(second.body) == [[compiled]]


def test_few_come_first_from_each_file_the_fastest_and_then_all_others() -> None:
    _, mutant = mutants_of(PATH, TEXT)
    tests = {f"tests/{file}::{each}": each for file in ("a.py", "b.py") for each in range(20)}
    cell = f"{nearest.MATRIX}/m.py::1"
    known = Map({mutant.name: [*tests, cell]}, {**tests, cell: 0.0})
    first, later = known.chunks(mutant)
    assert first[:3] == ("tests/a.py::0", "tests/b.py::0", "tests/a.py::1")
    assert first[nearest.FEW :] == (cell,)
    assert sorted((*first, *later)) == sorted((*tests, cell))


def test_whoever_no_test_runs_meets_none_by_the_map() -> None:
    _, mutant = mutants_of(PATH, TEXT)
    assert list(Map({}, {}).chunks(mutant)) == []
