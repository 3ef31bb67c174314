"""Why leads should look at mandates: what is known of them, and what was found."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from enabler.domain.mandate_signals import GOES_ON_WITHIN, NEW_WITHIN, WITHIN, Facts
from enabler.domain.mandates import THEIR_DEEDS, Basis, Ended, Mandate
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.mandates import MandateLookRow, MandateRow
from enabler.persistence.tables.members import (
    BlockRow,
    ContactRow,
    MemberRow,
    SignInCodeRow,
)
from enabler.persistence.tables.signals import SignUpTraceRow
from enabler.persistence.tables.wishes import ContactChangeRow


class MandateLooks:
    """Reasons to look at mandates, and what they follow from."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def facts(self, mandate: Mandate, now: datetime) -> Facts:
        """What is known of a mandate and its two at this moment."""
        since, member_id, other = now - WITHIN, mandate.member_id, mandate.supporter_id
        refs = dict(self._session.execute(
            select(MemberRow.id, MemberRow.ref).where(MemberRow.id.in_({member_id, other or 0}))
        ).all())  # fmt: skip
        return Facts(
            organisation=other is None,
            same_number=other is not None and self._same_number(member_id, other),
            same_device=other is not None and self._same_device(member_id, other),
            number_changed=self._changed(member_id, mandate.from_at),
            number_new=self._new(member_id, mandate.from_at),
            kept_apart=other is not None and self._blocks(member_id, other),
            withdrawn=self._done(refs[member_id], since, "need.withdrawn"),
            deeds=self._done(refs[member_id], since), own_deeds=self._own(refs[member_id], since),
            at_one_home=0 if other is None else self._at_one_home(member_id, other, now),
            by_others_eyes=mandate.basis is not Basis.OWN_REPLY,
            lasting=now - self._first(mandate),
        )  # fmt: skip

    def _same_number(self, one: int, other: int) -> bool:
        """Whether a number or address is, or lately was, both's."""
        old = ContactChangeRow
        ever = {
            member_id: {
                *self._session.scalars(select(ContactRow.value).filter_by(member_id=member_id)),
                *self._session.scalars(select(old.old_value).filter_by(member_id=member_id)),
            }
            for member_id in (one, other)
        }
        return bool((ever[one] & ever[other]) - {None})

    def _same_device(self, one: int, other: int) -> bool:
        """Whether both signed up, or asked for a code, from one browser."""
        trace, found = SignUpTraceRow, []
        for member_id in (one, other):
            numbers = select(ContactRow.value).filter_by(member_id=member_id)
            asked = select(SignInCodeRow.browser_hash).where(SignInCodeRow.phone.in_(numbers))
            signed_up = select(trace.browser_hash).where(trace.member_id == member_id)
            found.append({*self._session.scalars(asked), *self._session.scalars(signed_up)})
        return bool((found[0] & found[1]) - {None})

    def _changed(self, member_id: int, since: datetime) -> bool:
        row = ContactChangeRow
        query = select(row.id).where(
            row.member_id == member_id, row.at > since, row.old_value.is_not(None)
        )
        return self._session.scalar(query.limit(1)) is not None

    def _new(self, member_id: int, until: datetime) -> bool:
        """Whether a contact was changed or first confirmed shortly before, or at this moment."""
        one, row, since = ContactRow, ContactChangeRow, until - NEW_WITHIN
        confirmed = select(one.id).where(
            one.member_id == member_id, one.verified_at > since, one.verified_at <= until
        )
        changed = select(row.id).where(
            row.member_id == member_id, row.at > since, row.at <= until
        )  # fmt: skip
        return any(self._session.scalar(query.limit(1)) for query in (confirmed, changed))

    def _blocks(self, member_id: int, other: int) -> bool:
        query = select(BlockRow.member_id).filter_by(member_id=member_id, blocked_id=other)
        return self._session.scalar(query) is not None

    def _done(self, ref: str, since: datetime, what: str | None = None) -> int:
        query = select(func.count()).select_from(AuditRow).where(
            AuditRow.on_behalf_of == ref, AuditRow.at >= since,
            AuditRow.what == what if what else AuditRow.what.in_(THEIR_DEEDS - {"mandate.entered"}),
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def _own(self, ref: str, since: datetime) -> int:
        """Changes of their own, but for coming in."""
        query = select(func.count()).select_from(AuditRow).where(
            AuditRow.actor_kind == "member", AuditRow.actor_name == ref, AuditRow.at >= since,
            AuditRow.on_behalf_of.is_(None), AuditRow.what.not_like("session.%"),
            AuditRow.what.not_like("mandate.%"),
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def _at_one_home(self, member_id: int, other: int, now: datetime) -> int:
        theirs, same = aliased(MemberRow), aliased(MemberRow)
        query = (
            select(func.count(MandateRow.member_id.distinct()))
            .join(theirs, theirs.id == MandateRow.member_id)
            .join(same, same.home_id == theirs.home_id)
            .where(same.id == member_id, MandateRow.supporter_id == other)
            .where(MandateRow.ended_at.is_(None), MandateRow.until_at > now)
        )
        return self._session.scalar(query) or 0

    def _first(self, mandate: Mandate) -> datetime:
        """Since when, with those before it: back from each to the one that ended a short while
        before it began. To let one run out, or to end it, and set it up again is to go on."""
        row, since = MandateRow, mandate.from_at
        query = select(row.from_at, row.ended_at).where(
            row.member_id == mandate.member_id, row.ended_at.is_not(None), row.id < mandate.id,
            row.supporter_id == mandate.supporter_id if mandate.supporter_id else
            row.organisation_id == mandate.organisation_id,
        ).order_by(row.id.desc())  # fmt: skip
        for from_at, ended_at in self._session.execute(query):
            if ended_at is not None and since - ended_at <= GOES_ON_WITHIN:
                since = from_at
        return since

    def open_ones(self) -> list[int]:
        """Ids of the mandates at which it is looked: those that nobody has ended, and those that a
        member ended by keeping the supporter away."""
        row = MandateRow
        query = select(row.id).where(or_(row.ended_at.is_(None), row.ended_because == Ended.BLOCK))
        return list(self._session.scalars(query.order_by(row.id)))

    def known(self, mandate_id: int) -> frozenset[str]:
        """What was found of it before, looked at or not."""
        query = select(MandateLookRow.code).filter_by(mandate_id=mandate_id)
        return frozenset(self._session.scalars(query))

    def add(self, mandate: Mandate, codes: Collection[str], now: datetime) -> None:
        """Keep what was found."""
        for code in codes:
            self._session.add(MandateLookRow(
                place_id=mandate.place_id, mandate_id=mandate.id, code=code, at=now
            ))  # fmt: skip
        self._session.flush()

    def waiting(self, place_id: int) -> Mapping[int, tuple[str, ...]]:
        """The codes that nobody has looked at, by mandate, the oldest first."""
        row = MandateLookRow
        found: dict[int, tuple[str, ...]] = {}
        query = select(row.mandate_id, row.code).where(
            row.place_id == place_id, row.looked_at.is_(None)
        )
        for mandate_id, code in self._session.execute(query.order_by(row.id)):
            found[mandate_id] = (*found.get(mandate_id, ()), code)
        return found

    def since(self, place_id: int) -> Mapping[int, datetime]:
        """By mandate, since when the oldest of its reasons that nobody has looked at waits."""
        row = MandateLookRow
        query = select(row.mandate_id, func.min(row.at)).where(
            row.place_id == place_id, row.looked_at.is_(None)
        ).group_by(row.mandate_id).order_by(row.mandate_id)  # fmt: skip
        return dict(self._session.execute(query).all())

    def looked(self, mandate_id: int, by: int | None, now: datetime) -> None:
        """A lead has looked at what was found of it."""
        row = MandateLookRow
        self._session.execute(
            update(row).where(row.mandate_id == mandate_id, row.looked_at.is_(None))
            .values(looked_at=now, looked_by=by)
        )  # fmt: skip
