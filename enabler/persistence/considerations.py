"""Considerations: kept when a need is worked, read when somebody asks why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.orm import Session

from enabler.domain.considerations import Consideration, Ranked
from enabler.domain.matches import Reason
from enabler.domain.vocabulary import Verdict
from enabler.domain.windows import Window
from enabler.persistence.tables.considerations import ConsiderationRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import CellRow, RulesetRow


class Considerations:
    """The rows of considerations. They can be added and read, never changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, considerations: Sequence[Consideration]) -> None:
        """Keep them, in one statement."""
        if considerations:
            rows = [_row(one) for one in considerations]
            self._session.execute(insert(ConsiderationRow.__table__), rows)  # type: ignore[arg-type]

    def of_need(self, need_id: int, until: datetime) -> list[Consideration]:
        """Those of a need up to this moment, the oldest first."""
        return self._all(ConsiderationRow.need_id == need_id, ConsiderationRow.at <= until)

    def last_of(self, need_id: int) -> Consideration | None:
        """The newest of a need."""
        newest = select(ConsiderationRow.id).where(ConsiderationRow.need_id == need_id)
        found = self._session.scalar(newest.order_by(ConsiderationRow.id.desc()).limit(1))
        return None if found is None else self._all(ConsiderationRow.id == found)[0]

    def near(
        self, box: tuple[int, int, int, int], *, categories: Sequence[str],
        place_ids: Sequence[int], within: Window, most: int,
    ) -> list[Consideration]:  # fmt: skip
        """Those of a stretch of time whose need is of these kinds and in a cell whose point is in
        the box (west, south, east, north in metres).

        The newest ``most`` of them, the newest first.
        """
        west, south, east, north = box
        here = (
            NeedRow.category.in_(categories),
            CellRow.easting.between(west, east),
            CellRow.northing.between(south, north),
        )
        then = (ConsiderationRow.at >= within.start, ConsiderationRow.at < within.end)
        query = (
            _query()
            .join(NeedRow, NeedRow.id == ConsiderationRow.need_id)
            .join(CellRow, CellRow.id == NeedRow.cell_id)
            .where(ConsiderationRow.place_id.in_(place_ids), *then, *here)
            .order_by(ConsiderationRow.at.desc(), ConsiderationRow.id.desc())
            .limit(most)
        )
        return [_consideration(*row) for row in self._session.execute(query)]

    def _all(self, *conditions: ColumnElement[bool]) -> list[Consideration]:
        query = _query().where(*conditions).order_by(ConsiderationRow.at, ConsiderationRow.id)
        return [_consideration(*row) for row in self._session.execute(query)]


def _query() -> Select[ConsiderationRow, int]:
    return select(ConsiderationRow, RulesetRow.version).join(
        RulesetRow, RulesetRow.id == ConsiderationRow.ruleset_id
    )


def _row(one: Consideration) -> dict[str, Any]:
    factors = [reason.factor for reason in one.ranked[0].reasons] if one.ranked else []
    return {
        "place_id": one.place_id, "need_id": one.need_id, "asker_id": one.asker_id,
        "wave": one.wave, "at": one.at, "ruleset_id": one.ruleset_id, "by_round": one.by_round,
        "considered": one.considered, "beyond": one.beyond,
        "ranked": {
            "factors": factors, "rows": [_ranked_row(each, factors) for each in one.ranked],
            "kept_back": {str(each.offer_id): each.kept_back for each in one.ranked
                          if each.kept_back},
            **({"in_place": one.in_place} if one.in_place else {}),
        },
        "refused": {
            "counts": dict(one.refused),
            "named": {code: list(ids) for code, ids in one.named.items()},
        },
    }  # fmt: skip


def _ranked_row(one: Ranked, factors: Sequence[str]) -> list[int | str]:
    points = {reason.factor: reason.points for reason in one.reasons}
    by_factor = [points.get(factor, 0) for factor in factors]
    return [one.offer_id, one.place, one.score, one.distance_metres, one.verdict.value, *by_factor]


def _consideration(row: ConsiderationRow, version: int) -> Consideration:
    factors = row.ranked["factors"]
    return Consideration(
        place_id=row.place_id, need_id=row.need_id, asker_id=row.asker_id, wave=row.wave,
        at=row.at, ruleset_id=row.ruleset_id, ruleset_version=version, by_round=row.by_round,
        considered=row.considered, beyond=row.beyond,
        ranked=tuple(
            _ranked(kept, factors, row.ranked.get("kept_back", {})) for kept in row.ranked["rows"]
        ),
        refused=row.refused["counts"],
        named={code: tuple(ids) for code, ids in row.refused["named"].items()},
        in_place=row.ranked.get("in_place", 0),
    )  # fmt: skip


def _ranked(kept: Sequence[Any], factors: Sequence[str], kept_back: Mapping[str, int]) -> Ranked:
    offer_id, place, score, metres, verdict, *points = kept
    reasons = tuple(Reason(*both) for both in zip(factors, points, strict=True))
    moved = kept_back.get(str(offer_id), 0)
    return Ranked(offer_id, place, score, metres, Verdict(verdict), reasons, moved)
