"""Checks are found, and taken out one at a time."""

import ast
import subprocess
import sys

import pytest

from enabler.domain.permissions import OF_ANYONE
from tests.mutants.hunting import Fate, excuses, summary
from tests.mutants.sites import ANYBODY_MAY, ROOT, VARIABLE, Mutant, mutants, mutants_of, without

IN_SERVICE, IN_CELLAR = "enabler/services/x.py", "enabler/persistence/x.py"


@pytest.mark.parametrize(
    ("path", "text", "kind", "left"),
    [
        (IN_SERVICE, "require(actor, action)", "require", "pass"),
        (IN_SERVICE, "x = y and allowed(actor, a)", "allowed", "x = y and True"),
        (IN_SERVICE, "x = need.place_id == here", "place", "x = True"),
        (IN_SERVICE, "x = need.ward_id not in mine", "ward", "x = False"),
        (
            IN_CELLAR, "q.where(NeedRow.place_id == place_id, a)", "place",
            "q.where(__import__('sqlalchemy').true(), a)",
        ),
        (
            IN_CELLAR, "q.where(NeedRow.place_id.in_(those))", "place",
            "q.where(__import__('sqlalchemy').true())",
        ),
        (IN_CELLAR, "q.filter_by(place_id=here, kind=k)", "place", "q.filter_by(kind=k)"),
    ],
)  # fmt: skip
def test_a_check_is_taken_out(path: str, text: str, kind: str, left: str) -> None:
    (mutant,) = mutants_of(path, text)
    assert mutant.kind == kind
    assert ast.unparse(without(mutant, text)) == left


@pytest.mark.parametrize(
    "text",
    [
        "requires(actor)", "require(actor, Action.SEE_PUBLIC)",
        "q.join(WardRow, WardRow.id == CellRow.ward_id)",
        "q.join(PlaceRow.__table__, _PLACE.id == _SESSION.place_id)",
        "Row(place_id=place_id)", "x = actor.place_id is None",
    ],
)  # fmt: skip
def test_what_checks_nothing_stays(text: str) -> None:
    assert list(mutants_of(IN_CELLAR, text)) == []


def test_what_anybody_may_is_what_the_rules_say() -> None:
    assert {action.name for action in OF_ANYONE} == ANYBODY_MAY


def test_of_two_on_one_line_one_is_taken_out() -> None:
    text = "x = or_(A.place_id == p, B.place_id == p)"
    first, second = mutants_of(IN_CELLAR, text)
    assert "B.place_id == p" in ast.unparse(without(first, text))
    assert "A.place_id == p" in ast.unparse(without(second, text))


def test_a_check_that_is_not_there_is_an_error() -> None:
    (mutant,) = mutants_of(IN_SERVICE, "require(actor, action)")
    with pytest.raises(LookupError):
        without(mutant, "pass")


def test_every_mutant_compiles_and_no_two_have_one_name_and_place() -> None:
    found = mutants()
    for mutant in found:
        compile(without(mutant, (ROOT / mutant.path).read_text(encoding="utf-8")), "x", "exec")
    assert len({(mutant.name, mutant.at, mutant.kind) for mutant in found}) == len(found)
    assert {mutant.kind for mutant in found} == {"require", "allowed", "place", "ward"}


def test_every_excuse_is_for_a_mutant_that_there_is() -> None:
    assert set(excuses()) <= {mutant.name for mutant in mutants()}


def test_a_module_is_imported_without_its_check() -> None:
    number = next(
        at for at, one in enumerate(mutants())
        if one.path.endswith("domain/permissions.py") and one.kind == "allowed"
    )  # fmt: skip
    script = (
        "import tests.mutants.plugin\n"
        "from enabler.domain.permissions import Action, Actor, require\n"
        "require(Actor.anonymous(), Action.MODERATE)\n"
    )
    for mutant, status in ((str(number), 0), (None, 1)):
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={VARIABLE: mutant} if mutant else {},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr


def test_the_summary_names_survivors_by_file_and_line() -> None:
    mutant = Mutant(IN_SERVICE, (7, 0), "require", "show", "require(actor, action)")
    fates = [
        Fate(mutant, "tests/x", 1), Fate(mutant, None, 1), Fate(mutant, None, 1, "because"),
    ]  # fmt: skip
    assert summary(fates).splitlines() == [
        "mutants 3 killed 1 excused 1 survived 1",
        "survived require enabler/services/x.py:7 in show: require(actor, action)",
    ]
