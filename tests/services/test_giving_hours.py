"""Hours given to a person, an organisation, a pot: moved once, told, never below the floor."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from enabler.domain.errors import Invalid, LimitReached, NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.hours import AccountOwnerRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import hours, keeping_apart
from enabler.services.views.hours import GiftView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_place,
    an_organisation,
)
from tests.identity.town import statements
from tests.services.deeds import a_key, accept, earn, post
from tests.services.test_pots import a_closed_pot


def give(giver: BuiltMember, to: str, minutes: int = 90, **more: Any) -> GiftView:
    said = {"words": None, "key": a_key(), "now": NOW} | more
    return hours.give(actor=giver.actor, to=to, minutes=minutes, **said)


def a_giver(place: BuiltPlace, name: str) -> BuiltMember:
    """A member with ten hours."""
    member = a_member(place, name)
    earn(member, 600)
    return member


def have(member: BuiltMember) -> int:
    return hours.balance(actor=member.actor, now=NOW).posted


def a_pot(uow: UnitOfWork, place: BuiltPlace, **facts: Any) -> str:
    ref = uow.refs.new(place.id, "pot")
    return uow.purses.open_pot(place.id, ref=ref, now=NOW, **facts).ref


def sights(viewer: BuiltMember) -> set[tuple[int, str]]:
    with reading() as uow:
        rows = uow.session.query(SightRow).filter_by(viewer=viewer.ref)
        return {(row.member_id, row.why) for row in rows}


@pytest.fixture
def met(place: BuiltPlace) -> tuple[BuiltMember, BuiltMember, str]:
    """An asker, a helper who said yes, and their match."""
    asker, helper = a_member(place, "Ann Long"), a_helper(place, "Ben Near")
    earn(asker, 600)
    post(asker)
    return asker, helper, accept(helper).ref


def test_what_is_given_is_gone_here_and_there_and_told_by_name(
    met: tuple[BuiltMember, BuiltMember, str],
) -> None:
    ann, ben, _ = met
    gift = give(ann, ben.ref, words="For the soup.")
    assert (gift.to.name, gift.minutes, gift.balance.posted) == ("Ben", 90, 510)
    assert (have(ann), have(ben)) == (510, 90)
    (line,) = hours.statement(actor=ben.actor, now=NOW).months[0].lines
    assert (line.code, line.minutes, line.balance) == ("give_in", 90, 90)
    assert (line.other.name, line.words) == ("Ann", "For the soup.")
    with reading() as uow:
        told = uow.session.query(OutboxRow).filter_by(template="hours_given").one()
    assert (told.member_id, told.parameters) == (ben.id, {"gift": gift.ref})


def test_a_stranger_learns_who_gave_and_the_giver_not_who_received(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann Long"), a_member(place, "Cara Far")
    assert hours.check_gift(actor=ann.actor, to=cara.ref, minutes=30, now=NOW).to.name is None
    assert give(ann, cara.ref.lower()).to.name is None
    (mine,) = hours.statement(actor=ann.actor, now=NOW).months[0].lines
    (hers,) = hours.statement(actor=cara.actor, now=NOW).months[0].lines
    assert (mine.other.name, hers.other.name) == (None, "Ann")
    assert (sights(ann), sights(cara)) == (set(), {(ann.id, "hours")})


def test_the_same_key_gives_once(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann"), a_member(place, "Cara")
    key = a_key()
    assert give(ann, cara.ref, key=key).ref == give(ann, cara.ref, key=key).ref
    assert have(cara) == 90


def test_from_two_windows_it_is_one_gift_and_later_another(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann"), a_member(place, "Cara")
    first = give(ann, cara.ref, words="For the soup.")
    assert give(ann, cara.ref, words="For the soup.").ref == first.ref
    give(ann, cara.ref, words="For the bread.")
    give(ann, cara.ref, words="For the soup.", now=NOW + timedelta(minutes=11))
    assert have(cara) == 270


def refused(giver: BuiltMember, to: BuiltMember, minutes: int) -> tuple[str, int]:
    with pytest.raises(Invalid) as no:
        give(giver, to.ref, minutes)
    assert no.value.field == "minutes"
    return no.value.code, no.value.facts["room"]


def test_what_is_borrowed_is_not_given_away(place: BuiltPlace) -> None:
    ann, cara = a_member(place, "Ann"), a_member(place, "Cara")
    seen = hours.balance(actor=ann.actor, now=NOW)
    assert (seen.room, seen.to_give) == (300, 0)
    assert refused(ann, cara, 1) == ("gift_of_nothing", 0)
    earn(ann, 60)
    assert refused(ann, cara, 61) == ("gift_more_than_there_is", 60)
    give(ann, cara.ref, 60)
    assert refused(ann, cara, 1) == ("gift_of_nothing", 0)
    assert hours.balance(actor=ann.actor, now=NOW).room == 300


def test_what_is_promised_for_help_is_not_given_away(
    met: tuple[BuiltMember, BuiltMember, str],
) -> None:
    ann, ben, _ = met
    promised = hours.balance(actor=ann.actor, now=NOW).promised
    assert promised > 0
    assert refused(ann, ben, 601 - promised) == ("gift_more_than_there_is", 600 - promised)
    assert give(ann, ben.ref, 600 - promised).balance.available == 0


def test_nor_does_an_organisation_give_what_it_borrows(context: object) -> None:
    place = a_place("lending", area="LN", policy={"hours_organisation_depth": 600})
    pantry, cara = an_organisation(place), a_member(place, "Cara")
    with pytest.raises(Invalid) as no:
        give(pantry.owner, cara.ref, 1, from_organisation=pantry.ref)
    assert no.value.code == "gift_of_nothing"


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_odd_amounts_are_refused_at_the_field(place: BuiltPlace, minutes: int) -> None:
    with pytest.raises(Invalid) as refused:
        give(a_member(place, "Ann"), a_member(place, "Cara").ref, minutes)
    assert refused.value.field == "minutes"


@pytest.mark.parametrize("side", [0, 1])
def test_whoever_is_kept_apart_is_as_unknown_as_nobody(
    met: tuple[BuiltMember, BuiltMember, str], side: int
) -> None:
    ann, ben, match = met
    assert [one.name for one in hours.to_whom(actor=ann.actor, now=NOW).people] == ["Ben"]
    keeping_apart.keep_apart(actor=met[side].actor, match_ref=match, key=a_key(), now=NOW)
    assert hours.to_whom(actor=ann.actor, now=NOW).people == ()
    with pytest.raises(Invalid) as apart:
        give(ann, ben.ref)
    with pytest.raises(Invalid) as nobody:
        give(ann, "ZZZZ")
    assert (apart.value.field, apart.value.code) == (nobody.value.field, nobody.value.code)


def test_who_is_elsewhere_or_oneself_cannot_be_given_to(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    ann, far = a_member(place, "Ann"), a_member(noise, "Nora")
    for ref, code in ((far.ref, "receiver_unknown"), (ann.ref, "to_oneself")):
        with pytest.raises(Invalid) as refused:
            give(ann, ref)
        assert refused.value.code == code


def test_not_more_often_than_a_dozen_times_a_day(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann"), a_member(place, "Cara")
    for nth in range(12):
        give(ann, cara.ref, 1 + nth)
    with pytest.raises(LimitReached):
        give(ann, cara.ref, 13)
    assert give(ann, cara.ref, 1, now=NOW + timedelta(days=1, minutes=1)).minutes == 1


def test_a_pot_and_an_organisation_are_given_to_and_an_organisation_gives(
    place: BuiltPlace,
) -> None:
    ann, pantry = a_giver(place, "Ann Long"), an_organisation(place)
    with unit_of_work() as uow:
        pot = a_pot(uow, place, kind="ward", ward_id=place.ward_ids[0])
        uow.commit()
    assert give(ann, pot).to.kind == "ward"
    assert give(ann, pantry.ref, 60).to.name == "Elmford Pantry"
    lead = pantry.owner
    seen = hours.statement(actor=lead.actor, organisation_ref=pantry.ref, now=NOW)
    assert (seen.organisation, seen.balance.posted) == ("Elmford Pantry", 60)
    assert seen.months[0].lines[0].other.name == "Ann"
    give(lead, ann.ref, 30, from_organisation=pantry.ref)
    assert (have(ann), have(lead)) == (480, 0)
    with pytest.raises(NotFound):
        hours.statement(actor=ann.actor, organisation_ref=pantry.ref, now=NOW)
    with pytest.raises(NotFound):
        give(ann, pot, from_organisation=pantry.ref)


def test_who_has_left_is_somebody_who_has_left(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann"), a_member(place, "Cara")
    give(ann, cara.ref)
    with unit_of_work() as uow:
        uow.session.execute(delete(AccountOwnerRow).filter_by(member_id=ann.id))
        uow.commit()
    (line,) = hours.statement(actor=cara.actor, now=NOW).months[0].lines
    assert (line.other.kind, line.other.name) == ("left", None)


def test_a_month_a_year_and_the_last_ones(place: BuiltPlace) -> None:
    ann, cara = a_giver(place, "Ann"), a_member(place, "Cara")
    later = NOW + timedelta(days=40)
    give(ann, cara.ref, 60)
    give(cara, ann.ref, 15, now=later)
    whole = hours.statement(actor=cara.actor, now=later)
    first, second = whole.known[1], whole.known[0]
    assert [month.closing for month in whole.months] == [45, 60]
    (old,) = hours.statement(actor=cara.actor, month=first, now=later).months
    assert (old.came, old.went) == (60, 0)
    assert [
        each.month for each in hours.statement(actor=cara.actor, newest=1, now=later).months
    ] == [second[1]]
    (newest,) = hours.last(actor=cara.actor, count=1, now=later)
    assert newest.minutes == -15
    picture = hours.year(actor=cara.actor, now=later)
    assert (picture.came[first[1] - 1], picture.went[second[1] - 1]) == (60, 15)


def test_without_a_time_bank_there_is_nothing(context: object) -> None:
    ann = a_member(a_place("giftless", area="GL", policy={"hours": False}), "Ann")
    for service in (hours.balance, hours.statement, hours.to_whom, hours.year):
        with pytest.raises(NotFound) as refused:
            service(actor=ann.actor, now=NOW)
        assert refused.value.code == "hours_not_here"


def test_more_movements_ask_the_database_no_more(
    met: tuple[BuiltMember, BuiltMember, str],
) -> None:
    ann, ben, _ = met
    asked = []
    for time in range(2):
        for nth in range(3):
            give(ann, ben.ref, 5 + 3 * time + nth)
        with statements() as told:
            hours.statement(actor=ben.actor, now=NOW + timedelta(minutes=len(asked)))
        asked.append(sum(each.startswith("SELECT") for each in told))
    assert asked[0] == asked[1] <= 16


def test_who_may_look_a_member_up_reads_what_moved_and_nobody_elses_name(place: BuiltPlace) -> None:
    giver, taker = a_giver(place, "Ann"), a_member(place, "Ben")
    give(giver, taker.ref, 90, words="For the soup.")
    desk = Actor.operator("tester")
    seen = hours.of_member(actor=desk, ref=giver.ref, now=NOW)
    (line,) = seen.months[0].lines
    assert (line.code, line.minutes, line.balance, line.words) == ("give_out", -90, 510, None)
    assert (line.other.kind, line.other.name, seen.timezone) == ("member", None, "Europe/London")
    with reading() as uow:
        (sight,) = uow.session.scalars(select(SightRow).where(SightRow.member_id == giver.id))
    assert (sight.viewer, sight.what, sight.why) == ("operator:tester", "hours", "looked-up")
    with pytest.raises(NotAllowed):
        hours.of_member(actor=taker.actor, ref=giver.ref, now=NOW)


def test_a_pot_that_was_closed_is_nobody_to_give_to(place: BuiltPlace) -> None:
    giver, closed = a_giver(place, "Ann Long"), a_closed_pot(place)
    assert hours.to_whom(actor=giver.actor, now=NOW).pots == ()
    with pytest.raises(Invalid) as refused:
        give(giver, closed)
    assert (refused.value.field, refused.value.code) == ("to", "receiver_unknown")
    assert have(giver) == 600


class TestByText:
    """Whoever borrows a number could send as many texts as they like."""

    def by_text(self, giver: BuiltMember, to: str, minutes: int) -> GiftView:
        return hours.give(
            actor=giver.actor.by_text(), to=to, minutes=minutes, words=None, key=a_key(), now=NOW
        )

    def test_a_little_is_given_in_a_day(self, place: BuiltPlace) -> None:
        ann, ben = a_giver(place, "Ann Long"), a_member(place, "Ben Near")
        self.by_text(ann, ben.ref, 40)
        with pytest.raises(NotAllowed, match="more_than_by_text"):
            self.by_text(ann, ben.ref, 21)
        self.by_text(ann, ben.ref, 20)
        assert have(ben) == 60
        give(ann, ben.ref, 61)  # signed in

    def test_what_was_given_on_the_web_counts_with_it(self, place: BuiltPlace) -> None:
        ann, ben = a_giver(place, "Ann Long"), a_member(place, "Ben Near")
        give(ann, ben.ref, 45)
        with pytest.raises(NotAllowed, match="more_than_by_text"):
            self.by_text(ann, ben.ref, 16)
