"""What erasure does to every row of a person, table by table, along the ways of their tags.

A row that is of them alone is deleted. A row that others stand on (a need that somebody helped
with, a line that somebody answered) stays with the person's ref as a pseudonym, and is emptied of
what is personal. A table that is named in neither list is deleted from where nothing refers to it,
and emptied where something does.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Integer,
    Table,
    and_,
    case,
    delete,
    exists,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from enabler.persistence.database import Base
from enabler.persistence.tables.conversations import ConversationReaderRow
from enabler.persistence.tables.credentials import (
    CredentialGrantRow,
    CredentialNoticeRow,
    CredentialRow,
)
from enabler.persistence.tables.mandates import MandateRow
from enabler.persistence.tables.members import ContactRow, HomeRow, MemberRow, WebSessionRow
from enabler.persistence.tables.messages import SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.places import CellRow
from enabler.persistence.tables.proofs import ProofReliedRow, ProofRow, ProofTakenRow
from enabler.persistence.tables.safeguarding import IntroducedRow
from enabler.persistence.tables.series import NeedSeriesRow
from enabler.persistence.tables.signals import DenialMarkRow, DenialRow
from enabler.persistence.tables.texts import InboundTextRow, PhoneRow, PromptRow
from enabler.persistence.tags import Given
from enabler.persistence.types import Json, UtcDateTime
from enabler.persistence.whose import Person, Way, person_of, ways

_DELETED = frozenset({
    "api_token", "audit_value", "block", "calendar_feed", "consent", "consideration", "contact",
    "contact_change", "cost_receipt", "credential", "credential_grant", "credential_waiver",
    "credential_wanted", "denial_match", "draft", "given_wording", "held_message",
    "hidden_member", "inbound_text", "mandate", "member_pause", "member_wish", "need_window",
    "offer_away", "offer_exception", "offer_weekly", "phone",
    "prompt", "proof", "proof_relied", "role", "safe_contact",
    "series_weekly", "sight", "sign_in_code", "sign_up_trace", "signal", "simulated_message",
    "staff_secret", "text_print", "transfer_words", "unheard", "untold", "untold_letter",
})  # fmt: skip
_EMPTIED = frozenset({
    "conduct", "conversation_line", "decision", "desk_question", "erasure_hold",
    "erasure_proposal", "hours_event", "hours_event_side", "hours_proposal", "invitation",
    "mandate_ask", "match",
    "match_cost", "member", "need", "need_series", "offer", "organisation", "outbox", "report",
    "report_note", "report_release", "ruleset_draft", "ruleset_ending", "visit",
})  # fmt: skip
_APART = frozenset({
    "account_owner", "denial", "denial_mark", "erasure", "home", "web_session",
})  # fmt: skip
"""The account of hours is parted from its owner by the ledger's own step; who was removed for
safety is known again until the denial ends; a home is a household's."""
_OF_REPORTS = {"report": "id", "report_note": "report_id", "report_release": "report_id"}
_OWN_ORGANISATION = "organisation"
_VALUES: Mapping[str, Any] = {"member.language": "en", "outbox.parameters": {}}


def is_deleted(table: Table) -> bool:
    """Whether a person's rows of the table go as a whole, rather than being emptied."""
    if table.name in _DELETED or table.name in _EMPTIED:
        return table.name in _DELETED
    return not any(
        key.column.table is table for other in table.metadata.tables.values()
        for key in other.foreign_keys
    )  # fmt: skip


