"""Another rule judged by the log, on an invented market where the truth is known."""

import random
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from enabler.domain.errors import Invalid
from enabler.matching.asking import ask_shares, decide
from enabler.matching.hindsight import AskRule, Logged, logged, worth
from enabler.matching.policy import Id
from enabler.matching.situations import Situation, Weights
from enabler.matching.turns import seed_of
from tests.matching.asks import LATER, SOON, a_situation

LOGS = Weights(turns_percent=60)
NEW = Weights(turns_percent=20, tiring=400)
"""Hard on those who were asked of late: another choice where the first had been asked."""
MARKET = [
    a_situation(0.4, 0.35, 0.3, pace=LATER, weights=LOGS, columns={"asks_week": (1, 0, 0)}),
    a_situation(0.5, 0.3, pace=LATER, weights=LOGS, columns={"asks_week": (1, 0)}),
    a_situation(0.3, 0.3, 0.29, 0.28, pace=LATER, weights=LOGS),
]


def truly(situation: Situation, offer: Id) -> float:
    """The true chance of a yes, which the log's rule is wrong about."""
    believed = dict(zip(situation.candidates.offer, situation.candidates.effective, strict=True))
    return 0.2 + 0.5 * (1 - believed[offer]) * (0.5 if offer == 1 else 1.0)


def under(weights: Weights) -> AskRule:
    return lambda situation: ask_shares(replace(situation, weights=weights))


def true_worth(rule: AskRule) -> float:
    """Yeses of an ask under a rule, over the whole market."""
    return float(np.mean([
        sum(share * truly(one, offer) for offer, share in rule(one).items()) for one in MARKET
    ]))  # fmt: skip


def whole_log() -> tuple[list[Logged], list[float]]:
    """Everything the log can hold, yes and no, each with how likely it is."""
    log, chances = [], []
    for one in MARKET:
        for offer, share in ask_shares(one).items():
            for yes in (1.0, 0.0):
                log.append(Logged(one, offer, share, yes))
                said = truly(one, offer) if yes else 1 - truly(one, offer)
                chances.append(share * said / len(MARKET))
    return log, chances


def market_log(asks: int, seed: int) -> list[Logged]:
    """A log as it comes about: the engine's own decisions, answered at random."""
    rng = random.Random(seed)
    log: list[Logged] = []
    for number in range(asks):
        one = replace(rng.choice(MARKET), seed=seed_of(f"{seed}/{number}", 1, "salt"))
        found = decide(one)
        rewards = {ask.offer: float(rng.random() < truly(one, ask.offer)) for ask in found.asks}
        log += logged(one, found, rewards)
    return log


def test_over_all_that_can_happen_it_has_no_bias() -> None:
    log, chances = whole_log()
    alone = [worth([one], under(NEW), most=1e9).ips for one in log]

    assert sum(chances) == pytest.approx(1)
    assert np.dot(chances, alone) == pytest.approx(true_worth(under(NEW)), abs=1e-9)


def test_a_rule_judges_itself_by_the_mean_of_its_log() -> None:
    log = market_log(300, seed=1)
    found = worth(log, ask_shares)
    mean = float(np.mean([one.reward for one in log]))

    assert (found.ips, found.self_normalised) == pytest.approx((mean, mean))
    assert found.effective_n == pytest.approx(len(log))
    assert (found.share_without_support, found.share_cut) == pytest.approx((0, 0))


def test_both_estimates_find_the_truth_and_tell_the_rules_apart() -> None:
    truth = true_worth(under(NEW))
    found = [worth(market_log(500, seed), under(NEW)) for seed in range(4)]

    assert np.mean([one.ips for one in found]) == pytest.approx(truth, abs=0.04)
    assert np.mean([one.self_normalised for one in found]) == pytest.approx(truth, abs=0.04)
    assert truth > true_worth(under(LOGS)) + 0.03
    assert all(one.effective_n < one.asks and one.share_without_support == 0 for one in found)


def test_what_the_log_could_not_ask_is_told_and_not_guessed() -> None:
    def stranger(situation: Situation) -> Mapping[Id, float]:
        return {99: 0.75, **{offer: 0.25 * s for offer, s in ask_shares(situation).items()}}

    log = market_log(400, seed=2)
    mean = float(np.mean([one.reward for one in log]))
    found = worth(log, stranger)

    assert found.share_without_support == pytest.approx(0.75)
    assert found.ips == pytest.approx(0.25 * mean)
    assert found.self_normalised == pytest.approx(mean)


def test_to_ask_nobody_is_worth_nothing() -> None:
    log = market_log(200, seed=3)
    half = worth(log, lambda one: {offer: s / 2 for offer, s in ask_shares(one).items()})
    mean = float(np.mean([one.reward for one in log]))

    assert (half.ips, half.self_normalised) == pytest.approx((mean / 2, mean / 2))
    assert half.share_without_support == 0
    none = worth(log, lambda one: {})
    assert (none.ips, none.self_normalised, none.effective_n) == (0, 0, 0)


def test_heavy_weights_are_cut_and_it_is_said() -> None:
    share = ask_shares(MARKET[2])[4]
    log = [Logged(MARKET[2], 4, share, 1.0), Logged(MARKET[2], 1, 0.55, 0.0)]
    found = worth(log, lambda one: {4: 1.0}, most=2)

    assert found.ips == pytest.approx(2 / 2)
    assert found.share_cut == pytest.approx(1 - 2 * share)
    whole = worth(log, lambda one: {4: 1.0}, most=1000)
    assert (whole.ips, whole.share_cut) == pytest.approx((1 / share / 2, 0))


def test_the_truth_is_above_the_estimate_by_no_more_than_was_cut() -> None:
    log, chances = whole_log()
    alone = [worth([one], under(NEW), most=1.2) for one in log]
    expected = np.dot(chances, [one.ips for one in alone])
    cut = np.dot(chances, [one.share_cut for one in alone])

    assert expected < true_worth(under(NEW)) <= expected + cut
    assert cut < 1


def test_each_ask_of_a_decision_stands_at_what_was_known_before_it() -> None:
    several = a_situation(*[0.3] * 6, pace=SOON, weights=LOGS)
    found = decide(several)
    log = logged(several, found, {ask.offer: 0.0 for ask in found.asks[1:]})

    assert len(found.asks) == 3
    assert [one.offer for one in log] == [ask.offer for ask in found.asks[1:]]
    assert [len(one.before.out) for one in log] == [1, 2]
    assert all(ask_shares(one.before)[one.offer] == one.propensity for one in log)


@pytest.mark.parametrize("log", [[], [Logged(MARKET[0], 1, 0.0, 1.0)]])
def test_without_propensities_nothing_can_be_judged(log: list[Logged]) -> None:
    with pytest.raises(Invalid):
        worth(log, ask_shares)
