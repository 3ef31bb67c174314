"""Proofs that organisations count on for their own visits, and whether each counts at a moment.

``counts`` is the one rule: whoever asks what somebody has for an organisation's visit asks it, and
so does the job that ends what counts no more.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, not_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from enabler.domain.errors import NotFound
from enabler.domain.proofs import VOUCHED
from enabler.domain.refs import written
from enabler.domain.relied import DECLINED, Relied
from enabler.domain.vocabulary import OrganisationState
from enabler.persistence.credentials import is_valid
from enabler.persistence.refs import Refs
from enabler.persistence.tables.consents import ConsentRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow, RoleRow
from enabler.persistence.tables.proofs import ProofReliedRow, ProofRow

LIVE = (OrganisationState.ACTIVE, OrganisationState.PAUSED)
"""Organisations that nothing stops: whoever rests keeps what they promised."""
_Row = ProofReliedRow
_COLUMNS = tuple(getattr(_Row, field.name) for field in fields(Relied))


def counts(now: datetime) -> ColumnElement[bool]:
    """The condition of a proof that an organisation counts on at this moment: the member agreed and
    has not taken it back, they act for the organisation, nothing stops that, and whoever signed the
    proof vouches for it still."""
    return (
        (_Row.agreed_at <= now) & _Row.ended_at.is_(None) & (_Row.until_at > now)
        & _consented() & vouched_for(now) & _acts(now) & _is_live()
    )  # fmt: skip


def vouched_for(now: datetime) -> ColumnElement[bool]:
    """Whether the proof itself is good at this moment."""
    owner = aliased(MemberRow)
    return exists(
        select(ProofRow.id)
        .join(CredentialRow, CredentialRow.id == ProofRow.credential_id)
        .join(owner, owner.id == ProofRow.member_id)
        .where(ProofRow.id == _Row.proof_id, ProofRow.ended_at.is_(None), is_valid(now))
        .where(ProofRow.made_at <= now, ProofRow.until_at > now, owner.state.in_(VOUCHED))
    )


def _consented() -> ColumnElement[bool]:
    return exists().where(
        ConsentRow.id == _Row.consent_id, ConsentRow.member_id == _Row.member_id,
        ConsentRow.withdrawn_at.is_(None),
    )  # fmt: skip


def _acts(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        RoleRow.member_id == _Row.member_id, RoleRow.organisation_id == _Row.organisation_id,
        RoleRow.from_at <= now, or_(RoleRow.until_at.is_(None), RoleRow.until_at > now),
    )  # fmt: skip


def _is_live() -> ColumnElement[bool]:
    return exists().where(
        OrganisationRow.id == _Row.organisation_id, OrganisationRow.state.in_(LIVE)
    )


class ReliedProofs:
    """Their rows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, *, place_id: int, **values: Any) -> Relied | None:
        """Keep that an organisation asks to count on a proof; None where it does so already."""
        ref = Refs(self._session).new(place_id, "proof-relied")
        try:
            with self._session.begin_nested():
                self._session.add(_Row(place_id=place_id, ref=ref, **values))
        except IntegrityError:
            return None
        return self.by_ref(ref)

    def by_ref(self, ref: str, *, lock: bool = False) -> Relied:
        """One of any place: whoever calls looks whose it is. Raises NotFound."""
        query = select(*_COLUMNS).where(_Row.ref == written(ref))
        row = self._session.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise NotFound("relied_unknown")
        return Relied(*row)

    def of(self, **which: int) -> tuple[Relied, ...]:
        """Those of a member, an organisation or a proof, as the columns in ``which`` say; the
        newest first."""
        wanted = (getattr(_Row, name) == value for name, value in which.items())
        return self._many(*wanted)

    def of_check(self, credential_id: int) -> tuple[Relied, ...]:
        """Those whose proof is of this check."""
        made = select(ProofRow.id).where(ProofRow.credential_id == credential_id)
        return self._many(_Row.proof_id.in_(made))

    def was_declined(self, organisation_id: int, digest: str) -> bool:
        """Whether the member said no to this organisation about this proof."""
        query = select(_Row.id).where(
            _Row.organisation_id == organisation_id, _Row.digest == digest,
            _Row.ended_because == DECLINED,
        )  # fmt: skip
        return self._session.scalar(query.limit(1)) is not None

    def agree(self, relied_id: int, consent_id: int, now: datetime) -> None:
        """The member lets them count on it."""
        self._change(relied_id, consent_id=consent_id, agreed_at=now)

    def end(self, relied_id: int, because: str, now: datetime) -> None:
        """It counts no more."""
        self._change(relied_id, ended_at=now, ended_because=because)

    def kinds_for(self, member_id: int, organisation_id: int, now: datetime) -> frozenset[str]:
        """The kinds of checks that count for a member at this moment because this organisation
        counts on a proof of theirs: for what they do for it, and for nothing else."""
        query = select(_Row.kind).where(
            _Row.member_id == member_id, _Row.organisation_id == organisation_id, counts(now)
        )
        return frozenset(kind.value for kind in self._session.scalars(query))

    def counting(self, ids: Iterable[int], now: datetime) -> frozenset[int]:
        """Those of these that count at this moment."""
        query = select(_Row.id).where(_Row.id.in_(list(ids)), counts(now))
        return frozenset(self._session.scalars(query))

    def is_vouched_for(self, relied_id: int, now: datetime) -> bool:
        """Whether the proof itself is good at this moment."""
        query = select(_Row.id).where(_Row.id == relied_id, vouched_for(now))
        return self._session.scalar(query) is not None

    def to_end(self, now: datetime, limit: int) -> tuple[Relied, ...]:
        """Those that have not ended and can count no more, or not any longer be agreed to."""
        gone = or_(
            _Row.until_at <= now, not_(vouched_for(now)), not_(_acts(now)), not_(_is_live()),
            _Row.agreed_at.is_not(None) & not_(_consented()),
        )  # fmt: skip
        return self._many(_Row.ended_at.is_(None), gone, limit=limit)

    def _many(self, *conditions: ColumnElement[bool], limit: int | None = None) -> tuple[Any, ...]:
        query = select(*_COLUMNS).where(*conditions).order_by(_Row.id.desc()).limit(limit)
        return tuple(Relied(*row) for row in self._session.execute(query))

    def _change(self, relied_id: int, **values: Any) -> None:
        self._session.execute(
            update(_Row).where(_Row.id == relied_id, _Row.ended_at.is_(None)).values(**values)
        )
