"""The last look before a message leaves: does it still hold, may this person be told, now?"""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from enabler.domain.vocabulary import MatchState, NeedState, NextStep, OfferState, Priority, Role
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow, SignInCodeRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._tell import tell_number
from tests import rows
from tests.messages.conftest import SOON, Street
from tests.messages.gateways import Network, failing

HOUR = timedelta(hours=1)
NIGHT = rows.NOON + 11 * HOUR
MORNING = rows.NOON + 20 * HOUR


def set_match(street: Street, ref: str, **columns: object) -> None:
    """Change a match as a service would have, meanwhile."""
    street.change(
        lambda uow: uow.session.execute(
            update(MatchRow).where(MatchRow.ref == ref).values(**columns)
        )
    )


def set_member(street: Street, member_id: int, **columns: object) -> None:
    """Change a member as a service would have, meanwhile."""
    street.change(
        lambda uow: uow.session.execute(
            update(MemberRow).where(MemberRow.id == member_id).values(**columns)
        )
    )


def sights(street: Street) -> list[tuple[str, int, str]]:
    """Who saw what of whom."""
    with reading() as uow:
        return [
            (row.viewer, row.member_id, row.what) for row in uow.session.scalars(select(SightRow))
        ]


def ref_of(street: Street, member_id: int) -> str:
    """A member's ref."""
    with reading() as uow:
        return uow.session.get_one(MemberRow, member_id).ref


class TestAnAsk:
    def test_goes_without_a_name_and_without_a_sight(self, street: Street) -> None:
        street.tell("ask", match=street.matched())
        assert street.deliver() == 1
        assert street.bodies() == ["ask"]
        assert street.states() == [("accepted", None)]
        assert sights(street) == []

    def test_that_was_answered_meanwhile_is_dropped(self, street: Street) -> None:
        ref = street.matched()
        street.tell("ask", match=ref)
        set_match(street, ref, state=MatchState.DECLINED)
        street.deliver()
        assert street.states() == [("dropped", "no_longer_so")]
        assert street.bodies() == []

    def test_whose_time_is_over_is_dropped(self, street: Street) -> None:
        street.tell("ask", match=street.matched(answer_by=rows.NOON + SOON))
        street.deliver(rows.NOON + SOON)
        assert street.states() == [("dropped", "no_longer_so")]

    def test_for_a_need_that_is_withdrawn_is_dropped(self, street: Street) -> None:
        street.tell("ask", match=street.matched())
        street.change(
            lambda uow: uow.session.execute(update(NeedRow).values(state=NeedState.WITHDRAWN))
        )
        street.deliver()
        assert street.states() == [("dropped", "no_longer_so")]

    def test_for_somebody_else_is_dropped(self, street: Street) -> None:
        street.tell("ask", to=street.asker, match=street.matched())
        street.deliver()
        assert street.states() == [("dropped", "not_entitled")]

    def test_at_night_waits_and_is_looked_at_again_in_the_morning(self, street: Street) -> None:
        ref = street.matched(answer_by=MORNING + HOUR)
        street.tell("ask", match=ref, now=NIGHT - 4 * HOUR)
        assert street.deliver(NIGHT) == 1  # its sender was late: quiet hours have come
        assert [row.due_at for row in street.outbox()] == [MORNING]
        assert street.deliver(MORNING - SOON) == 0
        set_match(street, ref, state=MatchState.WITHDRAWN)
        street.deliver(MORNING)
        assert street.states() == [("dropped", "no_longer_so")]


class TestAName:
    def test_goes_to_the_other_side_and_is_a_sight(self, street: Street) -> None:
        ref = street.matched(MatchState.ACCEPTED)
        street.tell("accepted_asker", to=street.asker, match=ref)
        street.tell("accepted_helper", match=ref)
        street.deliver()
        assert sorted(street.bodies()) == ["accepted_asker Bob", "accepted_helper Ada"]
        assert sorted(sights(street)) == sorted(
            [
                (ref_of(street, street.asker), street.helper, "name"),
                (ref_of(street, street.helper), street.asker, "name"),
            ]
        )

    def test_stays_when_the_helper_has_gone_back(self, street: Street) -> None:
        ref = street.matched(MatchState.ACCEPTED)
        street.tell("accepted_helper", match=ref)
        set_match(street, ref, state=MatchState.RELEASED, slot=None)
        street.deliver()
        assert (street.bodies(), sights(street)) == ([], [])

    def test_of_an_organisation_is_nobodys(self, street: Street) -> None:
        ref = self.agreed_with_a_shop(street)
        street.tell("accepted_asker", to=street.asker, match=ref)
        street.tell("accepted_helper", match=ref)
        street.deliver()
        assert sorted(street.bodies()) == ["accepted_asker Corner Shop", "accepted_helper Ada"]
        assert [what for _, _, what in sights(street)] == ["name"]

    def test_goes_to_no_other_of_the_organisation(self, street: Street) -> None:
        ref = self.agreed_with_a_shop(street)
        other = street.change(lambda uow: self.at_the_shop(uow, street))
        for template in ("accepted_helper", "address"):
            street.tell(template, to=other, match=ref)
        street.deliver()
        assert street.states() == [("dropped", "not_entitled")] * 2
        assert sights(street) == []

    def agreed_with_a_shop(self, street: Street) -> str:
        """A match whose helper goes for a shop; its ref."""

        def act(uow: UnitOfWork) -> str:
            shop = rows.organisation(uow.session, street.town)
            need = rows.need(uow.session, street.town, street.asker)
            offer = rows.offer(uow.session, street.town, street.helper, organisation_id=shop)
            match = rows.match(
                uow.session, need, offer, state=MatchState.ACCEPTED, helper_id=street.helper
            )
            return match.ref

        ref: str = street.change(act)
        street.change(lambda uow: self.at_the_shop(uow, street, street.helper))
        return ref

    def at_the_shop(self, uow: UnitOfWork, street: Street, who: int | None = None) -> int:
        """Somebody (new, unless said) who may answer for the shop."""
        shop = uow.session.scalars(select(OrganisationRow.id)).one()
        member_id = who or rows.member(uow.session, street.town, "Eve Other")
        rows.role(uow.session, street.town, member_id, Role.ORGANISATION_OWNER,
                  organisation_id=shop)  # fmt: skip
        return member_id


