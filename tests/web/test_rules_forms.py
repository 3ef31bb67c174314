"""The forms of the rules: what a page writes and somebody sends back unchanged says the same."""

from dataclasses import fields
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from enabler.domain.categories import TREE
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.ruleset_bounds import BOUNDS, DECIDED_BY_TWO, EARNS
from enabler.domain.ruleset_keys import (
    KEYS,
    MANY,
    PARTS,
    carried_over,
    differences,
    merge,
    values_of,
    with_values,
)
from enabler.domain.ruleset_parts import Unit
from enabler.domain.vocabulary import CredentialKind, Preference, PreferenceReason
from enabler.doors.words.rule_keys import FACTORS, LABELS
from enabler.web.forms import rules as forms
from enabler.web.forms.rules_care import CareForm
from tests.web.people import Person

pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)
"""Nothing is kept."""
SLUGS = st.sampled_from(sorted(TREE))
SETS = st.lists(SLUGS, unique=True, max_size=5)
NUMBERS = {name: st.integers(*bounds) for name, bounds in BOUNDS.items()}
BY_KIND: dict[str, st.SearchStrategy[Any]] = {
    "category_credentials": st.lists(st.sampled_from(list(CredentialKind)), unique=True),
    "category_minutes": st.integers(1, 1440), "category_earns": st.sampled_from(EARNS),
    "preferences": st.dictionaries(
        st.sampled_from(list(Preference)), st.sampled_from(list(PreferenceReason)), min_size=1
    ),
}  # fmt: skip
POLICIES = st.fixed_dictionaries({}, optional={
    **NUMBERS,
    "waves": st.lists(st.integers(1, 1000), min_size=1, max_size=10),
    **{name: SETS for name, key in KEYS.items() if key.unit is Unit.KINDS},
    **{name: st.dictionaries(SLUGS, each, max_size=4) for name, each in BY_KIND.items()},
    "weights": st.dictionaries(st.sampled_from(sorted(FACTORS)), st.integers(0, 1_000_000)),
    "hours_two_people": st.lists(st.sampled_from(DECIDED_BY_TWO), unique=True),
    "risk_rules": st.lists(st.fixed_dictionaries(
        {"credentials": st.lists(st.sampled_from(list(CredentialKind)), min_size=1, unique=True)},
        optional={
            "settings": st.lists(st.sampled_from(list(Setting)), min_size=1, unique=True),
            "circumstances": st.lists(st.sampled_from(list(Circumstance)), min_size=1, unique=True),
            "pair": st.just(True), "categories": st.lists(SLUGS, min_size=1, unique=True),
        },
    ), max_size=4, unique_by=lambda one: str(sorted(one.items()))),
    "bank_holidays": st.sampled_from(["", "ENG", "WLS", "SCT", "NIR"]),
    **{name: st.booleans() for name, key in KEYS.items() if key.unit is Unit.YES},
})  # fmt: skip
MANY_TIMES = settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def read(policy: dict[str, Any]) -> Ruleset:
    return read_ruleset(0, 0, policy)


def typed(html: str) -> MultiDict[str, Any]:
    """What a form holds as it was written."""
    person = Person.__new__(Person)
    person.page = BeautifulSoup(f'<form method="post">{html}</form>', "html.parser")
    return person.typed()


def sent_back(app: Flask, make: Any, rules: Ruleset) -> dict[str, Any]:
    """The values of a form that was shown and sent back as it stood."""
    with app.test_request_context("/"):
        shown = make(rules)
        html = "".join(str(field()) for field in shown if field.name != "csrf_token")
    with app.test_request_context("/", method="POST", data=typed(html)):
        form = make(rules, write=False)
        assert form.validate(), form.errors
        return dict(form.values())


@pytest.fixture(autouse=True)
def without_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ("kinds", "care")])
@MANY_TIMES
@given(policy=POLICIES)
@example(policy={})
@example(policy={"quiet_from": 1440, "quiet_until": 0, "costs_most_pence": 1, "reach_metres": 251})
def test_a_part_that_is_sent_back_says_the_same(
    app: Flask, part: str, policy: dict[str, Any]
) -> None:
    rules = read(policy)

    def make(rules: Ruleset, *, write: bool = True) -> Any:
        form = forms.part_form(part)(meta={"csrf": False})
        form.know(rules)
        if write:
            form.write(rules)
        return form

    again = read(with_values(policy, rules, sent_back(app, make, rules)))
    assert differences(rules, again) == ()


@MANY_TIMES
@given(policy=POLICIES)
@example(policy={})
def test_what_help_asks_that_is_sent_back_says_the_same(app: Flask, policy: dict[str, Any]) -> None:
    rules = read(policy)

    def make(rules: Ruleset, *, write: bool = True) -> Any:
        form = CareForm(meta={"csrf": False})
        form.know(rules)
        if write:
            form.write(rules)
        return form

    again = read(with_values(policy, rules, sent_back(app, make, rules)))
    assert differences(rules, again) == ()


@MANY_TIMES
@given(policy=POLICIES, slug=SLUGS)
@example(policy={}, slug="respite")
@example(policy={"category_earns": {"goods": "hours"}}, slug="goods")
@example(policy={"categories_off": ["goods"], "categories_held": ["goods"]}, slug="goods")
def test_a_kind_of_help_that_is_sent_back_says_the_same(
    app: Flask, policy: dict[str, Any], slug: str
) -> None:
    rules = read(policy)

    def make(rules: Ruleset, *, write: bool = True) -> Any:
        form = forms.KindForm(meta={"csrf": False})
        form.know(slug, rules)
        if write:
            form.write()
        return form

    again = read(with_values(policy, rules, sent_back(app, make, rules)))
    assert differences(rules, again) == ()


@MANY_TIMES
@given(policy=POLICIES)
def test_rules_do_not_differ_from_themselves(policy: dict[str, Any]) -> None:
    rules = read(policy)
    assert differences(rules, rules) == ()
    assert with_values(policy, rules, values_of(rules)) == policy


@MANY_TIMES
@given(one=POLICIES, other=POLICIES)
def test_what_differs_is_all_that_has_to_be_said(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    old, new = read(one), read(other)
    said = {each.path: each.after for each in differences(old, new)}
    assert differences(read(with_values(one, old, said)), new) == ()


@MANY_TIMES
@given(base=POLICIES, draft=POLICIES, onto=POLICIES)
def test_a_draft_that_is_moved_keeps_its_own_changes_and_takes_over_the_rest(
    base: dict[str, Any], draft: dict[str, Any], onto: dict[str, Any]
) -> None:
    was, mine, theirs = read(base), read(draft), read(onto)
    moved = read(carried_over(was, mine, onto, theirs))
    changed = {one.path for one in differences(was, mine)}
    now, wanted, others = values_of(moved), values_of(mine), values_of(theirs)
    for path in {*now, *wanted, *others}:
        from_whom = wanted if path in changed else others
        assert now.get(path) == from_whom.get(path)


@MANY_TIMES
@given(then=POLICIES, now=POLICIES)
def test_whoever_changed_nothing_overwrites_nothing(
    then: dict[str, Any], now: dict[str, Any]
) -> None:
    before = values_of(read(then))
    merged = merge(before, values_of(read(now)), before)
    assert (dict(merged.values), merged.clashes) == ({}, ())


def test_every_key_has_words_and_a_unit() -> None:
    assert set(KEYS) == {each.name for each in fields(Ruleset)} - {"id", "version"}
    assert set(KEYS) == set(LABELS)
    assert {key.unit for key in KEYS.values()} <= set(Unit)
    assert set(MANY) <= set(Unit)
