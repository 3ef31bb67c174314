"""The last round's prices order what is asked between rounds, for as long as the ruleset says."""

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from enabler.cli import enabler
from enabler.config import Settings
from enabler.domain.permissions import Actor
from enabler.persistence.tables.rounds import RoundPriceRow, RoundRow
from enabler.persistence.unit_of_work import reading
from enabler.services import explanations, matches, rounds
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    a_need,
    a_place,
    share,
)
from tests.services.deeds import asks_of, post, the_ask

OPERATOR = Actor.operator("a test")
HOUR = timedelta(hours=1)
ONE_AT_A_TIME = {"waves": [1]}


class Market:
    """A gardener who also chats and lives nearest, somebody else who chats, and two gardens: more
    than the gardener has room for, so that their price is beyond all scores."""

    def __init__(self, place: BuiltPlace) -> None:
        self.place = place
        self.gardener = a_helper(place, "Gus", "phone-chat", "gardening", capacity=1)
        self.talker = a_helper(place, "Sue", "phone-chat", at=(2500, 500))
        for number in range(2):
            asker = a_member(place, f"Ann {number}", at=(1500, 500))
            a_need(asker, "gardening", next_step_at=NOW + 99 * HOUR)

    def round(self, now: datetime = NOW) -> None:
        rounds.run_round(actor=OPERATOR, place_slug=self.place.slug, now=now)

    def first_asked(self, now: datetime = NOW) -> str:
        """Whom a new need for a chat asks first."""
        both = {"talker": self.talker, "gardener": self.gardener}
        before = {who: len(asks_of(helper, now)) for who, helper in both.items()}
        post(a_member(self.place, "Una", at=(600, 600)), "phone-chat", now=now)
        (asked,) = (who for who in both if len(asks_of(both[who], now)) > before[who])
        return asked


@pytest.fixture
def market(context: Flask) -> Market:
    return Market(a_place(policy=ONE_AT_A_TIME))


class TestThePriceOfTheLastRound:
    def test_keeps_a_helper_for_whom_only_they_can_help(self, market: Market) -> None:
        market.round()
        assert market.first_asked() == "talker"

    def test_is_none_before_there_was_a_round(self, market: Market) -> None:
        assert market.first_asked() == "gardener"

    def test_is_forgotten_when_it_is_stale(self, market: Market) -> None:
        market.round()
        assert market.first_asked(NOW + 23 * HOUR) == "talker"
        assert market.first_asked(NOW + 24 * HOUR) == "gardener"

    def test_counts_for_as_long_as_the_ruleset_says_and_not_at_all_at_0(
        self, context: Flask
    ) -> None:
        for hours, later, who in ((0, 0, "gardener"), (48, 47, "talker"), (1, 1, "gardener")):
            market = Market(a_place(f"p{hours}", area=f"B{'ABC'[hours % 3]}", policy={
                **ONE_AT_A_TIME, "price_hours": hours
            }))  # fmt: skip
            market.round()
            assert market.first_asked(NOW + later * HOUR) == who

    def test_bars_nobody(self, market: Market) -> None:
        market.round()
        need = post(a_member(market.place, at=(600, 600)), "phone-chat", slots=2)
        assert need.asked == 2

    def test_stands_while_the_ask_it_was_for_waits(self, market: Market) -> None:
        """In the second round the gardener has no room left, so that no need of it can count on
        them; what they were asked for is not settled all the same."""
        market.round()
        market.round(NOW + HOUR)
        assert market.first_asked(NOW + HOUR) == "talker"

    def test_goes_with_the_next_round_when_they_have_said_no(self, market: Market) -> None:
        market.round()
        matches.decline(actor=market.gardener.actor, match_ref=the_ask(market.gardener), key="no",
                        now=NOW)  # fmt: skip
        market.round(NOW + HOUR)
        matches.decline(actor=market.gardener.actor, match_ref=the_ask(market.gardener), key="no2",
                        now=NOW + HOUR)  # fmt: skip
        market.round(NOW + 2 * HOUR)
        assert market.first_asked(NOW + 2 * HOUR) == "gardener"

    def test_of_a_neighbours_round_counts_where_the_two_share(
        self, market: Market, noise: BuiltPlace
    ) -> None:
        """The neighbour's gardens need the gardener, whom this place's own round does not price."""
        share(noise, market.place)
        for number in range(3):
            asker = a_member(noise, f"Nan {number}", at=(700, 700))
            a_need(asker, "gardening", next_step_at=NOW + 99 * HOUR)
        rounds.run_round(actor=OPERATOR, place_slug=noise.slug, now=NOW)
        assert market.first_asked() == "gardener"
        share(market.place, noise)
        assert market.first_asked() == "talker"

    def test_is_not_kept_by_a_round_that_is_dry(self, market: Market) -> None:
        rounds.run_round(actor=OPERATOR, place_slug=market.place.slug, now=NOW, dry_run=True)
        with reading() as uow:
            assert uow.session.query(RoundRow).count() == 0


