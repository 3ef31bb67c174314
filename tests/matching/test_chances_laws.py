"""What holds of chances whatever is asked, and whatever was learned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.matching.ask_columns import AskColumns, GiverColumns
from enabler.matching.chances import asks_of, learn, prior
from tests.matching.asked import World, an_ask, simulated

ASKS = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["shopping", "repairs", "respite"]),
        "metres": st.integers(0, 50_000),
        "reach": st.integers(0, 20_000),
        "daypart": st.integers(-1, 7),
        "hours_until": st.floats(-10, 5_000) | st.just(np.nan),
        "helped": st.integers(0, 50),
        "asks": st.floats(0, 1_000),
        "days_since_yes": st.floats(0, 5_000) | st.just(np.nan),
        "days_since_ask": st.floats(0, 5_000) | st.just(np.nan),
    }
)
SHARE = st.floats(0, 1)
MINUTES = st.floats(0, 30_000)
MODELS = [prior(), prior(1.0)] + [
    learn(simulated(World(rest=0.5, cut=cut), 800, 40, seed=3)[0], prior()) for cut in (None, 30)
]


def made(ask, share):
    return an_ask(**ask, yes=share * ask["asks"])


@pytest.mark.parametrize("model", MODELS)
@given(ASKS, SHARE, MINUTES)
def test_a_chance_is_neither_never_nor_always(model, ask, share, minutes):
    asks = made(ask, share)

    [chance], [aware] = model.chance(asks), model.attention(asks)
    [soon] = model.by(asks, np.array([minutes]))
    assert 0 < chance < 1
    assert 0.1 <= aware <= 1
    assert 0 <= soon <= chance * aware


@pytest.mark.parametrize("model", MODELS)
@given(ASKS, SHARE, SHARE)
def test_more_yeses_of_their_own_never_lower_it(model, ask, one, other):
    fewer, more = sorted((one, other))

    assert model.chance(made(ask, fewer))[0] <= model.chance(made(ask, more))[0]


@pytest.mark.parametrize("model", MODELS)
@given(ASKS, SHARE, MINUTES, MINUTES)
def test_more_time_never_lowers_it(model, ask, share, one, other):
    asks = made(ask, share)
    fewer, more = sorted((one, other))

    soon, late = model.by(asks, np.array([fewer])), model.by(asks, np.array([more]))
    assert soon <= late


@pytest.mark.parametrize("model", MODELS)
@given(ASKS, SHARE, MINUTES, MINUTES)
def test_an_ask_that_is_out_is_like_a_new_one_at_first_and_never_beyond_all(
    model, ask, share, waited, minutes
):
    asks = made(ask, share)

    [new] = model.still(asks, np.zeros(1), np.array([minutes]))
    [old] = model.still(asks, np.array([waited]), np.array([minutes]))
    assert new == pytest.approx(model.by(asks, np.array([minutes]))[0])
    assert 0 <= old <= 1
    assert minutes > waited or old == 0


def test_nobody_elses_row_changes_a_chance():
    asked, _ = simulated(World(cut=60), 300, 30, seed=3)
    model = learn(asked, prior())
    asks = asks_of(asked, model)
    together = model.chance(asks)

    for row in range(0, 300, 17):
        at = np.array([row])
        givers = GiverColumns(**{name: column[at] for name, column in vars(asks.givers).items()})
        assert model.chance(AskColumns(asks.pairs.at(at), givers))[0] == together[row]
