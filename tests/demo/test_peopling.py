"""A peopled place on both databases: the same rows, every law kept, nothing done twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.permissions import Actor
from enabler.domain.refs import number_of
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import ContactRow, HomeRow, MemberRow, RoleRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import PlaceRow, RulesetRow, WardRow
from enabler.persistence.unit_of_work import reading
from enabler.services import demo, laws, places, rounds
from tests.databases.fixtures import FreshDatabase
from tests.demo.peopled import OPERATOR, app_on, bring_in_and_people, everything, people_place
from tests.demo.towns import NOW
from tests.geography.importing import bring_in
from tests.geography.shared import ROOT, SHARED, needs_shared
from tests.geography.small_place import SmallPlace

MOMENTS = [
    NOW,
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # half an hour after the clocks went forward
    datetime(2026, 10, 25, 0, 59, tzinfo=UTC),  # just before they go back
]


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return SmallPlace(tmp_path / "small").write()


def broken(now: datetime) -> list[laws.LawCount]:
    return [line for line in laws.check(now=now) if line.count]


def people_of(slug: str) -> set[tuple[object, ...]]:
    """Who lives in which ward and street of a place, by which number; who answers for a ward."""
    with reading() as uow:
        place = uow.places.by_slug(slug)
        wards = select(WardRow.id, WardRow.code).where(WardRow.place_id == place.id).subquery()
        members = (
            select(MemberRow.name, HomeRow.address, wards.c.code, ContactRow.value)
            .join(HomeRow, HomeRow.id == MemberRow.home_id)
            .outerjoin(wards, wards.c.id == HomeRow.ward_id)
            .outerjoin(ContactRow, ContactRow.member_id == MemberRow.id)
            .where(MemberRow.place_id == place.id)
        )
        roles = (
            select(RoleRow.role, RoleRow.ward_id.is_not(None), wards.c.code)
            .outerjoin(wards, wards.c.id == RoleRow.ward_id)
            .where(RoleRow.place_id == place.id)
        )
        found = [*uow.session.execute(members), *uow.session.execute(roles)]
        return {tuple(row) for row in found}


def ruleset_of(slug: str) -> tuple[datetime, dict[str, object]]:
    """Since when which rules hold in a place."""
    with reading() as uow:
        query = select(RulesetRow).where(RulesetRow.place_id == uow.places.by_slug(slug).id)
        row = uow.session.scalars(query).one()
        return row.from_at, dict(row.policy)


class TestTheLaws:
    @pytest.mark.parametrize("now", MOMENTS, ids=str)
    def test_hold_straight_after_and_after_a_round(self, small: Path, now: datetime) -> None:
        peopled = bring_in_and_people(small, 60, seed=now.day, now=now)
        assert broken(now) == []
        report = rounds.run_round(actor=OPERATOR, now=now)
        assert report.needs_open == peopled.open_needs > 0
        assert broken(now) == []

    @pytest.mark.parametrize("size", [10, 23, 300])
    def test_hold_for_any_size(self, small: Path, size: int) -> None:
        bring_in_and_people(small, size, seed=size)
        assert broken(NOW) == []

    def test_hold_while_the_due_needs_are_worked(self, small: Path) -> None:
        bring_in_and_people(small, 80)
        rounds.work_due_needs(now=NOW)
        assert broken(NOW) == []
        assert broken(NOW + timedelta(minutes=20)) == []

    def test_see_what_is_broken(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        late = {line.what for line in broken(NOW + timedelta(minutes=20))}
        assert late == {"needs_past_their_next_step"}

    def test_hold_for_a_place_with_its_own_policy(self, tmp_path: Path) -> None:
        own = SmallPlace(tmp_path / "own", slug="own")
        written = own.write()
        policy = "[ruleset]\nwaves = [1]\nquiet_from = 0\nquiet_until = 0\nconfirm_days = 1\n"
        policy += 'categories_off = ["emergency"]\ncategories_held = []\n'
        policy += '[ruleset.category_credentials]\nshopping = ["dbs-basic"]\n'
        written.write_text(written.read_text("utf-8") + policy, encoding="utf-8")
        bring_in_and_people(written, 120)
        assert broken(NOW) == []
        with reading() as uow:
            categories = set(uow.session.scalars(select(NeedRow.category)))
        assert "shopping" in categories
        assert "emergency" not in categories


@pytest.mark.prove("2.3")
class TestAnyPlacesFile:
    """Imported, peopled, matched in one round, checked."""

    @needs_shared
    @pytest.mark.parametrize("name", ["bristol", "calderdale"])
    def test_of_the_shared_ones_keeps_the_laws(self, name: str, full_size: bool) -> None:
        self.people(SHARED / "places" / f"{name}.toml", full_size)

    @pytest.mark.parametrize(
        "file", sorted((ROOT / "places").glob("*/place.toml")), ids=lambda path: path.parent.name
    )
    def test_that_is_shipped_keeps_the_laws(self, file: Path, full_size: bool) -> None:
        self.people(file, full_size)

    def test_with_names_in_any_writing_keeps_the_laws(self, small: Path, full_size: bool) -> None:
        self.people(small, full_size)

    def people(self, file: Path, full_size: bool) -> None:
        peopled = bring_in_and_people(file, 2_000 if full_size else 200)
        report = rounds.run_round(actor=OPERATOR, now=NOW)
        assert report.needs_open == peopled.open_needs >= 15
        assert report.proposed > 0
        assert broken(NOW) == []
        with reading() as uow:
            place = uow.session.scalars(select(PlaceRow)).one()
            assert place.invented
            assert 447_700_900_000 <= int((place.phone or "0")[1:]) <= 447_700_900_099


class TestBothDatabases:
    def test_hold_the_same_people(
        self, small: Path, fresh_database: FreshDatabase, tmp_path: Path
    ) -> None:
        dumps = []
        for name in ("spatialite", "postgis"):
            with fresh_database(name) as made, app_on(made.url, tmp_path / name):
                bring_in_and_people(small, 90, seed=3)
                dumps.append(everything())
        assert dumps[0].keys() == dumps[1].keys()
        for table in dumps[0]:
            assert dumps[0][table] == dumps[1][table], table


class TestAPlace:
    def test_says_that_its_people_are_invented(self, small: Path) -> None:
        assert not places.by_slug(slug=bring_in(small).slug).invented
        peopled = people_place("smalltown")
        assert peopled.invented
        assert not peopled.already
        assert places.by_slug(slug="smalltown").invented

    def test_that_has_people_is_left_as_it_is(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        before = everything()
        again = people_place("smalltown", 50, seed=9)
        assert again.already
        assert everything() == before

    def test_with_a_real_number_gets_one_that_nobody_has(self, tmp_path: Path) -> None:
        for slug, phone, expected in (
            ("one", "+441174960123", "+447700900000"),
            ("two", "+447700900042", "+447700900042"),
            ("three", "+447700900900", "+447700900001"),
        ):
            small = SmallPlace(tmp_path / slug, slug=slug)
            small.keys["phone"] = phone
            bring_in_and_people(small.write(), 10)
            assert places.by_slug(slug=slug).phone == expected

    def test_is_peopled_beside_another_that_is_left_alone(self, tmp_path: Path) -> None:
        bring_in(SmallPlace(tmp_path / "other", slug="other", shift=20_000).write())
        bring_in_and_people(SmallPlace(tmp_path / "one", slug="one").write(), 40)
        other = places.by_slug(slug="other")
        assert not other.invented
        with reading() as uow:
            for kind in (MemberRow, HomeRow, NeedRow):
                rows = select(func.count()).where(kind.place_id == other.id)
                assert uow.session.scalar(rows) == 0
        assert broken(NOW) == []

    def test_is_peopled_as_another_of_the_same_wards_and_streets_was(self, tmp_path: Path) -> None:
        for slug in ("one", "other"):
            bring_in(SmallPlace(tmp_path / slug, slug=slug).write())
        first, rules = people_of("other"), ruleset_of("one")
        people_place("other", 40)
        peopled = people_of("other")
        assert ruleset_of("one") == rules
        assert first == people_of("one") == set()
        people_place("one", 40)
        assert peopled == people_of("one") != set()
        assert broken(NOW) == []

    def test_has_a_history_in_force_under_its_first_ruleset(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        with reading() as uow:
            first = uow.session.scalar(select(func.min(NeedRow.posted_at)))
            ruleset = uow.session.scalars(select(RulesetRow)).one()
            assert first is not None
            assert ruleset.from_at < first

    def test_is_filled_by_an_operator_only(self, small: Path) -> None:
        bring_in(small)
        with pytest.raises(NotAllowed):
            demo.people_place(
                actor=Actor.anonymous(), place_slug="smalltown", size=10, seed=1,
                secrets=None, key="k", now=NOW,  # type: ignore[arg-type]
            )  # fmt: skip

    def test_too_small_is_left_empty(self, small: Path) -> None:
        bring_in(small)
        with pytest.raises(Invalid):
            people_place("smalltown", 3)
        assert not places.by_slug(slug="smalltown").invented


class TestWhatIsKept:
    def test_has_refs_that_were_given_out(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        with reading() as uow:
            refs = list(uow.session.scalars(select(MatchRow.ref)))
            assert refs
            assert all(number_of(ref) for ref in refs)
            place_id = places_id(uow)
            assert uow.refs.kind_of(place_id, refs[0]) == ("match", refs[0])

    def test_reaches_people_by_one_contact_each(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        with reading() as uow:
            contacts = Counter(uow.session.scalars(select(ContactRow.member_id)))
            members = set(uow.session.scalars(select(MemberRow.id)))
            assert contacts == dict.fromkeys(members, 1)

    def test_has_sent_nothing(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        with reading() as uow:
            for kind in (OutboxRow, SimulatedMessageRow):
                assert uow.session.scalar(select(func.count()).select_from(kind)) == 0

    def test_tells_who_did_it(self, small: Path) -> None:
        bring_in_and_people(small, 40)
        with reading() as uow:
            actors = set(uow.session.execute(select(AuditRow.actor_kind, AuditRow.actor_name)))
            times = list(uow.session.scalars(select(AuditRow.at).order_by(AuditRow.id)))
            assert {tuple(actor) for actor in actors} == {
                ("operator", "tester"), ("system", "demo"),
            }  # fmt: skip
            assert times[1:-1] == sorted(times[1:-1])

    def test_scores_matches_as_the_engine_does(self, small: Path) -> None:
        bring_in_and_people(small, 60)
        with reading() as uow:
            rows = list(uow.session.scalars(select(MatchRow)))
            assert rows
            for row in rows:
                assert row.score == sum(reason["points"] for reason in row.reasons)


def places_id(uow) -> int:
    return uow.session.scalars(select(PlaceRow.id)).one()
