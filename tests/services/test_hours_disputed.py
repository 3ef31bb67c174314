"""It was not so: whoever is said to have been there says it, and a custodian decides."""

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import hours_desk, hours_events, moderation
from enabler.services.views.hours_events import HoursEventView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_custodian,
    a_member,
    an_organisation,
)
from tests.services.acting import told
from tests.services.deeds import a_key
from tests.services.noting import (
    LATER,
    SATURDAY,
    broken_laws,
    give_to,
    help_noted,
    noted,
    stands,
)
from tests.services.test_help_hours import a_pot, rules_say


@pytest.fixture
def pantry(place: BuiltPlace) -> BuiltOrganisation:
    made = an_organisation(place)
    give_to(place, made, 1000)
    return made


@pytest.fixture
def people(place: BuiltPlace) -> list[BuiltMember]:
    return [a_member(place, name) for name in ("Ann Long", "Ben Near", "Cara Far")]


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def not_so(who: BuiltMember, ref: str, words: str = "I was not there.") -> HoursEventView:
    return hours_events.dispute(actor=who.actor, ref=ref, words=words, key=a_key(), now=NOW)


def decide(who: BuiltMember, ref: str, *without: int) -> HoursEventView:
    return hours_events.decide(
        actor=who.actor, ref=ref, without=frozenset(without), words="I rang them.", key=a_key(),
        now=NOW,
    )  # fmt: skip


def take_back(who: BuiltMember, ref: str) -> HoursEventView:
    return hours_events.take_back(actor=who.actor, ref=ref, key=a_key(), now=NOW)


def states(seen: HoursEventView) -> list[str]:
    return [side.state for side in seen.sides]


def test_a_part_that_is_disputed_waits_and_the_others_count(
    noise: BuiltPlace, pantry: BuiltOrganisation, people: list[BuiltMember], custodian: BuiltMember
) -> None:
    theirs = a_member(noise, "Nora")
    shop = an_organisation(noise, "Noisy Shop")
    not_so(theirs, noted(shop.owner, theirs, organisation_ref=shop.ref).ref)
    event = noted(pantry.owner, *people, organisation_ref=pantry.ref)
    mine = not_so(people[1], event.ref).mine
    assert mine is not None
    assert (mine.state, mine.earns, mine.minutes) == ("disputed", True, 120)
    assert hours_events.count_silent(now=LATER) == 1
    seen = hours_events.show(actor=custodian.actor, ref=event.ref, now=LATER)
    assert (states(seen), seen.sides[1].words) == (
        ["counted", "disputed", "counted"], "I was not there."
    )  # fmt: skip
    assert (stands(pantry), hours_events.count_silent(now=LATER)) == ((760, 120), 0)
    (waiting,) = hours_events.waiting(actor=custodian.actor, now=LATER)
    assert (waiting.ref, waiting.disputed, broken_laws()) == (event.ref, True, {})
    lead = hours_events.show(actor=pantry.owner.actor, ref=event.ref, now=LATER)
    assert lead.sides[1].words is None


@pytest.mark.parametrize("counts", [True, False])
def test_a_custodian_decides_it_once_and_both_are_told(
    pantry: BuiltOrganisation, people: list[BuiltMember], custodian: BuiltMember, counts: bool
) -> None:
    event = noted(pantry.owner, people[0], organisation_ref=pantry.ref)
    not_so(people[0], event.ref)
    seen = decide(custodian, event.ref, *(() if counts else (1,)))
    assert states(seen) == ["counted" if counts else "left-out"]
    assert (stands(pantry), stands(people[0])) == (
        ((880, 0), (120, 0)) if counts else ((1000, 0), (0, 0))
    )
    assert (told(people[0])[-1], broken_laws()) == ("hours_decided", {})
    with pytest.raises(WrongMoment):
        decide(custodian, event.ref, 1)
    with pytest.raises(WrongMoment):
        not_so(people[0], event.ref)
    assert hours_events.waiting(actor=custodian.actor, now=NOW) == ()


