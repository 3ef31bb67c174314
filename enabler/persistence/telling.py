"""What a message may say, read at the moment it is sent: its receiver, its place, its subject."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select, update
from sqlalchemy.orm import Session

from enabler.domain.errors import NotFound
from enabler.domain.messages import House, Receiver
from enabler.domain.notices import Wishes
from enabler.domain.quiet import QuietHours
from enabler.domain.reaching import is_marked
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MemberState
from enabler.persistence.among import among
from enabler.persistence.duty_lines import AGREED_LINE, with_line
from enabler.persistence.rulesets import Rulesets
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.tables.texts import PhoneRow
from enabler.persistence.tables.wishes import MemberWishRow

_Contacts = dict[str, tuple[str, int]]
"""By kind: the number or address, and how many texts one after the other did not reach it."""
_GONE = (MemberState.SUSPENDED, MemberState.ERASED)


class Telling:
    """Reads for messages; only a STOP that the network knew of is written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._houses: dict[tuple[int, datetime], House] = {}
        self._receivers: dict[int, Receiver] = {}

    def house(self, place_id: int, now: datetime) -> House:
        """The place that sends, with its policy of this moment. Raises NotFound.

        Read once in a transaction: a round tells hundreds of people of one place.
        """
        if (place_id, now) not in self._houses:
            self._houses[place_id, now] = self._house(place_id, now)
        return self._houses[place_id, now]

    def _house(self, place_id: int, now: datetime) -> House:
        row = self._session.execute(
            select(
                PlaceRow.id, PlaceRow.slug, PlaceRow.name, PlaceRow.timezone, PlaceRow.languages,
                PlaceRow.phone, PlaceRow.contact, PlaceRow.invented, AGREED_LINE,
            ).where(PlaceRow.id == place_id)
        ).one_or_none()  # fmt: skip
        if row is None:
            raise NotFound("place_not_found")
        return House(
            place_id=row.id, slug=row.slug, name=row.name, timezone=row.timezone,
            languages=tuple(row.languages), phone=row.phone,
            duty_line=with_line(row.contact, row.agreed_line).get("duty_line"),
            invented=row.invented, rules=self._rules(place_id, now),
        )  # fmt: skip

    def _rules(self, place_id: int, now: datetime) -> Ruleset:
        """The policy of the whole place: an area's own is about its needs, not about its texts."""
        try:
            return Rulesets(self._session).in_force(place_id, now)
        except NotFound:
            return Ruleset(0, 0)

    def receiver(self, member_id: int, *, lock: bool = False) -> Receiver:
        """A member, as messages reach them. ``lock`` makes senders to one member take turns."""
        known = None if lock else self._receivers.get(member_id)
        if known is not None:
            return known
        query = _with_wishes().where(MemberRow.id == member_id)
        if lock:
            query = query.with_for_update(key_share=True, of=MemberRow)
        found = self._session.execute(query).one_or_none()
        if found is None:
            raise NotFound("member_not_found")
        return _receiver(*found, self._contacts([member_id]).get(member_id, {}))

    def know(self, member_ids: Iterable[int]) -> None:
        """Read many members at once: in this transaction they are not asked for again."""
        ids = sorted(set(member_ids))
        contacts = self._contacts(ids)
        for row, wish in self._session.execute(_with_wishes().where(among(MemberRow.id, ids))):
            self._receivers[row.id] = _receiver(row, wish, contacts.get(row.id, {}))

    def _contacts(self, member_ids: Sequence[int]) -> "dict[int, _Contacts]":
        checked_wins = case((ContactRow.verified_at.is_(None), 0), else_=1)
        query = (
            select(
                ContactRow.member_id,
                ContactRow.kind,
                ContactRow.value,
                func.coalesce(PhoneRow.failures, 0),
            )
            .outerjoin(
                PhoneRow,
                and_(PhoneRow.place_id == ContactRow.place_id, PhoneRow.number == ContactRow.value),
            )
            .where(among(ContactRow.member_id, member_ids))
            .order_by(checked_wins, ContactRow.id.desc())
        )
        found: dict[int, _Contacts] = {}
        for member_id, kind, value, failures in self._session.execute(query):
            found.setdefault(member_id, {})[kind] = value, failures
        return found

    def number(self, place_id: int, value: str, kind: str = "phone") -> Receiver:
        """Whoever has this number (E.164), or mail address, in the place: a member's wish to be
        left alone counts, and so does the STOP of somebody who is none.

        One statement whether anybody has it or not, so that the time taken tells nothing.
        """
        found = self._session.execute(
            select(
                PlaceRow.languages,
                MemberRow,
                MemberWishRow,
                PhoneRow.stopped_at,
                func.coalesce(PhoneRow.failures, 0),
            )
            .outerjoin(PhoneRow, and_(PhoneRow.place_id == PlaceRow.id, PhoneRow.number == value))
            .outerjoin(
                ContactRow,
                and_(
                    ContactRow.place_id == PlaceRow.id,
                    ContactRow.kind == kind,
                    ContactRow.value == value,
                ),
            )
            .outerjoin(MemberRow, MemberRow.id == ContactRow.member_id)
            .outerjoin(MemberWishRow, MemberWishRow.member_id == MemberRow.id)
            .where(PlaceRow.id == place_id)
        ).one_or_none()
        if found is None:
            raise NotFound("place_not_found")
        languages, row, wish, stopped_at, failures = found
        if row is not None:
            return _receiver(row, wish, {kind: (value, failures)})
        language = languages[0] if languages else "en"
        ways = {"phone": None, "mail": None, kind: value}
        return Receiver(
            member_id=None, ref=None, language=language, stopped=stopped_at is not None,
            marked=is_marked(failures), **ways,
        )  # fmt: skip

    def forget(self, member_id: int) -> None:
        """Read a member anew when they are asked for next: something of them has changed."""
        self._receivers.pop(member_id, None)

    def stop(self, member_id: int, now: datetime) -> None:
        """No text leaves for this member any more."""
        self._set(member_id, stopped_at=now)

    def start(self, member_id: int) -> None:
        """They want texts again."""
        self._set(member_id, stopped_at=None)

    def stop_mails(self, member_id: int, now: datetime | None) -> None:
        """No mail but codes and safety leaves for this member any more; again from None on."""
        self._set(member_id, mail_stopped_at=now)

    def _set(self, member_id: int, **values: datetime | None) -> None:
        self.forget(member_id)
        self._session.execute(update(MemberRow).where(MemberRow.id == member_id).values(**values))


