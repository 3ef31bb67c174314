"""Keeping what was considered when a need was worked, so that it can be explained afterwards."""

from collections.abc import Iterable, Mapping, Sequence

from enabler.domain.considerations import MOST_RANKED, Consideration, Ranked, bounded
from enabler.domain.matches import Reason
from enabler.domain.needs import Need
from enabler.domain.vocabulary import Verdict
from enabler.matching import Candidate
from enabler.matching import Ranked as RankedByRound
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._candidates import Looked
from enabler.services._ground import Ground


def remember_wave(
    uow: UnitOfWork, need: Need, ground: Ground, looked: Looked, verdicts: Mapping[int, Verdict],
    *, in_place: int = 0,
) -> None:  # fmt: skip
    """Keep what a wave looked at; whoever has no verdict came after the last who was asked.
    ``in_place``: how many it looked for in place of those who said no.

    Offers out of whose reach the need lies are counted, not looked at one by one. A need for which
    nobody is found is looked at again and again: what says the same as the last time is not kept.
    """
    considered = uow.supply.count(need.category, ground.place_ids)
    refused = {code: len(ids) for code, ids in looked.refused.items() if ids}
    beyond_reach = considered - len(looked.ranked) - sum(refused.values())
    if beyond_reach > 0:
        refused["reach"] = refused.get("reach", 0) + beyond_reach
    one = _consideration(
        need, ground, considered=considered, admitted=len(looked.ranked), refused=refused,
        ranked=_ranked(_first(looked.ranked, verdicts), verdicts, Verdict.BEYOND),
        named=bounded(looked.refused), in_place=in_place,
    )  # fmt: skip
    if not one.asked and _says_the_same(uow, one):
        return
    uow.considerations.add([one])


def _says_the_same(uow: UnitOfWork, one: Consideration) -> bool:
    last = uow.considerations.last_of(one.need_id)
    return last is not None and last.is_like(one)


def remember_round(
    uow: UnitOfWork, ground: Ground, ranked: RankedByRound,
    asked: Iterable[tuple[Need, Mapping[int, Verdict]]],
) -> None:  # fmt: skip
    """Keep what a round knew of the needs for which it asks somebody, all in one statement.

    The round refuses pairs in bulk, so that refused offers are counted and not named; whoever had
    an ask for the need before counts under ``blocked``, as the engine was told.
    """
    kept = []
    for need, verdicts in asked:
        refused = ranked.because(need.id)
        refused.pop("category", None)
        admitted = ranked.admitted(need.id)
        best = ranked.best(need.id, MOST_RANKED, also=verdicts)
        kept.append(_consideration(
            need, ground, by_round=True, considered=admitted + sum(refused.values()),
            admitted=admitted, refused=refused, named={},
            ranked=_ranked(best, verdicts, Verdict.NOT_CHOSEN),
        ))  # fmt: skip
    uow.considerations.add(kept)


def _consideration(
    need: Need, ground: Ground, *, considered: int, admitted: int, ranked: tuple[Ranked, ...],
    refused: Mapping[str, int], named: Mapping[str, tuple[int, ...]], by_round: bool = False,
    in_place: int = 0,
) -> Consideration:  # fmt: skip
    return Consideration(
        place_id=need.place_id, need_id=need.id, asker_id=need.asker_id, wave=need.wave,
        at=ground.now, ruleset_id=ground.ruleset.id, ruleset_version=ground.ruleset.version,
        by_round=by_round, considered=considered, ranked=ranked, beyond=admitted - len(ranked),
        refused=refused, named=named, in_place=in_place,
    )  # fmt: skip


def _first(
    candidates: Sequence[Candidate], verdicts: Mapping[int, Verdict]
) -> list[tuple[int, Candidate]]:
    """The first of them with their places, and whoever was asked further down."""
    return [
        (place, one)
        for place, one in enumerate(candidates, start=1)
        if place <= MOST_RANKED or verdicts.get(int(one.offer)) is Verdict.ASKED
    ]


def _ranked(
    placed: Sequence[tuple[int, Candidate]], verdicts: Mapping[int, Verdict], otherwise: Verdict
) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(
            offer_id=int(one.offer), place=place, score=one.score,
            distance_metres=one.distance_metres,
            verdict=verdicts.get(int(one.offer), otherwise),
            reasons=tuple(Reason(reason.factor, reason.points) for reason in one.reasons),
            kept_back=one.kept_back,
        )
        for place, one in placed
    )  # fmt: skip