class TestWhatIsKeptOfARound:
    def test_are_its_figures_and_the_prices_of_the_last(self, market: Market) -> None:
        market.round()
        market.round(NOW + HOUR)
        with reading() as uow:
            kept = uow.session.query(RoundRow).order_by(RoundRow.id).all()
            figures = [
                (r.at, r.needs_open, r.slots_open, r.offers, r.pairs, r.chosen) for r in kept
            ]
            prices = [
                (row.round_id, row.offer_id, row.price) for row in uow.session.query(RoundPriceRow)
            ]
            gus = [offer.id for offer in uow.offers.all_of(
                (market.gardener.id, None)
            )]  # fmt: skip
            last, objective = kept[-1].id, kept[0].objective
            score = uow.matches.of_helper(market.gardener.id, [])[0].score
        assert figures == [(NOW, 2, 2, 2, 2, 1), (NOW + HOUR, 2, 1, 2, 0, 0)]
        assert prices == [(last, gus[0], 1000)]
        assert objective == score


class TestAnExplanation:
    @pytest.fixture
    def need_ref(self, market: Market) -> str:
        market.round()
        return post(a_member(market.place, at=(600, 600)), "phone-chat").ref

    def test_says_who_was_kept_back_then_and_would_be_now(
        self, market: Market, need_ref: str
    ) -> None:
        found = explanations.about_need(actor=OPERATOR, need_ref=need_ref, now=NOW, present=True)
        (wave,) = found.considerations
        assert [one.kept_back for one in wave.ranked] == [0, 1000]
        assert wave.ranked[1].score > wave.ranked[0].score
        assert found.present is not None
        assert [one.kept_back for one in found.present.possible] == [
            0
        ]  # one was asked, one is left

    def test_to_the_helper_is_as_ever(self, market: Market, need_ref: str) -> None:
        ask = asks_of(market.talker)[0]
        assert sum(reason.points for reason in ask.reasons) == ask.score

    def test_of_the_command_has_it_in_words(
        self, market: Market, need_ref: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", settings.database_url)
        monkeypatch.setenv("ENABLER_INSTANCE", str(settings.instance))
        settings.instance.mkdir(parents=True, exist_ok=True)
        told = (
            CliRunner()
            .invoke(enabler, ["match", "explain", need_ref, "--at", NOW.isoformat()])
            .stdout
        )
        lines = [line for line in told.splitlines() if line.startswith("ranked")]
        assert lines[1].endswith(
            "; less 1000: Kept back: the last round needs them more elsewhere."
        )
        assert "Kept back" not in lines[0]


def test_a_helpers_further_matchs_in_one_round_cost_as_the_ruleset_says(context: Flask) -> None:
    """A hundred metres are less than the default asks for; at 0 the nearer helper gets both."""

    def asks(policy: dict[str, int]) -> list[int]:
        place = a_place(f"f{len(policy)}", area=f"F{'AB'[len(policy)]}", policy=policy)
        helpers: list[BuiltMember] = [
            a_helper(place, "Near", at=(700, 700)),
            a_helper(place, "Far", at=(1100, 700), reach=30_000),
        ]
        for number in range(2):
            a_need(a_member(place, f"Ann {number}", at=(600, 600)))
        rounds.run_round(actor=OPERATOR, place_slug=place.slug, now=NOW)
        return [len(asks_of(helper)) for helper in helpers]

    assert asks({}) == [1, 1]
    assert asks({"further_match": 0}) == [2, 0]