class Erasing:
    """The rows of one session. Nothing is committed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def empty_own_organisations(self, member_id: int) -> None:
        """How an organisation is reached for which nobody else acts is how its one person is. To be
        done while they still act for it."""
        person = person_of(self._session, member_id)
        for way in ways(Base.metadata):
            if way.table.name == _OWN_ORGANISATION:
                self._erase_way(way, person, ())

    def erase(
        self, member_id: int, now: datetime, *, browsers: Collection[str] = (),
        reports: Collection[int] = (),
    ) -> None:  # fmt: skip
        """Delete or empty all that is personal of a member whose state is *erased* already; the
        triggers look for that. ``browsers``: digests of browsers that are theirs for certain.
        ``reports``: ids of those that a duty keeps as they are, for now."""
        person = person_of(self._session, member_id)
        person = replace(person, browser_hashes=person.browser_hashes | frozenset(browsers))
        self._part(person)
        self._part_proofs(person)
        self._part_mandates(person)
        self._messages_about(person)
        self._phones(person)
        self._sessions(person)
        for way in reversed(ways(Base.metadata)):
            if way.table.name not in _APART:
                self._erase_way(way, person, reports)
        self._session.execute(
            delete(ConversationReaderRow).where(ConversationReaderRow.member_id == member_id)
        )
        self._marks(member_id, now)
        self._home(person)
        self._session.expire_all()

    def _erase_way(self, way: Way, person: Person, reports: Collection[int]) -> None:
        condition = and_(way.of(person), _theirs_alone(way.table))
        if reports and way.table.name in _OF_REPORTS:
            key = way.table.c[_OF_REPORTS[way.table.name]]
            condition = and_(condition, key.not_in(sorted(reports)))
        if is_deleted(way.table):
            self._session.execute(delete(way.table).where(condition))
            return
        columns = [each for each in way.columns if not _is_work(each)]
        if columns:
            values = {each.name: empty_value(each) for each in columns}
            self._session.execute(update(way.table).where(condition).values(values))

    def _part(self, person: Person) -> None:
        """What leans on their checks leans on them no more: a check that another place took over
        stands there by itself."""
        credential = CredentialRow
        theirs = select(credential.id).where(credential.member_id == person.member_id)
        table = CredentialRow.__table__
        self._session.execute(
            update(CredentialRow).where(table.c.carried_from.in_(theirs)).values(carried_from=None)
        )
        notice, grant, met = CredentialNoticeRow, CredentialGrantRow, IntroducedRow
        self._session.execute(delete(notice).where(notice.credential_id.in_(theirs)))
        self._session.execute(
            update(grant).where(grant.accepted_id.in_(theirs)).values(accepted_id=None)
        )
        self._session.execute(delete(grant).where(grant.credential_id.in_(theirs)))
        self._session.execute(delete(met).where(met.member_id == person.member_id))

    def _part_proofs(self, person: Person) -> None:
        """A proof of theirs that was taken elsewhere is known there by its digest alone; what they
        took here goes with the check."""
        taken, relied = ProofTakenRow, ProofReliedRow
        made = select(ProofRow.id).where(ProofRow.member_id == person.member_id)
        theirs = select(CredentialRow.id).where(CredentialRow.member_id == person.member_id)
        for row in (taken, relied):
            self._session.execute(update(row).where(row.proof_id.in_(made)).values(proof_id=None))
        self._session.execute(delete(taken).where(taken.credential_id.in_(theirs)))

    def _part_mandates(self, person: Person) -> None:
        """Whoever acted for them acts for nobody now."""
        given = select(MandateRow.id).where(MandateRow.member_id == person.member_id)
        row = WebSessionRow
        self._session.execute(update(row).where(row.acting_id.in_(given)).values(acting_id=None))

    def _messages_about(self, person: Person) -> None:
        """The simulator stands for a network that keeps what it carried. There is none: what it
        carried to others of this person's number, address or full name goes with them."""
        home, message = HomeRow, SimulatedMessageRow
        said = list(person.contacts)
        said += [self._session.scalar(
            select(MemberRow.name).where(MemberRow.id == person.member_id)
        ) or ""]  # fmt: skip
        said += [self._session.scalar(select(home.address).where(home.id == person.home_id)) or ""]
        telling = [message.body.contains(each, autoescape=True) for each in said if len(each) > 3]
        if telling:
            self._session.execute(
                delete(message).where(message.place_id == person.place_id, or_(*telling))
            )

    def _phones(self, person: Person) -> None:
        """The phones that they texted with go, with all that was said by them, unless the number
        is another's by now."""
        phone, contact, said = PhoneRow, ContactRow, (PromptRow, InboundTextRow)
        with_it = [select(row.phone_id).where(row.member_id == person.member_id) for row in said]
        others = exists().where(
            contact.place_id == phone.place_id, contact.value == phone.number,
            contact.member_id != person.member_id,
        )  # fmt: skip
        found = select(phone.id).where(phone.place_id == person.place_id, ~others).where(
            or_(phone.number.in_(person.contacts), *(phone.id.in_(one) for one in with_it))
        )  # fmt: skip
        ids = list(self._session.scalars(found))
        for row in said:
            self._session.execute(delete(row).where(row.phone_id.in_(ids)))
        self._session.execute(delete(phone).where(phone.id.in_(ids)))

    def _sessions(self, person: Person) -> None:
        """Theirs go as a whole. One that began with their number and is somebody else's, or the
        other way round, loses what is theirs."""
        row = WebSessionRow
        own_number = row.verified_phone.in_(person.contacts)
        mine = row.member_id == person.member_id
        another = row.member_id.is_not(None) & (row.member_id != person.member_id)
        number_of_another = row.verified_phone.is_not(None) & ~own_number
        here = row.place_id == person.place_id
        alone = or_(mine & ~number_of_another, own_number & ~another)
        self._session.execute(delete(row).where(here, alone))
        self._session.execute(
            update(row)
            .where(here, mine)
            .values(member_id=None, last_seen_at=row.created_at, proved_at=None)
        )
        self._session.execute(update(row).where(here, own_number).values(verified_phone=None))

    def _marks(self, member_id: int, now: datetime) -> None:
        over = select(DenialRow.id).where(DenialRow.member_id == member_id).where(
            or_(DenialRow.until_at <= now, DenialRow.lifted_at.is_not(None))
        )  # fmt: skip
        self._session.execute(delete(DenialMarkRow).where(DenialMarkRow.denial_id.in_(over)))

    def _home(self, person: Person) -> None:
        """Nobody's home is not kept; others' stays theirs."""
        lives = exists().where(MemberRow.home_id == HomeRow.id)
        self._session.execute(delete(HomeRow).where(HomeRow.id == person.home_id, ~lives))


