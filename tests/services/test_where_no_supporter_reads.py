"""Where else than at home somebody is to be found their supporter does not read: it may be where
they are safe from them."""

from dataclasses import replace

import pytest

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.services import needs, series
from enabler.services.needs import NeedDraft
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, as_for
from tests.services.test_series import begin

AT_HOME = NeedDraft(category="shopping", words="Bread, please.", circumstances=NONE_SO)


@pytest.fixture
def sam(place: BuiltPlace, rose: BuiltMember) -> Actor:
    """Her supporter, as he acts."""
    member = a_member(place, "Sam Near", at=(900, 900))
    return as_for(member, a_mandate(rose, member))


def elsewhere(place: BuiltPlace) -> NeedDraft:
    code = place.postcode_at(1600, 600)
    return replace(AT_HOME, at_home=False, postcode=code, address="The Refuge, 3 Elm Row")


def post(actor: Actor, draft: NeedDraft) -> str:
    return needs.post(actor=actor, draft=draft, key=a_key(), now=NOW).ref


def test_nor_changes_it_but_all_the_rest(place: BuiltPlace, rose: BuiltMember, sam: Actor) -> None:
    ref = post(rose.actor, elsewhere(place))
    shown = needs.show(actor=sam, ref=ref, now=NOW)
    assert shown.address is None
    assert {"change", "withdraw"} <= shown.may
    draft = needs.to_change(actor=sam, ref=ref, now=NOW).draft
    assert (draft.as_it_is, draft.at_home, draft.postcode, draft.address) == (
        True, False, None, None,
    )  # fmt: skip
    for moved in (AT_HOME, elsewhere(place), replace(elsewhere(place), at_home=True)):
        with pytest.raises(NotAllowed, match="beyond_mandate"):
            needs.change(actor=sam, ref=ref, draft=moved, version=1, key=a_key(), now=NOW)
    further = replace(draft, words="Bread and milk, please.", reach_metres=500)
    changed = needs.change(actor=sam, ref=ref, draft=further, version=1, key=a_key(), now=NOW)
    assert (changed.words, changed.address) == ("Bread and milk, please.", None)
    hers = needs.to_change(actor=rose.actor, ref=ref, now=NOW).draft
    assert (hers.address, hers.reach_metres) == ("The Refuge, 3 Elm Row", None)


def test_there_is_no_place_to_keep_in_what_is_new(rose: BuiltMember) -> None:
    draft = replace(AT_HOME, at_home=False, as_it_is=True)
    with pytest.raises(Invalid, match="postcode"):
        needs.post(actor=rose.actor, draft=draft, key=a_key(), now=NOW)


def test_what_is_at_home_or_by_themselves_they_change(
    place: BuiltPlace, rose: BuiltMember, sam: Actor
) -> None:
    for ref in (post(rose.actor, AT_HOME), post(sam, elsewhere(place))):
        assert "change" in needs.show(actor=sam, ref=ref, now=NOW).may
        to_change = needs.to_change(actor=sam, ref=ref, now=NOW)
        draft = replace(to_change.draft, words="Bread and milk, please.")
        changed = needs.change(
            actor=sam, ref=ref, draft=draft, version=to_change.version, key=a_key(), now=NOW
        )
        assert changed.words == "Bread and milk, please."


def test_nor_of_what_comes_every_week(place: BuiltPlace, rose: BuiltMember, sam: Actor) -> None:
    spot = {"at_home": False, "postcode": place.postcode_at(1600, 600), "address": "The Refuge"}
    ref = begin(rose, **spot).ref
    shown = series.show(actor=sam, ref=ref, now=NOW)
    assert (shown.draft.postcode, shown.draft.address) == (None, None)
    assert shown.may == {"end"}
    with pytest.raises(NotAllowed, match="beyond_mandate"):
        series.change(
            actor=sam, ref=ref, draft=shown.draft, version=shown.version, key=a_key(), now=NOW
        )
    assert series.show(actor=rose.actor, ref=ref, now=NOW).draft.address == "The Refuge"
