"""An organisation asks every week: whose the series is, what the clock makes of it, its rests."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.meeting import NONE_SO
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import MemberState, NeedState, OrganisationState, OutboxState
from enabler.domain.windows import Weekly
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.places import RulesetRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    board,
    laws,
    lists,
    matches,
    messages,
    mine,
    needs,
    organisations,
    series,
)
from enabler.services.views import NeedView, SeriesView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    an_organisation,
)
from tests.services.acting import refreshed, staffed, told
from tests.services.deeds import a_key, accept, asks_of

THURSDAYS = Repeat((Weekly(3, 600, 720),), date(2026, 6, 30))
FIRST, SECOND = date(2026, 3, 12), date(2026, 3, 19)
LATER, WEEK = NOW + timedelta(hours=1), NOW + timedelta(days=7)
DOOR = "2 Market Row"


@pytest.fixture
def cafe(place: BuiltPlace) -> BuiltOrganisation:
    """A café with a door."""
    made = an_organisation(place, "Copper Kettle")
    keep(made, postcode=place.postcode_at(600, 600), address=DOOR)
    return made


def keep(cafe: BuiltOrganisation, **columns: Any) -> None:
    """Write columns of an organisation."""
    with unit_of_work() as uow:
        uow.organisations.change(cafe.id, **columns)
        uow.commit()


def leaves(who: BuiltMember, cafe: BuiltOrganisation) -> BuiltMember:
    """They act for it no more."""
    with unit_of_work() as uow:
        uow.colleagues.end_role(cafe.id, who.id, NOW)
        uow.commit()
    return refreshed(who)


def begin(who: BuiltMember, cafe: BuiltOrganisation, **draft: Any) -> SeriesView:
    """Somebody asks for the café every Thursday."""
    asked = needs.NeedDraft(
        **{"category": "shopping", "words": "Milk for our kitchen.", "every": THURSDAYS,
           "organisation_ref": cafe.ref, "circumstances": NONE_SO} | draft
    )  # fmt: skip
    return series.begin(actor=who.actor, draft=asked, key=a_key(), now=NOW)


def shown(who: BuiltMember, ref: str) -> SeriesView:
    """The series as somebody sees it."""
    return series.show(actor=who.actor, ref=ref, now=LATER)


def skip(who: BuiltMember, ref: str, day: date = SECOND) -> SeriesView:
    """Somebody leaves out a day."""
    return series.skip(actor=who.actor, ref=ref, day=day, key=a_key(), now=LATER)


def end(who: BuiltMember, ref: str) -> SeriesView:
    """Somebody ends it."""
    return series.end(actor=who.actor, ref=ref, key=a_key(), now=LATER)


def change(who: BuiltMember, one: SeriesView, **said: Any) -> SeriesView:
    """Somebody changes all days to come."""
    return series.change(
        actor=who.actor, ref=one.ref, draft=replace(one.draft, **said), version=one.version,
        key=a_key(), now=LATER,
    )  # fmt: skip


def asked(lead: BuiltMember, cafe: BuiltOrganisation) -> list[NeedView]:
    """The needs on the board, the first day first."""
    found = board.board(actor=lead.actor, ref=cafe.ref, now=NOW).asked
    return sorted(found, key=lambda one: one.windows)


class TestASeries:
    def test_is_all_its_leads_and_not_one_of_theirs(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead = staffed(place, cafe)["coordinator"]
        ref = begin(lead, cafe).ref
        for who in (lead, cafe.owner):
            seen = shown(who, ref)
            assert (seen.organisation, seen.draft.organisation_ref) == ("Copper Kettle", cafe.ref)
            assert [one.ref for one in board.board(actor=who.actor, ref=cafe.ref, now=NOW).series] \
                == [ref]  # fmt: skip
            page = organisations.show(actor=who.actor, ref=cafe.ref, now=NOW)
            assert [(one.ref, one.every) for one in page.series] == [(ref, THURSDAYS)]
            assert mine.everything(actor=who.actor, now=NOW).series == ()
            assert mine.everything(actor=who.actor, now=NOW).needs == ()
            assert lists.series(actor=who.actor, now=NOW) == ()
        assert [one.organisation for one in asked(lead, cafe)] == ["Copper Kettle"] * 2
        assert needs.show(actor=lead.actor, ref=asked(lead, cafe)[0].ref, now=NOW).address == DOOR
        assert change(cafe.owner, shown(lead, ref), words="And bread.").draft.words == "And bread."
        assert {one.words for one in asked(lead, cafe)} == {"And bread."}
        skip(cafe.owner, ref)
        assert [one.state for one in asked(lead, cafe)] == [NeedState.OPEN, NeedState.WITHDRAWN]
        assert end(cafe.owner, ref).may == frozenset()
        assert board.board(actor=lead.actor, ref=cafe.ref, now=NOW).series == ()

    def test_is_nobody_elses(
        self, place: BuiltPlace, noise: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people, other = staffed(place, cafe), an_organisation(place, "The Other").owner
        one = begin(people["coordinator"], cafe)
        for who in (people["helper"], people["stranger"], other):
            for act in (
                lambda who=who: begin(who, cafe), lambda who=who: shown(who, one.ref),
                lambda who=who: skip(who, one.ref), lambda who=who: end(who, one.ref),
                lambda who=who: change(who, one, words="Mine."),
            ):  # fmt: skip
                with pytest.raises(NotAllowed):
                    act()
            assert organisations.show(actor=who.actor, ref=cafe.ref, now=NOW).series == ()
        assert board.board(actor=people["helper"].actor, ref=cafe.ref, now=NOW).series == ()
        elsewhere = an_organisation(noise, "Elsewhere").owner
        for act in (lambda: begin(elsewhere, cafe), lambda: shown(elsewhere, one.ref)):
            with pytest.raises(NotFound):
                act()

    def test_at_a_spot_elsewhere_leaves_a_sight_of_whoever_wrote_it(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead = staffed(place, cafe)["coordinator"]
        spot = {"at_home": False, "postcode": place.postcode_at(1500, 500), "address": "The hall"}
        ref = begin(lead, cafe, **spot).ref
        assert shown(cafe.owner, ref).draft.address == "The hall"
        with reading() as uow:
            sights = uow.session.query(SightRow).filter_by(subject_ref=ref).all()
        assert [(row.viewer, row.member_id) for row in sights] == [(cafe.owner.ref, lead.id)]


class TestOnceItsWriterHasLeft:
    def test_it_goes_on_and_is_nothing_of_theirs(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        lead, helper = staffed(place, cafe)["coordinator"], a_helper(place)
        one = begin(lead, cafe)
        left = leaves(lead, cafe)
        with unit_of_work() as uow:  # not even an account must be left
            uow.session.get_one(MemberRow, lead.id).state = MemberState.SUSPENDED
            uow.commit()
        assert series.make_due(now=WEEK) == 1
        assert len(asked(cafe.owner, cafe)) == 3
        for act in (lambda: shown(left, one.ref), lambda: end(left, one.ref),
                    lambda: change(left, one, words="Mine.")):  # fmt: skip
            with pytest.raises(NotAllowed):
                act()
        newest = asked(cafe.owner, cafe)[-1].ref
        (ask,) = [each for each in asks_of(helper, WEEK) if each.need_ref == newest]
        yes = accept(helper, ask.ref, WEEK)
        assert (yes.asking, yes.other_name, yes.address) == ("Copper Kettle", None, DOOR)
        assert "accepted_asker" in told(cafe.owner)
        assert "accepted_asker" not in told(lead)

    def test_whoever_changes_it_is_whom_helpers_ask_for(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people, helper = staffed(place, cafe), a_helper(place)
        lead = people["coordinator"]
        one = begin(cafe.owner, cafe)
        change(lead, shown(lead, one.ref), words="And bread.")  # the owner is there still
        assert written_by(one.ref) == cafe.owner.id
        leaves(cafe.owner, cafe)
        change(lead, shown(lead, one.ref), words="And butter.")
        assert written_by(one.ref) == lead.id
        series.make_due(now=WEEK)
        newest = asked(lead, cafe)[-1].ref
        (ask,) = [each for each in asks_of(helper, WEEK) if each.need_ref == newest]
        assert accept(helper, ask.ref, WEEK).other_name == "Cora"


def written_by(ref: str) -> int:
    """Who wrote it."""
    with reading() as uow:
        return uow.series.by_ref(None, ref).asker_id


class TestWhileItCannotAsk:
    def test_no_day_is_made_and_none_is_lost(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        ref = begin(cafe.owner, cafe).ref
        keep(cafe, state=OrganisationState.SUSPENDED)
        with pytest.raises(WrongMoment, match="organisation_not_active"):
            begin(cafe.owner, cafe)
        assert series.make_due(now=WEEK) == 0
        assert shown(cafe.owner, ref).ended_at is None
        keep(cafe, state=OrganisationState.ACTIVE)
        leaves(cafe.owner, cafe)  # nobody would answer for it
        assert series.make_due(now=WEEK) == 0
        with unit_of_work() as uow:
            uow.members.add_role(
                place.id, cafe.owner.id, cafe.owner.actor.grants[0].role, now=NOW,
                organisation_id=cafe.id,
            )  # fmt: skip
            uow.commit()
        assert [series.make_due(now=WEEK) for _ in range(2)] == [1, 0]
        assert [one for one in laws.check(now=NOW) if one.count and one.law == 9] == []

    @pytest.mark.parametrize("state", [OrganisationState.REFUSED, OrganisationState.ERASED])
    def test_it_is_over_where_there_is_no_organisation_any_more(
        self, cafe: BuiltOrganisation, state: OrganisationState
    ) -> None:
        ref = begin(cafe.owner, cafe).ref
        keep(cafe, state=state)
        series.make_due(now=WEEK)
        assert len(asked(cafe.owner, cafe)) == 2
        assert shown(cafe.owner, ref).ended_at == WEEK
        assert "series_over" not in told(cafe.owner)

    def test_all_who_lead_it_hear_that_its_kind_of_help_is_off(
        self, place: BuiltPlace, cafe: BuiltOrganisation
    ) -> None:
        people = staffed(place, cafe)
        begin(people["coordinator"], cafe)
        with unit_of_work() as uow:
            policy = {"categories_off": ["shopping"]}
            uow.session.add(RulesetRow(place_id=place.id, version=2, policy=policy, from_at=LATER))
            uow.commit()
        series.make_due(now=WEEK)
        for who in (cafe.owner, people["coordinator"]):
            assert "series_over" in told(who)
        assert "series_over" not in told(people["helper"])
        leaves(people["coordinator"], cafe)
        wired = wiring()
        while messages.deliver_outbox(gateway=wired.gateway, secrets=wired.secrets, now=WEEK):
            pass
        with reading() as uow:
            rows = uow.session.query(OutboxRow).filter_by(template="series_over")
            sent = [row.member_id for row in rows if row.state is OutboxState.ACCEPTED]
        assert sent == [cafe.owner.id]


def test_whoever_helped_it_well_is_asked_first(place: BuiltPlace, cafe: BuiltOrganisation) -> None:
    far = a_helper(place, "Fay Far", at=(1900, 1900))
    begin(cafe.owner, cafe)
    match = accept(far, asks_of(far)[0].ref).ref
    near = a_helper(place, "Nell Near", at=(620, 620))
    then = NOW + timedelta(days=2, hours=4)
    matches.done(actor=far.actor, match_ref=match, minutes=30, key=a_key(), now=then)
    matches.confirm(actor=cafe.owner.actor, match_ref=match, key=a_key(), now=then)
    series.make_due(now=WEEK)
    newest = asked(cafe.owner, cafe)[-1].ref
    wanted = [[ask for ask in asks_of(who, WEEK) if ask.need_ref == newest] for who in (far, near)]
    assert [len(each) for each in wanted] == [1, 0]
