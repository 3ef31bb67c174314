"""Whom to ask next, and how many: what it does in plain cases, and what always holds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from enabler.domain.errors import Invalid
from enabler.domain.vocabulary import Risk
from enabler.matching.asking import MOST_SPARE, Stop, Verdict, after, ask_shares, decide
from enabler.matching.situations import Situation, Weights
from enabler.matching.yeses import yeses
from tests.matching.asks import (
    LATER,
    NO_TURNS,
    PRESSING,
    SITUATIONS,
    SOON,
    WIDE,
    a_situation,
    candidates,
    invented,
)


def asked(situation: Situation) -> list[object]:
    return [ask.offer for ask in decide(situation).asks]


def test_far_off_one_is_asked_after_the_other() -> None:
    found = decide(a_situation(0.3, 0.3, 0.3, pace=LATER))

    assert [ask.offer for ask in found.asks] == [1]
    assert found.stop is Stop.OUT
    assert found.others == {2: Verdict.ENOUGH, 3: Verdict.ENOUGH}


def test_a_refusal_brings_the_next_best_at_once() -> None:
    first = a_situation(0.3, 0.25, 0.2, pace=LATER)
    refused = replace(after(first, 1), out=())

    assert asked(after(first, 1)) == []
    assert asked(refused) == [2]


def test_where_help_presses_so_many_are_asked_that_a_yes_is_likely() -> None:
    found = decide(a_situation(*[0.4] * 10, pace=PRESSING))

    assert len(found.asks) == 6
    assert found.stop is Stop.LIKELY
    assert found.fill == pytest.approx(1 - 0.6**6)


@pytest.mark.parametrize(
    ("chance", "target", "count"),
    [(0.3, 0.95, 9), (0.3, 0.8, 5), (0.3, 0.5, 2), (0.15, 0.95, 19), (0.15, 0.8, 10)],
)
def test_the_smallest_number_is_that_of_the_reference(
    chance: float, target: float, count: int
) -> None:
    """``ceil(ln(1 - target) / ln(1 - e))``; asks cost nothing here."""
    free = Weights(cost=0, tiring=0, further=0, turns_percent=0)
    pace = replace(PRESSING, target=target, flight=30)

    assert len(asked(a_situation(*[chance] * 30, pace=pace, weights=free))) == count


def test_those_who_are_out_count_with_what_is_left_of_them() -> None:
    assert len(asked(a_situation(*[0.4] * 10, pace=PRESSING, out=(0.4, 0.4)))) == 4
    assert len(asked(a_situation(*[0.4] * 10, pace=PRESSING, out=(0.05, 0.05)))) == 5
    assert asked(a_situation(0.4, pace=PRESSING, out=(0.96,))) == []


def test_where_it_does_not_press_yeses_too_many_are_few() -> None:
    found = decide(a_situation(*[0.75] * 5, pace=replace(SOON, target=0.99)))

    assert len(found.asks) == 1
    assert found.stop is Stop.SPARE
    assert len(asked(a_situation(*[0.75] * 5, pace=PRESSING))) == 3


def test_two_who_go_together_are_aimed_at_as_two() -> None:
    alone = decide(a_situation(*[0.5] * 9, pace=PRESSING))
    found = decide(a_situation(*[0.5] * 9, pace=PRESSING, wanted=2))

    assert len(found.asks) > len(alone.asks)
    assert found.fill == pytest.approx(yeses([0.5] * len(found.asks), 2).likely)


def test_each_free_slot_has_its_own_room_in_flight() -> None:
    assert len(asked(a_situation(*[0.3] * 9, pace=LATER, wanted=3))) == 3


def test_nobody_wanted_is_nobody_asked() -> None:
    found = decide(a_situation(0.5, 0.5, wanted=0))

    assert (found.asks, found.stop, found.fill) == ((), Stop.LIKELY, 1)
    assert set(found.others.values()) == {Verdict.ENOUGH}


def test_of_two_alike_whoever_was_asked_less_comes_first() -> None:
    assert asked(a_situation(0.3, 0.3, pace=LATER, columns={"asks_week": (2, 1)})) == [2]
    assert asked(a_situation(0.3, 0.3, pace=LATER, columns={"helps_week": (1, 0)})) == [2]
    assert asked(a_situation(0.3, 0.3, pace=LATER)) == [1]


def test_a_further_help_costs_more_each_time() -> None:
    helping = {"helps_week": (0, 1, 2, 3)}
    found = decide(a_situation(*[0.3] * 4, pace=WIDE, wanted=2, columns=helping))

    assert [ask.cost for ask in found.asks] == [40, 60, 100, 160]


def test_a_price_is_paid_by_the_yes_or_where_the_rules_say_so_by_the_ask() -> None:
    priced = {"price": (400, 0)}
    by_yes = decide(a_situation(0.3, 0.2, pace=LATER, columns=priced))
    by_ask = decide(
        a_situation(
            0.3, 0.2, pace=LATER, columns=priced, weights=replace(NO_TURNS, pays_at_ask=True)
        )
    )

    assert [ask.offer for ask in by_yes.asks] == [1]
    assert by_yes.asks[0].adds == pytest.approx(0.3 * (1500 - 400) - 40)
    assert [ask.offer for ask in by_ask.asks] == [2]
    assert by_ask.others == {1: Verdict.ENOUGH}


def test_who_is_not_asked_hears_why() -> None:
    found = decide(
        a_situation(
            0.5, 0.08, 0.3, 0.02, 0.02, pace=LATER,
            columns={
                "score": (500, 100, 500, 500, 500), "price": (0, 1000, 0, 0, 0),
                "attention": (1, 1, 1, 1, 0.1), "asks_week": (0, 0, 20, 0, 0),
            },
        )
    )  # fmt: skip

    assert found.verdicts == {
        1: Verdict.ASKED, 2: Verdict.KEPT, 3: Verdict.TIRED, 4: Verdict.UNLIKELY, 5: Verdict.TIRED,
    }  # fmt: skip


def test_people_look_for_somebody_where_nobody_is_left_and_nobody_is_out() -> None:
    nobody, waits = a_situation(0.01), a_situation(0.01, out=(0.2,))

    assert decide(nobody).is_at_an_end(nobody)
    assert not decide(waits).is_at_an_end(waits)
    assert not decide(a_situation(0.3)).is_at_an_end(a_situation(0.3))
    assert decide(a_situation()).is_at_an_end(a_situation())


def test_where_service_lags_the_aim_is_higher_and_more_may_be_out() -> None:
    lagging = a_situation(*[0.3] * 9, pace=SOON, lift=2.0)

    assert lagging.aim == pytest.approx(0.96)
    assert (lagging.most_out, replace(lagging, lift=1.2).most_out) == (6, 4)
    assert len(asked(lagging)) > len(asked(replace(lagging, lift=1.0)))


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_everybody_has_a_verdict_and_every_ask_pays(situation: Situation) -> None:
    found = decide(situation)

    assert set(found.verdicts) == set(situation.candidates.offer)
    assert len(found.verdicts) == len(found.asks) + len(found.others)
    assert all(ask.adds > 0 and 0 < ask.propensity <= 1 for ask in found.asks)
    assert set(found.others.values()).isdisjoint({Verdict.ASKED, Verdict.TURN})
    assert len(situation.out) + len(found.asks) <= max(situation.most_out, len(situation.out))
    assert 0 <= found.begun <= found.fill + 1e-12 <= 1 + 2e-12


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_the_rest_of_a_decision_is_what_is_decided_after_its_first_ask(
    situation: Situation,
) -> None:
    found = decide(situation)
    if not found.asks:
        assert ask_shares(situation) == {}
        return
    first, *rest = found.asks
    then = decide(after(situation, first.offer))

    assert list(then.asks) == rest
    assert (then.fill, then.stop, then.others) == (found.fill, found.stop, found.others)
    assert ask_shares(situation)[first.offer] == first.propensity


@settings(max_examples=100, deadline=None)
@given(SITUATIONS)
def test_it_stops_for_the_reason_it_says(situation: Situation) -> None:
    found, flying = decide(situation), len(situation.out)
    hope = yeses(
        [*situation.out, *(ask.effective for ask in found.asks)], situation.wanted
    )  # fmt: skip

    assert found.fill == hope.likely
    assert (found.stop is Stop.LIKELY) == (found.fill >= found.aim)
    if found.stop is Stop.OUT:
        assert flying + len(found.asks) >= situation.most_out
    if found.stop is Stop.NOBODY:
        assert all(
            decide(_alone(situation, offer)).asks == ()
            for offer, verdict in found.others.items()
            if verdict is not Verdict.ENOUGH
        )
    if found.stop is Stop.SPARE:
        assert not situation.pace.is_pressing
        assert hope.and_one(1.0).spare > MOST_SPARE


def _alone(situation: Situation, offer: object) -> Situation:
    """The need with one candidate, before anybody was asked."""
    others = set(situation.candidates.offer) - {offer}
    one = situation.candidates.without(others)
    assert one.offer == (offer,)
    return replace(situation, candidates=one, out=(), pace=WIDE)


def test_the_same_situation_is_decided_the_same_and_risk_ends_the_turns() -> None:
    one = invented(7, 40)
    assert decide(one) == decide(invented(7, 40))
    high = replace(one, risk=Risk.HIGH)
    assert all(ask.because is Verdict.ASKED for ask in decide(high).asks)


@pytest.mark.parametrize(
    ("columns", "field"),
    [({"score": (1,)}, "score"), ({"offer": (1, 1)}, "offer"), ({"chance": (0.1, 1.1)}, "chance"),
     ({"attention": (-0.1, 0.1)}, "attention")],
)  # fmt: skip
def test_columns_that_do_not_fit_are_refused(columns: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        candidates([0.1, 0.2], **columns)
    assert wrong.value.field == field


@pytest.mark.parametrize(("given", "field"), [({"lift": 0.9}, "lift"), ({"wanted": -1}, "wanted")])
def test_numbers_that_cannot_be_are_refused(given: dict[str, float], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        a_situation(0.1, **given)
    assert wrong.value.field == field
    with pytest.raises(Invalid):
        Weights(turns_percent=101)
