"""What must hold after each deed, read from the rows without the house's own queries."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from enabler.domain.checks import held as standing_for
from enabler.domain.demands import FIRST_HELPS, demands
from enabler.domain.errors import EnablerError
from enabler.domain.ruleset import Ruleset, read_ruleset
from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import BlockRow, MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import RulesetRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import matches
from tests.builders import BuiltMember, BuiltPlace

LIVE = (MatchState.ASKED, MatchState.ACCEPTED, MatchState.ARRANGED)
MEET = (MatchState.ACCEPTED, MatchState.ARRANGED, MatchState.DONE, MatchState.CONFIRMED)
CLOSED = (NeedState.HELD, NeedState.REFUSED, NeedState.SUSPENDED)
CLOSED_OFFERS = (OfferState.HELD, OfferState.REFUSED, OfferState.SUSPENDED)


class Oracle:
    """Watches one place from deed to deed."""

    def __init__(self, place: BuiltPlace, people: Iterable[BuiltMember]) -> None:
        self._place, self._people = place, list(people)
        self._states: dict[int, MatchState] = {}

    def look(self, now: datetime, *, addresses: bool) -> None:
        """Raises AssertionError for whatever must not be; ``addresses``: each match is opened as
        everybody, which after a deed that was refused would show the same again."""
        with unit_of_work() as uow:
            rows = self._rows(uow.session)
            ruleset = self._ruleset(uow.session, now)
            for match, need, offer in rows:
                self._look_at(uow.session, match, need, offer, ruleset, now)
            refs = {match.ref: self._entitled(uow.session, match, need, ruleset, now)
                    for match, need, _ in rows}  # fmt: skip
        for ref, entitled in refs.items() if addresses else ():
            self._look_for_addresses(ref, entitled, now)

    def _rows(self, session: Session) -> list[tuple[MatchRow, NeedRow, OfferRow]]:
        query = (
            select(MatchRow, NeedRow, OfferRow)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .where(NeedRow.place_id == self._place.id)
            .order_by(MatchRow.id)
        )
        return [tuple(row) for row in session.execute(query)]

    def _ruleset(self, session: Session, now: datetime) -> Ruleset:
        newest = (
            select(RulesetRow)
            .where(RulesetRow.place_id == self._place.id, RulesetRow.from_at <= now)
            .order_by(RulesetRow.from_at.desc(), RulesetRow.version.desc())
        )
        row = session.scalars(newest).first()
        assert row is not None
        return read_ruleset(row.id, row.version, row.policy)

    def _look_at(
        self, session: Session, match: MatchRow, need: NeedRow, offer: OfferRow, ruleset: Ruleset,
        now: datetime,
    ) -> None:  # fmt: skip
        before = self._states.get(match.id)
        self._states[match.id] = match.state
        if match.state in LIVE and match.state is not before:
            lacks = self._lacks(session, match, need, offer, ruleset, now)
            assert not lacks, (match.ref, match.state, sorted(lacks))
            assert need.state not in CLOSED, (match.ref, need.state)
            assert offer.state not in CLOSED_OFFERS, (match.ref, offer.state)
            assert self._stands(session, offer), match.ref
        if match.state in (MatchState.PROPOSED, MatchState.ASKED):
            assert need.state not in CLOSED, (match.ref, need.state)
            assert offer.state not in CLOSED_OFFERS, (match.ref, offer.state)

    def _stands(self, session: Session, offer: OfferRow) -> bool:
        giver = session.get(MemberRow, offer.member_id) if offer.member_id else None
        return giver is None or giver.state is MemberState.ACTIVE

    def _lacks(
        self, session: Session, match: MatchRow, need: NeedRow, offer: OfferRow, ruleset: Ruleset,
        now: datetime,
    ) -> set[str]:  # fmt: skip
        held = select(CredentialRow).where(
            CredentialRow.member_id == offer.member_id, CredentialRow.seen_on <= now,
            CredentialRow.valid_until > now, CredentialRow.revoked_at.is_(None),
        )  # fmt: skip
        kinds = set(standing_for(row.kind.value for row in session.scalars(held)))
        helps = session.scalars(select(MatchRow.id).where(
            MatchRow.helper_id == offer.member_id, MatchRow.state == MatchState.CONFIRMED
        )).all()  # fmt: skip
        if len(helps) >= ruleset.first_helps or "reference" in kinds:
            kinds.add(FIRST_HELPS)
        asked = demands(need.category, need.setting, need.circumstances, ruleset, need.requires)
        return set(asked.credentials) - kinds

    def _entitled(
        self, session: Session, match: MatchRow, need: NeedRow, ruleset: Ruleset, now: datetime
    ) -> int | None:
        """Who may read the address now: the accepted helper who holds what is demanded, in the
        window, kept from nobody; or nobody."""
        ends = match.visit_end or need.needed_by
        if match.done_at is not None:
            ends = min(ends, match.done_at)
        offer = session.get_one(OfferRow, match.offer_id)
        apart = select(BlockRow).where(
            BlockRow.member_id.in_((need.asker_id, match.helper_id)),
            BlockRow.blocked_id.in_((need.asker_id, match.helper_id)),
        )  # fmt: skip
        right = (
            match.state in MEET
            and now <= ends + timedelta(hours=ruleset.address_hours_after)
            and not self._lacks(session, match, need, offer, ruleset, now)
            and not self._alone_in_a_pair(session, match, need, ruleset)
            and session.scalars(apart).first() is None
            and self._stands(session, offer)
        )
        return match.helper_id if right else None

    def _alone_in_a_pair(
        self, session: Session, match: MatchRow, need: NeedRow, ruleset: Ruleset
    ) -> bool:
        asked = demands(need.category, need.setting, need.circumstances, ruleset, need.requires)
        both = session.scalars(select(MatchRow.helper_id).where(
            MatchRow.need_id == need.id, MatchRow.state.in_(MEET)
        )).all()  # fmt: skip
        return asked.pair and len(set(both)) < 2

    def _look_for_addresses(self, ref: str, entitled: int | None, now: datetime) -> None:
        for person in self._people:
            try:
                shown = matches.show(actor=person.actor, ref=ref, now=now)
            except EnablerError:
                continue
            if shown.address is not None or shown.postcode is not None:
                assert person.id == entitled, (ref, person.ref, shown.state)


def counted(laws: Iterable[object]) -> Mapping[str, int]:
    """Violations by what they are, those that are."""
    return {one.what: one.count for one in laws if one.count}  # type: ignore[attr-defined]
