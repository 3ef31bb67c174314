"""What a message may say, read at the moment it is sent: its receiver, its place, its subject."""

from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.messages import House, Receiver
from enabler.domain.quiet import QuietHours
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.vocabulary import MemberState
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.places import PlaceRow, RulesetRow

_GONE = (MemberState.SUSPENDED, MemberState.ERASED)


class Telling:
    """Reads for messages. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def house(self, place_id: int, now: datetime) -> House:
        """The place that sends, with its policy of this moment. Raises NotFound."""
        row = self._session.get(PlaceRow, place_id)
        if row is None:
            raise NotFound("place_not_found")
        return House(
            place_id=row.id, slug=row.slug, name=row.name, timezone=row.timezone,
            languages=tuple(row.languages), phone=row.phone,
            duty_line=row.contact.get("duty_line"), invented=row.invented,
            rules=self._rules(place_id, now),
        )  # fmt: skip

    def _rules(self, place_id: int, now: datetime) -> Ruleset:
        row = self._session.scalar(
            select(RulesetRow)
            .where(RulesetRow.place_id == place_id, RulesetRow.from_at <= now)
            .order_by(RulesetRow.version.desc())
            .limit(1)
        )
        return Ruleset(0, 0) if row is None else read_ruleset(row.id, row.version, row.policy)

    def receiver(self, member_id: int, *, lock: bool = False) -> Receiver:
        """A member, as messages reach them. ``lock`` makes senders to one member take turns."""
        query = select(MemberRow).where(MemberRow.id == member_id)
        row = self._session.scalar(query.with_for_update() if lock else query)
        if row is None:
            raise NotFound("member_not_found")
        contacts = self._contacts(member_id)
        hours = (row.quiet_from, row.quiet_until)
        return Receiver(
            member_id=row.id, ref=row.ref, language=row.language,
            phone=contacts.get("phone"), mail=contacts.get("mail"),
            stopped=row.stopped_at is not None, gone=row.state in _GONE,
            quiet=None if None in hours else QuietHours(*hours), night_asks=row.night_asks,
        )  # fmt: skip

    def _contacts(self, member_id: int) -> dict[str, str]:
        verified_last = case((ContactRow.verified_at.is_(None), 0), else_=1)
        query = (
            select(ContactRow.kind, ContactRow.value)
            .where(ContactRow.member_id == member_id)
            .order_by(verified_last, ContactRow.id.desc())
        )
        return {kind: value for kind, value in self._session.execute(query)}

    def number(self, place_id: int, phone: str) -> Receiver:
        """Whoever has this number (E.164) in the place: a member's wish to be left alone counts."""
        member_id = self._session.scalar(
            select(ContactRow.member_id).filter_by(place_id=place_id, kind="phone", value=phone)
        )
        if member_id is not None:
            return self.receiver(member_id)
        row = self._session.get(PlaceRow, place_id)
        if row is None:
            raise NotFound("place_not_found")
        language = row.languages[0] if row.languages else "en"
        return Receiver(member_id=None, ref=None, language=language, phone=phone, mail=None)
