"""Sessions: how long each kind lasts, and what ends one at the next page."""

from datetime import datetime, timedelta

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Action, Actor, Subject, allowed
from enabler.domain.vocabulary import OrganisationKind, Role
from enabler.persistence.tables.members import OrganisationRow, RoleRow, WebSessionRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import clock, sign_in
from tests.identity.colleagues import come_in, enrol
from tests.identity.town import ANN, MINUTE, NOW, SECOND, Town, columns, rows, statements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def last_seen(token: str, town: Town) -> datetime:
    """When a session was last seen, as it is kept."""
    found = town.secrets.digest(f"session:{token}")
    [(seen,)] = columns(WebSessionRow, "last_seen_at", token_hash=found)
    return seen  # type: ignore[no-any-return]


class TestLeftAlone:
    def test_a_residents_lasts_thirty_days(self, town: Town) -> None:
        token = town.join()
        assert town.who(token, NOW + 30 * DAY) is None
        assert town.who(token, NOW + 30 * DAY - SECOND) is not None

    def test_a_shared_devices_lasts_ten_minutes(self, town: Town) -> None:
        town.join()
        token = town.prove(shared_device=True)
        assert town.who(token, NOW + 10 * MINUTE) is None
        assert town.who(token, NOW + 10 * MINUTE - SECOND) is not None

    def test_one_who_signs_up_on_a_shared_device_has_ten_minutes_too(self, town: Town) -> None:
        token = town.prove(shared_device=True)
        town.sign_up(token)
        assert town.who(token, NOW + 10 * MINUTE) is None

    def test_staffs_lasts_a_quarter_of_an_hour(self, town: Town) -> None:
        token = come_in(town, enrol(town))
        assert town.who(token, NOW + 15 * MINUTE) is None
        assert town.who(token, NOW + 15 * MINUTE - SECOND) is not None

    def test_a_proved_numbers_lasts_an_hour(self, town: Town) -> None:
        token = town.prove()
        assert town.who(token, NOW + HOUR) is None
        assert town.who(token, NOW + HOUR - SECOND) is not None


class TestUsed:
    def test_a_residents_goes_on(self, town: Town) -> None:
        token = town.join()
        assert town.who(token, NOW + 20 * DAY) is not None
        assert town.who(token, NOW + 40 * DAY) is not None

    def test_a_residents_ends_after_a_year(self, town: Town) -> None:
        token = town.join()
        for days in range(20, 365, 20):
            assert town.who(token, NOW + days * DAY) is not None
        assert town.who(token, NOW + 365 * DAY - SECOND) is not None
        assert town.who(token, NOW + 365 * DAY) is None

    def test_staffs_ends_after_ten_hours(self, town: Town) -> None:
        token = come_in(town, enrol(town))
        for minutes in range(10, 600, 10):
            assert town.who(token, NOW + minutes * MINUTE) is not None
        assert town.who(token, NOW + 10 * HOUR - SECOND) is not None
        assert town.who(token, NOW + 10 * HOUR) is None

    def test_a_residents_is_seen_at_most_hourly(self, town: Town) -> None:
        token = town.join()
        with statements() as told:
            town.who(token, NOW + HOUR - SECOND)
        assert not any(statement.startswith("UPDATE") for statement in told)
        assert last_seen(token, town) == NOW
        town.who(token, NOW + HOUR)
        assert last_seen(token, town) == NOW + HOUR

    def test_staffs_is_seen_at_most_each_minute(self, town: Town) -> None:
        token = come_in(town, enrol(town))
        town.who(token, NOW + MINUTE - SECOND)
        assert last_seen(token, town) == NOW
        town.who(token, NOW + MINUTE)
        assert last_seen(token, town) == NOW + MINUTE

    def test_is_never_seen_earlier_than_before(self, town: Town) -> None:
        token = town.join()
        town.who(token, NOW + 2 * HOUR)
        town.who(token, NOW + HOUR)
        assert last_seen(token, town) == NOW + 2 * HOUR


