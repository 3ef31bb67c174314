"""Who is never brought together with whom, because one of the two said so."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from enabler.domain.vocabulary import MatchState
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.tables.needs import NeedRow


class Blocks:
    """The rows of blocks, each of the member who said so."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def has(self, member_id: int, other_id: int) -> bool:
        """Whether the member has said so of the other."""
        query = select(BlockRow.member_id).filter_by(member_id=member_id, blocked_id=other_id)
        return self._session.scalar(query) is not None

    def add(self, place_id: int, member_id: int, other_id: int, now: datetime) -> None:
        """Keep the two apart from now on."""
        self._session.execute(
            insert(BlockRow).values(
                place_id=place_id, member_id=member_id, blocked_id=other_id, since=now
            )
        )

    def between(
        self, one_id: int, other_id: int, states: Collection[MatchState]
    ) -> list[int]:  # fmt: skip
        """Matches of a need of one of the two to which the other is to go, whichever it is."""
        pair = (one_id, other_id)
        query = (
            select(MatchRow.id)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .where(NeedRow.asker_id.in_(pair), NeedRow.organisation_id.is_(None))
            .where(MatchRow.helper_id.in_(pair), MatchRow.helper_id != NeedRow.asker_id)
            .where(MatchRow.state.in_(states))
            .order_by(MatchRow.id)
        )
        return list(self._session.scalars(query))

    def gone_from(self, member_id: int, match_id: int) -> list[int]:
        """Whom the member keeps away who was to go to this match for an organisation, and goes no
        more: the match lost them at the moment since when the two are apart."""
        query = (
            select(BlockRow.blocked_id)
            .join(AuditRow, AuditRow.at == BlockRow.since)
            .where(BlockRow.member_id == member_id, AuditRow.what == "match.handed_back")
            .where(AuditRow.subject_kind == "match", AuditRow.subject_id == match_id)
            .order_by(BlockRow.blocked_id)
        )
        return list(self._session.scalars(query))

    def of_member(self, member_id: int) -> list[tuple[int, datetime]]:
        """Whom the member keeps away, and since when, the newest first."""
        query = select(BlockRow.blocked_id, BlockRow.since).filter_by(member_id=member_id)
        ordered = query.order_by(BlockRow.since.desc(), BlockRow.blocked_id)
        return [(blocked_id, since) for blocked_id, since in self._session.execute(ordered)]

    def met_by(self, member_id: int, other_id: int, since: datetime) -> int | None:
        """A match by which the two met, by id: the newest between them, else the one that lost
        whoever was to go to it for an organisation when they were set apart."""
        pair = (member_id, other_id)
        between = (
            select(MatchRow.id)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .where(NeedRow.asker_id.in_(pair))
        )
        theirs = between.where(
            NeedRow.organisation_id.is_(None), MatchRow.helper_id.in_(pair),
            MatchRow.helper_id != NeedRow.asker_id, MatchRow.answered_at.is_not(None),
            MatchRow.state.not_in((MatchState.DECLINED, MatchState.LAPSED)),
        )  # fmt: skip
        left = between.join(AuditRow, AuditRow.subject_id == MatchRow.id).where(
            AuditRow.subject_kind == "match", AuditRow.what == "match.handed_back",
            AuditRow.at == since,
        )  # fmt: skip
        for query in (theirs, left):
            found = self._session.scalar(query.order_by(MatchRow.id.desc()).limit(1))
            if found is not None:
                return found
        return None

    def drop(self, member_id: int, other_id: int) -> None:
        """The member keeps the other away no more."""
        self._session.execute(
            delete(BlockRow).where(BlockRow.member_id == member_id, BlockRow.blocked_id == other_id)
        )
