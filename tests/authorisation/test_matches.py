"""Every cell of the rules about matches, tried."""

import pytest

from tests.authorisation.matrix import rules_of, tried
from tests.authorisation.rules import Rule
from tests.authorisation.worlds import World

RULES = rules_of(matches=True)


@pytest.mark.prove("4.1")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_who_may_and_who_may_not(world: World, rule: Rule) -> None:
    assert tried(world, rule) == []
