"""What is one's own is asked for by members, and what is the desk's by the desk."""

from collections.abc import Callable

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.services import own_reports, questions, rulesets
from tests.builders import NOW, BuiltPlace, a_member


@pytest.mark.parametrize(
    "asked",
    [
        lambda actor: own_reports.mine(actor=actor, now=NOW),
        lambda actor: own_reports.all_told(actor=actor, now=NOW),
        lambda actor: questions.waiting(actor=actor),
    ],
    ids=["reports", "what the council wrote of them", "questions"],
)  # fmt: skip
def test_is_a_members(place: BuiltPlace, asked: Callable[[Actor], object]) -> None:
    assert asked(a_member(place).actor) == ()
    with pytest.raises(NotAllowed):
        asked(Actor.anonymous(place.id))


def test_whoever_drafts_no_rules_chooses_no_wards_for_them(place: BuiltPlace) -> None:
    with pytest.raises(NotAllowed):
        rulesets.wards(actor=a_member(place).actor)
