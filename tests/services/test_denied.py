"""A person is removed for safety, and is looked at before they are let in again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState, Role
from enabler.domain.windows import Window
from enabler.doors.secrets import KeyedSecrets
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.signals import DenialMarkRow, DenialRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import _denying, denied, moderation, needs, suspensions
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_need,
    an_offer,
)
from tests.keeping import end_what_is_over
from tests.services.deeds import a_key, accept, post
from tests.services.test_asking import texts
from tests.services.test_offers import offered

DAY, YEAR = timedelta(days=1), timedelta(days=366)


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Lena Lead", at=(1500, 1500), roles=(Role.SAFEGUARDING_LEAD,))


@pytest.fixture
def bad(place: BuiltPlace) -> BuiltMember:
    return a_helper(place, "Basil Baddie", mail=True, address="7 Mill Lane")


def remove(lead: BuiltMember, who: BuiltMember, **said: Any) -> None:
    """Remove them."""
    told = {"reason": "violence", "words": "He hit a neighbour.", "key": a_key(), "now": NOW}
    denied.remove(actor=lead.actor, ref=who.ref, secrets=wiring().secrets, **told | said)


def check(who: BuiltMember, now: Any = NOW) -> bool:
    """What happens when somebody signs up, or changes how they are reached."""
    with unit_of_work() as uow:
        held = _denying.check_member(uow, who.actor, who.id, wiring().secrets, now)
        uow.commit()
    return held


def state(who: BuiltMember) -> MemberState:
    """Where an account stands."""
    with reading() as uow:
        return uow.homes.member(who.id).state


def again(bad: BuiltMember, name: str = "Basil Baddie", **columns: Any) -> BuiltMember:
    """Somebody at the same door."""
    return a_member(bad.place, name, at=(bad.east, bad.north), phone=False,
                    address="7 Mill Lane", **columns)  # fmt: skip


class TestRemoving:
    def test_closes_the_account_and_all_that_was_theirs(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        ann = a_member(place, "Ann")
        theirs = a_need(bad, "gardening")
        needed = post(ann)
        agreed = accept(bad)
        remove(lead, bad)
        assert state(bad) is MemberState.SUSPENDED
        with reading() as uow:
            assert uow.needs.by_ref(place.id, theirs).state is NeedState.SUSPENDED
            assert uow.needs.by_ref(place.id, needed.ref).state is NeedState.OPEN
            assert uow.matches.by_ref(place.id, agreed.ref).state is MatchState.RELEASED
            offers = uow.offers.all_of((bad.id, None))
        assert {one.state for one in offers} == {OfferState.SUSPENDED}
        assert len(texts("released", ann.id)) == 1

    def test_keeps_digests_and_nothing_that_can_be_read(
        self, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        remove(lead, bad)
        with reading() as uow:
            (denial,) = uow.session.query(DenialRow)
            marks = list(uow.session.query(DenialMarkRow))
            words = [row.why for row in uow.session.query(AuditRow).filter_by(what="denial.made")]
        assert (denial.reason, denial.until_at) == ("violence", NOW.replace(year=NOW.year + 6))
        assert {one.kind for one in marks} == {"phone", "mail", "name-postcode", "name-home"}
        assert all(len(one.digest) == 64 for one in marks)
        assert words == ["violence"]

    def test_is_a_suspension_with_reasons_that_a_lead_alone_lifts(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        theirs = a_need(bad, "gardening")
        remove(lead, bad)
        with reading() as uow:
            (decision,) = uow.decisions.of_subject("member", bad.id)
        assert (decision.kind, decision.scope, decision.words) == (
            "suspend", "account", "He hit a neighbour.",
        )  # fmt: skip
        assert decision.review_at == NOW.replace(year=NOW.year + 6)
        told = {"ref": bad.ref, "words": "It was his brother.", "now": NOW}
        with pytest.raises(NotAllowed, match="lead_decides"):
            suspensions.lift(actor=a_custodian(place).actor, key=a_key(), **told)
        suspensions.lift(actor=lead.actor, key=a_key(), **told)
        assert state(bad) is MemberState.ACTIVE
        assert denied.overview(actor=lead.actor, now=NOW).denied == ()
        with reading() as uow:
            assert uow.needs.by_ref(place.id, theirs).state is NeedState.OPEN
            offers = uow.offers.all_of((bad.id, None))
        assert {one.state for one in offers} == {OfferState.OPEN}

    @pytest.mark.parametrize(
        ("said", "field"), [({"reason": "ugly"}, "reason"), ({"words": " "}, "words")]
    )
    def test_wants_a_reason(
        self, lead: BuiltMember, bad: BuiltMember, said: dict[str, str], field: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            remove(lead, bad, **said)
        assert wrong.value.field == field

    def test_is_the_leads_alone(self, place: BuiltPlace, bad: BuiltMember) -> None:
        for who in (a_custodian(place), bad):
            with pytest.raises(NotAllowed):
                remove(who, bad)
            with pytest.raises(NotAllowed):
                denied.overview(actor=who.actor, now=NOW)

    def test_is_never_of_oneself_of_staff_or_twice(
        self, place: BuiltPlace, lead: BuiltMember, bad: BuiltMember
    ) -> None:
        with pytest.raises(NotAllowed, match="own_case"):
            remove(lead, lead)
        with pytest.raises(NotAllowed, match="staff_role_first"):
            remove(lead, a_custodian(place))
        remove(lead, bad)
        with pytest.raises(WrongMoment):
            remove(lead, bad)

    def test_finds_nobody_elsewhere(
        self, lead: BuiltMember, noise: BuiltPlace, bad: BuiltMember
    ) -> None:
        with pytest.raises(NotFound):
            remove(lead, a_member(noise, "Nell"))
        with pytest.raises(Invalid, match="person_unknown"):
            denied.find(actor=lead.actor, typed="ZZZZ")
        assert denied.find(actor=lead.actor, typed=bad.ref.lower()) == bad.ref

    def test_shows_a_name_as_a_sight(self, lead: BuiltMember, bad: BuiltMember) -> None:
        shown = denied.person(actor=lead.actor, ref=bad.ref, now=NOW)
        assert (shown.name, shown.years, shown.state) == ("Basil Baddie", 6, "active")
        with reading() as uow:
            assert uow.session.query(SightRow).filter_by(
                viewer=lead.ref, member_id=bad.id, what="name", why="safety"
            ).count() == 1  # fmt: skip


class TestComingBack:
    @pytest.fixture
    def back(self, lead: BuiltMember, bad: BuiltMember) -> Callable[..., BuiltMember]:
        """Removes them; then somebody joins at the same door."""
        remove(lead, bad)

        def joins(name: str = "Basil Baddie", **columns: Any) -> BuiltMember:
            return again(bad, name, **columns)

        return joins

    def test_by_name_and_door_is_looked_at(
        self, back: Callable[..., BuiltMember], lead: BuiltMember
    ) -> None:
        new = back("BADDIE, Basil")
        assert check(new)
        assert state(new) is MemberState.HELD
        (waiting,) = denied.overview(actor=lead.actor, now=NOW).waiting
        assert (waiting.ref, waiting.reason) == (new.ref, "violence")
        assert waiting.kinds == ("name-home", "name-postcode")
        assert not check(new)  # once

    def test_by_name_alone_is_not(self, place: BuiltPlace, back: Any) -> None:
        assert not check(a_member(place, "Basil Baddie", phone=False, at=(700, 700)))
        assert not check(a_member(place, "Basil Baddie", phone=False, at=(3300, 3300)))

    def test_as_somebody_else_of_the_household_is_not(self, back: Any) -> None:
        assert not check(back("Bella Smith"))

    def test_after_its_end_is_not(self, back: Any) -> None:
        new = back()
        assert not check(new, NOW + 6 * YEAR)
        assert end_what_is_over(now=NOW + 6 * YEAR + timedelta(hours=1))["denial_mark"] > 0

    def test_elsewhere_is_not(self, back: Any, noise: BuiltPlace) -> None:
        new = a_member(noise, "Basil Baddie", address="7 Mill Lane", at=(700, 700), phone=False)
        assert not check(new)

    def test_what_they_post_waits_with_them(self, back: Any, place: BuiltPlace) -> None:
        custodian = a_custodian(place)
        new = back()
        check(new)
        need = post(new)
        assert (need.state, need.held_because) == (NeedState.HELD, "account")
        assert offered(new).held_because == "account"
        with pytest.raises(WrongMoment, match="account_waits"):
            suspensions.suspend(
                actor=custodian.actor, ref=new.ref, words="Wait.", key=a_key(), now=NOW
            )
        with pytest.raises(WrongMoment, match="account_waits"):
            moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW)

    def test_what_they_asked_before_waits_too(
        self, back: Any, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        new = back()
        hal = a_helper(place, "Hal")
        need = post(new)
        assert need.asked == 1
        check(new)
        shown = needs.show(actor=new.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.held_because) == (NeedState.HELD, "account")
        assert len(texts("withdrawn", hal.id)) == 1
        told = {"words": "I rang her.", "key": a_key(), "now": NOW}
        denied.let_in(actor=lead.actor, ref=new.ref, **told)
        assert state(new) is MemberState.ACTIVE
        assert needs.show(actor=new.actor, ref=need.ref, now=NOW).state is NeedState.OPEN
        assert denied.overview(actor=lead.actor, now=NOW).waiting == ()
        assert not check(new)
        with pytest.raises(WrongMoment, match="account_does_not_wait"):
            denied.let_in(actor=lead.actor, ref=new.ref, **told | {"key": a_key()})

    def test_what_a_signal_holds_waits_on(self, back: Any, lead: BuiltMember) -> None:
        new = back()
        check(new)
        later = (Window(NOW + 5 * DAY, NOW + 6 * DAY),)
        need = post(new, words="See bit.ly/1234", windows=later)
        denied.let_in(actor=lead.actor, ref=new.ref, words="Seen.", key=a_key(), now=NOW)
        shown = needs.show(actor=new.actor, ref=need.ref, now=NOW)
        assert (shown.state, shown.held_because) == (NeedState.HELD, "signal")

    def test_they_do_not_say_yes_meanwhile(self, back: Any, place: BuiltPlace) -> None:
        new = back(mail=True)
        an_offer(new, "shopping")
        post(a_member(place, "Ann"))
        check(new)
        with pytest.raises(WrongMoment, match="member_not_active"):
            accept(new)

    def test_and_being_removed_again_settles_it(self, back: Any, lead: BuiltMember) -> None:
        new = back()
        check(new)
        remove(lead, new)
        shown = denied.overview(actor=lead.actor, now=NOW)
        assert (shown.waiting, len(shown.denied)) == ((), 2)

    def test_is_free_once_the_list_says_so(self, back: Any, lead: BuiltMember) -> None:
        (one,) = denied.overview(actor=lead.actor, now=NOW).denied
        denied.lift(actor=lead.actor, ref=one.ref, key=a_key(), now=NOW)
        assert denied.overview(actor=lead.actor, now=NOW).denied == ()
        assert not check(back())
        with pytest.raises(WrongMoment, match="denial_lifted_already"):
            denied.lift(actor=lead.actor, ref=one.ref, key=a_key(), now=NOW)


class TestDigests:
    def test_are_of_one_place_and_one_key(self, lead: BuiltMember, bad: BuiltMember) -> None:
        """After a change of the secret key the list is blind: the operator's page says so."""
        with reading() as uow:
            marks = _denying.marks(uow, uow.homes.member(bad.id))
        ours = _denying.digests(wiring().secrets, bad.place.id, marks)
        assert not ours & _denying.digests(wiring().secrets, bad.place.id + 1, marks)
        assert not ours & _denying.digests(KeyedSecrets("another key"), bad.place.id, marks)
