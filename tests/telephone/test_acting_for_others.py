"""By text: who goes for an organisation, what an asker changed, somebody whom staff know."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.prompts import ASKS
from enabler.domain.vocabulary import MatchState, Role
from enabler.domain.windows import Window
from enabler.persistence.tables.members import RoleRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import board, matches, needs, rounds
from enabler.services.views import NeedView
from sms.acting.table import ACTS
from tests.builders import (
    BuiltMember,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.deeds import a_key, post, the_ask
from tests.telephone.talking import Talk, a_texting_place, number_of, read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place())


@pytest.fixture
def ann(talk: Talk) -> BuiltMember:
    return a_member(talk.place, "Ann Asker")


def needed(talk: Talk, ann: BuiltMember) -> NeedView:
    start = talk.now + DAY
    return post(ann, now=talk.now, windows=(Window(start, start + 2 * HOUR),))


@pytest.mark.parametrize(
    ("option", "said", "goes"), [(1, "still_coming", True), (2, "handed_back", False)]
)
def test_who_was_chosen_to_go_goes_or_hands_it_back(
    talk: Talk, ann: BuiltMember, option: int, said: str, goes: bool
) -> None:
    group = an_organisation(talk.place, "Lunch Club")
    an_offer(group, "shopping")
    gus = a_member(talk.place, "Gus Goer")
    joins(group.id, talk, gus)
    needed(talk, ann)
    ref = the_ask(group.owner, talk.now)
    matches.accept(actor=group.owner.actor, match_ref=ref, key=a_key(), now=talk.now)
    board.assign(actor=group.owner.actor, match_ref=ref, who=gus.ref, key=a_key(), now=talk.now)
    assert talk.say(gus, f"{talk.letter(gus, 'going')}{option}") == [said]
    helper = read(lambda uow: uow.matches.by_ref(talk.place.id, ref).helper_id)
    assert (helper == gus.id) is goes
    assert talk.state(ref) is MatchState.ACCEPTED


def joins(organisation_id: int, talk: Talk, who: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.session.add(RoleRow(
            place_id=talk.place.id, member_id=who.id, role=Role.ORGANISATION_HELPER,
            organisation_id=organisation_id, from_at=talk.now - DAY,
        ))  # fmt: skip
        uow.commit()


@pytest.mark.parametrize(
    ("option", "said", "state"),
    [(1, "still_coming", MatchState.ACCEPTED), (2, "released", MatchState.RELEASED)],
)
def test_what_was_changed_still_suits_or_not(
    talk: Talk, ann: BuiltMember, option: int, said: str, state: MatchState
) -> None:
    hal = a_helper(talk.place, "Hal Helper")
    need = needed(talk, ann)
    ref = the_ask(hal, talk.now)
    matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now)
    found = needs.to_change(actor=ann.actor, ref=need.ref, now=talk.now)
    changed = replace(found.draft, words="Milk, bread and twelve eggs, please.")
    needs.change(
        actor=ann.actor, ref=need.ref, draft=changed, version=found.version, key=a_key(),
        now=talk.now,
    )  # fmt: skip
    assert talk.say(hal, f"{talk.letter(hal, 'changed')}{option}") == [said]
    assert talk.state(ref) is state


class TestSomebodyIsKnown:
    @pytest.fixture
    def custodian(self, talk: Talk, ann: BuiltMember) -> BuiltMember:
        """Who is told that nobody said yes to what is needed soon."""
        found = a_custodian(talk.place)
        post(ann, now=talk.now, windows=(Window(talk.now + HOUR / 2, talk.now + HOUR),))
        talk.now += HOUR / 4
        rounds.work_due_needs(now=talk.now)
        return found

    def test_and_people_read_who(self, talk: Talk, custodian: BuiltMember) -> None:
        letter = talk.letter(custodian, "know-somebody")
        assert talk.say(custodian, f"{letter}1") == []
        assert talk.say(custodian, "Mary at the church hall") == ["with_people"]
        assert talk.aside() == ["Mary at the church hall"]

    def test_at_once(self, talk: Talk, custodian: BuiltMember) -> None:
        letter = talk.letter(custodian, "know-somebody")
        assert talk.say(custodian, f"{letter}1 Mary next door") == ["with_people"]
        assert talk.aside() == [f"{letter}1 Mary next door"]

    def test_or_nobody(self, talk: Talk, custodian: BuiltMember) -> None:
        letter = talk.letter(custodian, "know-somebody")
        assert talk.say(custodian, f"{letter}2") == ["knows_nobody"]


def test_every_answer_that_a_letter_asks_for_has_its_deed() -> None:
    for asks in ASKS.values():
        for option in asks.options:
            assert f"{asks.kind}.{option}" in ACTS


def test_a_lost_text_is_found_again_by_my(talk: Talk, ann: BuiltMember) -> None:
    hal = a_helper(talk.place, "Hal Helper")
    needed(talk, ann)
    for _ in range(2):  # said twice, it is asked once
        talk.keep(number_of(hal), "MY")
        talk.work(number_of(hal))
    assert talk.kinds(hal) == ["ask"]