def test_a_wrong_reference_is_left_out_though_nobody_spoke_and_the_rest_still_waits(
    pantry: BuiltOrganisation, people: list[BuiltMember], custodian: BuiltMember
) -> None:
    event = noted(pantry.owner, *people, organisation_ref=pantry.ref)
    assert states(decide(custodian, event.ref, 3)) == ["open", "open", "left-out"]
    assert stands(pantry) == (1000, 240)
    for without in ((), (7,)):
        with pytest.raises(Invalid) as refused:
            decide(custodian, event.ref, *without)
        assert refused.value.code == "nobody_chosen"


def test_whoever_taught_disputes_all_of_it(
    pantry: BuiltOrganisation, people: list[BuiltMember], custodian: BuiltMember
) -> None:
    ann, ben, cara = people
    event = noted(a_custodian(ann.place, "Wanda Writes"), ben, cara, way="one-to-many",
                  one=ann.ref, organisation_ref=pantry.ref)  # fmt: skip
    not_so(ann, event.ref)
    desk = hours_desk.desk(actor=custodian.actor, now=NOW)
    assert (desk.disputed, moderation.desk(actor=custodian.actor, now=NOW).hours_waiting) == (1, 1)
    seen = hours_events.show(actor=ben.actor, ref=event.ref, now=NOW)
    assert (seen.sides, seen.mine and seen.mine.state) == ((), "disputed")
    with pytest.raises(WrongMoment) as again:
        not_so(ben, event.ref)
    assert again.value.code == "event_disputed_already"
    assert states(decide(custodian, event.ref, 2)) == ["counted", "left-out"]
    assert (stands(ann), stands(ben), stands(cara)) == ((120, 0), (-120, 0), (0, 0))


def test_only_who_was_there_may_dispute_and_only_others_at_the_council_decide(
    place: BuiltPlace, noise: BuiltPlace, pantry: BuiltOrganisation, people: list[BuiltMember],
    custodian: BuiltMember,
) -> None:  # fmt: skip
    event = noted(pantry.owner, people[0], custodian, organisation_ref=pantry.ref)
    for stranger in (people[1], a_member(noise, "Nora")):
        with pytest.raises(NotFound):
            not_so(stranger, event.ref)
        with pytest.raises(NotFound):
            hours_events.show(actor=stranger.actor, ref=event.ref, now=NOW)
    for stranger in (people[0], pantry.owner):
        with pytest.raises(NotAllowed):
            decide(stranger, event.ref, 1)
    with pytest.raises(NotFound):
        decide(a_custodian(noise, "Nell Desk"), event.ref, 1)
    with pytest.raises(NotAllowed) as own:
        decide(custodian, event.ref, 2)
    assert own.value.code == "party_to_it"
    assert states(decide(a_custodian(place, "Cyd Desk"), event.ref, 2)) == ["open", "left-out"]


def test_whoever_has_left_receives_no_more_and_the_promise_goes_back(
    pantry: BuiltOrganisation, people: list[BuiltMember]
) -> None:
    noted(pantry.owner, *people, organisation_ref=pantry.ref)
    with unit_of_work() as uow:
        account = uow.purses.of_member(people[0].id)
        assert account is not None
        uow.ledger.close(account.number)
        uow.commit()
    assert hours_events.count_silent(now=LATER) == 1
    assert (stands(pantry), stands(people[0]), broken_laws()) == ((760, 0), (0, 0), {})


def test_what_was_written_wrongly_is_taken_back_by_who_may_write_it(
    place: BuiltPlace, pantry: BuiltOrganisation, people: list[BuiltMember], custodian: BuiltMember
) -> None:
    ann, ben, _ = people
    first, second = (
        noted(pantry.owner, ann, ben, organisation_ref=pantry.ref, words=words)
        for words in ("Soup", "Bread")
    )
    for stranger in (ann, a_member(place, "Stan")):
        with pytest.raises(NotAllowed):
            take_back(stranger, first.ref)
    not_so(ben, first.ref)
    assert states(take_back(pantry.owner, first.ref)) == ["left-out", "left-out"]
    assert states(take_back(custodian, second.ref)) == ["left-out", "left-out"]
    assert (stands(pantry), told(ann)[-1], broken_laws()) == ((1000, 0), "hours_taken_back", {})
    with pytest.raises(WrongMoment):
        take_back(pantry.owner, first.ref)
    own = help_noted(a_custodian(place, "Cyd Desk"), custodian, ann)
    with pytest.raises(NotAllowed) as refused:
        take_back(custodian, own.ref)
    assert refused.value.code == "party_to_it"


