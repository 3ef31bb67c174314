"""Acting for somebody is what both may, within what was given: over all actions, scopes, states."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.mandate_signals import CODES, Facts, reasons
from enabler.domain.mandates import (
    ALLOWS,
    NEVER_FOR_ANOTHER,
    OF_ATTORNEY,
    Attorney,
    Basis,
    Mandate,
    Scope,
    Sides,
    Supporting,
    allowed_by,
    end_of,
    read_days,
    read_scopes,
    stands,
)
from enabler.domain.permissions import OF_ANYONE, Action, Actor, RoleGrant, Subject, allowed
from enabler.domain.vocabulary import MemberState, Role
from tests.builders import NOW

HERE, THERE, ROSE, SAM, OTHER, GROUP = 1, 2, 11, 12, 13, 21
DAY = timedelta(days=1)
SUBJECTS = st.builds(
    Subject,
    place_id=st.sampled_from([HERE, THERE, None]),
    ward_id=st.sampled_from([None, 5]),
    owner_id=st.sampled_from([None, ROSE, SAM, OTHER]),
    organisation_id=st.sampled_from([None, GROUP]),
    party_ids=st.frozensets(st.sampled_from([ROSE, SAM, OTHER])),
)
GRANTS = st.lists(
    st.builds(
        RoleGrant, role=st.sampled_from(list(Role)), place_id=st.just(HERE),
        organisation_id=st.sampled_from([None, GROUP]),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
SIDES = st.builds(
    Sides, member=st.sampled_from(list(MemberState)), supporter=st.sampled_from(list(MemberState)),
    apart=st.booleans(), hidden=st.booleans(), same_place=st.booleans(), leads=st.booleans(),
)  # fmt: skip
GOOD = Sides(MemberState.ACTIVE, MemberState.ACTIVE)


def a_mandate(**other: object) -> Mandate:
    """One of ten days."""
    values = {
        "id": 1, "place_id": HERE, "ref": "M", "member_id": ROSE, "supporter_id": SAM,
        "organisation_id": None, "scopes": tuple(Scope), "from_at": NOW,
        "until_at": NOW + 10 * DAY, "basis": Basis.OWN_REPLY,
    }  # fmt: skip
    return Mandate(**(values | other))  # type: ignore[arg-type]


def plain(member_id: int) -> Actor:
    """A member without any role."""
    return Actor("member", f"M{member_id}", member_id, HERE)


@pytest.mark.prove("7.3")
@given(
    action=st.sampled_from(list(Action)), scopes=st.frozensets(st.sampled_from(list(Scope))),
    subject=SUBJECTS, grants=GRANTS, proved=st.booleans(), sides=SIDES,
    at=st.integers(-1, 11),
)  # fmt: skip
def test_is_what_both_may_within_what_was_given(
    action: Action, scopes: frozenset[Scope], subject: Subject, grants: tuple[RoleGrant, ...],
    proved: bool, sides: Sides, at: int,
) -> None:  # fmt: skip
    """What the member may by themself, no role of hers counting; what the scopes allow; what the
    supporter could do to the like of their own; while the mandate stands. All of it, always."""
    standing = stands(a_mandate(), sides, NOW + at * DAY)
    by = Supporting(SAM, "M12", 1, "M", scopes, NOW + 10 * DAY, NOW - DAY, stands=standing)
    acts = Actor("member", "M11", ROSE, HERE, grants, proved, by)
    mirrored = Subject(
        subject.place_id, subject.ward_id, SAM if subject.owner_id == ROSE else subject.owner_id,
        subject.organisation_id,
        frozenset(SAM if each == ROSE else each for each in subject.party_ids),
    )  # fmt: skip
    all_three = (
        allowed(plain(ROSE), action, subject)
        and standing
        and action in allowed_by(scopes)
        and allowed(plain(SAM), action, mirrored)
    )
    of_anyone = action in OF_ANYONE - NEVER_FOR_ANOTHER
    assert allowed(acts, action, subject) == (of_anyone or all_three)
    if standing and not scopes:
        assert allowed(acts, action, subject) == of_anyone


@pytest.mark.prove("7.3")
@pytest.mark.parametrize("action", sorted(set(Action) - allowed_by(tuple(Scope))))
def test_whatever_no_scope_has_can_never_be_given(action: Action) -> None:
    by = Supporting(SAM, "M12", 1, "M", frozenset(Scope), NOW + DAY, NOW)
    acts = Actor("member", "M11", ROSE, HERE, by=by)
    own = Subject(HERE, owner_id=ROSE, party_ids=frozenset({ROSE}))
    assert allowed(acts, action, own) == (action in OF_ANYONE - NEVER_FOR_ANOTHER)


@pytest.mark.prove("7.3")
@pytest.mark.parametrize(("ended", "theirs"), [(None, True), (DAY, True), (-DAY, False)])
def test_what_was_over_before_the_mandate_is_not_the_supporters_to_see(
    ended: timedelta | None, theirs: bool
) -> None:
    by = Supporting(SAM, "M12", 1, "M", frozenset(Scope), NOW + 10 * DAY, NOW)
    acts = Actor("member", "M11", ROSE, HERE, by=by)
    over_at = None if ended is None else NOW + ended
    need = Subject(HERE, owner_id=ROSE, party_ids=frozenset({ROSE}), over_at=over_at)
    for action in allowed_by(tuple(Scope)) - {Action.POST_NEED}:
        assert allowed(acts, action, need) == theirs


def test_what_is_never_given_is_named() -> None:
    """Contact details, settings, supporters, consents, who looked, export, erasure and hours are
    one's own (SEE_OWN, CHANGE_OWN); reports, organisations, whom one keeps away; all of staff."""
    given_away = allowed_by(tuple(Scope))
    assert given_away == {
        Action.POST_NEED, Action.SEE_NEED, Action.CHANGE_NEED, Action.SEE_MATCH, Action.CONVERSE,
        Action.ARRANGE_MATCH, Action.CONFIRM_MATCH,
    }  # fmt: skip
    assert set(ALLOWS) == set(Scope)


