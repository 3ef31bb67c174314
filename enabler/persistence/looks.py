"""Why staff looked somebody up, what members asked about it, and looks that were odd."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from enabler.domain.history import Sight
from enabler.domain.refs import written
from enabler.domain.vocabulary import MemberState
from enabler.persistence.audit import sight_of
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.looks import LookQuestionRow, LookUpRow, OddLookRow
from enabler.persistence.tables.members import HomeRow, MemberRow
from enabler.persistence.tables.safeguarding import HiddenMemberRow


@dataclass(frozen=True, slots=True)
class LookUp:
    """Why somebody at the desk looks a member up, and until when that holds."""

    reason: str
    words: str | None
    until_at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A member asked why somebody had looked on a day; the case about it."""

    ref: str
    member_id: int
    viewer: str
    day: date
    report_ref: str


@dataclass(frozen=True, slots=True)
class StaffLook:
    """A sight of staff's that was not looked at yet for being odd."""

    id: int
    place_id: int
    viewer: str
    member_id: int
    at: datetime
    why: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody where a look is judged."""

    member_id: int
    name: str
    home_id: int | None
    postcode: str | None
    address: str | None
    hidden: bool


class Looks:
    """Rows about looks. The sights themselves are :class:`enabler.persistence.audit.Sights`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self, place_id: int, viewer_id: int, member_id: int, *, reason: str, words: str | None,
        now: datetime, until: datetime,
    ) -> None:  # fmt: skip
        """Somebody says why they look a member up. The same again while it holds makes it hold
        longer."""
        of = {"viewer_id": viewer_id, "member_id": member_id, "reason": reason, "words": words}
        row = self._session.scalar(
            select(LookUpRow).filter_by(**of).where(LookUpRow.until_at > now).limit(1)
        )
        if row is not None:
            row.until_at = max(row.until_at, until)
            self._session.flush()
            return
        self._session.add(LookUpRow(
            place_id=place_id, viewer_id=viewer_id, member_id=member_id, reason=reason, words=words,
            at=now, until_at=until,
        ))  # fmt: skip
        self._session.flush()

    def standing(self, viewer_id: int, member_id: int, now: datetime) -> LookUp | None:
        """The newest reason that this viewer gave and that still holds."""
        query = (
            select(LookUpRow)
            .filter_by(viewer_id=viewer_id, member_id=member_id)
            .where(LookUpRow.until_at > now)
            .order_by(LookUpRow.id.desc())
            .limit(1)
        )
        row = self._session.scalar(query)
        return None if row is None else LookUp(row.reason, row.words, row.until_at)

    def ask(
        self, *, place_id: int, ref: str, member_id: int, viewer: str, day: date, report_ref: str,
        now: datetime,
    ) -> Question:  # fmt: skip
        """Keep that a member asked."""
        row = LookQuestionRow(
            place_id=place_id, ref=ref, member_id=member_id, viewer=viewer, day=day,
            report_ref=report_ref, asked_at=now,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        return _question(row)

    def asked_by(self, member_id: int) -> list[Question]:
        """What a member asked about looks."""
        query = select(LookQuestionRow).filter_by(member_id=member_id).order_by(LookQuestionRow.id)
        return [_question(row) for row in self._session.scalars(query)]

    def question(self, place_id: int, ref: str) -> Question | None:
        """One of them."""
        query = select(LookQuestionRow).filter_by(place_id=place_id, ref=written(ref))
        row = self._session.scalar(query)
        return None if row is None else _question(row)

    def unjudged(self, limit: int) -> list[StaffLook]:
        """Staff's looks of all places that nobody has judged, the oldest first; locked."""
        row = SightRow
        query = (
            select(row)
            .where(row.as_role.is_not(None), row.judged.is_(False))
            .order_by(row.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [
            StaffLook(one.id, one.place_id, one.viewer, one.member_id, one.minute, one.why,
                      one.reason)
            for one in self._session.scalars(query)
        ]  # fmt: skip

    def judge(self, ids: Iterable[int]) -> None:
        """They were looked at."""
        judging = update(SightRow).where(SightRow.id.in_(list(ids))).values(judged=True)
        self._session.execute(judging)

    def between(self, viewer: str, member_id: int, begins: datetime, ends: datetime) -> list[Sight]:
        """A viewer's looks at a member from one moment to another, the first first."""
        row = SightRow
        query = select(row).filter_by(viewer=viewer, member_id=member_id)
        wanted = query.where(row.minute >= begins, row.minute < ends).order_by(row.minute, row.id)
        return [sight_of(one) for one in self._session.scalars(wanted)]

    def people_looked_up(self, viewer: str, why: Iterable[str], since: datetime,
                         until: datetime) -> int:  # fmt: skip
        """How many people a viewer looked up between these moments, by these whys."""
        query = select(func.count(func.distinct(SightRow.member_id))).where(
            SightRow.viewer == viewer, SightRow.why.in_(list(why)),
            SightRow.minute > since, SightRow.minute <= until,
        )  # fmt: skip
        return self._session.scalar(query) or 0

    def who(self, member_id: int) -> Standing | None:
        """What is known of somebody, for judging."""
        query = (
            select(MemberRow.id, MemberRow.name, MemberRow.home_id, HomeRow.postcode,
                   HomeRow.address, HiddenMemberRow.member_id)
            .outerjoin(HomeRow, HomeRow.id == MemberRow.home_id)
            .outerjoin(HiddenMemberRow, HiddenMemberRow.member_id == MemberRow.id)
            .where(MemberRow.id == member_id)
        )  # fmt: skip
        row = self._session.execute(query).first()
        if row is None:
            return None
        return Standing(row[0], row[1], row[2], row[3], row[4], row[5] is not None)

    def namesakes(self, place_id: int, surname: str) -> tuple[int, int]:
        """How many members of a place have this last name (in small letters), of how many."""
        here = MemberRow.place_id == place_id, MemberRow.state != MemberState.ERASED
        ends = func.lower(MemberRow.name).endswith(f" {surname}", autoescape=True)
        found = select(func.count(), func.count().filter(ends)).where(*here)
        members, called_so = self._session.execute(found).one()
        return called_so, members

    def known_as_odd(self, viewer_id: int, member_id: int, day: date) -> bool:
        """Whether the leads were told of this viewer and member on this day."""
        query = select(OddLookRow.id).filter_by(
            viewer_id=viewer_id, member_id=member_id, day=day
        )  # fmt: skip
        return self._session.scalar(query) is not None

    def note_odd(
        self, *, place_id: int, ref: str, viewer_id: int, member_id: int, day: date,
        reasons: Iterable[str], report_ref: str, now: datetime,
    ) -> None:  # fmt: skip
        """Keep that it was odd, why, and in which report it is looked into."""
        self._session.add(OddLookRow(
            place_id=place_id, ref=ref, viewer_id=viewer_id, member_id=member_id, day=day,
            reasons=list(reasons), noted_at=now, report_ref=report_ref,
        ))  # fmt: skip
        self._session.flush()

    def odd(self, place_id: int, ref: str) -> tuple[int, int, date, tuple[str, ...]] | None:
        """The viewer, the member, the day and the reasons of one."""
        row = self._session.scalar(
            select(OddLookRow).filter_by(place_id=place_id, ref=written(ref))
        )
        if row is None:
            return None
        return row.viewer_id, row.member_id, row.day, tuple(row.reasons)


def _question(row: LookQuestionRow) -> Question:
    return Question(row.ref, row.member_id, row.viewer, row.day, row.report_ref)
