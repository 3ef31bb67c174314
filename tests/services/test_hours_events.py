"""An afternoon of many is written down: promised at once, told, counted by silence or decided."""

from datetime import date, timedelta
from typing import Any

import pytest

from enabler.domain.errors import Invalid, KeyReused, LimitReached, NotAllowed, NotFound
from enabler.persistence.unit_of_work import reading
from enabler.services import hours, hours_desk, hours_events, keeping_apart
from enabler.timebank.circulation import Share
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    an_organisation,
)
from tests.services.acting import staffed, told
from tests.services.deeds import a_key, accept, post
from tests.services.noting import LATER, SATURDAY, broken_laws, draft_of, give_to, noted, stands
from tests.services.test_giving_hours import sights
from tests.services.test_help_hours import a_pot


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    return an_organisation(place)


@pytest.fixture
def lead(pantry: BuiltOrganisation) -> BuiltMember:
    return pantry.owner


@pytest.fixture
def people(place: BuiltPlace) -> list[BuiltMember]:
    return [a_member(place, name) for name in ("Ann Long", "Ben Near", "Cara Far")]


def silence() -> int:
    return hours_events.count_silent(now=LATER)


def unpaid_flags(place: BuiltPlace) -> list[dict[str, Any]]:
    with reading() as uow:
        return [each.facts for each in uow.help_hours.flags_waiting(place.id, ["unpaid"])]


