"""Where else than at home somebody is to be found their supporter does not read: it may be where
they are safe from them."""

from dataclasses import replace

import pytest

from enabler.domain.errors import NotAllowed
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


def test_nor_changes_it_without_knowing(place: BuiltPlace, rose: BuiltMember, sam: Actor) -> None:
    ref = post(rose.actor, elsewhere(place))
    shown = needs.show(actor=sam, ref=ref, now=NOW)
    assert shown.address is None
    assert not {"change", "again"} & shown.may
    assert "withdraw" in shown.may
    for refused in (
        lambda: needs.to_change(actor=sam, ref=ref, now=NOW),
        lambda: needs.change(
            actor=sam, ref=ref, draft=AT_HOME, version=1, key=a_key(), now=NOW
        ),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="beyond_mandate"):
            refused()
    assert "change" in needs.show(actor=rose.actor, ref=ref, now=NOW).may


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
