"""Prices that are fresh: a job figures them out, and nothing else of a round is done."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask

from enabler.jobs import job_named, run_job
from enabler.persistence.rounds import FIGURES_FOR
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.rounds import RoundPriceRow, RoundRow
from enabler.persistence.unit_of_work import reading
from enabler.services import _round, needs, rounds
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, a_place
from tests.databases.stores import Database
from tests.services.deeds import a_key, asks_of, decline, post
from tests.services.test_prices import ONE_AT_A_TIME, Market
from tests.services.test_storms import at_once

HOUR = timedelta(hours=1)
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from enabler.app import create_app
from enabler.config import Settings
from enabler.persistence import rounds as rows
from enabler.services import rounds

url, moment = sys.argv[1:]
app = create_app(Settings(Path("."), url, url, "k" * 32, environment="test"))
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
rows.bulk.add = die  # the round is there, the prices of earlier ones are gone
with app.app_context():
    rounds.price(now=datetime.fromisoformat(moment))
"""


@pytest.fixture
def market(context: Flask) -> Market:
    return Market(a_place(policy=ONE_AT_A_TIME))


OF_NOISE = 1
"""The other council has a need that is open, too."""


def figures(place: BuiltPlace) -> list[RoundRow]:
    """The rounds of a place that are kept, in order."""
    with reading() as uow:
        return list(uow.session.query(RoundRow).filter_by(place_id=place.id).order_by(RoundRow.id))


def kept(place: BuiltPlace) -> list[int]:
    """The prices of a place that are kept, in points."""
    ids = [one.id for one in figures(place)]
    with reading() as uow:
        rows = uow.session.query(RoundPriceRow).where(RoundPriceRow.round_id.in_(ids))
        return [row.price for row in rows]


def two_gardens(place: BuiltPlace) -> tuple[BuiltMember, list[tuple[BuiltMember, str]]]:
    """The only gardener, who has room for one, and two who asked for them: with their needs."""
    gus = a_helper(place, "Gus", "phone-chat", "gardening", capacity=1)
    askers = [a_member(place, f"Ann {number}", at=(1500, 500)) for number in range(2)]
    return gus, [(asker, post(asker, "gardening").ref) for asker in askers]


def all_else() -> list[list[tuple[object, ...]]]:
    """Every row that a round that asks would add to or change."""
    with reading() as uow:
        return [
            [tuple(row) for row in uow.session.query(*kind.__table__.c).order_by(kind.id)]
            for kind in (NeedRow, MatchRow, OutboxRow, AuditRow)
        ]


class TestPricing:
    def test_orders_what_is_asked_from_then_on(self, market: Market) -> None:
        assert rounds.price(now=NOW) == 1 + OF_NOISE
        assert market.first_asked() == "talker"

    def test_asks_nobody_and_changes_no_need(self, market: Market) -> None:
        post(a_member(market.place, "Pam"), "phone-chat")
        before = all_else()
        rounds.price(now=NOW)
        assert all_else() == before
        assert kept(market.place) == [1000]

    def test_counts_what_is_asked_for_and_not_answered(self, context: Flask) -> None:
        """The only gardener was asked for both gardens: there is none to spare for a chat."""
        place = a_place(policy=ONE_AT_A_TIME)
        two_gardens(place)
        rounds.price(now=NOW)
        assert kept(place) == [1000]
        (round_,) = figures(place)
        assert (round_.needs_open, round_.slots_open, round_.pairs, round_.chosen) == (2, 2, 2, 1)

    def test_counts_nobody_who_said_no(self, context: Flask) -> None:
        place = a_place(policy=ONE_AT_A_TIME)
        gus, _ = two_gardens(place)
        for ask in asks_of(gus):
            decline(gus, ask.ref)
        rounds.price(now=NOW)
        assert kept(place) == []

    def test_takes_the_place_of_earlier_prices(self, market: Market) -> None:
        rounds.price(now=NOW)
        a_helper(market.place, "Gil", "gardening", capacity=9)
        rounds.price(now=NOW + HOUR)
        assert kept(market.place) == []
        assert [one.at for one in figures(market.place)] == [NOW, NOW + HOUR]

    def test_is_nothing_where_nothing_is_open_and_lets_old_prices_go(self, context: Flask) -> None:
        place = a_place(policy=ONE_AT_A_TIME)
        _, gardens = two_gardens(place)
        rounds.price(now=NOW)
        for asker, ref in gardens:
            needs.withdraw(actor=asker.actor, ref=ref, key=a_key(), now=NOW)
        assert rounds.price(now=NOW + HOUR) == OF_NOISE
        assert kept(place) == []
        assert [one.at for one in figures(place)] == [NOW]

    def test_is_nothing_where_the_rules_want_no_prices(self, context: Flask) -> None:
        place = Market(a_place(policy={**ONE_AT_A_TIME, "price_hours": 0})).place
        assert rounds.price(now=NOW) == OF_NOISE
        assert (kept(place), figures(place)) == ([], [])

    def test_forgets_the_figures_of_long_ago(self, market: Market) -> None:
        for at in (NOW, NOW + HOUR, NOW + HOUR + FIGURES_FOR):
            rounds.price(now=at)
        assert [one.at for one in figures(market.place)] == [NOW + HOUR, NOW + HOUR + FIGURES_FOR]

    def test_of_a_place_that_fails_holds_up_no_other(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Market(a_place("otherham", area="OT", west=500_000, policy=ONE_AT_A_TIME))
        settle = _round.settle

        def breaks(asked, *rest, **more):
            if asked[0].place == market.place.id:
                raise ZeroDivisionError
            return settle(asked, *rest, **more)

        monkeypatch.setattr(_round, "settle", breaks)
        with pytest.raises(rounds.PricesFailed) as failed:
            rounds.price(now=NOW)
        assert failed.value.place_id == market.place.id
        assert [len(figures(one.place)) for one in (market, other)] == [0, 1]

    def test_is_not_done_by_whoever_posts_answers_or_asks_on(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Prices are read where a page is served, and never solved."""
        rounds.price(now=NOW)

        def never(*_: object, **__: object) -> None:
            raise AssertionError("solved in a request")

        monkeypatch.setattr(_round, "settle", never)
        assert market.first_asked() == "talker"
        decline(market.talker)
        rounds.work_due_needs(now=NOW)
        assert len(figures(market.place)) == 1

    def test_of_three_at_once_is_as_of_one(self, market: Market, context: Flask) -> None:
        def price() -> object:
            return rounds.price(now=NOW)

        assert at_once(context, [price, price, price]) == {"done": 3}
        with reading() as uow:
            found = uow.rounds.prices([market.place.id], range(99), NOW - HOUR, NOW)
        assert list(found.values()) == [1000]


def test_is_a_job_of_every_half_hour(market: Market, app: Flask) -> None:
    job = job_named("price-offers")
    assert job is not None
    assert job.seconds == 1800
    assert run_job(app, job, NOW) == 1 + OF_NOISE
    assert kept(market.place) == [1000]


def test_that_is_killed_leaves_the_prices_of_before(market: Market, database: Database) -> None:
    rounds.price(now=NOW)
    before, rows = kept(market.place), len(figures(market.place))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, database.url, (NOW + HOUR).isoformat()],
        capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (kept(market.place), len(figures(market.place))) == (before, rows)
    assert market.first_asked(NOW + HOUR) == "talker"
    rounds.price(now=NOW + HOUR)
    assert len(figures(market.place)) == rows + 1
