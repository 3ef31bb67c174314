"""What help asks of whoever gives it: never under the law's least, unknown means highest."""

from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.categories import TREE, credentials_for
from enabler.domain.checks import held
from enabler.domain.demands import (
    AMONG_OTHERS,
    FIRST_HELPS,
    demands,
    possible_of,
    settings_of,
)
from enabler.domain.meeting import NONE_SO, Circumstance, Setting, in_full, possible
from enabler.domain.risk import LAW, SHIPPED, STEPS, Rule, read_rule, written_rule
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.vocabulary import CredentialKind, Risk

SLUGS = st.sampled_from([*TREE, "school-run"])
SETTINGS = st.none() | st.sampled_from(list(Setting))
SAID = st.frozensets(st.sampled_from(list(Circumstance)))
CHECKS = st.frozensets(st.sampled_from(list(CredentialKind)))
RULES = st.builds(
    Rule, settings=st.frozensets(st.sampled_from(list(Setting))), circumstances=SAID,
    risks=st.frozensets(st.sampled_from(list(Risk))), categories=st.frozensets(SLUGS),
    credentials=CHECKS, **{step: st.booleans() for step in STEPS},
).filter(lambda rule: bool(rule.credentials or rule.steps))  # fmt: skip
PLACES = st.builds(
    Ruleset, id=st.just(1), version=st.just(1), risk_rules=st.lists(RULES, max_size=5).map(tuple),
    first_helps=st.integers(0, 9),
)  # fmt: skip
HERE = Ruleset(1, 1)


@given(SLUGS, SETTINGS, SAID, PLACES)
def test_no_place_goes_below_the_law(slug, setting, said, place) -> None:
    least = demands(slug, setting, said, Ruleset(1, 1, risk_rules=(), first_helps=0))
    asked = demands(slug, setting, said, place)
    assert least.credentials <= asked.credentials
    assert credentials_for(slug, place) <= asked.credentials
    assert least.law == asked.law


@given(SLUGS, st.sampled_from(list(Setting)), SAID, PLACES)
def test_what_nobody_said_asks_for_the_most(slug, setting, said, place) -> None:
    if setting not in settings_of(slug):
        return
    known, unknown = demands(slug, setting, said, place), demands(slug, None, said, place)
    assert known.credentials <= unknown.credentials
    assert all(getattr(unknown, step) for step in STEPS if getattr(known, step))


@given(SLUGS, SETTINGS, SAID, SAID, PLACES)
def test_what_nobody_answered_counts_as_so(slug, setting, so, unanswered, place) -> None:
    """Whatever may be so in such help there: a no is what takes it away, silence never."""
    full = in_full(so)
    silent = [one for one in full if one.removeprefix("not-") not in unanswered]
    may_be = set(possible_of(slug, setting)) & unanswered
    assert demands(slug, setting, silent, place) == demands(
        slug, setting, in_full({*(so - unanswered), *may_be}), place
    )
    known, unknown = demands(slug, setting, full, place), demands(slug, setting, silent, place)
    if so & unanswered <= may_be:
        assert known.credentials <= unknown.credentials
        assert set(known.law) <= set(unknown.law)


def test_in_a_home_and_a_car_the_worst_may_be() -> None:
    assert set(possible([Setting.HOME])) == {"alone", "child", "money", "care"}
    assert set(possible([Setting.CAR])) == {"alone", "child", "appointment"}
    assert "dbs-adults" in demands("meals", Setting.HOME, (), HERE).credentials
    assert demands("cleaning", Setting.HOME, (), HERE).pair
    assert not demands("cleaning", Setting.HOME, ("not-child",), HERE).pair


@given(SLUGS, SETTINGS, SAID, st.sampled_from(list(Circumstance)), PLACES)
def test_more_that_is_so_never_asks_for_less(slug, setting, said, more, place) -> None:
    before, after = (demands(slug, setting, each, place) for each in (said, said | {more}))
    assert before.credentials <= after.credentials


@given(st.lists(RULES, max_size=9))
def test_rules_are_read_as_they_are_written(rules) -> None:
    said = [written_rule(rule) for rule in rules]
    assert read_ruleset(1, 1, {"risk_rules": said}).risk_rules == tuple(rules)


@given(CHECKS)
def test_a_higher_check_stands_for_a_lower_one_and_for_no_other(shown) -> None:
    found = held(shown)
    below = {kind for kind in CredentialKind if kind.value.startswith("dbs")}
    assert shown <= found <= shown | below
    assert held(found) == found
    assert held({*shown, FIRST_HELPS}) == found | {FIRST_HELPS}


def test_what_means_nothing_is_no_rule() -> None:
    for said in (
        {}, {"settings": ["home"]}, {"settings": ["moon"], "pair": True}, {"pair": "yes"},
        {"credentials": "identity"}, {"unknown": ["x"], "pair": True}, ["pair"], None,
        {"credentials": [""]}, {"credentials": ["first-helps"]},
    ):  # fmt: skip
        assert read_rule(said) is None, said
    assert read_rule({"settings": ["home"], "pair": True}) is not None


def test_the_law_of_each_activity_is_shipped() -> None:
    def asked(slug: str, setting: Setting, *said: Circumstance) -> set[str]:
        found = demands(slug, setting, in_full(said), Ruleset(1, 1, risk_rules=()))
        return {each for each in found.credentials if each.startswith("dbs-")}

    so = Circumstance
    assert "dbs-adults" in asked("meals", Setting.HOME, so.CARE)
    assert "dbs-adults" in asked("shopping", Setting.DOORSTEP, so.MONEY)
    assert "dbs-adults" in asked("transport", Setting.CAR, so.APPOINTMENT)
    assert "dbs-children" in asked("childcare", Setting.HOME, so.WEEKLY)
    assert "dbs-children" in asked("tech-help", Setting.HOME, so.CHILD, so.CARE)
    assert asked("shopping", Setting.DOORSTEP) == set()
    assert {rule.code for rule in LAW} >= {"personal-care", "household-matters", "conveying"}
    assert all(rule.code == "" for rule in SHIPPED)


def test_somebody_new_begins_where_others_are_about() -> None:
    for slug in TREE:
        for setting in settings_of(slug):
            asked = demands(slug, setting, NONE_SO, HERE).credentials
            assert (FIRST_HELPS in asked) == (setting not in AMONG_OTHERS), (slug, setting)
    none = Ruleset(1, 1, first_helps=0)
    assert FIRST_HELPS not in demands("cleaning", Setting.HOME, (), none).credentials
