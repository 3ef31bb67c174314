"""The custodians' desk."""

from datetime import date, timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CredentialKind, NeedState, NextStep, OfferState
from enabler.domain.windows import Window
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.unit_of_work import reading
from enabler.services import cases, matches, moderation, needs, offers, reports, rounds
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    an_offer,
    an_organisation,
)
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts
from tests.services.test_offers import offered

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def decide(who: BuiltMember, verb: str, ref: str, **more: Any) -> moderation.Decided:
    """Approve or refuse."""
    return getattr(moderation, verb)(actor=who.actor, ref=ref, key=a_key(), now=NOW, **more)


def record(who: BuiltMember, holder: str, **more: Any) -> moderation.Decided:
    """Record an identity check, valid for a year."""
    facts = {"kind": CredentialKind.IDENTITY, "seen_on": date(2026, 3, 9),
             "valid_until": date(2027, 3, 8)} | more  # fmt: skip
    return moderation.record_credential(
        actor=who.actor, holder_ref=holder, key=a_key(), now=NOW, **facts
    )


class TestApproving:
    def test_a_need_opens_it_and_asks_its_first_helpers(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker = a_member(place)
        helper = a_helper(
            place, "Hal", "childcare",
            credentials=[CredentialKind.IDENTITY, CredentialKind.DBS_ENHANCED],
        )  # fmt: skip
        need = post(asker, "childcare")
        assert decide(custodian, "approve", need.ref.lower()).state == "open"
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.held_because) == (NeedState.OPEN, None)
        assert the_ask(helper)
        assert len(texts("approved", asker.id)) == 1

    def test_an_offer_opens_it_and_lets_needs_be_looked_at_again(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        post(a_member(place))
        helper = a_member(place, "Hal")
        offer = offered(helper)
        decide(custodian, "approve", offer.ref)
        rounds.work_due_needs(now=NOW)
        assert the_ask(helper)
        assert len(texts("approved", helper.id)) == 1

    def test_twice_is_too_late_and_with_one_key_is_once(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        need, key = post(a_member(place), "respite"), a_key()
        for _ in range(2):
            moderation.approve(actor=custodian.actor, ref=need.ref, key=key, now=NOW)
        with pytest.raises(WrongMoment):
            decide(custodian, "approve", need.ref)
        with reading() as uow:
            opened = uow.session.query(AuditRow).filter_by(what="need.open").count()
        assert opened == 1


class TestRefusing:
    def test_needs_a_reason_that_its_author_can_read(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker, helper = a_member(place), a_member(place, "Hal")
        need, offer = post(asker, "respite"), offered(helper)
        with pytest.raises(Invalid):
            decide(custodian, "refuse", need.ref, words=" ")
        for ref in (need.ref, offer.ref):
            assert decide(custodian, "refuse", ref, words="We cannot check this.").state == (
                "refused"
            )
        shown = needs.show(actor=asker.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.refused_words) == (NeedState.REFUSED, "We cannot check this.")
        given = offers.show(actor=helper.actor, ref=offer.ref, now=NOW)
        assert (given.state, given.refused_words) == (OfferState.REFUSED, "We cannot check this.")
        assert len(texts("decision_refused")) == 2
        with reading() as uow:
            assert "check" not in repr([vars(row) for row in uow.session.query(AuditRow)])


class TestWhoModerates:
    def test_is_a_custodian_of_the_place_with_both_factors_and_not_of_the_own_case(
        self, place: BuiltPlace, custodian: BuiltMember, noise: BuiltPlace
    ) -> None:
        need, own = post(a_member(place), "respite"), post(custodian, "respite")
        with pytest.raises(NotAllowed):
            decide(a_member(place), "approve", need.ref)
        with pytest.raises(NotFound):
            decide(a_custodian(noise), "approve", need.ref)
        one_factor = Actor("member", custodian.ref, custodian.id, place.id, custodian.actor.grants)
        with pytest.raises(NotAllowed):
            moderation.approve(actor=one_factor, ref=need.ref, key=a_key(), now=NOW)
        with pytest.raises(NotAllowed):
            decide(custodian, "approve", own.ref)
        for nothing in ("ZZZZ", "not a ref", custodian.ref):
            with pytest.raises(NotFound):
                decide(custodian, "approve", nothing)

    def test_may_be_the_command_line_for_any_place(self, place: BuiltPlace) -> None:
        need = post(a_member(place), "respite")
        operator = Actor.operator("root")
        moderation.approve(actor=operator, ref=need.ref, key=a_key(), now=NOW)
        with reading() as uow:
            (row,) = uow.session.query(AuditRow).filter_by(what="need.open")
        assert (row.actor_kind, row.actor_name) == ("operator", "root")


class TestACheck:
    def test_lets_its_holder_be_asked_until_it_ends(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        helper = a_member(place, "Hal", credentials=())
        an_offer(helper, capacity=9)
        post(a_member(place))
        record(custodian, helper.ref)
        rounds.work_due_needs(now=NOW)
        assert the_ask(helper)
        with reading() as uow:
            (sight,) = uow.session.query(SightRow).filter_by(member_id=helper.id)
            held = uow.credentials.valid_of((helper.id, None), NOW + timedelta(days=363))
            lapsed = uow.credentials.valid_of((helper.id, None), NOW + timedelta(days=364))
        assert (sight.viewer, sight.what) == (custodian.ref, "credential")
        assert (held, lapsed) == ({"identity"}, frozenset())

    def test_may_be_an_organisations(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        pantry = an_organisation(place, credentials=())
        an_offer(pantry)
        assert record(custodian, pantry.ref).kind == "organisation"
        assert post(a_member(place)).asked == 1

    @pytest.mark.parametrize(
        ("field", "code", "facts"),
        [
            ("seen_on", "date_in_the_future", {"seen_on": date(2026, 3, 11)}),
            ("valid_until", "credential_expired", {"valid_until": date(2026, 3, 9)}),
            ("valid_until", "date_too_far_ahead", {"valid_until": date(2099, 1, 1)}),
        ],
    )
    def test_of_days_that_cannot_be_is_refused(
        self, place: BuiltPlace, custodian: BuiltMember, field: str, code: str, facts: Any
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            record(custodian, a_member(place).ref, **facts)
        assert (wrong.value.field, wrong.value.code) == (field, code)

    def test_is_not_ones_own_to_record(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        with pytest.raises(NotAllowed):
            record(custodian, custodian.ref)
        with pytest.raises(NotAllowed):
            record(a_member(place), a_member(place).ref)


class TestTheDesk:
    def test_shows_what_waits_and_no_names(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        asker = a_member(place, "Secret Person", address="1 Hidden Road")
        held_need = post(asker, "respite")
        helper = a_member(place, "Hal Hidden", credentials=())
        held_offer = offered(helper)
        waiting = post(asker)
        soon = post(asker, "gardening", windows=(Window(NOW + 30 * HOUR, NOW + 40 * HOUR),))
        a_helper(place, "Gus", "gardening")
        rounds.work_due_needs(now=NOW + 24 * HOUR)

        desk = moderation.desk(actor=custodian.actor, now=NOW + 24 * HOUR)

        assert {one.ref: one.because for one in desk.of("need", "offer")} == {
            held_need.ref: ("category",), held_offer.ref: ("first_offer",)
        }  # fmt: skip
        assert [one.ref for one in desk.of("unmet")] == [soon.ref, waiting.ref]
        assert "Secret" not in repr(desk)
        assert "Hidden" not in repr(desk)
        with reading() as uow:
            assert uow.session.query(SightRow).count() == 0

    def test_has_needs_on_top_the_soonest_first(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        offer = offered(a_member(place, credentials=()))
        later, sooner = (
            post(a_member(place), "respite", windows=(Window(NOW + at, NOW + at + HOUR),))
            for at in (30 * HOUR, 20 * HOUR)
        )  # fmt: skip
        desk = moderation.desk(actor=custodian.actor, now=NOW)
        assert [one.ref for one in desk.of("need", "offer")] == [sooner.ref, later.ref, offer.ref]

    def test_has_what_is_urgent_on_top_however_its_time_was_said(
        self, place: BuiltPlace, noise: BuiltPlace, custodian: BuiltMember
    ) -> None:
        hours = {"held": 100, "later": 30, "sooner": 20, "passed": 2}
        windows = {name: (Window(NOW + at * HOUR, NOW + (at + 1) * HOUR),) for name, at in
                   hours.items()}  # fmt: skip
        handed_over = {"next_step": NextStep.BROKER, "next_step_at": NOW + DAY}
        asked = {
            "soon as can be": a_need(a_member(place), "gardening", **handed_over),
            "later": a_need(a_member(place), windows=windows["later"], **handed_over),
            "in a day": a_need(a_member(place), windows=windows["sooner"]),
            "asked about still": a_need(a_member(place), "meals"),
            "flood": a_need(a_member(place), "emergency"),
            "not here": a_need(a_member(noise), "emergency"),
        }
        held = {name: post(a_member(place), kind, windows=when).ref for name, kind, when in (
            ("of a day", "respite", windows["held"]), ("any time", "respite", ()),
            ("urgent", "emergency", ()),
        )}  # fmt: skip
        desk = moderation.desk(actor=custodian.actor, now=NOW)
        order = ["flood", "in a day", "soon as can be", "later"]
        assert [one.ref for one in desk.of("unmet")] == [asked[name] for name in order]
        assert [(one.urgent, one.any_time) for one in desk.of("unmet")] == [
            (True, True), (True, False), (False, True), (False, False),
        ]  # fmt: skip
        assert [one.ref for one in desk.of("need", "offer")] == [
            held[name] for name in ("urgent", "any time", "of a day")
        ]

    def test_is_not_for_residents(self, place: BuiltPlace) -> None:
        with pytest.raises(NotAllowed):
            moderation.desk(actor=a_member(place).actor, now=NOW)


class TestAReport:
    def test_goes_to_the_desk_and_is_settled(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        ref = accept(helper).ref
        made = reports.report(
            actor=asker.actor, about_kind="match", about_ref=ref, kind="unsafe",
            words="He seemed unwell.", key=a_key(), now=NOW,
        )  # fmt: skip
        (seen,) = moderation.desk(actor=custodian.actor, now=NOW).of("report")
        assert (seen.ref, seen.because[0], seen.words) == (made, "unsafe", "He seemed unwell.")
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).state.value == "accepted"
        cases.settle(actor=custodian.actor, ref=made, words="Done.", key=a_key(), now=NOW)
        assert moderation.desk(actor=custodian.actor, now=NOW).of("report") == ()
        with pytest.raises(WrongMoment):
            cases.settle(actor=custodian.actor, ref=made, words="Done.", key=a_key(), now=NOW)

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"kind": "gossip"}, "kind"),
            ({"about_kind": "weather"}, "about_kind"),
            ({"words": "\x00"}, "words"),
        ],
    )
    def test_that_means_nothing_is_refused_at_its_field(
        self, place: BuiltPlace, facts: dict[str, str], field: str
    ) -> None:
        said = {"about_kind": "other", "kind": "worried", "words": "…"} | facts
        with pytest.raises(Invalid) as wrong:
            reports.report(
                actor=a_member(place).actor, about_ref=None, key=a_key(), now=NOW, **said
            )
        assert wrong.value.field == field

    def test_is_about_what_one_may_know_of(self, place: BuiltPlace) -> None:
        post(a_member(place))
        helper = a_helper(place)
        post(a_member(place, "Ann"))
        with pytest.raises(NotAllowed):
            reports.report(
                actor=a_member(place).actor, about_kind="match", about_ref=the_ask(helper),
                kind="worried", words="?", key=a_key(), now=NOW,
            )  # fmt: skip


def test_a_held_need_has_a_next_step(place: BuiltPlace) -> None:
    """Somebody looks at it within the hours for what can go wrong most."""
    need = post(a_member(place), "respite")
    assert (need.next_step, need.next_step_at) == (NextStep.AWAIT_CUSTODIAN, NOW + 4 * HOUR)
