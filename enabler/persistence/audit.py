"""Audit and sights: written in the transaction of what they tell of, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.history import AuditEntry, Sight
from enabler.domain.looks import WITH_REASON
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import STAFF_ROLES
from enabler.persistence import bulk
from enabler.persistence.chunks import chunked
from enabler.persistence.tables.audit import AuditRow, AuditValueRow, SightRow
from enabler.persistence.tables.looks import LookUpRow
from enabler.persistence.told_looks import OF_A_REMOVAL as OF_A_REMOVAL
from enabler.persistence.told_looks import OF_A_REPORT as OF_A_REPORT
from enabler.persistence.told_looks import may_read


class Audit:
    """Changes with who, when, why, what kind, which columns."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known_words: dict[tuple[str, int, str], str | None] = {}

    def record(
        self,
        actor: Actor,
        what: str,
        *,
        place_id: int | None,
        subject: tuple[str, int, str | None],
        now: datetime,
        states: tuple[str | None, str | None] = (None, None),
        columns: tuple[str, ...] = (),
        why: str | None = None,
        on_behalf_of: str | None = None,
        values: Mapping[str, tuple[str | None, str | None]] | None = None,
        whose: int | None = None,
    ) -> int:
        """Write one change; returns its id.

        ``what`` is noun.verb, ``subject`` (kind, id, ref), ``states`` before and after. Personal
        values go as ``values`` {column: (old, new)} of the member ``whose``.
        """
        columns = (*columns, *(values or {}))
        row = AuditRow(**_row(
            actor, what, place_id=place_id, subject=subject, now=now, states=states,
            columns=columns, why=why, on_behalf_of=on_behalf_of,
        ))  # fmt: skip
        self._session.add(row)
        self._session.flush()
        for column, (old, new) in (values or {}).items():
            self._session.add(
                AuditValueRow(audit_id=row.id, member_id=whose, column=column, old=old, new=new)
            )
        return row.id

    def record_many(self, actor: Actor, changes: Sequence[Mapping[str, Any]]) -> None:
        """Write many changes in one statement: each the arguments of ``record``, without values."""
        bulk.add(self._session, AuditRow, [_row(actor, **change) for change in changes])

    def of(self, kind: str, subject_id: int) -> list[AuditEntry]:
        """What happened to one thing, oldest first."""
        return self.of_many({kind: [subject_id]})

    def words_of(self, kind: str, subject_id: int, what: str) -> str | None:
        """What somebody wrote at the last such change, while it is kept."""
        if (kind, subject_id, what) in self._known_words:
            return self._known_words[kind, subject_id, what]
        query = (
            select(AuditValueRow.new)
            .join(AuditRow, AuditRow.id == AuditValueRow.audit_id)
            .where(AuditRow.subject_kind == kind, AuditRow.subject_id == subject_id)
            .where(AuditRow.what == what, AuditValueRow.column == "words")
            .order_by(AuditRow.id.desc())
            .limit(1)
        )
        return self._session.scalar(query)

    def columns_since(
        self, kind: str, subject_id: int, what: str, since: datetime
    ) -> tuple[str, ...]:
        """The columns of such changes since a moment, each once, in order."""
        query = select(AuditRow.columns).where(
            AuditRow.subject_kind == kind, AuditRow.subject_id == subject_id,
            AuditRow.what == what, AuditRow.at >= since,
        )  # fmt: skip
        return tuple(sorted({name for names in self._session.scalars(query) for name in names}))

    def know_words(
        self, kind: str, ids: Iterable[int], what: str, *, none_of: Iterable[int]
    ) -> None:
        """Read what was written of many things at once, for a list: in this transaction it is not
        asked for again. To those in ``none_of`` no such change can have happened."""
        ids = list(ids)
        self._known_words |= {(kind, each, what): None for each in (*ids, *none_of)}
        if not ids:
            return
        query = (
            select(AuditRow.subject_id, AuditValueRow.new)
            .join(AuditValueRow, AuditRow.id == AuditValueRow.audit_id)
            .where(AuditRow.subject_kind == kind, AuditRow.subject_id.in_(ids))
            .where(AuditRow.what == what, AuditValueRow.column == "words")
            .order_by(AuditRow.id)
        )
        for subject_id, words in self._session.execute(query):
            self._known_words[kind, subject_id, what] = words

    def of_many(self, subjects: Mapping[str, Sequence[int]]) -> list[AuditEntry]:
        """What happened to several things, given as ids by kind, in the order it was written."""
        these = [
            (AuditRow.subject_kind == kind) & AuditRow.subject_id.in_(ids)
            for kind, ids in subjects.items()
        ]
        query = select(AuditRow).where(or_(*these)).order_by(AuditRow.at, AuditRow.id)
        return [
            AuditEntry(
                at=row.at, what=row.what, actor_kind=row.actor_kind, actor_name=row.actor_name,
                state_before=row.state_before, state_after=row.state_after, why=row.why,
                on_behalf_of=row.on_behalf_of,
            )
            for row in self._session.scalars(query)
        ]  # fmt: skip


