"""Situations and decisions as they are kept: JSON's own values, and back without a loss.

``decide(read_situation(kept)) == read_decision(kept)`` for whatever was kept: floats go through
JSON unchanged, since Python writes the shortest text that reads back as the same number.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from enabler.domain.paces import Pace, Speed
from enabler.domain.vocabulary import Risk
from enabler.matching.asking import Ask, Decision, Stop, Verdict
from enabler.matching.situations import Candidates, Situation, Weights


def written_situation(situation: Situation) -> dict[str, Any]:
    """What to keep of it: everything."""
    return asdict(situation)


def read_situation(kept: Mapping[str, Any]) -> Situation:
    """A situation that was kept."""
    pace = kept["pace"]
    return Situation(**{
        **kept, "risk": Risk(kept["risk"]), "pace": Pace(**{**pace, "speed": Speed(pace["speed"])}),
        "weights": Weights(**kept["weights"]), "out": tuple(kept["out"]),
        "candidates": Candidates(
            **{each.name: tuple(kept["candidates"][each.name]) for each in fields(Candidates)}
        ),
    })  # fmt: skip


def written_decision(decision: Decision) -> dict[str, Any]:
    """What to keep of it. JSON knows only texts as keys, so that verdicts go as pairs."""
    return {
        **{each.name: getattr(decision, each.name) for each in fields(Decision)},
        "asks": [asdict(ask) for ask in decision.asks],
        "others": [[offer, verdict.value] for offer, verdict in decision.others.items()],
    }


def read_decision(kept: Mapping[str, Any]) -> Decision:
    """A decision that was kept."""
    asks = tuple(Ask(**{**ask, "because": Verdict(ask["because"])}) for ask in kept["asks"])
    others = {offer: Verdict(verdict) for offer, verdict in kept["others"]}
    return Decision(**{**kept, "asks": asks, "others": others, "stop": Stop(kept["stop"])})
