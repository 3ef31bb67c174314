"""What messages are about, read at the moment they are sent: matches, needs, offers, codes."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from enabler.domain.disclosure import distance_band
from enabler.domain.letters import About, Party
from enabler.domain.vocabulary import ORGANISATION_ROLES, Role
from enabler.domain.windows import Window
from enabler.persistence.tables.api_tokens import ApiTokenRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import (
    MemberRow,
    OrganisationRow,
    RoleRow,
    SignInCodeRow,
)
from enabler.persistence.tables.needs import NeedRow, NeedWindowRow
from enabler.persistence.tables.offers import OfferCategoryRow, OfferRow
from enabler.persistence.tables.places import CellRow, PlaceCategoryRow, WardRow

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
            category=need.category, category_name=self._own_name(need, language),
            ward=self._ward(need.ward_id), ward_id=need.ward_id,
            asker=self._party(need.asker_id),
            helper=None if helper is None else self._party(helper),
            helpers=self._givers(offer, row.helper_id, now),
            organisation=self._organisation(offer.organisation_id),
            windows=self._windows(need.id), visit=visit, needed_by=need.needed_by,
            answer_by=row.answer_by, minutes=row.minutes, reasons=_strongest(row),
            within_metres=self._band(row.distance_metres, need.cell_id, offer.cell_id),
            spot=(need.address, need.postcode),
        )  # fmt: skip

    def need(self, ref: str, language: str) -> About | None:
        """A need; its asker is the giver of the message's subject."""
        need = self._session.scalar(select(NeedRow).filter_by(ref=ref))
        if need is None:
            return None
        return About(
            kind="need", ref=need.ref, state=need.state, category=need.category,
            category_name=self._own_name(need, language), ward=self._ward(need.ward_id),
            ward_id=need.ward_id, asker=self._party(need.asker_id),
            windows=self._windows(need.id), needed_by=need.needed_by,
            next_step_at=need.next_step_at,
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
            helpers=self._givers(offer, None, now) | {offer.posted_by},
        )  # fmt: skip

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
        """A sign-in code that was asked for this number."""
        row = self._session.scalar(select(SignInCodeRow).filter_by(nonce=nonce, phone=phone))
        if row is None:
            return None
        waiting = row.used_at is None and row.expires_at > now
        return About(
            kind="code", ref="", state="waiting" if waiting else "over",
            needed_by=row.expires_at, nonce=row.nonce,
        )  # fmt: skip

    def is_on_duty(self, member_id: int, place_id: int, ward_id: int | None, now: datetime) -> bool:
        """Whether a member is a custodian of the place or a councillor of the ward, now."""
        councillor = (RoleRow.role == Role.COUNCILLOR) & (RoleRow.ward_id == ward_id)
        staff = RoleRow.role.in_((Role.CUSTODIAN, Role.SAFEGUARDING_LEAD))
        query = select(RoleRow.id).where(
            RoleRow.member_id == member_id, RoleRow.place_id == place_id, _in_force(now),
            councillor | staff,
        )  # fmt: skip
        return self._session.scalar(query.limit(1)) is not None

    def _givers(self, offer: OfferRow, helper_id: int | None, now: datetime) -> frozenset[int]:
        ids = {each for each in (offer.member_id, helper_id) if each is not None}
        if offer.organisation_id is not None:
            acting = select(RoleRow.member_id).where(
                RoleRow.organisation_id == offer.organisation_id,
                RoleRow.role.in_(ORGANISATION_ROLES),
                _in_force(now),
            )
            ids |= set(self._session.scalars(acting))
        return frozenset(ids)

    def _party(self, member_id: int) -> Party:
        return Party(member_id, self._session.get_one(MemberRow, member_id).shown_name)

    def _ward(self, ward_id: int) -> str:
        return self._session.get_one(WardRow, ward_id).name

    def _organisation(self, organisation_id: int | None) -> str | None:
        if organisation_id is None:
            return None
        return self._session.get_one(OrganisationRow, organisation_id).name

    def _own_name(self, need: NeedRow, language: str) -> str | None:
        row = self._session.get(PlaceCategoryRow, (need.place_id, need.category))
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
