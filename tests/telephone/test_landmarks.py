"""A need near a street or landmark that the place knows by name, through the text door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from enabler import cli
from enabler.config import Settings
from enabler.domain.landmarks import fold_name
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import LandmarkRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import landmarks
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, a_place
from tests.telephone.at_elmford import a_town
from tests.telephone.talking import number_of


def known(
    place: BuiltPlace, name: str, at: tuple[int, int], *others: str, metres: int = 300,
    kind: str = "landmark",
) -> None:  # fmt: skip
    """The place knows something of this name, so far from its corner."""
    with unit_of_work() as uow:
        uow.session.add(LandmarkRow(
            place_id=place.id, ward_id=place.ward_at(at[0]), name=name, folded=fold_name(name),
            other_names=list(others), other_folded=[fold_name(each) for each in others],
            has_others=bool(others), easting=place.west + at[0], northing=place.south + at[1],
            precision_metres=metres, kind=kind,
        ))  # fmt: skip
        uow.commit()


@dataclass
class Street:
    """A place that knows its streets, and two who text: one of a home, one of none that we know."""

    app: Flask
    place: BuiltPlace
    ann: BuiltMember
    una: BuiltMember
    run: Any

    def say(self, who: BuiltMember, words: str) -> str:
        """What is texted back, through the command."""
        with self.app.app_context():
            number = number_of(who)
        lines = self.run("sms", "say", number, words, "--at", NOW.isoformat())
        return " ".join(line.partition("\t")[2] for line in lines if line.startswith(number))

    def right(self, who: BuiltMember, asked: str) -> str:
        """The first of the coded answers to what was asked."""
        return self.say(who, asked.rpartition("Text ")[2].partition(" ")[0])

    def need(self) -> NeedRow:
        """The need that was posted."""
        with self.app.app_context(), reading() as uow:
            return uow.session.scalars(select(NeedRow)).one()


@pytest.fixture
def street(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Street:  # fmt: skip
    monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ENABLER_ENV", "test")

    def run(*words: str) -> Sequence[str]:
        monkeypatch.setattr("sys.argv", ["enabler", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert (ended.value.code, printed.err) == (0, "")
        return printed.out.splitlines()

    with app.app_context():
        place = a_town()
        ann, una = a_member(place, "Ann Asker"), a_member(place, "Una Unplaced")
        with unit_of_work() as uow:
            uow.session.execute(
                update(MemberRow).where(MemberRow.id == una.id).values(home_id=None)
            )
            uow.commit()
        other = a_place("otherton", west=450_000)
        for each in (place, other):
            known(each, "Elm Primary School", (3_250, 300), "the Elm", metres=300)
        known(place, "High Street", (300, 300), kind="street", metres=500)
        known(place, "High Street", (3_300, 3_300), kind="street", metres=500)
    return Street(app, place, ann, una, run)


def test_one_that_is_named_is_said_back_and_is_the_rough_place(street: Street) -> None:
    asked = street.say(street.una, "need someone to walk my dog friday 2pm, nr elm primary sch")
    assert "near Elm Primary School (within a quarter of a mile)" in asked
    assert "Where near Elm Primary School would you meet" in street.right(street.una, asked)
    street.say(street.una, "by the side gate")
    need = street.need()
    assert need.address == "Elm Primary School: by the side gate"
    assert need.ward_id == street.place.ward_at(3_250)
    assert need.cell_id == street.place.cell_at(3_250, 300)


def test_several_of_one_name_are_asked_back_each_with_its_ward(street: Street) -> None:
    asked = street.say(street.una, "need my dog walked friday 2pm, high st")
    assert "In which part is High Street?" in asked
    assert "A1 West End, A2 East End" in asked
    near = street.say(street.una, "A2")
    assert "High Street" in near
    street.right(street.una, near)
    street.say(street.una, "outside the bank")
    assert street.need().ward_id == street.place.ward_at(3_300)


def test_a_postcode_answers_it_as_well(street: Street) -> None:
    street.say(street.una, "need my dog walked friday 2pm, high st")
    code = street.place.postcode_at(300, 300)
    assert code in street.say(street.una, code)


def test_a_need_at_a_home_that_is_known_stays_there(street: Street) -> None:
    confirming = street.say(street.ann, "need my dog walked friday 2pm, we're by the Elm")
    assert "at your home" in confirming
    street.right(street.ann, confirming)
    with street.app.app_context(), reading() as uow:
        home = uow.homes.where(street.ann.home_id)
    assert street.need().address == home.address


def test_beside_a_part_of_a_postcode_it_says_where(street: Street) -> None:
    asked = street.say(street.ann, "need my dog walked friday 2pm, BS1 by the Elm")
    assert "Elm Primary School" in asked


def test_another_places_are_not_found_nor_what_stands_in_a_longer_name(street: Street) -> None:
    with street.app.app_context():
        known(street.place, "Elm", (100, 100), kind="area", metres=2_000)
        found = landmarks.named(place_id=street.place.id, words="by Elm Primary School, Elm")
        assert [(one.name, one.ward) for one in found] == [("Elm Primary School", "East End")]
        assert landmarks.named(place_id=street.place.id, words="elms, a primary matter") == ()
