"""What the time bank does where a place's ruleset says nothing is said in one voice."""

from enabler.domain.ruleset import Ruleset
from enabler.services._hours_policy import policy_of, watch_of
from enabler.timebank.gaming import Watch
from enabler.timebank.limits import HoursPolicy


def test_a_ruleset_that_says_nothing_is_the_time_banks_own_policy() -> None:
    assert policy_of(Ruleset(1, 1)) == HoursPolicy()
    assert watch_of(Ruleset(1, 1)) == Watch()
