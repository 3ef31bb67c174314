"""Checks: seen, asked for, taken back, waived by two; and what they cover for whoever is asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import EnablerError, Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import CredentialKind, MatchState, Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import credential_desk, credentials, matches, my_checks
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, an_offer
from tests.builders import an_organisation as an_organisation_of
from tests.services.deeds import a_key, accept, asks_of, post, the_ask
from tests.services.test_asking import texts

K = CredentialKind
YEAR = timedelta(days=365)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def record(who: BuiltMember, holder: str, kind: K = K.IDENTITY, **more: Any) -> None:
    """Record a check for a year."""
    facts = {"seen_on": date(2026, 3, 9), "valid_until": date(2027, 3, 8)} | more
    credentials.record(
        actor=who.actor, holder_ref=holder, kind=kind, key=a_key(), now=NOW, **facts
    )  # fmt: skip


def of(holder: BuiltMember) -> list[Any]:
    with reading() as uow:
        return list(uow.credentials.of_holder((holder.id, None)))


def refused(code: str, kind: type[EnablerError], act: Any) -> None:
    with pytest.raises(kind) as wrong:
        act()
    assert wrong.value.code == code


class TestWhatCovers:
    def test_an_enhanced_check_is_enough_where_a_basic_one_is_asked(
        self, place: BuiltPlace
    ) -> None:
        """For one helper and for all at once: an ask is made, and a yes taken."""
        helper = a_helper(place, "Hal", "befriending",
                          credentials=[K.IDENTITY, K.DBS_ADULTS])  # fmt: skip
        post(a_member(place), "befriending")
        assert accept(helper).state is MatchState.ACCEPTED

    def test_a_basic_one_is_not_where_an_enhanced_one_is(self, place: BuiltPlace) -> None:
        helper = a_helper(place, "Hal", "befriending", credentials=[K.IDENTITY, K.REFERENCE])
        post(a_member(place), "befriending")
        assert asks_of(helper) == []


class TestRecording:
    def test_keeps_who_saw_what_until_when_and_no_more_of_its_number(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[])
        record(custodian, holder.ref, K.TRAINING, note="First aid", last_characters=" 12 34")
        (one,) = of(holder)
        assert (one.note, one.last_characters, one.checked_by) == (
            "First aid", "1234", custodian.ref
        )  # fmt: skip
        assert one.recorded_at == NOW

    @pytest.mark.parametrize(
        ("kind", "more", "code"),
        [
            (K.TRAINING, {}, "note_missing_name"),
            (K.FOOD_HYGIENE, {"note": "very good"}, "note_missing_rating"),
            (K.IDENTITY, {"last_characters": "12345"}, "last_characters_too_many"),
            (K.DBS_STANDARD, {}, "eligibility_missing"),
            (K.DBS_ENHANCED, {"eligible_as": "named-role"}, "eligibility_missing"),
        ],
    )
    def test_asks_for_what_belongs_to_it(
        self, place: BuiltPlace, custodian: BuiltMember, kind: K, more: Any, code: str
    ) -> None:
        holder = a_member(place, credentials=[])
        refused(code, Invalid, lambda: record(custodian, holder.ref, kind, **more))
        assert of(holder) == []

    def test_is_never_of_ones_own_and_only_for_the_desk(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        refused("own_case", NotAllowed, lambda: record(custodian, custodian.ref))
        with pytest.raises(NotAllowed):
            record(a_member(place), custodian.ref)

    def test_ends_what_was_asked_for_and_tells_the_holder(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[])
        for kind in (K.DBS_BASIC, K.DRIVING):
            my_checks.want(actor=holder.actor, kind=kind, key=a_key(), now=NOW)
        record(custodian, holder.ref, K.DBS_STANDARD, eligible_as="named-role")
        waits = my_checks.mine(actor=holder.actor, now=NOW).wanted
        assert [one.kind for one in waits] == [K.DRIVING]
        assert [row.member_id for row in texts("check_seen")] == [holder.id]


class TestHistory:
    def test_cannot_be_changed_or_deleted_whoever_asks(self, place: BuiltPlace) -> None:
        holder = a_member(place, credentials=[K.IDENTITY])
        mine = CredentialRow.member_id == holder.id
        for statement in (
            update(CredentialRow).where(mine).values(valid_until=NOW + 9 * YEAR),
            update(CredentialRow).where(mine).values(checked_by="somebody else"),
            delete(CredentialRow).where(mine),
        ):
            with unit_of_work() as uow, pytest.raises(DBAPIError):
                uow.session.execute(statement)
        assert len(of(holder)) == 1

    def test_is_taken_back_once_with_a_reason_that_its_holder_reads(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[K.IDENTITY])
        (one,) = of(holder)

        def revoke() -> None:
            credentials.revoke(
                actor=custodian.actor, ref=one.ref, words="It was another's.", key=a_key(), now=NOW
            )

        revoke()
        refused("credential_revoked_already", WrongMoment, revoke)
        (shown,) = my_checks.mine(actor=holder.actor, now=NOW).credentials
        assert (shown.state, shown.revoked_because) == ("revoked", "It was another's.")
        assert [row.member_id for row in texts("check_revoked")] == [holder.id]

    def test_is_a_sight_that_its_holder_can_read(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[K.IDENTITY])
        found = credentials.show(actor=custodian.actor, ref=of(holder)[0].ref, now=NOW)
        assert [each.kind for each in found.history] == [K.IDENTITY]
        with reading() as uow:
            (sight,) = uow.session.query(SightRow).filter_by(member_id=holder.id)
        assert (sight.what, sight.viewer) == ("credential", custodian.ref)
        assert len(my_checks.mine(actor=holder.actor, now=NOW).looked) == 1


class TestAskingForACheck:
    def test_stands_at_the_desk_until_it_is_taken_back(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[])
        ref = my_checks.want(
            actor=holder.actor, kind=K.DBS_BASIC, words="Any Friday.", key=a_key(), now=NOW
        )
        (one,) = credential_desk.desk(actor=custodian.actor, now=NOW).wanted
        assert (one.ref, one.holder_ref) == (ref, holder.ref)
        assert credentials.wanted(actor=custodian.actor, ref=ref, now=NOW).words == "Any Friday."
        refused("check_wanted_already", Invalid, lambda: my_checks.want(
            actor=holder.actor, kind=K.DBS_BASIC, key=a_key(), now=NOW
        ))  # fmt: skip
        with pytest.raises(NotFound):
            my_checks.no_longer_want(actor=a_member(place).actor, ref=ref, key=a_key(), now=NOW)
        my_checks.no_longer_want(actor=holder.actor, ref=ref, key=a_key(), now=NOW)
        assert credential_desk.desk(actor=custodian.actor, now=NOW).wanted == ()
        refused("check_not_wanted", WrongMoment, lambda: my_checks.no_longer_want(
            actor=holder.actor, ref=ref, key=a_key(), now=NOW
        ))  # fmt: skip

    def test_is_refused_with_a_reason(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        shop = an_organisation_of(place)
        ref = my_checks.want(
            actor=shop.owner.actor, kind=K.INSURANCE, organisation_ref=shop.ref, key=a_key(),
            now=NOW,
        )  # fmt: skip
        credentials.refuse_wanted(
            actor=custodian.actor, ref=ref, words="You need none.", key=a_key(), now=NOW
        )
        assert [row.member_id for row in texts("check_refused")] == [shop.owner.id]

    def test_for_an_organisation_is_for_its_leads(self, place: BuiltPlace) -> None:
        shop = an_organisation_of(place)
        with pytest.raises(NotAllowed):
            my_checks.want(
                actor=a_member(place).actor, kind=K.INSURANCE, organisation_ref=shop.ref,
                key=a_key(), now=NOW,
            )  # fmt: skip
        ref = my_checks.want(
            actor=shop.owner.actor, kind=K.INSURANCE, organisation_ref=shop.ref, key=a_key(),
            now=NOW,
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            my_checks.no_longer_want(actor=a_member(place).actor, ref=ref, key=a_key(), now=NOW)
        my_checks.no_longer_want(actor=shop.owner.actor, ref=ref, key=a_key(), now=NOW)


class TestAWaiver:
    def ask(self, who: BuiltMember, holder: str, kind: K = K.IDENTITY, days: int = 30) -> str:
        return credential_desk.ask_to_waive(
            actor=who.actor, holder_ref=holder, kind=kind, until=NOW + timedelta(days=days),
            words="Her GP knows her.", key=a_key(), now=NOW,
        ).ref  # fmt: skip

    def decide(self, who: Actor, ref: str, agrees: bool = True) -> str:
        return credential_desk.decide_waiver(
            actor=who, ref=ref, agrees=agrees, key=a_key(), now=NOW
        ).state

    def test_counts_when_a_second_person_has_agreed(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, "Hal", credentials=[])
        an_offer(holder)
        post(a_member(place))
        lead = a_member(place, "Lena", roles=(Role.SAFEGUARDING_LEAD,))
        ref = self.ask(custodian, holder.ref)
        assert of(holder) == []
        for alone in (custodian.actor, Actor.operator("root")):
            refused("same_person", NotAllowed, lambda actor=alone: self.decide(actor, ref))
        assert self.decide(lead.actor, ref) == "agreed"
        (one,) = of(holder)
        assert (one.waived, one.checked_by, one.agreed_by) == (True, custodian.ref, lead.ref)
        assert one.valid_until == NOW + timedelta(days=30)
        refused("waiver_decided", WrongMoment, lambda: self.decide(lead.actor, ref, False))

    def test_is_taken_back_by_whoever_asked_or_refused_by_another(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[])
        assert self.decide(custodian.actor, self.ask(custodian, holder.ref), False) == "withdrawn"
        other = a_custodian(place, "Cora")
        assert self.decide(other.actor, self.ask(custodian, holder.ref), False) == "refused"
        assert of(holder) == []

    def test_is_never_of_what_the_law_demands_nor_too_long_nor_ones_own(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        holder = a_member(place, credentials=[])
        lead = a_member(place, "Lena", roles=(Role.SAFEGUARDING_LEAD,))
        refused("check_not_waivable", Invalid, lambda: self.ask(
            custodian, holder.ref, K.DBS_ENHANCED
        ))  # fmt: skip
        refused("waiver_too_long", Invalid, lambda: self.ask(custodian, holder.ref, days=92))
        ref = self.ask(custodian, lead.ref)
        refused("own_case", NotAllowed, lambda: self.decide(lead.actor, ref))

    def test_that_one_person_wrote_is_refused_by_the_database(self, place: BuiltPlace) -> None:
        holder = a_member(place, credentials=[])
        with unit_of_work() as uow, pytest.raises(DBAPIError):
            uow.credentials.add(
                place_id=place.id, holder=(holder.id, None), kind=K.IDENTITY, seen_on=NOW,
                valid_until=NOW + YEAR, checked_by="MILO", waived=True, agreed_by="MILO",
            )  # fmt: skip


def test_an_ask_may_not_be_answered_with_a_yes_once_the_check_is_gone(
    place: BuiltPlace, custodian: BuiltMember
) -> None:
    helper = a_helper(place, "Hal", credentials=[K.IDENTITY])
    post(a_member(place))
    ref = the_ask(helper)
    credentials.revoke(
        actor=custodian.actor, ref=of(helper)[0].ref, words="Not theirs.", key=a_key(), now=NOW
    )
    assert asks_of(helper) == []
    with pytest.raises(WrongMoment):
        accept(helper, ref)
    assert matches.show(actor=helper.actor, ref=ref, now=NOW).ended_because == "credential_ended"