VISIT = {"visit_start": rows.NOON + 72 * HOUR, "visit_end": rows.NOON + 73 * HOUR}


class TestAnAddress:
    def test_waits_until_a_day_before_the_visit(self, street: Street) -> None:
        ref = street.matched(MatchState.ARRANGED, **VISIT)
        street.tell("address", match=ref, expires_at=rows.NOON + 100 * HOUR)
        street.deliver()
        assert street.bodies() == []
        assert [row.due_at for row in street.outbox()] == [rows.NOON + 48 * HOUR]
        street.deliver(rows.NOON + 48 * HOUR)
        assert street.bodies() == ["address Ada"]
        assert [(whose, what) for _, whose, what in sights(street)] == [
            (street.asker, "address,name,postcode")
        ]

    def test_never_goes_after_its_window(self, street: Street) -> None:
        ref = street.matched(MatchState.ARRANGED, **VISIT)
        street.tell(
            "address", match=ref, due_at=rows.NOON + 122 * HOUR, expires_at=rows.NOON + 200 * HOUR
        )
        street.deliver(rows.NOON + 122 * HOUR)
        assert street.states() == [("dropped", "too_late")]

    def test_never_goes_to_a_helper_who_was_only_asked(self, street: Street) -> None:
        street.tell("address", match=street.matched())
        street.deliver()
        assert street.states() == [("dropped", "no_longer_so")]


class TestAnAskThatWaited:
    @pytest.mark.parametrize("state", sorted(set(OfferState) - {OfferState.OPEN}))
    def test_does_not_go_out_for_an_offer_that_is_open_no_more(
        self, street: Street, state: OfferState
    ) -> None:
        """It waited for the end of quiet hours, and the helper stopped meanwhile (law 6)."""
        street.tell("ask", match=street.matched(answer_by=rows.NOON + 9 * HOUR))
        street.change(lambda uow: uow.session.execute(update(OfferRow).values(state=state)))
        street.deliver()
        assert street.states() == [("dropped", "no_longer_so")]


class TestStaff:
    def test_are_told_while_they_are_on_duty_there(self, street: Street) -> None:
        def act(uow: UnitOfWork) -> str:
            rows.role(uow.session, street.town, street.helper, Role.CUSTODIAN)
            return rows.need(uow.session, street.town, street.asker).ref

        ref = street.change(act)
        street.tell("brokering_staff", need=ref)
        street.tell("brokering_staff", to=street.asker, need=ref)
        street.deliver()
        assert street.states() == [("accepted", None), ("dropped", "not_entitled")]

    def test_of_the_ward_hear_that_people_wait_and_of_no_need(self, street: Street) -> None:
        def act(uow: UnitOfWork) -> str:
            rows.role(uow.session, street.town, street.helper, Role.COUNCILLOR,
                      ward_id=street.town.ward_id)  # fmt: skip
            long_ago = {"posted_at": rows.NOON - 30 * HOUR, "next_step": NextStep.BROKER}
            return rows.need(uow.session, street.town, street.asker, **long_ago).ref

        ref, ward = street.change(act), f"W{street.town.id}"
        street.tell("brokering_staff", need=ref)  # from before councillors saw counts
        street.tell("more_waiting_ward", ward=ward)
        street.tell("more_waiting_ward", to=street.asker, ward=ward)
        street.deliver()
        assert street.states() == [
            ("dropped", "not_entitled"), ("accepted", None), ("dropped", "not_entitled"),
        ]  # fmt: skip
        assert [row.parameters for row in street.outbox()[1:]] == [{"ward": ward}] * 2
        street.change(lambda uow: uow.session.execute(update(NeedRow).values(state="withdrawn")))
        street.tell("more_waiting_ward", ward=ward, key="again")
        street.deliver()
        assert street.states()[-1] == ("dropped", "no_longer_so")


