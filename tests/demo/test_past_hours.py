"""The past of an invented place has hours: what its confirmed helps moved, by the place's rules."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.domain.demo.giving import HELPER
from enabler.domain.permissions import Actor
from enabler.persistence.peopling.book import Book
from enabler.persistence.peopling.hours import Owned, PastHours
from enabler.persistence.unit_of_work import reading
from enabler.services import demo, hours, laws, market_hours, places, seals
from enabler.services._past_hours import GIFT_MINUTES, past_hours
from enabler.timebank import checks
from enabler.timebank.accounts import AccountKind
from tests.demo.peopled import OPERATOR, bring_in_and_people
from tests.demo.test_shown import actor_of, shown
from tests.demo.towns import NOW, RULES, told
from tests.geography.small_place import SmallPlace


def past(size: int, seed: int) -> tuple[PastHours, int]:
    """What moved among so many people, and how many helps were confirmed."""
    invention, stories, _ = told(size, seed)
    matches = [match for story in stories for match in story.matches]
    refs = [f"M{row}" for row in range(len(matches))]
    book = Book(1, 1, "en", [], [], {}, match_refs=refs)
    confirmed = sum(match.confirmed_at is not None for match in matches)
    return past_hours(book, invention, stories, RULES, gift_ref="G", now=NOW), confirmed


@settings(max_examples=10, deadline=None)
@given(size=st.integers(10, 200), seed=st.integers(0, 10**6))
def test_whoever_lives_there_each_help_moved_all_of_its_minutes(size: int, seed: int) -> None:
    found, confirmed = past(size, seed)
    assert [at for at, _ in found.moved] == sorted(at for at, _ in found.moved)
    by_match: Counter[str] = Counter()
    balances: Counter[int] = Counter()
    for _, transfer in found.moved:
        by_match[transfer.group or ""] += transfer.minutes
        balances[transfer.debit] -= transfer.minutes
        balances[transfer.credit] += transfer.minutes
    hours_only = [one for one in found.helps if one.earns == "hours"]
    assert len(found.helps) <= confirmed
    assert {f"M{one.match_row}" for one in hours_only} == {
        group.removeprefix("match:") for group in by_match if group
    }
    for one in hours_only:
        assert by_match[f"match:M{one.match_row}"] == one.minutes
        assert one.unpaid == 0
    for number, (_, floor) in enumerate(found.owners, start=1):
        assert balances[number] >= floor
    assert found.by_pot >= -balances[0]


def test_the_helper_who_is_shown_round_gave_some_away() -> None:
    found, _ = past(300, 1)
    (gift,) = [transfer for _, transfer in found.moved if transfer.key == "give:G"]
    owner, _ = found.owners[gift.debit - 1]
    assert (owner, gift.credit, gift.minutes) == (Owned("member", HELPER), 0, GIFT_MINUTES)


@pytest.fixture
def slug(app, tmp_path: Path):
    with app.app_context():
        yield bring_in_and_people(SmallPlace(tmp_path / "small").write(), 240).slug


def test_what_is_kept_is_a_sound_ledger_that_can_be_sealed(slug: str) -> None:
    with reading() as uow:
        assert checks.check(uow.ledger.all_accounts(), uow.ledger.all_entries()) == ()
        pots = [one for one in uow.ledger.all_accounts() if one.kind is AccountKind.POT]
    assert [one.posted for one in pots] == [demo.IN_THE_POT + GIFT_MINUTES]
    assert seals.seal(actor=OPERATOR, now=NOW) > 0
    assert [line for line in laws.check(now=NOW) if line.count] == []


def test_whoever_signs_in_has_months_of_it_and_everybody_a_picture(slug: str) -> None:
    for part, code in (("resident", "help_out"), ("helper", "help_in")):
        actor = actor_of(shown(slug, part).phone)
        seen = hours.statement(actor=actor, now=NOW)
        lines = [line for month in seen.months for line in month.lines if line.code == code]
        assert len(seen.months) >= 3
        assert {line.help and line.help.category for line in lines} >= {"transport"}
        assert all(line.other.name for line in lines if line.other.kind == "member")
    place = places.by_slug(slug=slug)
    picture = market_hours.show(actor=Actor.anonymous(place.id), place_id=place.id, now=NOW)
    assert picture.minutes
    assert sum(minutes is not None and minutes > 0 for _, minutes in picture.months) >= 4
    assert len(picture.categories) > 5
