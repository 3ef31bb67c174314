"""Nothing waits unseen: low risk opens by itself, the rest is told again and never opens."""

from datetime import timedelta

import pytest

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState, OfferState, Role
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.unit_of_work import reading
from enabler.services import claims, neglect, questions
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, a_place, an_offer
from tests.services.deeds import a_key, post
from tests.services.test_asking import texts

HOUR = timedelta(hours=1)
JOB = Actor.system(neglect.JOB)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def held(place: BuiltPlace, category: str = "gardening") -> str:
    return an_offer(
        a_member(place), category, state=OfferState.HELD, held_because="first_offer", posted_at=NOW
    )


def state(ref: str) -> OfferState:
    with reading() as uow:
        return uow.offers.by_ref(None, ref).state


def look(hours: float) -> int:
    return neglect.look(actor=JOB, now=NOW + hours * HOUR)


class TestWhatCanDoNoHarm:
    def test_opens_by_itself_and_says_so(self, place: BuiltPlace, custodian: BuiltMember) -> None:
        ref = held(place)
        look(47)
        assert state(ref) is OfferState.HELD
        look(48)
        look(48)
        assert state(ref) is OfferState.OPEN
        with reading() as uow:
            (row,) = uow.session.query(AuditRow).filter_by(why="neglected")
        assert (row.what, row.actor_kind, row.actor_name) == (
            "offer.approved", "system", "look-at-desk",
        )  # fmt: skip
        ((kind, opened, _),) = neglect.opened(actor=custodian.actor, since=NOW)
        assert (kind, opened) == ("offer", ref)

    def test_waits_for_whoever_has_it_in_hand_or_is_asked(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        claimed, asked = held(place), held(place)
        claims.claim(actor=custodian.actor, kind="offer", ref=claimed, key=a_key(),
                     now=NOW + 47.8 * HOUR)  # fmt: skip
        questions.ask(actor=custodian.actor, ref=asked, words="When?", key=a_key(), now=NOW)
        look(48)
        assert (state(claimed), state(asked)) == (OfferState.HELD, OfferState.HELD)
        look(49)
        assert (state(claimed), state(asked)) == (OfferState.OPEN, OfferState.HELD)

    def test_waits_for_ever_where_the_place_says_so(self) -> None:
        ref = held(a_place("neverham", area="NV", policy={"desk_neglect_hours": 0}))
        look(1000)
        assert state(ref) is OfferState.HELD


class TestTheRest:
    def test_never_opens_and_is_told_once_to_each_level(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        lead = a_member(place, "Lea", roles=(Role.SAFEGUARDING_LEAD,), mail=True)
        need, medium = post(a_member(place), "respite"), held(place, "repairs")
        assert (look(3), texts("desk_due_staff")) == (0, [])
        look(4)
        look(4.5)
        assert [row.member_id for row in texts("desk_due_staff")] == [custodian.id]
        look(8)
        assert [row.member_id for row in texts("desk_due_staff")] == [custodian.id, lead.id]
        look(1000)
        with reading() as uow:
            assert uow.needs.by_ref(None, need.ref).state is NeedState.HELD
        assert state(medium) is OfferState.HELD