def test_twelve_who_gave_to_one_are_promised_it_told_and_receive_it_after_silence(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    give_to(place, pantry, 1000)
    ann, ben, _ = people
    said = tuple((each.ref, 150 if each is ben else None) for each in people)
    event = noted(lead, organisation_ref=pantry.ref, people=said)
    assert (stands(pantry), stands(ann), told(ann)) == ((1000, 390), (0, 0), ["hours_noted_in"])
    assert [side.minutes for side in event.sides] == [120, 150, 120]
    (promise,) = hours.statement(actor=ann.actor, now=NOW).promises
    assert (promise.minutes, promise.other.name, promise.event) == (
        120, "Elmford Pantry", event.ref
    )  # fmt: skip
    assert hours_events.count_silent(now=LATER - timedelta(minutes=1)) == 0
    assert (broken_laws(), silence(), silence(), broken_laws()) == ({}, 1, 0, {})
    assert (stands(pantry), stands(ann), stands(ben)) == ((610, 0), (120, 0), (150, 0))
    (line,) = hours.statement(actor=ann.actor, now=LATER).months[0].lines
    assert (line.code, line.event_words, line.on_day) == (
        "event_in", "Clean-up of Elm Park", date(2026, 3, 7)
    )  # fmt: skip


def test_one_who_taught_many_receives_each_ones_part_and_the_pot_steps_in(
    place: BuiltPlace, pantry: BuiltOrganisation, people: list[BuiltMember]
) -> None:
    ann, ben, cara = people
    pot = a_pot(place, 45)
    poor = a_member(place, "Una New", phone=False)
    noted(a_custodian(place), ben, cara, poor, way="one-to-many", one=ann.ref, minutes=60,
          organisation_ref=pantry.ref)  # fmt: skip
    assert (stands(ben), stands(poor), told(ben), told(ann)) == (
        (0, 60), (0, 0), ["hours_noted_out"], ["hours_noted_in"]
    )  # fmt: skip
    assert (silence(), broken_laws()) == (1, {})
    assert (stands(ann), stands(ben), stands(cara), stands(poor)) == (
        (165, 0), (-60, 0), (-60, 0), (0, 0)
    )  # fmt: skip
    with reading() as uow:
        assert uow.ledger.account(pot).posted == 0
    (flag,) = unpaid_flags(place)
    assert flag["minutes"] == 15


def test_what_a_lead_writes_down_takes_nothing_from_a_pot_but_a_custodian_may_pay(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    pot, carol = a_pot(place, 400), a_custodian(place)
    event = noted(lead, people[0], people[1], organisation_ref=pantry.ref)
    for who, unpaid in ((lead, 120), (people[0], None)):
        seen = hours_events.show(actor=who.actor, ref=event.ref, now=NOW)
        assert [side.unpaid for side in seen.sides] == ([unpaid] * 2 if unpaid else [])
        assert (seen.mine and seen.mine.unpaid) == (None if unpaid else 120)
    assert (silence(), stands(people[0])) == (1, (0, 0))
    (owed,) = hours.statement(actor=people[0].actor, now=LATER).owed
    assert (owed.minutes, owed.event, owed.event_words) == (120, event.ref, event.words)
    assert owed.on_day == event.on_day
    flag, _ = hours_desk.desk(actor=carol.actor, now=LATER).flags
    found = hours_desk.flag(actor=carol.actor, ref=flag.ref, now=LATER)
    for said in (flag, found.flag):
        assert (said.event_words, said.on) == ("Clean-up of Elm Park", SATURDAY)
    assert (found.flag.choices, found.flag.event_ref is None) == (("paid", "gift", "seen"), False)
    hours_desk.settle(
        actor=carol.actor, ref=flag.ref, choice="paid", pot_ref=found.pots[0].pot.ref,
        key=a_key(), now=LATER,
    )  # fmt: skip
    with reading() as uow:
        assert uow.ledger.account(pot).posted == 400 - 120
    assert sorted(stands(each) for each in people[:2]) == [(0, 0), (120, 0)]
    left = [hours.statement(actor=each.actor, now=LATER).owed for each in people[:2]]
    assert sorted(map(len, left)) == [0, 1]
    assert broken_laws() == {}


def test_what_an_organisation_has_not_is_no_reason_to_leave_anybody_out(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    noted(lead, *people, organisation_ref=pantry.ref)
    assert (silence(), stands(people[0]), len(unpaid_flags(place))) == (1, (0, 0), 3)
    assert broken_laws() == {}


def test_who_gave_may_ask_for_more(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    give_to(place, pantry, 1000)
    noted(lead, people[0], organisation_ref=pantry.ref)
    silence()
    with reading() as uow:
        account = uow.purses.of_member(people[0].id)
    assert account is not None
    assert account.floor == -360


def test_the_same_key_writes_it_once_and_another_body_is_refused(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    give_to(place, pantry, 1000)
    said: dict[str, Any] = {"organisation_ref": pantry.ref, "key": a_key()}
    assert noted(lead, people[0], **said).ref == noted(lead, people[0], **said).ref
    again = noted(lead, people[0], **(said | {"key": a_key()}))  # another window, within minutes
    assert stands(pantry) == (1000, 120)
    with pytest.raises(KeyReused):
        noted(lead, people[1], **said)
    assert again.sides[0].minutes == 120


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"people": ()}, "people", "people_missing"),
        ({"people": (("ZZZZ", None),)}, "people", "ref_of_nobody"),
        ({"people": None, "twice": True}, "people", "person_twice"),
        ({"minutes": 0}, "minutes", "minutes_not_positive"),
        ({"minutes": 481}, "minutes", "minutes_too_many"),
        ({"on_day": date(2026, 3, 11)}, "day", "day_ahead"),
        ({"on_day": date(2026, 1, 8)}, "day", "day_too_long_ago"),
        ({"on_day": None}, "day", "day_missing"),
        ({"words": " "}, "words", "words_empty"),
        ({"words": "x" * 81}, "words", "words_too_long"),
        ({"way": "help"}, "way", "code_unknown"),
        ({"way": "one-to-many", "one": "X"}, "way", "way_is_the_councils"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_said_at_its_part_and_nothing_is_kept(
    place: BuiltPlace, pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember],
    said: dict[str, Any], field: str, code: str,
) -> None:  # fmt: skip
    give_to(place, pantry, 1000)
    if "twice" in said:
        said = {"people": ((people[0].ref, None), (people[0].ref.lower(), 30))}
    with pytest.raises(Invalid) as refused:
        noted(lead, *people, organisation_ref=pantry.ref, **said)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert (stands(pantry), told(people[0])) == ((1000, 0), [])


def test_the_first_and_the_last_day_that_can_be_written_down(
    pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    for day in (NOW.date(), NOW.date() - timedelta(days=60)):
        said = draft_of(*people, organisation_ref=pantry.ref, on_day=day)
        hours_events.check_draft(actor=lead.actor, draft=said, now=NOW)
        assert hours_events.check(actor=lead.actor, draft=said, now=NOW).on_day == day


def test_whoever_lives_elsewhere_or_is_kept_apart_is_as_unknown_as_nobody(
    place: BuiltPlace, noise: BuiltPlace, pantry: BuiltOrganisation
) -> None:
    lead, helper = staffed(place, pantry)["coordinator"], a_helper(place, "Ben Near")
    post(lead)
    match = accept(helper).ref
    keeping_apart.keep_apart(actor=helper.actor, match_ref=match, key=a_key(), now=NOW)
    for ref in (a_member(noise, "Nora").ref, helper.ref, pantry.ref):
        with pytest.raises(Invalid) as refused:
            noted(lead, organisation_ref=pantry.ref, people=((ref, None),))
        assert refused.value.code == "ref_of_nobody"


def test_only_who_leads_it_and_custodians_may(place: BuiltPlace, noise: BuiltPlace) -> None:
    pantry = an_organisation(place)
    who = staffed(place, pantry)
    custodian, elsewhere = a_custodian(place), a_custodian(noise, "Nell Desk")
    writers = {**who, "custodian": custodian, "elsewhere": elsewhere}
    may = {"owner", "coordinator", "custodian"}
    present = a_member(place, "Ann Long")
    for name, writer in writers.items():
        said: dict[str, Any] = {"organisation_ref": pantry.ref, "words": f"By {writer.ref}"}
        if name in may:
            assert noted(writer, present, **said).sides
            continue
        with pytest.raises((NotAllowed, NotFound)):
            noted(writer, present, **said)
    for writer in (who["owner"], who["stranger"]):
        for service in (hours_events.waiting, _start_for_all):
            with pytest.raises(NotAllowed):
                service(actor=writer.actor, now=NOW)


def _start_for_all(**who: Any) -> object:
    return hours_events.begin(organisation_ref=None, **who)


def test_a_custodian_writes_down_for_the_whole_community_and_its_pot_pays(
    place: BuiltPlace, people: list[BuiltMember]
) -> None:
    custodian = a_custodian(place)
    with pytest.raises(Invalid) as refused:
        noted(custodian, people[0])
    assert refused.value.code == "community_pot_missing"
    pot = a_pot(place, 200)
    noted(custodian, *people)
    pantry = an_organisation(place)
    taught = {"way": "one-to-many", "one": custodian.ref, "people": ((people[0].ref, 30),)}
    with pytest.raises(Invalid) as nobody:
        noted(custodian, people[0], way="one-to-many", one="")
    assert nobody.value.code == "one_missing"
    for more in ({}, {"organisation_ref": pantry.ref}, taught):
        with pytest.raises(Invalid) as own:
            noted(custodian, custodian, **more)
        assert own.value.code == "party_to_it"
    silence()
    with reading() as uow:
        assert uow.ledger.account(pot).posted == 0
    assert [stands(each)[0] for each in people] == [120, 80, 0]
    assert (len(unpaid_flags(place)), broken_laws()) == (2, {})


def test_names_are_for_those_who_may_have_them_and_each_is_a_sight(place: BuiltPlace) -> None:
    pantry = an_organisation(place)
    who, ann = staffed(place, pantry), a_member(place, "Ann Long")
    said = draft_of(who["helper"], ann, organisation_ref=pantry.ref)
    seen = hours_events.check(actor=who["owner"].actor, draft=said, now=NOW)
    assert [each.name for each in seen.people] == ["Hetty", None]
    assert sights(who["owner"]) == {(who["helper"].id, "hours")}
    custodian = a_custodian(place)
    seen = hours_events.check(actor=custodian.actor, draft=said, now=NOW)
    assert [each.name for each in seen.people] == ["Hetty", "Ann"]
    assert {member for member, _ in sights(custodian)} == {who["helper"].id, ann.id}


def test_what_counted_is_in_the_places_figures(
    place: BuiltPlace,
    noise: BuiltPlace,
    pantry: BuiltOrganisation,
    lead: BuiltMember,
    people: list[BuiltMember],
) -> None:
    ann, ben, _ = people
    shop = an_organisation(noise, "Noisy Shop")
    noted(shop.owner, a_member(noise, "Nora"), organisation_ref=shop.ref)
    noted(a_custodian(place), ben, way="one-to-many", one=ann.ref, minutes=60,
          organisation_ref=pantry.ref)  # fmt: skip
    noted(lead, ann, organisation_ref=pantry.ref)
    give_to(place, pantry, 1000)
    silence()
    with reading() as uow:
        found = uow.market_hours.sums(place.id, (NOW, LATER, LATER + timedelta(days=1)))
        assert uow.market_hours.sums(place.id, (NOW, LATER)).amounts == ()
    ward = str(place.ward_ids[0])
    assert (found.amounts, found.by_month) == (((180, 1),), {1: Share(180, 1)})
    assert (found.given_by_ward, found.received_by_ward) == (
        {ward: Share(180, 1)}, {ward: Share(180, 2)},
    )  # fmt: skip


def test_an_organisation_cannot_write_down_without_end(
    pantry: BuiltOrganisation, lead: BuiltMember, people: list[BuiltMember]
) -> None:
    for nth in range(6):
        noted(lead, people[0], organisation_ref=pantry.ref, words=f"Day {nth}", minutes=60)
    with pytest.raises(LimitReached):
        noted(lead, people[0], organisation_ref=pantry.ref, words="One more", minutes=60)


def test_without_a_time_bank_there_is_nothing(context: object) -> None:
    shop = an_organisation(a_place("giftless", area="GL", policy={"hours": False}))
    with pytest.raises(NotFound) as refused:
        hours_events.begin(actor=shop.owner.actor, organisation_ref=shop.ref, now=NOW)
    assert refused.value.code == "hours_not_here"
