"""The public halves of places' keys, and the keys of other places that one trusts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.proofs import LONGEST_PROOF
from enabler.domain.refs import written
from enabler.persistence.refs import Refs
from enabler.persistence.tables.proofs import SigningKeyRow, TrustedIssuerRow

Jwk = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key of a place. ``kid``: its thumbprint, by which the other half is found."""

    place_id: int
    kid: str
    public: Jwk
    made_at: datetime
    retired_at: datetime | None
    lost_at: datetime | None

    def is_believed(self, now: datetime) -> bool:
        """Whether what was signed with it may still count."""
        if self.lost_at is not None:
            return False
        return self.retired_at is None or now < self.retired_at + LONGEST_PROOF + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trusted:
    """Another place whose signature is believed here."""

    id: int
    ref: str
    place_id: int
    did: str
    name: str
    keys: tuple[Jwk, ...]
    kinds: tuple[str, ...]
    from_at: datetime
    until_at: datetime
    added_by: str
    ended_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it is believed at this moment."""
        return self.ended_at is None and self.from_at <= now < self.until_at


class SigningKeys:
    """Rows of keys and of trust."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_place(self, place_id: int) -> tuple[SigningKey, ...]:
        """All that a place ever had, the newest first."""
        query = select(SigningKeyRow).filter_by(place_id=place_id)
        found = self._session.scalars(query.order_by(SigningKeyRow.id.desc()))
        return tuple(
            SigningKey(
                row.place_id, row.kid, row.public, row.made_at, row.retired_at, row.lost_at
            ) for row in found
        )  # fmt: skip

    def believed(self, place_id: int, now: datetime) -> tuple[Jwk, ...]:
        """The public keys with which a place's proofs may be checked at this moment."""
        return tuple(key.public for key in self.of_place(place_id) if key.is_believed(now))

    def add(self, *, place_id: int, kid: str, public: Jwk, now: datetime) -> None:
        """Keep the public half of a new one."""
        self._session.add(SigningKeyRow(place_id=place_id, kid=kid, public=public, made_at=now))
        self._session.flush()

    def retire(self, place_id: int, kid: str, now: datetime, *, lost: bool) -> bool:
        """Nothing is signed with it any more; with ``lost`` nothing that was is believed. False
        where there is no such key, or nothing changes."""
        row = SigningKeyRow
        which = (row.place_id == place_id) & (row.kid == kid)
        statement = (
            update(row).where(which, row.lost_at.is_(None))
            .values(lost_at=now, retired_at=now).returning(row.id)
            if lost
            else update(row).where(which, row.retired_at.is_(None))
            .values(retired_at=now).returning(row.id)
        )  # fmt: skip
        return self._session.execute(statement).first() is not None

    def trust(self, *, place_id: int, **values: Any) -> Trusted:
        """Believe another place from now on."""
        ref = Refs(self._session).new(place_id, "trusted-issuer")
        row = TrustedIssuerRow(place_id=place_id, ref=ref, **values)
        self._session.add(row)
        self._session.flush()
        return _trusted(row)

    def trusted(self, place_id: int, did: str | None = None) -> tuple[Trusted, ...]:
        """Those whom a place believes or believed (one of them by its did), the newest first."""
        query = select(TrustedIssuerRow).filter_by(place_id=place_id)
        if did is not None:
            query = query.filter_by(did=did)
        found = self._session.scalars(query.order_by(TrustedIssuerRow.id.desc()))
        return tuple(_trusted(row) for row in found)

    def trusted_by_ref(self, place_id: int, ref: str) -> Trusted:
        """One of them. Raises NotFound."""
        query = select(TrustedIssuerRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(query)
        if row is None:
            raise NotFound("issuer_not_found")
        return _trusted(row)

    def end_trust(self, trusted_id: int, *, by: str, now: datetime) -> None:
        """It is believed no more."""
        row = TrustedIssuerRow
        self._session.execute(
            update(row).where(row.id == trusted_id, row.ended_at.is_(None))
            .values(ended_at=now, ended_by=by)
        )  # fmt: skip


def _trusted(row: TrustedIssuerRow) -> Trusted:
    return Trusted(
        row.id, row.ref, row.place_id, row.did, row.name, tuple(row.keys), tuple(row.kinds),
        row.from_at, row.until_at, row.added_by, row.ended_at,
    )  # fmt: skip
