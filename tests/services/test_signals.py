"""What somebody writes is looked at, whichever service it comes through, and what follows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from enabler.domain.recurrence import Repeat
from enabler.domain.statements import Decision
from enabler.domain.vocabulary import MatchState, NeedState, OfferState, Terms
from enabler.domain.windows import Weekly, Window
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.places import RulesetRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import laws, moderation, needs, offers, organisations, series, signs
from enabler.services.views import NeedView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
    new_rules,
)
from tests.keeping import end_what_is_over
from tests.services.deeds import a_key, asks_of, post
from tests.services.test_asking import texts
from tests.services.test_offers import offered

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEXT_WEEK = (Window(NOW + 5 * DAY, NOW + 6 * DAY),)
LONG = "I would be glad of somebody who could bring some milk and bread and a paper on Friday."


def rules(place: BuiltPlace, **policy: Any) -> None:
    """Give the place these rules besides its own."""
    with reading() as uow:
        now = uow.rulesets.in_force(place.id, NOW)
        row = uow.session.get_one(RulesetRow, now.id)
        kept = dict(row.policy)
    new_rules(place, {**kept, **policy})


def uow_changes(decision: Decision) -> dict[str, tuple[str | None, str | None]]:
    """What was taken out, as its author reads it."""
    with reading() as uow:
        return dict(uow.decisions.old_and_new(decision))


def codes(kind: str, ref: str, place: BuiltPlace) -> tuple[str, ...]:
    """The signals of a thing, as the desk reads them."""
    with reading() as uow:
        nouns: dict[str, Any] = {
            "need": uow.needs,
            "offer": uow.offers,
            "organisation": uow.organisations,
        }
        thing = nouns[kind].by_ref(place.id, ref)
        found = uow.signals.of(place.id, kind, [thing.id])
        return tuple(one.code for one in found.get(thing.id, ()))


def change(who: BuiltMember, need: NeedView, **new: Any) -> NeedView:
    """Ask otherwise."""
    kept = needs.to_change(actor=who.actor, ref=need.ref, now=NOW)
    return needs.change(
        actor=who.actor, ref=need.ref, draft=replace(kept.draft, **new), version=kept.version,
        key=a_key(), now=NOW,
    )  # fmt: skip


@pytest.fixture
def ann(place: BuiltPlace) -> BuiltMember:
    a_helper(place)
    return a_member(place, "Ann Asker")


class TestANeed:
    def test_in_ordinary_words_opens(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann)
        assert (need.state, need.asked) == (NeedState.OPEN, 1)
        assert codes("need", need.ref, place) == ()

    def test_with_a_link_is_held_with_its_reason(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann, words="Look at bit.ly/1234 and help", windows=NEXT_WEEK)
        assert (need.state, need.held_because) == (NeedState.HELD, "signal")
        assert codes("need", need.ref, place) == ("link",)
        assert [one.code for one in need.held_for] == ["link"]
        assert len(texts("held", ann.id)) == 1

    def test_with_a_number_opens_and_shows_it(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann, words="Ring me on 07700 900123", windows=NEXT_WEEK)
        assert need.state is NeedState.OPEN
        assert codes("need", need.ref, place) == ("contact",)

    def test_leaves_an_audit_row_for_each(self, place: BuiltPlace, ann: BuiltMember) -> None:
        post(ann, words="See bit.ly/1234 or ring 07700 900123", windows=NEXT_WEEK)
        with reading() as uow:
            query = select(AuditRow.why).filter_by(what="signal.found").order_by(AuditRow.id)
            assert list(uow.session.scalars(query)) == ["contact", "link"]

    def test_that_cannot_wait_is_not_delayed(self, place: BuiltPlace, ann: BuiltMember) -> None:
        soon = (Window(NOW + HOUR, NOW + 3 * HOUR),)
        assert post(ann, words="See bit.ly/1234", windows=soon).state is NeedState.OPEN
        scam = post(ann, words="Buy bitcoin with us", windows=soon)
        assert scam.state is NeedState.HELD

    def test_of_somebody_in_danger_opens_and_the_lead_hears_at_once(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        need = post(ann, words="I want to kill myself, please somebody come", windows=NEXT_WEEK)
        assert need.state is NeedState.OPEN
        (report,) = moderation.desk(actor=custodian.actor, now=NOW).reports
        assert (report.kind, report.about_ref) == ("worried", need.ref)
        assert len(texts("worried_lead", custodian.id)) == 1
        assert [entry.what for entry in need.timeline if "signal" in entry.what] == []

    def test_opens_when_the_link_is_taken_out(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann, words="Look at bit.ly/1234", windows=NEXT_WEEK)
        changed = change(ann, need, words="Milk, please.")
        assert (changed.state, changed.asked) == (NeedState.OPEN, 1)
        assert codes("need", need.ref, place) == ()

    def test_stays_when_a_threat_is_taken_out(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann, words="Somebody who has a gun, please", windows=NEXT_WEEK)
        changed = change(ann, need, words="Milk, please.")
        assert changed.state is NeedState.HELD
        assert changed.held_for == ()

    def test_is_held_again_for_new_words(self, place: BuiltPlace, ann: BuiltMember) -> None:
        need = post(ann)
        changed = change(ann, need, words="See bit.ly/1234", windows=NEXT_WEEK)
        assert changed.state is NeedState.HELD
        (helper_ask,) = (one.state for one in _matches(need.ref, place))
        assert helper_ask is MatchState.WITHDRAWN

    def test_let_through_is_not_held_for_the_same_words(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        words = "Look at bit.ly/1234"
        need = post(ann, words=words, windows=NEXT_WEEK)
        custodian = a_custodian(place)
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW)
        assert codes("need", need.ref, place) == ("link",)
        assert post(ann, words=words, windows=NEXT_WEEK).state is NeedState.OPEN
        other = a_member(place, "Bob")
        assert post(other, words=words, windows=NEXT_WEEK).state is NeedState.HELD

    def test_is_not_opened_behind_a_signal_by_anybody(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        need = post(ann, words="Look at bit.ly/1234", windows=NEXT_WEEK)
        opening = text("UPDATE need SET state = 'open' WHERE ref = :ref")
        with pytest.raises(DBAPIError), unit_of_work() as uow:
            uow.session.execute(opening, {"ref": need.ref})

    def test_is_not_held_for_a_change_of_its_time(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        """What was shown beside an urgent need holds nothing when it is not urgent any more."""
        soon = (Window(NOW + HOUR, NOW + 3 * HOUR),)
        need = post(ann, words="See bit.ly/1234", windows=soon)
        changed = change(ann, need, windows=NEXT_WEEK)
        assert changed.state is NeedState.OPEN
        counts = {one.what: one.count for one in laws.check(now=NOW)}
        assert counts["open_though_held_by_a_signal"] == 0

    def test_of_a_series_is_held_day_by_day(self, place: BuiltPlace, ann: BuiltMember) -> None:
        every = Repeat((Weekly((NOW.weekday() + 3) % 7, 600, 720),), (NOW + 28 * DAY).date(), False)
        draft = needs.NeedDraft(category="shopping", words="Look at bit.ly/1234", every=every)
        series.begin(actor=ann.actor, draft=draft, key=a_key(), now=NOW)
        with reading() as uow:
            made = uow.needs.of_asker(place.id, ann.id)
        assert {one.held_because for one in made} == {"signal"}


def _matches(ref: str, place: BuiltPlace) -> list[Any]:
    with reading() as uow:
        return uow.matches.of_need(uow.needs.by_ref(place.id, ref).id)


class TestACopy:
    def test_of_somebody_else_is_held(self, place: BuiltPlace, ann: BuiltMember) -> None:
        first = post(ann, words=LONG, windows=NEXT_WEEK)
        other = post(a_member(place, "Bob"), words=LONG.upper() + "!", windows=NEXT_WEEK)
        assert other.state is NeedState.HELD
        assert codes("need", other.ref, place) == ("copy",)
        with reading() as uow:
            need = uow.needs.by_ref(place.id, other.ref)
            (signal,) = uow.signals.of(place.id, "need", [need.id])[need.id]
        assert signal.facts == {"kind": "need", "ref": first.ref}

    def test_nearly_the_same_is_one(self, place: BuiltPlace, ann: BuiltMember) -> None:
        post(ann, words=LONG, windows=NEXT_WEEK)
        near = LONG.replace("Friday", "Sunday")
        assert post(a_member(place, "Bob"), words=near, windows=NEXT_WEEK).state is NeedState.HELD

    def test_of_ones_own_is_only_shown(self, place: BuiltPlace, ann: BuiltMember) -> None:
        post(ann, words=LONG, windows=NEXT_WEEK)
        again = post(ann, words=LONG, windows=NEXT_WEEK)
        assert again.state is NeedState.OPEN
        assert codes("need", again.ref, place) == ("copy_own",)

    def test_in_short_words_is_none(self, place: BuiltPlace, ann: BuiltMember) -> None:
        post(ann)
        assert post(a_member(place, "Bob")).state is NeedState.OPEN

    def test_is_forgotten_after_thirty_days(self, place: BuiltPlace, ann: BuiltMember) -> None:
        post(ann, words=LONG, windows=NEXT_WEEK)
        later = NOW + 31 * DAY
        bob = a_member(place, "Bob")
        assert post(bob, words=LONG, now=later).state is NeedState.OPEN
        assert end_what_is_over(now=later)["text_print"] > 0


class TestNumbers:
    def test_of_a_day_show_without_holding(self, place: BuiltPlace, ann: BuiltMember) -> None:
        rules(place, signal_most_per_day=2)
        for _ in range(2):
            assert codes("need", post(ann, windows=NEXT_WEEK).ref, place) == ()
        third = post(ann, windows=NEXT_WEEK)
        assert third.state is NeedState.OPEN
        assert codes("need", third.ref, place) == ("too_many",)

    def test_of_somebody_new_in_a_hurry(self, place: BuiltPlace) -> None:
        new = a_member(place, "New", created_at=NOW - 10 * timedelta(minutes=1))
        refs = [post(new, windows=NEXT_WEEK).ref for _ in range(3)]
        assert [codes("need", ref, place) for ref in refs] == [(), (), ("hurry",)]

    def test_of_metres_far_beyond_the_usual(self, place: BuiltPlace) -> None:
        offer = offered(a_member(place, "Far"), reach_metres=20_000)
        assert codes("offer", offer.ref, place) == ("too_far",)

    def test_of_accounts_on_one_device_hold(self, place: BuiltPlace) -> None:
        people = [a_member(place, f"Twin {number}") for number in range(3)]
        with unit_of_work() as uow:
            for one in people:
                uow.signals.keep_trace(
                    place.id, one.id, browser_hash="same", network_hash=None, now=NOW
                )
            uow.commit()
        need = post(people[2], windows=NEXT_WEEK)
        assert (need.state, need.held_because) == (NeedState.HELD, "signal")
        assert codes("need", need.ref, place) == ("many_accounts",)
        assert need.held_for == ()

    def test_of_accounts_of_another_place_counts_none(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        ann, *there = (a_member(one, "Twin") for one in (place, noise, noise, noise))
        with unit_of_work() as uow:
            for one in (ann, *there):
                uow.signals.keep_trace(
                    one.place.id, one.id, browser_hash="same", network_hash=None, now=NOW
                )
            uow.commit()
        assert post(ann, windows=NEXT_WEEK).state is NeedState.OPEN


class TestAnOffer:
    @pytest.fixture
    def giver(self, place: BuiltPlace) -> BuiltMember:
        """Somebody whose first offer was let through already."""
        giver = a_member(place, "Gil")
        an_offer(giver, "gardening")
        return giver

    def test_with_a_number_for_everybody_is_held(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        shown = offered(giver, words="Ring 07700 900123", words_public=True)
        assert (shown.state, shown.held_because) == (OfferState.HELD, "signal")
        assert [one.code for one in shown.held_for] == ["contact_public"]
        kept = offers.to_change(actor=giver.actor, ref=shown.ref, now=NOW)
        changed = offers.change(
            actor=giver.actor, ref=shown.ref, draft=replace(kept.draft, words="Glad to."),
            version=kept.version, key=a_key(), now=NOW,
        )  # fmt: skip
        assert changed.state is OfferState.OPEN

    def test_for_money_is_held_but_on_stated_terms(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        assert offered(giver, words="£10 an hour").state is OfferState.HELD
        pantry = an_organisation(place)
        rules(place, hold_organisation_offers=False)
        stated = offered(
            pantry.owner,
            organisation_ref=pantry.ref,
            terms=Terms.STATED,
            stated_terms="£10 an hour",
        )  # fmt: skip
        assert stated.state is OfferState.OPEN

    def test_changed_to_such_words_is_held_and_asks_are_taken_back(
        self, place: BuiltPlace, giver: BuiltMember
    ) -> None:
        shown = offered(giver)
        post(a_member(place, "Ann"))
        assert asks_of(giver)
        kept = offers.to_change(actor=giver.actor, ref=shown.ref, now=NOW)
        changed = offers.change(
            actor=giver.actor, ref=shown.ref, draft=replace(kept.draft, words="See bit.ly/1234"),
            version=kept.version, key=a_key(), now=NOW,
        )  # fmt: skip
        assert changed.state is OfferState.HELD
        assert asks_of(giver) == []


class TestARuleset:
    def test_says_what_holds(self, place: BuiltPlace, ann: BuiltMember) -> None:
        rules(place, signals_hold={"need": ["contact"]})
        assert post(ann, words="07700 900123", windows=NEXT_WEEK).state is NeedState.HELD
        assert post(ann, words="bit.ly/1234", windows=NEXT_WEEK).state is NeedState.OPEN

    def test_switches_off(self, place: BuiltPlace, ann: BuiltMember) -> None:
        rules(place, signals_off=["link"])
        need = post(ann, words="bit.ly/1234", windows=NEXT_WEEK)
        assert (need.state, codes("need", need.ref, place)) == (NeedState.OPEN, ())

    def test_has_words_of_its_own(self, place: BuiltPlace, ann: BuiltMember) -> None:
        rules(place, worry_words=["scrapyard"])
        need = post(ann, words="To the scrapyards", windows=NEXT_WEEK)
        assert codes("need", need.ref, place) == ("worry_place",)
        assert need.state is NeedState.HELD


class TestAnOrganisationsWords:
    def test_wait_while_the_old_ones_stand(self, place: BuiltPlace) -> None:
        pantry, custodian = an_organisation(place), a_custodian(place)
        said = {"phone": "0117 496 0123", "mail": None, "web": "www.pantry.example"}

        def say(about: str) -> Any:
            return organisations.change(
                actor=pantry.owner.actor, ref=pantry.ref, about=about, key=a_key(), now=NOW, **said
            )  # fmt: skip

        assert say("We cook. See www.pantry.example/menu").about_waiting is None
        waits = say("Claim now: you have won")
        assert (waits.about, waits.about_waiting) == (
            "We cook. See www.pantry.example/menu", "Claim now: you have won",
        )  # fmt: skip
        stranger = organisations.show(actor=a_member(place, "Bob").actor, ref=pantry.ref, now=NOW)
        assert stranger.about_waiting is None
        (held,) = moderation.desk(actor=custodian.actor, now=NOW).of("organisation")
        assert (held.because, held.words) == (("organisation_words",), "Claim now: you have won")
        assert {one.code for one in held.signals} == {"worry_scam"}
        moderation.approve(actor=custodian.actor, ref=pantry.ref, key=a_key(), now=NOW)
        shown = organisations.show(actor=pantry.owner.actor, ref=pantry.ref, now=NOW)
        assert (shown.about, shown.about_waiting) == ("Claim now: you have won", None)
        say("You have won again")
        moderation.refuse(actor=custodian.actor, ref=pantry.ref, words="No.", key=a_key(), now=NOW)
        shown = organisations.show(actor=pantry.owner.actor, ref=pantry.ref, now=NOW)
        assert (shown.about, shown.about_waiting) == ("Claim now: you have won", None)
        with reading() as uow:
            (decision,) = uow.decisions.of_subject("organisation", pantry.id)
        assert (decision.kind, decision.scope, decision.words) == ("edit", "words", "No.")
        assert (decision.columns, decision.signals) == (("about",), ("worry_scam",))
        assert uow_changes(decision)["about"] == ("You have won again", "Claim now: you have won")


class TestSigns:
    """What is said before posting."""

    def of(self, who: BuiltMember, words: str, **draft: Any) -> Any:
        drafted = needs.NeedDraft(
            category=draft.pop("category", "shopping"), words=words, windows=NEXT_WEEK, **draft
        )
        return signs.of_need(actor=who.actor, place_id=who.place.id, draft=drafted, now=NOW)

    def test_tell_what_can_be_put_right(self, ann: BuiltMember) -> None:
        seen = self.of(ann, "See bit.ly/1234")
        assert ([one.found for one in seen.found], seen.waits) == (["bit.ly/1234"], True)
        seen = self.of(ann, "Ring 07700 900123")
        assert ([one.code for one in seen.found], seen.waits) == (["contact"], False)

    def test_tell_nothing_that_teaches(self, ann: BuiltMember) -> None:
        assert self.of(ann, "I sell cocaine").found == ()

    def test_do_not_mind_money_that_holds_nothing(self, ann: BuiltMember) -> None:
        assert self.of(ann, "I pay for the petrol").found == ()

    def test_answer_kindly(self, ann: BuiltMember) -> None:
        assert self.of(ann, "I want to die").comfort
        assert not self.of(ann, "Milk").comfort

    def test_of_an_offer(self, ann: BuiltMember) -> None:
        draft = offers.OfferDraft(categories=("shopping",), words="£5", any_time=True)
        seen = signs.of_offer(actor=ann.actor, place_id=ann.place.id, draft=draft, now=NOW)
        assert ([one.code for one in seen.found], seen.waits) == (["money"], True)
