"""The list outside the backups: whoever was erased stays so, whatever is put back."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from enabler.cli import enabler
from enabler.config import Settings
from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState
from enabler.doors.erasure_list import NAME, FileOfErasures
from enabler.doors.wiring import wiring
from enabler.persistence.tables.erasure import ErasureRow
from enabler.persistence.unit_of_work import reading
from enabler.services import backups, erasures, laws
from tests.builders import NOW, BuiltMember, BuiltPlace
from tests.erasure.deleting import JOB, finish, go, hits
from tests.services.deeds import accept, post

OPERATOR = Actor.operator("somebody")
DAY = timedelta(days=1)


def back_up(file: Path) -> None:
    backups.make(actor=OPERATOR, file=file, now=NOW, told=lambda *_: None)


def put_back(settings: Settings, file: Path) -> None:
    backups.restore(
        actor=OPERATOR, file=file, owner_url=settings.database_owner_url, replace=True,
        now=NOW + DAY, told=lambda *_: None,
    )  # fmt: skip


def count(what: str) -> int:
    found = laws.check(now=NOW + DAY, erased=wiring().erasures)
    return next(one.count for one in found if one.what == what)


class TestTheList:
    def test_has_a_line_for_each_and_no_name(
        self, settings: Settings, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        go(ann)
        finish(NOW)
        finish(NOW)
        said = (settings.instance / NAME).read_text()
        assert said.count("\n") == 1
        assert ann.ref in said
        assert place.slug in said
        assert "Annabel" not in said
        assert (settings.instance / NAME).stat().st_mode & 0o777 == 0o600

    def test_outlives_a_line_that_a_crash_cut_off(self, tmp_path: Path) -> None:
        path = tmp_path / NAME
        path.write_text('{"place":"elmford","ref":"AAAA","at":"2026-03')
        kept = FileOfErasures(path)
        kept.add([("elmford", "BBBB", NOW)])
        kept.add([("elmford", "BBBB", NOW)])
        assert kept.lines() == [("elmford", "BBBB", NOW)]

    def test_is_written_with_the_erasure_or_where_it_cannot_be_by_the_clock(
        self, settings: Settings, ann: BuiltMember, ben: BuiltMember
    ) -> None:
        go(ann)
        assert [ref for _, ref, _ in wiring().erasures.lines()] == [ann.ref]
        file = settings.instance / NAME
        file.unlink()
        file.mkdir()  # nothing can be written there
        go(ben)
        file.rmdir()
        finish(NOW)
        assert {ref for _, ref, _ in wiring().erasures.lines()} == {ann.ref, ben.ref}

    def test_is_written_by_the_clock_alone(self, ann: BuiltMember) -> None:
        with pytest.raises(NotAllowed):
            erasures.finish(actor=ann.actor, kept_in=wiring().erasures, now=NOW)
        with pytest.raises(NotAllowed):
            erasures.apply(actor=JOB, kept_in=wiring().erasures, now=NOW)


class TestAListThatIsNotTheDatabases:
    def test_is_counted_and_made_whole_by_the_clock(
        self, settings: Settings, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        go(ann)
        finish(NOW)
        whole = wiring().erasures.lines()
        assert count("erased_not_in_the_list") == 0
        (settings.instance / NAME).unlink()  # lost, or another machine's instance folder
        assert count("erased_not_in_the_list") == 1
        finish(NOW)
        assert count("erased_not_in_the_list") == 0
        assert wiring().erasures.lines() == whole


@pytest.mark.prove("7.1")
class TestARestoreOfBefore:
    def test_brings_nobody_back(
        self, settings: Settings, tmp_path: Path, place: BuiltPlace, ann: BuiltMember,
        ben: BuiltMember,
    ) -> None:  # fmt: skip
        post(ann)
        accept(ben)
        back_up(tmp_path / "before")
        go(ann)
        finish(NOW)
        assert hits(["Quillfeather"]) == []
        put_back(settings, tmp_path / "before")
        assert hits(["Quillfeather"]) != []
        assert count("erased_are_back") == 1
        again = erasures.apply(actor=OPERATOR, kept_in=wiring().erasures, now=NOW + DAY)
        assert again == 1
        assert hits(["Quillfeather"]) == []
        assert count("erased_are_back") == 0
        assert count("erased_not_gone") == 0
        with reading() as uow:
            assert uow.homes.member(ann.id).state is MemberState.ERASED
            assert uow.homes.member(ben.id).state is MemberState.ACTIVE
            rows = uow.session.query(ErasureRow).filter_by(member_id=ann.id).all()
        assert [row.by_kind for row in rows] == ["list"]
        assert erasures.apply(actor=OPERATOR, kept_in=wiring().erasures, now=NOW + DAY) == 0

    def test_takes_nobody_for_who_has_the_ref_now(
        self, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        wiring().erasures.add([(place.slug, ann.ref, NOW - 3_000 * DAY)])
        assert count("erased_are_back") == 0
        assert erasures.apply(actor=OPERATOR, kept_in=wiring().erasures, now=NOW) == 0

    def test_by_the_command_line_is_whole_before_the_app_serves(
        self, settings: Settings, tmp_path: Path, place: BuiltPlace, ann: BuiltMember
    ) -> None:
        file = tmp_path / "before"
        back_up(file)
        go(ann)  # and the clock has not ticked since
        said = CliRunner().invoke(
            enabler, ["restore", "--replace", str(file)], standalone_mode=False,
            env={
                "DATABASE_URL": settings.database_url, "ENABLER_INSTANCE": str(settings.instance),
            },
        )  # fmt: skip
        assert said.exception is None
        assert "deleted_again 1" in said.stdout
        assert hits(["Quillfeather"]) == []
