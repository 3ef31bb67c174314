"""A mutant meets first a few of the tests that run its check, then the others."""

import ast
from collections.abc import Callable
from types import SimpleNamespace

from tests.mutants import nearest, switch
from tests.mutants.nearest import Map
from tests.mutants.sites import mutants_of
from tests.mutants.switch import switched

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


def numbers(node: ast.AST) -> tuple[int, ...]:
    """Which checks a question is about."""
    assert isinstance(node, ast.Call)
    return tuple(ast.literal_eval(arg) for arg in node.args)


def test_a_check_has_a_switch_and_one_computed_once_is_told_by_every_function() -> None:
    numbered = dict(enumerate(mutants_of(PATH, TEXT)))
    once, inner = sorted(numbered, key=lambda one: numbered[one].within)
    _, first, second = switched(TEXT, numbered).body
    assert isinstance(first, ast.FunctionDef)
    assert isinstance(second, ast.FunctionDef)
    assert ast.get_docstring(first) == "Says something."
    for told in (first.body[1], second.body[0]):
        assert isinstance(told, ast.Expr)
        assert numbers(told.value) == (once,)
    (choice,) = (node for node in ast.walk(first) if isinstance(node, ast.IfExp))
    assert numbers(choice.test) == (inner,)
    assert ast.unparse(choice.orelse) == "NeedRow.place_id == place"
    assert "true()" in ast.unparse(choice.body)


def test_a_switch_takes_out_its_check_and_no_other() -> None:
    text = "def f(a, b):\n    return a.place_id == 1 and b.ward_id == 2"
    path = "enabler/services/x.py"
    made: dict[str, Callable[..., bool]] = {}
    exec(compile(switched(text, dict(enumerate(mutants_of(path, text)))), path, "exec"), made)  # noqa: S102
    wrong = SimpleNamespace(place_id=2, ward_id=1)
    right = SimpleNamespace(place_id=1, ward_id=2)
    pairs = ((wrong, right), (right, wrong), (right, right))
    try:
        for number, said in ((-1, [False, False, True]), (0, [True, False, True]),
                             (1, [False, True, True])):  # fmt: skip
            switch.take_out(number)
            assert [made["f"](a, b) for a, b in pairs] == said
    finally:
        switch.take_out(-1)


def test_few_come_first_of_each_file_the_fast_that_run_little_else_then_all_others() -> None:
    other, mutant = mutants_of(PATH, TEXT)
    tests = {f"tests/{file}::{each}": each + 1.0 for file in ("a.py", "b.py") for each in range(20)}
    also = "tests/a.py::0"
    known = Map({mutant.name: list(tests), other.name: [also]}, tests)
    first, later = known.chunks(mutant)
    assert first[:3] == ["tests/b.py::0", "tests/a.py::0", "tests/b.py::1"]
    assert len(first) == nearest.FEW
    assert sorted((*first, *later)) == sorted(tests)


def test_whoever_no_test_runs_meets_none_by_the_map() -> None:
    _, mutant = mutants_of(PATH, TEXT)
    assert list(Map({}, {}).chunks(mutant)) == []