def _row(
    actor: Actor,
    what: str,
    *,
    place_id: int | None,
    subject: tuple[str, int, str | None],
    now: datetime,
    states: tuple[str | None, str | None] = (None, None),
    columns: tuple[str, ...] = (),
    why: str | None = None,
    on_behalf_of: str | None = None,
) -> dict[str, Any]:
    kind, subject_id, ref = subject
    return {
        "at": now, "place_id": place_id, "actor_kind": actor.kind,
        "actor_name": actor.person_ref,
        "on_behalf_of": on_behalf_of or (None if actor.by is None else actor.name),
        "what": what, "subject_kind": kind,
        "subject_id": subject_id, "subject_ref": ref, "state_before": states[0],
        "state_after": states[1], "columns": sorted(set(columns)), "why": why,
    }  # fmt: skip


def _viewer(viewer: Actor) -> str:
    return viewer.person_ref if viewer.kind == "member" else f"{viewer.kind}:{viewer.name}"


class Sights:
    """Who saw whose personal data."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, member_id: int, limit: int) -> list[Sight]:
        """Who saw anything of this member that they may read of, the newest first."""
        query = select(SightRow).where(SightRow.member_id == member_id, may_read(member_id))
        ordered = query.order_by(SightRow.minute.desc(), SightRow.id.desc()).limit(limit)
        return [sight_of(row) for row in self._session.scalars(ordered)]

    def log_all(
        self, viewer: Actor, member_ids: Iterable[int], what: tuple[str, ...], *, place_id: int,
        why: str, now: datetime,
    ) -> None:  # fmt: skip
        """As :meth:`log` for each of many, in two statements however many they are."""
        wanted = set(member_ids) - {viewer.person_id}
        minute, said = now.replace(second=0, microsecond=0), ",".join(sorted(what))
        by = _viewer(viewer)
        same = select(SightRow.member_id).filter_by(viewer=by, minute=minute, what=said)
        for some in chunked(sorted(wanted)):
            known = set(self._session.scalars(same.where(SightRow.member_id.in_(some))))
            new = [member_id for member_id in some if member_id not in known]
            rows = [
                {"viewer": by, "member_id": member_id, "minute": minute, "what": said,
                 "place_id": place_id, "why": why, "subject_ref": None,
                 "as_role": _as_role(viewer, place_id, why, what)}
                for member_id in new
            ]  # fmt: skip
            if not rows:
                continue
            try:
                with self._session.begin_nested():
                    self._session.execute(insert(SightRow), rows)
            except IntegrityError:  # another page of the same viewer wrote some, this very moment
                for member_id in new:
                    self.log(viewer, member_id, what, place_id=place_id, why=why, now=now)

    def log(
        self,
        viewer: Actor,
        member_id: int,
        what: tuple[str, ...],
        *,
        place_id: int,
        why: str,
        now: datetime,
        subject_ref: str | None = None,
    ) -> None:
        """One row per viewer, member, what and minute; a member's sight of themself is none. Where
        a supporter acts for somebody it is the supporter's."""
        if viewer.person_id == member_id:
            return
        minute = now.replace(second=0, microsecond=0)
        key = {
            "viewer": _viewer(viewer),
            "member_id": member_id,
            "minute": minute,
            "what": ",".join(sorted(what)),
        }
        if self._session.scalar(select(SightRow.id).filter_by(**key)) is None:
            row = {
                **key, "place_id": place_id, "why": why, "subject_ref": subject_ref,
                "as_role": _as_role(viewer, place_id, why, what),
                **self._reason(viewer, member_id, why, now),
            }  # fmt: skip
            try:
                with self._session.begin_nested():
                    self._session.execute(insert(SightRow).values(**row))
            except IntegrityError:
                # The same sight was written by another page of the same viewer, this very moment.
                if self._session.scalar(select(SightRow.id).filter_by(**key)) is None:
                    raise

    def _reason(
        self, viewer: Actor, member_id: int, why: str, now: datetime
    ) -> dict[str, str | None]:
        """Why the viewer said that they look this member up, where they had to say it."""
        row = LookUpRow
        if viewer.member_id is None or why not in WITH_REASON:
            return {}
        query = select(row.reason, row.words).where(
            row.viewer_id == viewer.member_id, row.member_id == member_id, row.until_at > now
        )
        found = self._session.execute(query.order_by(row.id.desc()).limit(1)).first()
        return {} if found is None else {"reason": found[0], "reason_words": found[1]}


_BETWEEN_TWO = frozenset({"match", "message", "hours", "colleague"})
"""Whys of what members see of each other; staff see such a thing only as a case."""


def _as_role(viewer: Actor, place_id: int, why: str, what: Iterable[str]) -> str | None:
    """The role by which staff see it: none, where they see it as everybody else could."""
    if not viewer.second_factor or (why in _BETWEEN_TWO and "case" not in what):
        return None
    held = (grant.role for grant in viewer.grants if grant.place_id == place_id)
    return next((role.value for role in held if role in STAFF_ROLES), None)


def sight_of(row: SightRow) -> Sight:
    """The row as it is remembered."""
    return Sight(
        row.minute, row.viewer, tuple(row.what.split(",")), row.why, row.subject_ref,
        row.as_role, row.reason, row.reason_words,
    )  # fmt: skip
