"""What a check covers, and for how long it is said beforehand."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from enabler.domain.categories import HIGHEST, TREE
from enabler.domain.checks import CHECKS, REASONS, covering, held
from enabler.domain.credentials import Credential, outlives
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.words.checks import ELIGIBLE_AS

K = CredentialKind
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LADDER = (K.DBS_BASIC, K.DBS_STANDARD, K.DBS_ENHANCED)


def test_every_kind_has_its_facts_and_covers_itself() -> None:
    assert set(CHECKS) == set(K)
    assert all(kind in check.covers for kind, check in CHECKS.items())
    assert all(check.months > 0 for check in CHECKS.values())


@pytest.mark.parametrize("top", [K.DBS_CHILDREN, K.DBS_ADULTS])
def test_a_higher_level_covers_all_below_it_and_not_the_other_list(top: K) -> None:
    assert held([top]) == {top, *LADDER}
    assert held([K.DBS_BOTH]) > held([top])


def test_a_lower_level_covers_nothing_above_it() -> None:
    for lower, higher in product(LADDER, LADDER):
        covers = LADDER.index(higher) <= LADDER.index(lower)
        assert (higher in held([lower])) is covers
    assert held([K.IDENTITY, K.DRIVING]) == {K.IDENTITY, K.DRIVING}


def test_covering_is_held_the_other_way_round() -> None:
    for wanted, shown in product(K, K):
        assert (shown in covering(wanted)) is (wanted in held([shown]))


def test_what_a_kind_of_help_asks_for_can_be_shown() -> None:
    asked = {kind for leaf in TREE.values() for kind in leaf.credentials} | HIGHEST
    assert asked <= set(CHECKS)


def test_above_the_basic_level_a_reason_is_asked_for_and_has_words() -> None:
    above = {kind for kind in K if kind.value.startswith("dbs") and kind is not K.DBS_BASIC}
    assert {kind for kind, check in CHECKS.items() if check.eligible} == above
    assert set(REASONS) == set(ELIGIBLE_AS)
    assert not any(CHECKS[kind].waivable for kind in above)


def a_check(identity: int, kind: K, days: int, **facts: object) -> Credential:
    """One that runs out in so many days."""
    return Credential(
        identity, 1, f"C{identity}", 1, None, kind, NOW - timedelta(days=9),
        NOW + timedelta(days=days), "MILO", **facts,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_check_outlives_another_that_it_covers() -> None:
    basic = a_check(1, K.DBS_BASIC, 20)
    assert outlives(a_check(2, K.DBS_ENHANCED, 21), basic, NOW)
    assert not outlives(a_check(2, K.DBS_ENHANCED, 20), basic, NOW)
    assert not outlives(a_check(2, K.IDENTITY, 900), basic, NOW)
    assert not outlives(a_check(2, K.DBS_BASIC, 900, revoked_at=NOW), basic, NOW)
    assert not outlives(basic, basic, NOW)
