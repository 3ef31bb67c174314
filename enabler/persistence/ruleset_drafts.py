"""Drafts of a place's rules: kept, changed with what changed, proposed, ended once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.ruleset_drafts import DraftState, RulesetDraft
from enabler.persistence import spatial
from enabler.persistence.database import columns_of
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.ruleset_drafts import RulesetDraftChangeRow, RulesetDraftRow

_D, _C = columns_of(RulesetDraftRow), columns_of(RulesetDraftChangeRow)
_ROW = select(*(_D[name] for name in RulesetDraft.__slots__))
_OPEN = (DraftState.DRAFT, DraftState.PROPOSED)


class RulesetDrafts:
    """The rows of ``ruleset_draft`` and of their changes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> RulesetDraft:
        """Keep a new draft."""
        self._session.execute(insert(RulesetDraftRow).values(**_bound(values)))
        return self.by_ref(values["place_id"], values["ref"])

    def by_ref(self, place_id: int, ref: str, *, lock: bool = False) -> RulesetDraft:
        """One of the place by ref, held until the transaction ends where that is asked.

        Raises NotFound.
        """
        query = _ROW.where(_D.place_id == place_id, _D.ref == written(ref))
        row = self._session.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NotFound("rules_draft_unknown")
        return _draft(row)

    def open(self, place_id: int) -> tuple[RulesetDraft, ...]:
        """Those of the place that are drafted or proposed, the last changed first."""
        query = _ROW.where(_D.place_id == place_id, _D.state.in_(_OPEN))
        return self._all(query.order_by(_D.changed_at.desc(), _D.id.desc()))

    def ended(self, place_id: int, *, newest: int) -> tuple[RulesetDraft, ...]:
        """The newest of the place that were rejected, withdrawn or not answered in time."""
        over = (DraftState.REJECTED, DraftState.WITHDRAWN, DraftState.LAPSED)
        query = _ROW.where(_D.place_id == place_id, _D.state.in_(over))
        return self._all(query.order_by(_D.decided_at.desc(), _D.id.desc()).limit(newest))

    def late(self, now: datetime, *, at_most: int) -> tuple[RulesetDraft, ...]:
        """Proposals of any place that nobody answered in time, held, to be marked so."""
        query = _ROW.where(_D.state == DraftState.PROPOSED, _D.answer_by <= now).order_by(_D.id)
        return self._all(query.limit(at_most).with_for_update(skip_locked=True))

    def change(
        self, draft: RulesetDraft, by: int, before: Mapping[str, Any], after: Mapping[str, Any],
        now: datetime, **values: Any,
    ) -> None:  # fmt: skip
        """Write an edit with what it found and left; the draft is a version further."""
        version = draft.version + 1
        self._session.execute(
            insert(RulesetDraftChangeRow).values(
                draft_id=draft.id, version=version, changed_by=by, changed_at=now,
                before=dict(before), after=dict(after),
            )
        )  # fmt: skip
        self.write(draft.id, version=version, changed_by=by, changed_at=now, **values)

    def write(self, draft_id: int, **values: Any) -> None:
        """Write what is proposed or decided. The database refuses what may not be."""
        query = update(RulesetDraftRow).where(_D.id == draft_id)
        self._session.execute(query.values(**_bound(values)))

    def changes_since(self, draft_id: int, version: int) -> list[Any]:
        """Edits after this version: version, changed_by, changed_at, before, after; in order."""
        query = select(_C.version, _C.changed_by, _C.changed_at, _C.before, _C.after)
        query = query.where(_C.draft_id == draft_id, _C.version > version).order_by(_C.version)
        return list(self._session.execute(query))

    def area(self, draft_id: int) -> BaseGeometry | None:
        """Where a draft is to hold, where that is not the whole place."""
        found = self._session.scalar(select(_D.area).where(_D.id == draft_id))
        return None if found is None else spatial.from_column(found)

    def boundary(self, place_id: int) -> BaseGeometry:
        """The outline of the place, in which every area lies."""
        row = columns_of(PlaceRow)
        found = self._session.scalar(select(row.boundary).where(row.id == place_id))
        if found is None:
            raise NotFound("place_unknown")
        return spatial.from_column(found)

    def _all(self, query: Any) -> tuple[RulesetDraft, ...]:
        return tuple(_draft(row) for row in self._session.execute(query))


def _draft(row: Any) -> RulesetDraft:
    return RulesetDraft(**{**row._mapping, "wards": tuple(row.wards)})


def _bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """Shapes as columns keep them, and tuples as lists."""
    found = dict(values)
    if isinstance(found.get("area"), BaseGeometry):
        found["area"] = spatial.to_column(found["area"])
    if "wards" in found:
        found["wards"] = list(found["wards"])
    return found
