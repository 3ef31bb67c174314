"""Signed-in browsers and one-time codes. Tokens are never here: only their keyed digests.

Counts of codes run over all places on purpose: a phone is one phone, and the budget one budget,
through whichever place's door somebody asks. Nothing but the count crosses a border.
"""

from datetime import datetime, timedelta
from itertools import accumulate, chain
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from enabler.domain import sign_in
from enabler.domain.members import Member, RoleHeld
from enabler.domain.places import Place
from enabler.domain.vocabulary import CodeFor
from enabler.persistence import spatial
from enabler.persistence.database import changed, columns_of
from enabler.persistence.duty_lines import AGREED_LINE
from enabler.persistence.members import grant_of, in_force, member_of
from enabler.persistence.places import place_of
from enabler.persistence.tables.hours import AccountOwnerRow
from enabler.persistence.tables.members import (
    MemberRow,
    OrganisationRow,
    RoleRow,
    SignInCodeRow,
    WebSessionRow,
)
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.types import UtcDateTime

ENDED_KEPT = timedelta(days=30)
_SESSION, _MEMBER, _ROLE = columns_of(WebSessionRow), columns_of(MemberRow), columns_of(RoleRow)
_ORGANISATION, _PLACE = columns_of(OrganisationRow), columns_of(PlaceRow)
_OWNER = columns_of(AccountOwnerRow)
_PARTS: tuple[list[Any], ...] = (
    list(_SESSION),
    list(_MEMBER),
    list(_ROLE),
    [_ORGANISATION.ref, _ORGANISATION.name, _ORGANISATION.state],
    # without what a boundary costs to read
    [*(one for one in _PLACE if not spatial.is_geometry(one)), AGREED_LINE],
    [_OWNER.account_id],
)
_NAMES = [
    ([one.name for one in part], end)
    for part, end in zip(_PARTS, accumulate(len(part) for part in _PARTS), strict=True)
]
_WHOSE = (
    select(*chain.from_iterable(_PARTS))
    .select_from(WebSessionRow.__table__)
    .join(PlaceRow.__table__, _PLACE.id == _SESSION.place_id)
    .outerjoin(MemberRow.__table__, _MEMBER.id == _SESSION.member_id)
    .outerjoin(
        RoleRow.__table__,
        and_(
            _ROLE.member_id == _MEMBER.id,
            *in_force(bindparam("now", type_=UtcDateTime()), _ROLE),
        ),
    )
    .outerjoin(OrganisationRow.__table__, _ORGANISATION.id == _ROLE.organisation_id)
    .outerjoin(AccountOwnerRow.__table__, _OWNER.member_id == _MEMBER.id)
    .where(_SESSION.token_hash == bindparam("token_hash"), _SESSION.ended_at.is_(None))
    .order_by(_ROLE.id)
)


