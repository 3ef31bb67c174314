"""One queue over all that waits: its order, its clocks, who has what in hand."""

from datetime import timedelta

import pytest
from flask import Flask

from bench.bare_doors import recorded
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import (
    Channel,
    CredentialKind,
    MatchState,
    NeedState,
    NextStep,
    OfferState,
    OutboxState,
    Priority,
    Risk,
    Role,
)
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import OrganisationRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import claims, moderation, suspensions, undelivered, worries
from enabler.services.moderation import Sieve
from enabler.services.views import DeskView
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
from tests.services.deeds import a_key, accept, post
from tests.services.test_reports import a_lead, tell_council

HOUR = timedelta(hours=1)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def desk(who: BuiltMember, at: timedelta = timedelta(), **sieve: object) -> DeskView:
    """The desk so much later."""
    return moderation.desk(actor=who.actor, sieve=Sieve(**sieve), now=NOW + at)  # type: ignore[arg-type]


def held_offer(place: BuiltPlace, name: str = "Hal", *categories: str) -> str:
    """A first offer that waits."""
    giver = a_member(place, name)
    return an_offer(
        giver,
        *(categories or ("gardening",)),
        state=OfferState.HELD,
        held_because="first_offer",
        posted_at=NOW,
    )


class TestTheQueue:
    def test_has_a_worry_that_nobody_has_seen_above_what_is_overdue(
        self, place: BuiltPlace
    ) -> None:
        """On a Friday night its clock ends on Monday: what could wait must not stand before it."""
        lead, late = a_lead(place), timedelta(days=3)
        held = held_offer(place, "Hal", "childcare")
        seen = tell_council(a_member(place).actor, "He looks thin.", now=NOW + late)
        worries.acknowledge(actor=lead.actor, ref=seen, key=a_key(), now=NOW + late)
        unseen = tell_council(a_member(place).actor, "She cries.", now=NOW + late)
        assert [one.ref for one in desk(lead, late).entries] == [unseen, held, seen]

    def test_has_all_that_waits_computed_from_its_state(
        self, place: BuiltPlace, noise: BuiltPlace, custodian: BuiltMember
    ) -> None:
        asker, helper = a_member(place), a_helper(place)
        post(asker)
        disputed = accept(helper).ref
        group = an_organisation(place, credentials=())
        with unit_of_work() as uow:
            for row in (uow.session.query(MatchRow).filter_by(ref=disputed),):
                row.one().state = MatchState.DISPUTED
            uow.session.get_one(OrganisationRow, group.id).can_show = ["insurance"]
            uow.session.add(CredentialRow(
                place_id=place.id, ref=uow.refs.new(place.id, "credential"),
                member_id=helper.id, kind=CredentialKind.TRAINING,
                seen_on=NOW, valid_until=NOW + 48 * HOUR, checked_by="a test",
            ))  # fmt: skip
            uow.session.add(OutboxRow(
                place_id=place.id, member_id=asker.id, channel=Channel.TEXT, template="held",
                parameters={}, language="en", priority=Priority.MATCH, dedupe_key="x",
                state=OutboxState.FAILED, queued_at=NOW, due_at=NOW, expires_at=NOW + HOUR,
            ))  # fmt: skip
            uow.commit()
        offer, need = held_offer(place), post(asker, "respite").ref
        unmet = a_need(asker, next_step=NextStep.BROKER, next_step_at=NOW + HOUR)
        a_need(a_member(noise), "respite", state=NeedState.HELD, held_because="category")

        seen = desk(custodian)

        assert {(one.kind, one.ref) for one in seen.entries if one.kind != "message"} == {
            ("need", need), ("offer", offer), ("unmet", unmet), ("dispute", disputed),
            ("credential", group.ref), ("credential", helper.ref),
        }  # fmt: skip
        assert seen.counts == {
            "need": 1, "offer": 1, "unmet": 1, "dispute": 1, "credential": 2, "message": 1,
        }  # fmt: skip
        kinds = {one.ref: (one.because, one.kinds) for one in seen.of("credential")}
        assert kinds == {
            group.ref: (("can_show",), ("insurance",)),
            helper.ref: (("expires_soon",), ("training",)),
        }  # fmt: skip

    def test_has_what_is_overdue_on_top_then_what_can_do_most_harm(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        low, high = held_offer(place), post(a_member(place), "respite").ref
        assert [(one.ref, one.risk, one.due) for one in desk(custodian).entries] == [
            (high, Risk.HIGH, NOW + 4 * HOUR), (low, Risk.LOW, NOW + 72 * HOUR),
        ]  # fmt: skip
        later = post(a_member(place), "respite")
        assert later
        seen = desk(custodian, 73 * HOUR)
        assert [one.overdue for one in seen.entries] == [True, True, True]
        assert (seen.overdue, seen.entries[0].level) == (3, 2)

    def test_goes_through_a_sieve_a_page_at_a_time(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        for number in range(52):
            held_offer(place, f"Hal {number}")
        high = post(a_member(place, at=(3500, 500)), "respite").ref
        first, second = desk(custodian), desk(custodian, page=2)
        assert (len(first.entries), len(second.entries), first.pages, first.found) == (50, 3, 2, 53)
        assert [one.ref for one in desk(custodian, risk="high").entries] == [high]
        assert [one.ref for one in desk(custodian, ward="East End").entries] == [high]
        assert desk(custodian, kind="offer", page=9).page == 2
        assert desk(custodian, whose="mine").entries == ()

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, context: Flask, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        def fill() -> None:
            held_offer(place, "Hal", "shopping", "meals")
            post(a_member(place), "respite")
            a_need(a_member(place), next_step=NextStep.BROKER, next_step_at=NOW)

        fill()
        with recorded(context) as few:
            desk(custodian)
        for _ in range(5):
            fill()
        with recorded(context) as many:
            desk(custodian)
        assert 0 < len(few) == len(many) <= 8, [statement for statement, _ in many]

    def test_is_never_ones_own_to_decide(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        post(custodian, "respite")
        (own,) = desk(custodian).entries
        assert (own.own, own.in_bulk) == (True, False)


class TestAClaim:
    def test_is_seen_by_others_and_lapses(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        other, ref = a_custodian(place, "Otto Desk"), held_offer(place)
        claims.claim(actor=custodian.actor, kind="offer", ref=ref, key=a_key(), now=NOW)
        (mine,), (theirs,) = desk(custodian).entries, desk(other, HOUR / 4).entries
        assert mine.claim is not None
        assert theirs.claim is not None
        assert (mine.claim.mine, theirs.claim.mine, theirs.claim.by) == (True, False, "Carol Desk")
        assert desk(other, whose="unclaimed").entries == ()
        (lapsed,) = desk(other, HOUR).entries
        assert lapsed.claim is None
        claims.claim(actor=other.actor, kind="offer", ref=ref, key=a_key(), now=NOW + HOUR)

    def test_is_taken_over_with_a_word_and_given_back(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        other, ref = a_custodian(place, "Otto Desk"), held_offer(place)

        def take(who: BuiltMember, words: str | None = None) -> None:
            claims.claim(actor=who.actor, kind="offer", ref=ref, words=words, key=a_key(), now=NOW)

        take(custodian)
        take(custodian)
        with pytest.raises(Invalid) as wrong:
            take(other)
        assert wrong.value.field == "words"
        take(other, "She has gone home.")
        claims.release(actor=custodian.actor, kind="offer", ref=ref, key=a_key(), now=NOW)
        (entry,) = desk(custodian).entries
        assert entry.claim is not None
        assert entry.claim.by == "Otto Desk"
        claims.release(actor=other.actor, kind="offer", ref=ref, key=a_key(), now=NOW)
        assert desk(custodian).entries[0].claim is None

    def test_is_of_what_waits_and_for_those_who_decide(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        ref = held_offer(place)
        with pytest.raises(NotFound):
            claims.claim(actor=custodian.actor, kind="need", ref=ref, key=a_key(), now=NOW)
        for who in (a_member(place), a_member(place, roles=(Role.ADMINISTRATOR,))):
            with pytest.raises(NotAllowed):
                claims.claim(actor=who.actor, kind="offer", ref=ref, key=a_key(), now=NOW)


class TestWhoeverIsLate:
    def test_is_told_what_the_other_did_and_keeps_their_words(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        other, ref = a_custodian(place, "Otto Desk"), post(a_member(place), "respite").ref
        case = moderation.look(actor=other.actor, ref=ref, now=NOW)
        assert case is not None
        moderation.refuse(actor=custodian.actor, ref=ref, words="Too far.", key=a_key(), now=NOW)
        key = a_key()
        for _ in range(2):  # the very same form twice is told the same, and noted once
            with pytest.raises(WrongMoment) as late:
                moderation.approve(
                    actor=other.actor, ref=ref, words="A good idea.", seen=case.version, key=key,
                    now=NOW,
                )  # fmt: skip
            assert late.value.code == "decided_meanwhile"
        seen = moderation.look(actor=other.actor, ref=ref, now=NOW)
        assert seen is not None
        assert seen.last is not None
        assert (seen.state, seen.last.what, seen.last.by, seen.last.words) == (
            "refused", "held-refused", "Carol Desk", "Too far.",
        )  # fmt: skip
        with reading() as uow:
            need = uow.needs.by_ref(place.id, ref)
            assert uow.audit.words_of("need", need.id, "need.decided-too-late") == "A good idea."

    def test_is_told_that_its_author_changed_it(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        ref = post(a_member(place), "respite").ref
        with unit_of_work() as uow:
            need = uow.needs.by_ref(place.id, ref)
            uow.needs.change(need.id, words="Otherwise.", version=2)
            uow.commit()
        with pytest.raises(WrongMoment) as late:
            moderation.approve(actor=custodian.actor, ref=ref, seen="held.1", key=a_key(), now=NOW)
        assert late.value.code == "changed_at_desk"


def test_many_at_once_are_of_low_risk_alone(place: BuiltPlace, custodian: BuiltMember) -> None:
    low, high = held_offer(place), post(a_member(place), "respite").ref
    moderation.approve(actor=custodian.actor, ref=low, low_only=True, key=a_key(), now=NOW)
    with pytest.raises(NotAllowed) as no:
        moderation.approve(actor=custodian.actor, ref=high, low_only=True, key=a_key(), now=NOW)
    assert no.value.code == "not_low_risk"
    assert [one.ref for one in desk(custodian).entries if one.in_bulk] == []


def test_a_message_that_failed_is_looked_at_and_settled(
    place: BuiltPlace, custodian: BuiltMember
) -> None:
    with unit_of_work() as uow:
        uow.session.add(OutboxRow(
            place_id=place.id, member_id=custodian.id, channel=Channel.TEXT, template="held",
            parameters={}, language="en", priority=Priority.SAFETY, dedupe_key="x",
            state=OutboxState.UNKNOWN, queued_at=NOW, due_at=NOW, expires_at=NOW + HOUR,
        ))  # fmt: skip
        uow.commit()
    (entry,) = desk(custodian).entries
    assert (entry.kind, entry.risk) == ("message", Risk.HIGH)
    (one,) = undelivered.show(actor=custodian.actor, now=NOW)
    with pytest.raises(Invalid):
        undelivered.settle(actor=custodian.actor, ids=[], key=a_key(), now=NOW)
    assert undelivered.settle(actor=custodian.actor, ids=[one.id], key=a_key(), now=NOW) == 1
    assert desk(custodian).entries == ()


def test_help_agreed_with_somebody_suspended_comes_to_the_desk(
    place: BuiltPlace, custodian: BuiltMember
) -> None:
    helper = a_helper(place)
    post(a_member(place))
    ref = accept(helper).ref
    suspensions.suspend(
        actor=custodian.actor, ref=helper.ref, words="We look into it.", key=a_key(), now=NOW
    )
    (entry,) = desk(custodian).of("match")
    assert (entry.ref, entry.risk) == (ref, Risk.HIGH)