class TestAccess:
    def test_ends_when_its_member_is_suspended(self, town: Town) -> None:
        token = town.join()
        found = town.who(token)
        assert found is not None
        town.suspend(found[0].member_id or 0)
        assert town.who(token) is None

    def test_of_staff_ends_with_the_role_to_the_second(self, town: Town) -> None:
        keys = enrol(town)
        token = come_in(town, keys)
        found = town.who(token)
        assert found is not None
        desk = Subject(place_id=town.place_id)
        assert allowed(found[0], Action.SEE_DESK, desk)
        town.end_roles(found[0].member_id or 0, NOW + 5 * MINUTE)
        assert town.who(token, NOW + 5 * MINUTE - SECOND) is not None
        assert town.who(token, NOW + 5 * MINUTE) is None

    def test_of_a_role_begins_with_it(self, town: Town) -> None:
        token = come_in(town, enrol(town))
        town.change(RoleRow, RoleRow.role == Role.CUSTODIAN, from_at=NOW + MINUTE)
        assert town.who(token, NOW) is None
        assert town.who(token, NOW + MINUTE) is not None

    def test_of_staff_needs_the_second_factor(self, town: Town) -> None:
        town.add(Role.CUSTODIAN, mail="sue@example.org", phone=ANN)
        found = town.who(town.prove(ANN))
        assert found is not None
        actor, signed_in = found
        assert signed_in.roles == (Role.RESIDENT,)
        assert not actor.second_factor
        assert Role.CUSTODIAN not in {grant.role for grant in actor.grants}

    def test_is_to_ones_own_place(self, town: Town) -> None:
        found = town.who(come_in(town, enrol(town)))
        assert found is not None
        assert not allowed(found[0], Action.SEE_DESK, Subject(place_id=town.elsewhere))

    def test_for_organisations_is_named(self, town: Town) -> None:
        token = town.join()
        found = town.who(token)
        assert found is not None
        give_an_organisation(town, found[0].member_id or 0)
        found = town.who(token)
        assert found is not None
        actor, signed_in = found
        assert signed_in.organisations == (("ORGA", "The Bakery"),)
        assert len(actor.organisations(Role.ORGANISATION_OWNER)) == 1

    def test_is_nobodys_with_a_token_that_was_made_up(self, town: Town) -> None:
        town.join()
        assert town.who("made up") is None
        assert town.who("") is None


class TestSigningOut:
    def test_ends_this_browsers_session(self, town: Town) -> None:
        here, there = town.join(), town.prove()
        for _ in range(2):
            sign_in.sign_out(token=here, secrets=town.secrets, now=NOW)
        assert town.who(here) is None
        assert town.who(there) is not None

    def test_everywhere_ends_all_of_ones_own(self, town: Town) -> None:
        other = town.join("+447700900456", name="Ben")
        here, there = town.join(ANN), town.prove(ANN)
        found = town.who(here)
        assert found is not None
        assert sign_in.sign_out_everywhere(actor=found[0], now=NOW) == 2
        assert (town.who(here), town.who(there)) == (None, None)
        assert town.who(other) is not None

    def test_everywhere_is_for_members(self, town: Town) -> None:
        with pytest.raises(NotAllowed):
            sign_in.sign_out_everywhere(actor=Actor.anonymous(town.place_id), now=NOW)


class TestOldSessions:
    def test_are_dropped_thirty_days_after_their_end(self, town: Town) -> None:
        ended, kept = town.join(), town.prove()
        sign_in.sign_out(token=ended, secrets=town.secrets, now=NOW)
        assert town.who(kept, NOW + 25 * DAY) is not None
        clock.forget_old(now=NOW + 30 * DAY)
        assert rows(WebSessionRow) == 2
        clock.forget_old(now=NOW + 30 * DAY + SECOND)
        assert rows(WebSessionRow) == 1
        assert town.who(kept, NOW + 31 * DAY) is not None


def give_an_organisation(town: Town, member_id: int) -> None:
    """The member owns a bakery."""
    with unit_of_work() as uow:
        bakery = OrganisationRow(
            place_id=town.place_id, ref="ORGA", kind=OrganisationKind.BUSINESS,
            name="The Bakery", easting=411_000, northing=211_000, state="active",
            ward_id=uow.places.ward_by_code(town.place_id, "W1").id, created_at=NOW,
        )  # fmt: skip
        uow.session.add(bakery)
        uow.flush()
        uow.members.add_role(
            town.place_id, member_id, Role.ORGANISATION_OWNER, now=NOW, organisation_id=bakery.id
        )
        uow.commit()