class Sessions:
    """Rows of browsers' sessions and of codes that were asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_turns(self, place_id: int) -> bool:
        """Make those who ask for a code, or join, in this place go one at a time.

        False when there is no such place.
        """
        # NO KEY UPDATE: whoever writes a row that refers to the place need not wait.
        query = select(PlaceRow.id).where(PlaceRow.id == place_id).with_for_update(key_share=True)
        return self._session.scalar(query) is not None

    def nth_newest_code(
        self, nth: int, *, phone: str | None = None, from_address_hash: str | None = None
    ) -> datetime | None:
        """When the nth newest code was asked for (of a number, of an address, or of all)."""
        query = select(SignInCodeRow.asked_at).order_by(SignInCodeRow.asked_at.desc())
        if phone is not None:
            query = query.where(SignInCodeRow.phone == phone)
        if from_address_hash is not None:
            query = query.where(SignInCodeRow.from_address_hash == from_address_hash)
        return self._session.scalar(query.offset(nth - 1).limit(1))

    def add_code(
        self, *, place_id: int, phone: str, nonce: str, browser_hash: str,
        from_address_hash: str, now: datetime, purpose: CodeFor = CodeFor.SIGN_IN,
    ) -> int:  # fmt: skip
        """A code was asked for; its id."""
        row = SignInCodeRow(
            place_id=place_id, phone=phone, nonce=nonce, browser_hash=browser_hash,
            from_address_hash=from_address_hash, asked_at=now, purpose=purpose,
            expires_at=now + sign_in.CODE_LIFE,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def newest_code(
        self, *, place_id: int, phone: str, browser_hash: str,
        purpose: CodeFor = CodeFor.SIGN_IN,
    ) -> sign_in.SignInCode | None:  # fmt: skip
        """The newest code that this browser asked for this number (or mail address), to do this
        with it, locked; or None."""
        row = self._session.scalar(
            select(SignInCodeRow)
            .where(
                SignInCodeRow.place_id == place_id,
                SignInCodeRow.phone == phone,
                SignInCodeRow.browser_hash == browser_hash,
                SignInCodeRow.purpose == purpose,
            )
            .order_by(SignInCodeRow.asked_at.desc(), SignInCodeRow.id.desc())
            .limit(1)
            .with_for_update()
        )
        if row is None:
            return None
        return sign_in.SignInCode(
            id=row.id, place_id=row.place_id, phone=row.phone, nonce=row.nonce,
            expires_at=row.expires_at, tries=row.tries, used_at=row.used_at,
        )  # fmt: skip

    def try_code(self, code_id: int, *, right: bool, now: datetime) -> None:
        """Count a try; a right one uses the code up."""
        used = {"used_at": now} if right else {}
        self._session.execute(
            update(SignInCodeRow)
            .where(SignInCodeRow.id == code_id)
            .values(tries=SignInCodeRow.tries + 1, **used)
        )

    def open(
        self, *, token_hash: str, place_id: int, now: datetime, member_id: int | None = None,
        verified_phone: str | None = None, second_factor: bool = False, shared_device: bool = False,
    ) -> int:  # fmt: skip
        """A browser begins a session; its id."""
        lifetime = sign_in.lifetime_of(
            member=member_id is not None, second_factor=second_factor, shared_device=shared_device
        )
        row = WebSessionRow(
            token_hash=token_hash, place_id=place_id, member_id=member_id,
            verified_phone=verified_phone, second_factor=second_factor,
            shared_device=shared_device, created_at=now, last_seen_at=now,
            expires_at=now + lifetime.absolute,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return row.id

    def by_token(self, token_hash: str, *, lock: bool = False) -> sign_in.Session | None:
        """The session of a token, unless it was ended; whether it is over is not looked at."""
        query = select(WebSessionRow).where(
            WebSessionRow.token_hash == token_hash, WebSessionRow.ended_at.is_(None)
        )
        row = self._session.scalar(query.with_for_update() if lock else query)
        return None if row is None else _of(row)

    def whose(
        self, token_hash: str, now: datetime
    ) -> tuple[sign_in.Session, Place, Member | None, list[RoleHeld], bool] | None:
        """The session of a token, unless it was ended, with its place, its member, the roles that
        they hold at this moment, and whether they have an account of hours: one look, since every
        page and every call begins with it."""
        rows = self._session.execute(_WHOSE, {"token_hash": token_hash, "now": now}).all()
        if not rows:
            return None
        parted = [_parted(row) for row in rows]
        session, member, _, _, place, hours = parted[0]
        held = [
            RoleHeld(
                grant_of(role),
                organisation_ref=organisation.ref,
                organisation_name=organisation.name,
                organisation_state=organisation.state,
            )
            for _, _, role, organisation, *_ in parted
            if role.id is not None
        ]
        someone = None if member.id is None else member_of(member)
        return _of(session), place_of(place), someone, held, hours.account_id is not None

    def become(self, session: sign_in.Session, member_id: int, now: datetime) -> None:
        """A proved number's session is its member's from now on."""
        lifetime = sign_in.lifetime_of(
            member=True, second_factor=False, shared_device=session.shared_device
        )
        self._session.execute(
            update(WebSessionRow)
            .where(WebSessionRow.id == session.id)
            .values(
                member_id=member_id, verified_phone=None, last_seen_at=now,
                expires_at=now + lifetime.absolute,
            )
        )  # fmt: skip

    def seen(self, session_id: int, now: datetime) -> None:
        """A browser was seen (never earlier than it was seen before)."""
        self._session.execute(
            update(WebSessionRow)
            .where(WebSessionRow.id == session_id, WebSessionRow.last_seen_at < now)
            .values(last_seen_at=now)
        )

    def prove(self, session_id: int, now: datetime) -> None:
        """Whoever sits there has proved once more who they are."""
        this = WebSessionRow.id == session_id
        self._session.execute(update(WebSessionRow).where(this).values(proved_at=now))

    def end(self, now: datetime, *, token_hash: str) -> sign_in.Session | None:
        """End the session of this token, if it is open: the session that was ended."""
        found = self.by_token(token_hash, lock=True)
        if found is not None:
            self._end(now, WebSessionRow.id == found.id)
        return found

    def end_all_of(self, member_id: int, now: datetime) -> int:
        """End every open session of a member; how many."""
        return self._end(now, WebSessionRow.member_id == member_id)

    def open_of(self, member_id: int) -> list[sign_in.Session]:
        """The sessions of a member that nobody has ended, the one seen last on top; whether they
        are over is not looked at."""
        return self._of(WebSessionRow.member_id == member_id, WebSessionRow.ended_at.is_(None))

    def of(self, member_id: int) -> list[sign_in.Session]:
        """All sessions of a member that are kept, also those that were ended."""
        return self._of(WebSessionRow.member_id == member_id)

    def _of(self, *conditions: Any) -> list[sign_in.Session]:
        query = select(WebSessionRow).where(*conditions)
        ordered = query.order_by(WebSessionRow.last_seen_at.desc(), WebSessionRow.id.desc())
        return [_of(row) for row in self._session.scalars(ordered)]

    def end_one_of(self, member_id: int, session_id: int, now: datetime) -> int:
        """End one session of a member; how many that were."""
        return self._end(
            now, (WebSessionRow.member_id == member_id) & (WebSessionRow.id == session_id)
        )

    def forget(self, token_hash: str) -> None:
        """Leave nothing of a session: somebody who may have no account had proved a number."""
        self._session.execute(
            delete(WebSessionRow).where(
                WebSessionRow.token_hash == token_hash, WebSessionRow.member_id.is_(None)
            )
        )

    def _end(self, now: datetime, condition: Any) -> int:
        ending = update(WebSessionRow).where(condition, WebSessionRow.ended_at.is_(None))
        return changed(self._session.execute(ending.values(ended_at=now)))

    def forget_old(self, now: datetime) -> int:
        """Drop sessions that ended, or that nobody used any more, long ago; how many."""
        kept_since = now - ENDED_KEPT
        old = delete(WebSessionRow).where(
            or_(
                WebSessionRow.ended_at < kept_since,
                WebSessionRow.expires_at < kept_since,
                WebSessionRow.last_seen_at < kept_since - sign_in.RESIDENT_LIFETIME.idle,
            )
        )
        return changed(self._session.execute(old))


def _parted(row: Any) -> list[Any]:
    """What stands in each of the tables of ``_PARTS``, by column."""
    return [
        SimpleNamespace(**dict(zip(names, row[end - len(names) : end], strict=True)))
        for names, end in _NAMES
    ]


def _of(row: WebSessionRow) -> sign_in.Session:
    return sign_in.Session(
        id=row.id, place_id=row.place_id, member_id=row.member_id,
        verified_phone=row.verified_phone, second_factor=row.second_factor,
        shared_device=row.shared_device, last_seen_at=row.last_seen_at,
        expires_at=row.expires_at, begun_at=row.created_at, proved_at=row.proved_at,
        acting_id=row.acting_id,
    )  # fmt: skip