def _with_wishes() -> Select[MemberRow, MemberWishRow]:
    return select(MemberRow, MemberWishRow).outerjoin(
        MemberWishRow, MemberWishRow.member_id == MemberRow.id
    )


def _receiver(row: MemberRow, wish: MemberWishRow | None, contacts: _Contacts) -> Receiver:
    phone, failures = contacts.get("phone", (None, 0))
    mail, _ = contacts.get("mail", (None, 0))
    return Receiver(
        member_id=row.id, ref=row.ref, language=row.language,
        phone=phone, mail=mail, marked=is_marked(failures),
        stopped=row.stopped_at is not None, gone=row.state in _GONE,
        suspended=row.state is MemberState.SUSPENDED, paused=row.state is MemberState.PAUSED,
        quiet=_own_hours(row), night_asks=row.night_asks,
        mail_stopped=row.mail_stopped_at is not None, caution_until=row.caution_until,
        wishes=wishes_of(wish),
    )  # fmt: skip


def wishes_of(row: MemberWishRow | None) -> Wishes:
    """What a member chose; what most want where they chose nothing."""
    if row is None:
        return Wishes()
    return Wishes(row.asks_by, row.news_by, row.reminders_by, row.bulletins_by)


def _own_hours(row: MemberRow) -> QuietHours | None:
    if row.quiet_from is None or row.quiet_until is None:
        return None
    return QuietHours(row.quiet_from, row.quiet_until)
