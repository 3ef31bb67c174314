"""The optimal round, why it chose, and the commands that run it."""

from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from enabler.cli import enabler
from enabler.config import Settings
from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState, NextStep
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import moderation, needs, rounds
from tests.builders import NOW, BuiltPlace, a_custodian, a_helper, a_member, a_need, an_offer
from tests.services.deeds import a_key, accept, asks_of, decline, post

OPERATOR = Actor.operator("a test")
HOUR = timedelta(hours=1)


def run(place: BuiltPlace, **more: bool) -> rounds.RoundReport:
    return rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW, **more)


@pytest.fixture
def market(place: BuiltPlace) -> BuiltPlace:
    """Two needs and two helpers, of whom one can go to both and the other to the first only."""
    a_need(a_member(place, "Ann", at=(1500, 500)))
    a_need(a_member(place, "Bea", at=(3500, 500)))
    a_helper(place, "Both", at=(2500, 500), reach=1500, capacity=1)
    a_helper(place, "One", at=(500, 500), reach=1100, capacity=1)
    return place


class TestARound:
    def test_serves_more_than_each_need_by_itself_would(self, market: BuiltPlace) -> None:
        report = run(market)
        assert astuple(report)[:6] == (2, 2, 2, 3, 2, 0)
        with reading() as uow:
            asked = [
                [uow.homes.member(m.helper_id or 0).shown_name for m in uow.matches.of_need(n.id)]
                for n in uow.needs.open_in(market.id)
            ]
            scores = [row.score for row in uow.session.query(MatchRow)]
        assert asked == [["One"], ["Both"]]
        assert report.objective == sum(scores)

    def test_again_proposes_nothing_more(self, market: BuiltPlace) -> None:
        run(market)
        again = run(market)
        assert (again.needs_open, again.slots_open, again.proposed) == (2, 0, 0)

    def test_that_is_dry_says_the_same_and_changes_nothing(self, market: BuiltPlace) -> None:
        dry = run(market, dry_run=True)
        with reading() as uow:
            assert uow.session.query(MatchRow).count() == 0
            assert uow.session.query(OutboxRow).count() == 0
        assert dry == run(market)

    def test_keeps_to_what_is_promised_said_and_capped(self, place: BuiltPlace) -> None:
        helper, other = a_helper(place, "Hal", asks_per_week=2), a_helper(place, "Ida")
        asker = a_member(place)
        first = post(asker, slots=2)
        accept(helper)
        decline(other)
        for number in range(3):
            a_need(a_member(place, f"Ann {number}"), "shopping")

        report = run(place)

        assert (report.needs_open, report.slots_open) == (4, 4)
        assert len(asks_of(helper)) == 1  # two a week, and one was asked before
        assert report.proposed == 3
        shown = needs.show(actor=asker.actor, ref=first.ref, now=NOW)
        assert (shown.asked, shown.declined) == (2, 1)

    def test_asks_one_member_of_two_offers_once_for_a_need(self, place: BuiltPlace) -> None:
        helper = a_helper(place)
        an_offer(helper)
        a_need(a_member(place), slots=2)
        assert run(place).proposed == 1

    def test_leaves_every_open_need_with_a_next_step_to_come(self, place: BuiltPlace) -> None:
        """Law 1, straight after a round."""
        a_helper(place, capacity=1)
        for number in range(3):
            a_need(a_member(place, f"Ann {number}"))
        a_need(a_member(place, "Alone"), "moving")
        run(place)
        with reading() as uow:
            steps = [(need.next_step, need.next_step_at) for need in uow.needs.open_in(place.id)]
        assert all(at is not None and at > NOW for _, at in steps)
        assert NextStep.BROKER in {step for step, _ in steps}

    def test_of_every_place_keeps_each_to_itself(
        self, market: BuiltPlace, noise: BuiltPlace
    ) -> None:
        report = rounds.run_round(actor=OPERATOR, now=NOW)
        assert (report.needs_open, report.proposed) == (3, 3)

    def test_is_for_custodians_of_the_place_and_jobs(
        self, market: BuiltPlace, noise: BuiltPlace
    ) -> None:
        for stranger in (a_member(market).actor, a_custodian(noise).actor):
            with pytest.raises(NotAllowed):
                rounds.run_round(actor=stranger, place_slug=market.slug, now=NOW)
        with pytest.raises(NotFound):
            rounds.run_round(actor=OPERATOR, place_slug="nowhere", now=NOW)
        system = Actor.system("round")
        assert rounds.run_round(actor=system, place_slug=market.slug, now=NOW).proposed == 2


class TestTheCommands:
    @pytest.fixture
    def cli(self, context: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
        """The command line, on this test's database."""
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
        monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
        Path(settings.instance).mkdir(parents=True, exist_ok=True)
        return CliRunner()

    def test_print_figures_a_line_each(self, cli: CliRunner, market: BuiltPlace) -> None:
        at = NOW.isoformat()
        arguments = ["match", "round", "--place", market.slug, "--at", at]
        dry = cli.invoke(enabler, [*arguments, "--dry-run"])
        done = cli.invoke(enabler, arguments)
        lines = done.stdout.splitlines()
        assert [line.split()[0] for line in lines] == [
            "needs_open", "slots_open", "offers", "pairs", "proposed", "unmatched", "objective",
            "seconds",
        ]  # fmt: skip
        assert lines[4] == "proposed 2"
        assert dry.stdout.splitlines()[:7] == lines[:7]

    def test_moderate(self, cli: CliRunner, place: BuiltPlace) -> None:
        asker = a_member(place)
        held = post(asker, "respite")
        decided = cli.invoke(enabler, ["moderate", held.ref, "refuse", "--reason", "Unclear."])
        assert decided.stdout == f"need {held.ref} refused\n"
        shown = needs.show(actor=asker.actor, ref=held.ref, now=NOW)
        assert (shown.state, shown.refused_words) == (NeedState.REFUSED, "Unclear.")


def test_a_round_leaves_held_things_alone(place: BuiltPlace) -> None:
    """Law 6."""
    a_need(a_member(place), state=NeedState.HELD)
    a_helper(place)
    assert astuple(run(place))[:2] == (0, 0)
    custodian = a_custodian(place)
    (held,) = moderation.desk(actor=custodian.actor, now=NOW).of("need", "offer")
    moderation.approve(actor=custodian.actor, ref=held.ref, key=a_key(), now=NOW)
    assert run(place).proposed == 0  # approving asked already