@given(sides=SIDES, seconds=st.integers(-5, 5))
def test_stands_to_the_second_and_while_both_do(sides: Sides, seconds: int) -> None:
    end = a_mandate().until_at + timedelta(seconds=seconds)
    assert stands(a_mandate(), GOOD, end) == (seconds < 0)
    well = (
        sides.member in (MemberState.ACTIVE, MemberState.PAUSED, MemberState.HELD)
        and sides.supporter in (MemberState.ACTIVE, MemberState.PAUSED)
        and sides.same_place and sides.leads and not sides.apart and not sides.hidden
    )  # fmt: skip
    assert stands(a_mandate(), sides, NOW) == well
    assert not stands(a_mandate(ended_at=NOW), sides, NOW)


def test_lasts_as_long_as_was_said_and_never_over_180_days() -> None:
    assert read_days(180, 365) == 180
    assert end_of(NOW, 3) == NOW + 3 * DAY
    for days, most in ((181, 365), (0, 180), (31, 30), (None, 180)):
        with pytest.raises(Invalid, match="mandate_too_long"):
            read_days(days, most)


def test_a_power_of_attorney_carries_what_it_is_for() -> None:
    assert read_scopes(["message", "post-need"]) == (Scope.POST_NEED, Scope.MESSAGE)
    for typed, kind, code in (
        ([], None, "scopes_missing"),
        (["money"], None, "scope_unknown"),
        (["message"], Attorney.PROPERTY, "scope_beyond_attorney"),
        (["confirm-done"], Attorney.HEALTH, "scope_beyond_attorney"),
    ):
        with pytest.raises(Invalid, match=code):
            read_scopes(typed, kind)
    assert set(OF_ATTORNEY) == set(Attorney)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Facts(same_number=True), "same_number"),
        (Facts(same_device=True), "same_device"),
        (Facts(number_changed=True), "number_changed"),
        (Facts(number_new=True), "number_new"),
        (Facts(kept_apart=True), "kept_apart"),
        (Facts(withdrawn=3, own_deeds=1), "withdrawn"),
        (Facts(deeds=5), "never_alone"),
        (Facts(at_one_home=3), "one_home"),
        (Facts(lasting=365 * DAY, by_others_eyes=True, own_deeds=9), "yearly"),
    ],
)
def test_each_sign_of_control_has_its_reason(facts: Facts, code: str) -> None:
    assert code in CODES
    assert reasons(facts) == (code,)


def test_what_is_usual_is_no_sign() -> None:
    usual = (
        Facts(), Facts(deeds=4), Facts(deeds=9, own_deeds=1), Facts(withdrawn=2, own_deeds=1),
        Facts(at_one_home=2), Facts(organisation=True, same_device=True, deeds=9, at_one_home=9),
        Facts(lasting=364 * DAY), Facts(lasting=400 * DAY, own_deeds=1),
    )  # fmt: skip
    assert {reasons(each) for each in usual} == {()}
