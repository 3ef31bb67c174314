"""What messages are about, read at the moment they are sent: matches, needs, offers, codes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from enabler.domain.contact_changes import OLD_ENOUGH, REFUSED_WITHIN
from enabler.domain.disclosure import distance_band
from enabler.domain.letters import About, Party
from enabler.domain.vocabulary import (
    ORGANISATION_LEADS,
    ORGANISATION_ROLES,
    CodeFor,
    MemberState,
    Role,
)
from enabler.domain.windows import Window
from enabler.persistence.hidden import HiddenMembers
from enabler.persistence.tables.api_tokens import ApiTokenRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import (
    ContactRow,
    MemberRow,
    OrganisationRow,
    RoleRow,
    SignInCodeRow,
)
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.organisations import InvitationRow
from enabler.persistence.tables.places import CellRow, PlaceCategoryRow, WardRow
from enabler.persistence.tables.series import NeedSeriesRow
from enabler.persistence.tables.wishes import ContactChangeRow

_WHOLE_WARD_METRES = 4_000
"""What a cell that is a whole ward counts as, in words of distance."""


class Subjects:
    """Reads of what a message is about. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def match(self, ref: str, language: str, now: datetime) -> About | None:
        """A match with its need and both sides."""
        row = self._session.scalar(select(MatchRow).filter_by(ref=ref))
        if row is None:
            return None
        need = self._session.get_one(NeedRow, row.need_id)
        offer = self._session.get_one(OfferRow, row.offer_id)
        helper = row.helper_id or offer.member_id
        visit = None
        if row.visit_start is not None and row.visit_end is not None:
            visit = Window(row.visit_start, row.visit_end)
        return About(
            kind="match", ref=row.ref, state=row.state, need_state=need.state,
            offer_state=offer.state,
            category=need.category, category_name=self._of_need(need, language),
            ward=self._ward(need.ward_id), ward_id=need.ward_id,
            **self._asking(need, now),
            helper=None if helper is None else self._party(helper),
            helpers=self._givers(offer, row.helper_id, now, ORGANISATION_ROLES),
            answerers=self._givers(offer, offer.member_id, now, ORGANISATION_LEADS),
            organisation=self._organisation(offer.organisation_id),
            windows=self._windows(need.id), visit=visit, needed_by=need.needed_by,
            answer_by=row.answer_by, slots=need.slots, slots_filled=need.slots_filled,
            minutes=row.minutes, reasons=_strongest(row),
            within_metres=self._band(row.distance_metres, need.cell_id, offer.cell_id),
            spot=(need.address, need.postcode),
            introduced=HiddenMembers(self._session).introduced(row.id),
        )  # fmt: skip

    def need(self, ref: str, language: str, now: datetime) -> About | None:
        """A need; its asker is the giver of the message's subject."""
        need = self._session.scalar(select(NeedRow).filter_by(ref=ref))
        if need is None:
            return None
        return About(
            kind="need", ref=need.ref, state=need.state, category=need.category,
            category_name=self._of_need(need, language), ward=self._ward(need.ward_id),
            ward_id=need.ward_id, **self._asking(need, now),
            windows=self._windows(need.id), needed_by=need.needed_by,
            next_step_at=need.next_step_at, may_share=need.organisation_id is None,
        )  # fmt: skip

    def series(self, ref: str, now: datetime) -> About | None:
        """What somebody asks for every week."""
        row = self._session.scalar(select(NeedSeriesRow).filter_by(ref=ref))
        if row is None:
            return None
        return About(
            kind="series", ref=row.ref, state="over" if row.ended_at else "running",
            category=row.category, **self._asking(row, now),
        )  # fmt: skip

    def offer(self, ref: str, now: datetime) -> About | None:
        """An offer, by the first of its categories."""
        offer = self._session.scalar(select(OfferRow).filter_by(ref=ref))
        if offer is None:
            return None
        category = self._session.scalar(
            select(OfferCategoryRow.category)
            .filter_by(offer_id=offer.id)
            .order_by(OfferCategoryRow.category)
            .limit(1)
        )
        return About(
            kind="offer", ref=offer.ref, state=offer.state, category=category,
            ward=self._ward(offer.ward_id), ward_id=offer.ward_id,
            helpers=self._givers(offer, None, now, ORGANISATION_ROLES) | {offer.posted_by},
        )  # fmt: skip

    def own(self, place_id: int, ref: str) -> About | None:
        """A member, as what is told to themself is about. It leads to their own page: no ref."""
        row = self._session.scalar(select(MemberRow).filter_by(place_id=place_id, ref=ref))
        if row is None:
            return None
        kind = "number" if row.state is MemberState.ERASED else "own"
        return About(kind=kind, ref="", state=row.state, helpers=frozenset({row.id}))

    def token(self, ref: str, now: datetime) -> About | None:
        """A key of a member's program. Its message leads to the page of all keys: no ref."""
        row = self._session.scalar(select(ApiTokenRow).filter_by(ref=ref))
        if row is None:
            return None
        holds = row.ended_at is None and row.expires_at > now
        return About(
            kind="token", ref="", state="holds" if holds else "over",
            helpers=frozenset({row.member_id}),
        )  # fmt: skip

    def code(self, nonce: str, phone: str, now: datetime) -> About | None:
        """A code that was asked for this number or mail address.

        One for a lost phone goes to nobody but a member who proved the address long enough ago.
        """
        row = self._session.scalar(select(SignInCodeRow).filter_by(nonce=nonce, phone=phone))
        if row is None:
            return None
        if row.purpose is CodeFor.LOST_PHONE and not self.has_proved(
            row.place_id, "mail", phone, now - OLD_ENOUGH
        ):
            return None
        waiting = row.used_at is None and row.expires_at > now
        return About(
            kind="code", ref="", state="waiting" if waiting else "over",
            needed_by=row.expires_at, nonce=row.nonce,
        )  # fmt: skip

    def has_proved(self, place_id: int, kind: str, value: str, before: datetime) -> bool:
        """Whether this is a member's phone or mail address, proved before this moment."""
        proved = ContactRow.verified_at < before
        query = select(ContactRow.id).filter_by(place_id=place_id, kind=kind, value=value)
        return self._session.scalar(query.where(proved)) is not None

    def number(self, place_id: int, phone: str, now: datetime) -> About | None:
        """A phone that a member of this place has proved."""
        known = self.has_proved(place_id, "phone", phone, now)
        return About(kind="number", ref="", state="known") if known else None

    def change(self, ref: str, now: datetime) -> About | None:
        """A change of a member's phone or mail address, told to whoever has the old one."""
        row = self._session.scalar(select(ContactChangeRow).filter_by(ref=ref))
        if row is None:
            return None
        fresh = row.refused_at is None and now < row.at + REFUSED_WITHIN
        return About(kind="change", ref=row.ref, state="fresh" if fresh else "over")

    def is_on_duty(self, member_id: int, place_id: int, ward_id: int | None, now: datetime) -> bool:
        """Whether a member is a custodian of the place or a councillor of the ward, now."""
        councillor = (RoleRow.role == Role.COUNCILLOR) & (RoleRow.ward_id == ward_id)
        staff = RoleRow.role.in_((Role.CUSTODIAN, Role.SAFEGUARDING_LEAD))
        query = select(RoleRow.id).where(
            RoleRow.member_id == member_id, RoleRow.place_id == place_id, _in_force(now),
            councillor | staff,
        )  # fmt: skip
        return self._session.scalar(query.limit(1)) is not None

    def ward(self, place_id: int, code: str) -> tuple[int, str] | None:
        """A ward of this place by its code: its id and its name."""
        found = select(WardRow.id, WardRow.name).filter_by(place_id=place_id, code=code)
        row = self._session.execute(found).one_or_none()
        return None if row is None else (row.id, row.name)

    def organisation(self, ref: str, concerned: str | None, now: datetime) -> About | None:
        """An organisation; ``concerned`` is the ref of the member of whom the message speaks."""
        row = self._session.scalar(select(OrganisationRow).filter_by(ref=ref))
        if row is None:
            return None
        member_id = self._session.scalar(
            select(MemberRow.id).filter_by(ref=concerned, place_id=row.place_id)
        )
        return About(
            kind="organisation", ref=row.ref, state=row.state, organisation=row.name,
            answerers=self._acting(row.id, now, ORGANISATION_LEADS), concerned=member_id,
        )  # fmt: skip

    def invitation(self, ref: str, address: str, now: datetime) -> About | None:
        """An invitation that was sent to this number or mail address."""
        row = self._session.scalar(select(InvitationRow).filter_by(ref=ref, value=address))
        if row is None:
            return None
        waiting = row.ended_at is None and row.expires_at > now
        return About(
            kind="invitation", ref=row.ref, state="waiting" if waiting else "over",
            needed_by=row.expires_at, nonce=row.nonce,
        )  # fmt: skip

    def _givers(
        self, offer: OfferRow, helper_id: int | None, now: datetime, roles: Collection[Role]
    ) -> frozenset[int]:
        """Those on the helper's side: a member with an offer, or whoever acts for the group."""
        if offer.organisation_id is not None:
            return self._acting(offer.organisation_id, now, roles)
        return frozenset(each for each in (offer.member_id, helper_id) if each is not None)

    def _asking(self, need: NeedRow | NeedSeriesRow, now: datetime) -> dict[str, Any]:
        """Who asks, and who may be told so."""
        if need.organisation_id is None:
            party = self._party(need.asker_id)
            return {"asker": party, "askers": frozenset({party.member_id})}
        name = self._organisation(need.organisation_id) or ""
        leads = self._acting(need.organisation_id, now, ORGANISATION_LEADS)
        return {"asker": Party(need.asker_id, name), "askers": leads}

    def _acting(
        self, organisation_id: int, now: datetime, roles: Collection[Role]
    ) -> frozenset[int]:
        acting = select(RoleRow.member_id).where(
            RoleRow.organisation_id == organisation_id, RoleRow.role.in_(roles), _in_force(now)
        )
        return frozenset(self._session.scalars(acting))

    def _party(self, member_id: int) -> Party:
        return Party(member_id, self._session.get_one(MemberRow, member_id).shown_name)

    def _ward(self, ward_id: int) -> str:
        return self._session.get_one(WardRow, ward_id).name

    def _organisation(self, organisation_id: int | None) -> str | None:
        if organisation_id is None:
            return None
        return self._session.get_one(OrganisationRow, organisation_id).name

    def _of_need(self, need: NeedRow, language: str) -> str | None:
        return self.own_name(need.place_id, need.category, language)

    def own_name(self, place_id: int, category: str, language: str) -> str | None:
        """What a place calls a kind of help in this language, where it has a name of its own."""
        row = self._session.get(PlaceCategoryRow, (place_id, category))
        return None if row is None else row.shown_names.get(language)

    def _windows(self, need_id: int) -> tuple[Window, ...]:
        rows = self._session.scalars(
            select(NeedWindowRow).filter_by(need_id=need_id).order_by(NeedWindowRow.start_at)
        )
        return tuple(Window(row.start_at, row.end_at) for row in rows)

    def _band(self, metres: int, *cells: int | None) -> int:
        """The band of a distance between these cells; None is an organisation's door."""
        sides = (
            0 if cell is None
            else self._session.get_one(CellRow, cell).side_metres or _WHOLE_WARD_METRES
            for cell in cells
        )  # fmt: skip
        return distance_band(metres, *sides)


def _in_force(now: datetime) -> ColumnElement[bool]:
    over = RoleRow.until_at.is_not(None) & (RoleRow.until_at <= now)
    return (RoleRow.from_at <= now) & ~over


def _strongest(row: MatchRow) -> tuple[str, ...]:
    """The factors that gave points, the most first."""
    given = [reason for reason in row.reasons if reason.get("points", 0) > 0]
    given.sort(key=lambda reason: (-reason["points"], reason["factor"]))
    return tuple(reason["factor"] for reason in given)
