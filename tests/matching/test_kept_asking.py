"""A decision can be asked again: what was kept gives what was decided."""

import json

import numpy as np
from hypothesis import given, settings

from enabler.matching.asking import decide
from enabler.matching.kept_asking import (
    read_decision,
    read_situation,
    written_decision,
    written_situation,
)
from enabler.matching.situations import Candidates, Situation
from tests.matching.asks import SITUATIONS, a_situation, invented


@settings(max_examples=150, deadline=None)
@given(SITUATIONS)
def test_what_was_kept_gives_what_was_decided(situation: Situation) -> None:
    decided = decide(situation)
    kept = json.loads(json.dumps(written_situation(situation)))
    then = json.loads(json.dumps(written_decision(decided)))

    assert read_situation(kept) == situation
    assert decide(read_situation(kept)) == read_decision(then) == decided


def test_columns_may_be_arrays_and_are_kept_as_plain_numbers() -> None:
    plain = invented(3, 20)
    columns = {name: np.array(column) for name, column in _columns(plain).items()}
    from_arrays = a_situation(out=np.array([0.25]), candidates=Candidates(**columns))

    assert from_arrays.candidates == plain.candidates
    assert from_arrays.out == (0.25,)
    json.dumps(written_situation(from_arrays))
    json.dumps(written_decision(decide(from_arrays)))


def test_offers_may_be_named_by_texts() -> None:
    named = a_situation(0.3, 0.2, columns={"offer": ("a", "b")})
    kept = json.loads(json.dumps(written_decision(decide(named))))

    assert read_decision(kept) == decide(named)


def _columns(situation: Situation) -> dict[str, tuple[object, ...]]:
    kept = written_situation(situation)["candidates"]
    assert isinstance(kept, dict)
    return kept
