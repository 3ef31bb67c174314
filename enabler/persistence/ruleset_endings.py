"""Proposals that rules end before their time: kept, decided once."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.ruleset_drafts import DraftState
from enabler.domain.ruleset_endings import RulesetEnding
from enabler.persistence.database import columns_of
from enabler.persistence.tables.ruleset_endings import RulesetEndingRow

_E = columns_of(RulesetEndingRow)
_ROW = select(*(_E[name] for name in RulesetEnding.__slots__))


class RulesetEndings:
    """The rows of ``ruleset_ending``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> RulesetEnding:
        """Keep a new proposal."""
        self._session.execute(insert(RulesetEndingRow).values(**values))
        return self.by_ref(values["place_id"], values["ref"])

    def by_ref(self, place_id: int, ref: str, *, lock: bool = False) -> RulesetEnding:
        """One of the place by ref, held until the transaction ends where that is asked.

        Raises NotFound.
        """
        query = _ROW.where(_E.place_id == place_id, _E.ref == written(ref))
        row = self._session.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise NotFound("rules_ending_unknown")
        return RulesetEnding(*row)

    def of_version(self, ruleset_id: int) -> tuple[RulesetEnding, ...]:
        """All about one version, the newest first."""
        return self._all(_ROW.where(_E.ruleset_id == ruleset_id).order_by(_E.id.desc()))

    def waiting(self, place_id: int) -> tuple[RulesetEnding, ...]:
        """Those of the place that nobody has decided about, the oldest first."""
        query = _ROW.where(_E.place_id == place_id, _E.state == DraftState.PROPOSED)
        return self._all(query.order_by(_E.id))

    def late(self, now: datetime, *, at_most: int) -> tuple[RulesetEnding, ...]:
        """Those of any place that nobody answered in time, held, to be marked so."""
        query = _ROW.where(_E.state == DraftState.PROPOSED, _E.answer_by <= now).order_by(_E.id)
        return self._all(query.limit(at_most).with_for_update(skip_locked=True))

    def write(self, ending_id: int, **values: Any) -> None:
        """Write what was decided. The database refuses what may not be."""
        self._session.execute(
            update(RulesetEndingRow).where(_E.id == ending_id).values(**values)
        )  # fmt: skip

    def _all(self, query: Any) -> tuple[RulesetEnding, ...]:
        return tuple(RulesetEnding(*row) for row in self._session.execute(query))