def _theirs_alone(table: Table) -> ColumnElement[bool]:
    """What somebody wrote down for an organisation is its own, and stays as it is. What was
    considered is deleted once its need has ended: of others the trigger would refuse it."""
    needs, series = NeedRow.__table__.c, NeedSeriesRow.__table__.c
    if table.name in ("need", "need_series"):
        return table.c.organisation_id.is_(None)
    if table.name == "series_weekly":
        return table.c.series_id.in_(select(series.id).where(series.organisation_id.is_(None)))
    own = select(needs.id).where(needs.organisation_id.is_(None))
    if table.name == "need_window":
        return table.c.need_id.in_(own)
    if table.name == "consideration":
        return table.c.need_id.in_(own.where(needs.ended_at.is_not(None)))
    return true()


def _is_work(column: Column[Any]) -> bool:
    """What they wrote at work, about the people of a case: it goes with the case."""
    return column.info["personal"].given is Given.WORK


def empty_value(column: Column[Any]) -> Any:
    """What an emptied column holds: no constraint asks for more than that it is there. Raises
    ValueError for a kind of column that cannot be emptied."""
    name = f"{column.table.name}.{column.name}"
    if name in _VALUES:
        return _VALUES[name]
    if name in ("need.easting", "need.northing"):
        point = CellRow.__table__.c[column.name]
        return select(point).where(CellRow.id == NeedRow.cell_id).scalar_subquery()
    if isinstance(column.type, Json):
        return []
    if isinstance(column.type, Boolean):
        return False
    if column.nullable and isinstance(column.type, UtcDateTime | Integer):
        return None
    if isinstance(column.type, Integer):
        return 0
    if isinstance(column.type, UtcDateTime):
        raise ValueError(f"{name} cannot be emptied")
    return case((column.is_(None), None), else_=literal("")) if column.nullable else ""