class TestACode:
    PHONE = "+447700900777"

    def asked(self, street: Street, **columns: object) -> None:
        """A code that was asked for just now."""

        def act(uow: UnitOfWork) -> None:
            values = {
                "place_id": street.town.id, "phone": self.PHONE, "nonce": "n", "asked_at": NIGHT,
                "browser_hash": "b", "expires_at": NIGHT + timedelta(minutes=10),
            }  # fmt: skip
            uow.session.add(SignInCodeRow(**(values | columns)))
            tell_number(
                uow, place_id=street.town.id, phone=self.PHONE, template="sign_in_code",
                parameters={"nonce": "n"}, priority=Priority.CODE, dedupe_key="c", now=NIGHT,
            )  # fmt: skip

        street.change(act)

    def test_goes_at_night(self, street: Street) -> None:
        self.asked(street)
        street.deliver(NIGHT)
        assert street.states() == [("accepted", None)]

    def test_that_was_used_is_dropped(self, street: Street) -> None:
        self.asked(street, used_at=NIGHT)
        street.deliver(NIGHT)
        assert street.states() == [("dropped", "no_longer_so")]

    def test_of_another_number_is_never_told(self, street: Street) -> None:
        self.asked(street, phone="+447700900778")
        street.deliver(NIGHT)
        assert street.states() == [("dropped", "no_longer_so")]

    def test_too_old_is_dropped(self, street: Street) -> None:
        self.asked(street)
        street.deliver(NIGHT + timedelta(minutes=10))
        assert street.states() == [("dropped", "too_late")]


class TestStop:
    def test_said_after_it_was_queued_is_obeyed(self, street: Street) -> None:
        street.tell("ask", match=street.matched(), priority=Priority.SAFETY)
        set_member(street, street.helper, stopped_at=rows.NOON)
        street.deliver()
        assert street.states() == [("dropped", "stopped")]

    def test_that_only_the_network_knew_of_is_kept(self, street: Street) -> None:
        street.network = Network(at=failing("send", "opted_out"))
        street.tell("ask", match=street.matched())
        street.deliver()
        assert street.states() == [("failed", "opted_out")]
        with reading() as uow:
            assert uow.session.get_one(MemberRow, street.helper).stopped_at == rows.NOON + SOON
            told = uow.session.scalars(select(AuditRow)).all()
            assert [row.what for row in told] == ["member.stopped"]


class TestAnInventedPlace:
    def test_is_never_served_by_a_gateway_that_really_sends(self, street: Street) -> None:
        street.network = Network(simulated=False)
        for priority in (Priority.MATCH, Priority.SAFETY):
            street.tell("ask", match=street.matched(), priority=priority)
        street.deliver()
        assert street.states() == [("dropped", "place_invented")] * 2
        assert street.bodies() == []

    def test_is_not_a_real_one(self, street: Street) -> None:
        street.network = Network(simulated=False)
        street.change(lambda uow: uow.session.execute(update(PlaceRow).values(invented=False)))
        street.tell("ask", match=street.matched())
        street.deliver()
        assert street.states() == [("accepted", None)]


class TestTheDaysCap:
    def test_puts_off_the_ninth_text_until_the_next_morning(self, street: Street) -> None:
        refs = [street.matched() for _ in range(10)]
        for ref in refs:
            street.tell("ask", match=ref, expires_at=rows.NOON + 40 * HOUR)
        street.deliver()
        assert len(street.bodies()) == 8
        assert [row.due_at for row in street.outbox()[8:]] == [MORNING] * 2

    @pytest.mark.parametrize("priority", [Priority.SAFETY, Priority.ANSWER])
    def test_holds_nothing_that_is_free_of_it(self, street: Street, priority: Priority) -> None:
        for _ in range(10):
            street.tell("ask", match=street.matched(), priority=priority)
        street.deliver()
        assert len(street.bodies()) == 10

    def test_drops_what_would_come_too_late(self, street: Street) -> None:
        for _ in range(9):
            street.tell("ask", match=street.matched(), expires_at=rows.NOON + 3 * HOUR)
        street.deliver()
        assert street.states()[8] == ("dropped", "too_late")

    def test_is_each_persons_own(self, street: Street) -> None:
        for _ in range(9):
            street.tell("ask", match=street.matched())
        street.tell("held", to=street.asker, need=street.change(
            lambda uow: rows.need(uow.session, street.town, street.asker, state=NeedState.HELD).ref
        ))  # fmt: skip
        street.deliver()
        assert street.bodies()[-1] == "held"


class TestPriority:
    def test_comes_first(self, street: Street) -> None:
        ref = street.matched()
        for priority in (Priority.BULLETIN, Priority.MATCH, Priority.SAFETY):
            street.tell("ask", match=ref, priority=priority, key=priority.value)
        street.deliver(limit=1)
        street.deliver(limit=1)
        waiting = [row.priority for row in street.outbox() if row.state == "queued"]
        assert waiting == [Priority.BULLETIN]
