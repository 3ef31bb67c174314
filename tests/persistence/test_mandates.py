"""What the databases hold of mandates by themselves, whatever the code does."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from enabler.domain.mandates import Attorney, Basis, Ended, Hears, Scope
from enabler.persistence.tables.mandates import MandateRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, a_place, an_organisation

DAY = timedelta(days=1)


@pytest.fixture
def place(app: Flask) -> Any:
    """A place, in the app's context."""
    with app.app_context():
        yield a_place()


def row(member: BuiltMember, supporter: BuiltMember | None, **other: Any) -> MandateRow:
    """A mandate as it is kept."""
    with reading() as uow:
        ref = f"M{uow.session.query(MandateRow).count():03}{member.id}"
    values = {
        "place_id": member.place.id, "ref": ref, "member_id": member.id,
        "supporter_id": None if supporter is None else supporter.id, "scopes": [Scope.POST_NEED],
        "from_at": NOW, "until_at": NOW + 180 * DAY, "basis": Basis.OWN_REPLY,
        "wording": "mandate", "version": 1, "language": "en", "wording_hash": "x",
        "channel": "web", "hears": Hears.EACH, **other,
    }  # fmt: skip
    return MandateRow(**values)


def keep(made: MandateRow) -> int:
    """Keep it; its id."""
    with unit_of_work() as uow:
        uow.session.add(made)
        uow.commit()
        return made.id


def run(statement: str, **values: Any) -> None:
    """Change rows behind everybody's back."""
    with unit_of_work() as uow:
        uow.session.execute(text(statement), values)
        uow.commit()


class TestAMandate:
    @pytest.mark.prove("7.3")
    def test_lasts_180_days_at_most(self, place: BuiltPlace) -> None:
        rose, sam, tom = (a_member(place, name) for name in ("Rose A", "Sam B", "Tom C"))
        keep(row(rose, sam))
        with pytest.raises(DBAPIError, match="180 days"):
            keep(row(rose, tom, until_at=NOW + 180 * DAY + timedelta(milliseconds=2)))

    def test_is_never_of_oneself_nor_of_two_at_once(self, place: BuiltPlace) -> None:
        rose, sam = a_member(place, "Rose A"), a_member(place, "Sam B")
        library = an_organisation(place)
        for wrong in (row(rose, rose), row(rose, None), row(rose, sam, organisation_id=library.id)):
            with pytest.raises(IntegrityError):
                keep(wrong)

    def test_is_one_for_two_people(self, place: BuiltPlace) -> None:
        rose, sam = a_member(place, "Rose A"), a_member(place, "Sam B")
        first = keep(row(rose, sam))
        with pytest.raises(IntegrityError):
            keep(row(rose, sam))
        with unit_of_work() as uow:
            uow.mandates.end(first, Ended.MEMBER, rose.id, NOW)
            uow.commit()
        keep(row(rose, sam))

    @pytest.mark.parametrize(
        "change",
        ["scopes = '[\"message\"]'", "until_at = from_at", "member_id = member_id + 1",
         "basis = 'in-writing'",
         "evidence = 'another'", "wording_hash = 'y'", "supporter_id = NULL"],
    )  # fmt: skip
    def test_never_changes_but_to_end(self, place: BuiltPlace, change: str) -> None:
        rose, sam = a_member(place, "Rose A"), a_member(place, "Sam B")
        mandate = keep(row(rose, sam, evidence="A letter of May"))
        with pytest.raises(DBAPIError):
            run(f"UPDATE mandate SET {change} WHERE id = :id", id=mandate)  # noqa: S608

    def test_ends_once_and_keeps_how(self, place: BuiltPlace) -> None:
        rose, sam = a_member(place, "Rose A"), a_member(place, "Sam B")
        mandate = keep(row(rose, sam, evidence="A letter of May"))
        with unit_of_work() as uow:
            uow.mandates.end(mandate, Ended.LEAD, None, NOW)
            uow.mandates.hear(mandate, Hears.BIG)
            uow.commit()
        run("UPDATE mandate SET evidence = NULL WHERE id = :id", id=mandate)
        for again in ("ended_because = 'lapsed'", "ended_at = NULL, ended_because = NULL"):
            with pytest.raises(DBAPIError, match="never changes"):
                run(f"UPDATE mandate SET {again} WHERE id = :id", id=mandate)  # noqa: S608

    def test_of_a_private_supporter_needs_two_who_saw_it(self, place: BuiltPlace) -> None:
        rose, sam, one, two = (a_member(place, f"{name} D") for name in ("Rose", "Sam", "Wa", "Wb"))
        seen = {"basis": Basis.WITNESS, "witness_id": one.id}
        for wrong in ({}, {"second_id": one.id}, {"second_id": sam.id}, {"second_id": rose.id}):
            with pytest.raises(IntegrityError):
                keep(row(rose, sam, **seen, **wrong))
        keep(row(rose, None, organisation_id=an_organisation(place).id, **seen))
        keep(row(rose, sam, second_id=two.id, **seen))

    @pytest.mark.parametrize(
        "paper",
        [{"basis": Basis.WRITING}, {"basis": Basis.ATTORNEY, "attorney": Attorney.HEALTH}],
        ids=["in writing", "power of attorney"],
    )
    def test_of_a_private_supporter_needs_two_who_saw_the_paper(
        self, place: BuiltPlace, paper: dict[str, Any]
    ) -> None:
        rose, sam, one, two = (a_member(place, f"{name} D") for name in ("Rose", "Sam", "Wa", "Wb"))
        with pytest.raises(DBAPIError, match="two people see"):
            keep(row(rose, sam, witness_id=one.id, **paper))
        library = an_organisation(place).id
        keep(row(rose, None, organisation_id=library, witness_id=one.id, **paper))
        keep(row(rose, sam, witness_id=one.id, second_id=two.id, **paper))


class TestASupporter:
    @pytest.mark.prove("7.3")
    def test_has_five_people_and_no_sixth(self, place: BuiltPlace) -> None:
        sam = a_member(place, "Sam B")
        people = [a_member(place, f"P{number} X") for number in range(6)]
        first, *_ = [keep(row(each, sam)) for each in people[:5]]
        with pytest.raises(DBAPIError, match="five people"):
            keep(row(people[5], sam))
        with unit_of_work() as uow:
            uow.mandates.end(first, Ended.MEMBER, None, NOW)
            uow.commit()
        keep(row(people[5], sam))

    @pytest.mark.prove("7.3")
    def test_has_no_more_where_many_begin_at_once(self, app: Flask, place: BuiltPlace) -> None:
        """Four stand; of eight who would be the fifth at the same moment one is."""
        sam = a_member(place, "Sam B")
        people = [a_member(place, f"P{number} X") for number in range(12)]
        for each in people[:4]:
            keep(row(each, sam))
        made = [row(each, sam, ref=f"Z{each.id}") for each in people[4:]]
        gate, kept, refused = Barrier(len(made)), [], []

        def begin(one: MandateRow) -> None:
            with app.app_context():
                gate.wait()
                try:
                    kept.append(keep(one))
                except DBAPIError as wrong:
                    refused.append(str(wrong))

        threads = [Thread(target=begin, args=(one,)) for one in made]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(kept) == 1
        assert all("five people" in each for each in refused)
        with reading() as uow:
            assert uow.mandates.people_of(sam.id, NOW, but=0) == 5