class TestAHelpThatACustodianWroteDown:
    def test_counts_like_a_confirmed_one_after_silence(
        self, place: BuiltPlace, people: list[BuiltMember], custodian: BuiltMember
    ) -> None:
        ann, ben, _ = people
        a_pot(place, 600)
        event = help_noted(custodian, ben, ann, minutes=100)
        assert (told(ann), told(ben)) == (["hours_noted_out"], ["hours_noted_in"])
        assert (event.known_by, stands(ann)) == ("Both rang on Monday.", (0, 105))
        assert hours_events.show(actor=ann.actor, ref=event.ref, now=NOW).known_by is None
        assert (hours_events.count_silent(now=LATER), broken_laws()) == (1, {})
        assert (stands(ann), stands(ben)) == ((-105, 0), (105, 0))

    def test_is_within_what_one_is_credited_with_for_a_day(
        self, people: list[BuiltMember], custodian: BuiltMember
    ) -> None:
        ann, ben, cara = people
        assert help_noted(custodian, ben, ann, minutes=420).sides[0].minutes == 420
        assert help_noted(custodian, ben, cara, minutes=120).sides[0].minutes == 60
        with pytest.raises(Invalid) as refused:
            help_noted(custodian, ben, ann, minutes=30, category="transport")
        assert (refused.value.field, refused.value.code) == ("minutes", "day_is_full")

    def test_is_written_down_once_whoever_was_told_of_it(
        self, place: BuiltPlace, people: list[BuiltMember], custodian: BuiltMember
    ) -> None:
        ann, ben, cara = people
        first = help_noted(custodian, ben, ann)
        cyd = a_custodian(place, "Cyd Desk")
        with pytest.raises(Invalid) as refused:
            help_noted(cyd, ben, ann, minutes=90)
        assert (refused.value.code, refused.value.facts["ref"]) == ("help_noted_already", first.ref)
        for other in ({"category": "transport"}, {"on_day": SATURDAY.replace(day=6)}):
            help_noted(cyd, ben, ann, **other)
        help_noted(cyd, ann, ben)
        help_noted(cyd, cara, ann)
        take_back(cyd, first.ref)
        assert help_noted(cyd, ben, ann, minutes=90).sides[0].minutes == 90

    def test_is_decided_by_another_custodian_where_one_of_the_two_says_no(
        self, place: BuiltPlace, people: list[BuiltMember], custodian: BuiltMember
    ) -> None:
        ann, ben, _ = people
        event = help_noted(custodian, ben, ann)
        not_so(ann, event.ref, "He never came.")
        with pytest.raises(NotAllowed) as refused:
            decide(custodian, event.ref)
        assert refused.value.code == "second_person_same"
        assert states(decide(a_custodian(place, "Cyd Desk"), event.ref)) == ["counted"]
        assert (stands(ben), broken_laws()) == ((60, 0), {})

    def test_of_ones_own_of_nobody_or_of_no_hours_is_refused_at_its_part(
        self, place: BuiltPlace, people: list[BuiltMember], custodian: BuiltMember
    ) -> None:
        ann, ben, _ = people
        rules_say(place, category_earns={"meals": "gift"})
        for said, field in (
            ({"helper": custodian.ref}, "helper"), ({"asker": custodian.ref}, "asker"),
            ({"asker": ben.ref}, "asker"), ({"helper": "ZZZZ"}, "helper"),
            ({"category": "meals"}, "category"), ({"category": "magic"}, "category"),
            ({"on_day": SATURDAY.replace(month=4)}, "day"), ({"known_by": ""}, "known_by"),
            ({"minutes": 0}, "minutes"),
        ):  # fmt: skip
            with pytest.raises(Invalid) as refused:
                help_noted(custodian, ben, ann, **said)
            assert refused.value.field == field
        with pytest.raises(NotAllowed):
            help_noted(ann, ben, ann)
