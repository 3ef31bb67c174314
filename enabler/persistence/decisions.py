"""Decisions against somebody, with their reasons and appeals; questions to authors; standard
answers."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.refs import written
from enabler.domain.statements import Decision
from enabler.persistence.database import changed
from enabler.persistence.tables.audit import AuditValueRow
from enabler.persistence.tables.desk import DecisionRow, DeskQuestionRow, StandardAnswerRow
from enabler.persistence.tables.places import RulesetRow

_NAMES = tuple(one.name for one in fields(Decision))


@dataclass(frozen=True, slots=True)
class Question:
    """What the author of a held thing was asked."""

    id: int
    place_id: int
    ref: str
    subject_kind: str
    subject_id: int
    subject_ref: str
    member_id: int | None
    organisation_id: int | None
    asked_at: datetime
    words: str = field(repr=False)
    answered_at: datetime | None
    answer: str | None = field(repr=False)
    ended_at: datetime | None


_ASKED = tuple(one.name for one in fields(Question))


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """What is often said at a place's desk."""

    ref: str
    name: str
    words: str


class Decisions:
    """The rows of decisions, questions and standard answers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, **values: Any) -> Decision:
        """Keep a decision."""
        row = DecisionRow(**values)
        self._session.add(row)
        self._session.flush()
        return _decision(row)

    def by_ref(self, place_id: int | None, ref: str, *, lock: bool = False) -> Decision:
        """A decision of this place (any, for None) by ref. Raises NotFound."""
        query = select(DecisionRow).where(DecisionRow.ref == written(ref))
        if place_id is not None:
            query = query.where(DecisionRow.place_id == place_id)
        if lock:
            query = query.with_for_update(key_share=True)
        row = self._session.scalar(query, execution_options={"populate_existing": True})
        if row is None:
            raise NotFound("decision_unknown")
        return _decision(row)

    def of_subject(self, kind: str, subject_id: int) -> list[Decision]:
        """What was decided against the author of one thing, the newest first."""
        row = DecisionRow
        query = select(row).where(row.subject_kind == kind, row.subject_id == subject_id)
        found = self._session.scalars(
            query.order_by(row.id.desc()), execution_options={"populate_existing": True}
        )
        return [_decision(one) for one in found]

    def change(self, decision_id: int, **values: Any) -> None:
        """Write columns of a decision: its end, its appeal."""
        self._session.execute(
            update(DecisionRow).where(DecisionRow.id == decision_id).values(**values)
        )

    def appeal(self, decision_id: int, words: str, now: datetime) -> bool:
        """Its author appeals: once."""
        row = DecisionRow
        appealing = update(row).where(row.id == decision_id, row.appealed_at.is_(None))
        done = self._session.execute(appealing.values(appealed_at=now, appeal_words=words))
        return bool(changed(done))

    def rules_of(self, decision: Decision) -> tuple[int, datetime]:
        """The version of the rules on which it rests, and since when that holds."""
        query = select(RulesetRow.version, RulesetRow.from_at)
        row = self._session.execute(query.where(RulesetRow.id == decision.ruleset_id)).one()
        return row.version, row.from_at

    def old_and_new(self, decision: Decision) -> dict[str, tuple[str | None, str | None]]:
        """What an edit changed, by column, while it is kept."""
        row = AuditValueRow
        query = select(row.column, row.old, row.new).where(row.audit_id == decision.audit_id)
        found = self._session.execute(query) if decision.audit_id else ()
        return {column: (old, new) for column, old, new in found}

    def against(self, member_id: int, organisations: Collection[int]) -> list[Decision]:
        """What was decided against a member or these organisations, the newest first."""
        row = DecisionRow
        query = select(row).where(
            (row.member_id == member_id) | row.organisation_id.in_(organisations)
        )
        return [_decision(one) for one in self._session.scalars(query.order_by(row.id.desc()))]

    def asked_of(self, member_id: int, organisations: Collection[int]) -> list[Question]:
        """What a member, or these organisations, are asked and have not answered."""
        row = DeskQuestionRow
        theirs = (row.member_id == member_id) | row.organisation_id.in_(organisations)
        query = select(row).where(theirs, row.ended_at.is_(None))
        return [_question(one) for one in self._session.scalars(query.order_by(row.id))]

    def counts(self, place_id: int, since: datetime, until: datetime) -> dict[str, Counter[str]]:
        """How many were decided between these moments, by kind: *made*, *appealed*,
        *overturned*. What was taken back at once counts as none."""
        row = DecisionRow
        query = (
            select(
                row.kind, func.count(), func.count(row.appealed_at),
                func.count().filter(row.appeal_outcome == "overturned"),
            )
            .where(row.place_id == place_id, row.decided_at >= since, row.decided_at < until)
            .where(row.undone_at.is_(None))
            .group_by(row.kind)
        )  # fmt: skip
        found: dict[str, Counter[str]] = {
            name: Counter() for name in ("made", "appealed", "overturned")
        }
        for kind, made, appealed, overturned in self._session.execute(query):
            found["made"][kind] = made
            found["appealed"][kind] = appealed
            found["overturned"][kind] = overturned
        return found

    def ask(self, **values: Any) -> Question:
        """Keep a question to an author."""
        row = DeskQuestionRow(**values)
        self._session.add(row)
        self._session.flush()
        return _question(row)

    def question(self, place_id: int | None, ref: str) -> Question:
        """A question of this place by ref, locked. Raises NotFound."""
        query = select(DeskQuestionRow).where(DeskQuestionRow.ref == written(ref))
        if place_id is not None:
            query = query.where(DeskQuestionRow.place_id == place_id)
        row = self._session.scalar(query, execution_options={"populate_existing": True})
        if row is None:
            raise NotFound("question_unknown")
        return _question(row)

    def questions(self, kind: str, subject_id: int) -> list[Question]:
        """What was asked about one thing, the oldest first."""
        row = DeskQuestionRow
        query = select(row).where(row.subject_kind == kind, row.subject_id == subject_id)
        found = self._session.scalars(
            query.order_by(row.id), execution_options={"populate_existing": True}
        )
        return [_question(one) for one in found]

    def answer(self, question_id: int, *, by: int | None, words: str, now: datetime) -> bool:
        """Keep the answer; False where it is over."""
        row = DeskQuestionRow
        statement = update(row).where(row.id == question_id, row.ended_at.is_(None))
        values = {"answered_at": now, "answered_by": by, "answer": words, "ended_at": now}
        return bool(changed(self._session.execute(statement.values(**values))))

    def end_questions(self, kind: str, subject_id: int, now: datetime) -> None:
        """It was decided: nobody waits for an answer any more."""
        row = DeskQuestionRow
        over = update(row).where(
            row.subject_kind == kind, row.subject_id == subject_id, row.ended_at.is_(None)
        )
        self._session.execute(over.values(ended_at=now))

    def standard_answers(self, place_id: int) -> tuple[StandardAnswer, ...]:
        """What is often said here, by name."""
        row = StandardAnswerRow
        query = select(row.ref, row.name, row.words).where(
            row.place_id == place_id, row.ended_at.is_(None)
        )
        found = self._session.execute(query.order_by(row.name, row.id))
        return tuple(StandardAnswer(*one) for one in found)

    def keep_answer(self, **values: Any) -> int:
        """Keep a standard answer; its id."""
        row = StandardAnswerRow(**values)
        self._session.add(row)
        self._session.flush()
        return row.id

    def end_answer(self, place_id: int, ref: str, now: datetime) -> int | None:
        """It is offered no more; its id, None where there is none."""
        row = StandardAnswerRow
        query = select(row.id).where(
            row.place_id == place_id, row.ref == written(ref), row.ended_at.is_(None)
        )
        found = self._session.scalar(query)
        self._session.execute(update(row).where(row.id == found).values(ended_at=now))
        return found


def _decision(row: DecisionRow) -> Decision:
    values = {name: getattr(row, name) for name in _NAMES}
    return Decision(**values | {"signals": tuple(row.signals), "columns": tuple(row.columns)})


def _question(row: DeskQuestionRow) -> Question:
    return Question(**{name: getattr(row, name) for name in _ASKED})
