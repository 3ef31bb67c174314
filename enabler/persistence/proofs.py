"""Proofs that members carry elsewhere, and those of elsewhere that this place has taken over."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, not_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.proofs import LIST_LENGTH, VOUCHED, Proof
from enabler.domain.refs import written
from enabler.persistence.credentials import is_valid
from enabler.persistence.refs import Refs
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.proofs import ProofRow, ProofTakenRow

_COLUMNS = tuple(getattr(ProofRow, field.name) for field in fields(Proof))
_HALF = LIST_LENGTH // 2
"""A list that is half full gets no more: a free entry is then found at the first or second try."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a check came from that was taken over by its signature."""

    credential_id: int
    issuer: str
    issuer_name: str


class Proofs:
    """The rows of proofs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *, place_id: int, nonce: str, **values: Any) -> Proof:
        """Keep a new one, at an entry of the status list that the nonce draws."""
        row = ProofRow(
            place_id=place_id, nonce=nonce, ref=Refs(self._session).new(place_id, "proof"),
            status_index=self._free(place_id, nonce), tries=0, **values,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return self._one(ProofRow.id == row.id)

    def of_member(self, member_id: int) -> tuple[Proof, ...]:
        """All of a member's, the newest first."""
        query = select(*_COLUMNS).where(ProofRow.member_id == member_id)
        found = self._session.execute(query.order_by(ProofRow.id.desc()))
        return tuple(Proof(*row) for row in found)

    def by_ref(self, place_id: int, ref: str) -> Proof:
        """One of a place. Raises NotFound."""
        return self._one((ProofRow.ref == written(ref)) & (ProofRow.place_id == place_id))

    def by_token(self, token_hash: str, *, lock: bool = False) -> Proof:
        """The one whose link this is, in any place: whoever has it was given it. Raises
        NotFound."""
        return self._one(ProofRow.token_hash == token_hash, lock=lock)

    def by_entry(self, place_id: int, status_index: int) -> Proof | None:
        """The one of an entry of the place's status lists."""
        condition = (ProofRow.status_index == status_index) & (ProofRow.place_id == place_id)
        try:
            return self._one(condition)
        except NotFound:
            return None

    def end(self, proof_id: int, now: datetime) -> None:
        """Its owner lets it count no more."""
        self._session.execute(
            update(ProofRow)
            .where(ProofRow.id == proof_id, ProofRow.ended_at.is_(None))
            .values(ended_at=now)
        )

    def owners_before(
        self, place_id: int, before: datetime, now: datetime
    ) -> list[tuple[int, str]]:
        """The id and ref of each member with a proof that was made before then and stands still."""
        stands = (
            ProofRow.place_id == place_id, ProofRow.made_at <= before, ProofRow.until_at > now,
            ProofRow.ended_at.is_(None), MemberRow.state.in_(VOUCHED),
        )  # fmt: skip
        query = (
            select(MemberRow.id, MemberRow.ref)
            .join(ProofRow, ProofRow.member_id == MemberRow.id)
            .where(*stands).distinct().order_by(MemberRow.id)
        )  # fmt: skip
        return [(row.id, row.ref) for row in self._session.execute(query)]

    def note_try(self, proof_id: int, tries: int, window: datetime) -> None:
        """A code that was typed for it was wrong."""
        self._session.execute(
            update(ProofRow).where(ProofRow.id == proof_id).values(tries=tries, tried_at=window)
        )

    def lists(self, place_id: int) -> int:
        """How many status lists the place has; there is always one."""
        query = select(func.count()).select_from(ProofRow).where(ProofRow.place_id == place_id)
        return (self._session.scalar(query) or 0) // _HALF + 1

    def void(self, place_id: int, number: int, now: datetime) -> Iterator[int]:
        """The entries of a list whose proofs count no more: ended by their owner, run out, or the
        place vouches for them no more."""
        first = number * LIST_LENGTH
        over = or_(
            ProofRow.ended_at <= now, ProofRow.until_at <= now, not_(is_valid(now)),
            MemberRow.state.not_in(VOUCHED),
        )  # fmt: skip
        query = (
            select(ProofRow.status_index - first)
            .join(CredentialRow, CredentialRow.id == ProofRow.credential_id)
            .join(MemberRow, MemberRow.id == ProofRow.member_id)
            .where(ProofRow.place_id == place_id, over)
            .where(ProofRow.status_index.between(first, first + LIST_LENGTH - 1))
        )
        yield from self._session.scalars(query)

    def take(
        self, *, place_id: int, credential_id: int, issuer: str, issuer_name: str, number: str,
        proof_id: int | None = None,
    ) -> bool:  # fmt: skip
        """Keep that a proof was taken over; False where this place had taken it already."""
        row = ProofTakenRow(
            credential_id=credential_id, place_id=place_id, digest=digest_of(issuer, number),
            issuer=issuer, issuer_name=issuer_name, proof_id=proof_id,
        )  # fmt: skip
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True

    def is_taken(self, place_id: int, issuer: str, number: str) -> bool:
        """Whether this place has taken it over before."""
        query = select(ProofTakenRow.credential_id).where(
            ProofTakenRow.place_id == place_id, ProofTakenRow.digest == digest_of(issuer, number)
        )
        return self._session.scalar(query) is not None

    def taken(self, credential_id: int) -> Taken | None:
        """Where a check came from that was taken over by its signature."""
        row = self._session.get(ProofTakenRow, credential_id)
        return None if row is None else Taken(row.credential_id, row.issuer, row.issuer_name)

    def taken_by(self, proof_id: int) -> list[int]:
        """The ids of the checks that places of this house took over by a proof."""
        query = select(ProofTakenRow.credential_id).where(ProofTakenRow.proof_id == proof_id)
        return list(self._session.scalars(query.order_by(ProofTakenRow.credential_id)))

    def _free(self, place_id: int, nonce: str) -> int:
        first = (self.lists(place_id) - 1) * LIST_LENGTH
        for attempt in range(LIST_LENGTH):
            drawn = hashlib.sha256(f"{attempt}:{nonce}".encode()).digest()
            index = first + int.from_bytes(drawn[:8], "big") % LIST_LENGTH
            if self.by_entry(place_id, index) is None:
                return index
        raise RuntimeError("a status list is full that was half empty")

    def _one(self, condition: ColumnElement[bool], *, lock: bool = False) -> Proof:
        query = select(*_COLUMNS).where(condition)
        row = self._session.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise NotFound("proof_unknown")
        return Proof(*row)


def digest_of(issuer: str, number: str) -> str:
    """What a proof is known by elsewhere: who signed it, and its number."""
    return hashlib.sha256(f"{issuer}\n{number}".encode()).hexdigest()
