"""How often each law of the house is broken in the rows, as a plain count of things.

What a constraint or trigger already refuses is counted all the same: the check must be able to
find it in a database that came from elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from enabler.domain.chasing import AGREED
from enabler.domain.checks import held
from enabler.domain.demands import FIRST_HELPS, demands
from enabler.domain.lifecycle import LIVE_MATCHES
from enabler.domain.vocabulary import (
    CredentialKind,
    MatchState,
    MemberState,
    NeedState,
    OfferState,
    OrganisationState,
    OutboxState,
    Priority,
)
from enabler.domain.weeks import day_of, week_of
from enabler.persistence.rules_of_then import RulesOfThen
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.clock import JobRunRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.matches import MatchRow
from enabler.persistence.tables.members import MemberRow, OrganisationRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import CellRow, PlaceRow
from enabler.persistence.tables.texts import InboundTextRow

_GO_ON = (NeedState.OPEN, *AGREED)
_PENDING = (MatchState.PROPOSED, MatchState.ASKED)
_CLOSED_NEEDS = (NeedState.DRAFT, NeedState.HELD, NeedState.REFUSED, NeedState.SUSPENDED)
_CLOSED_ORGANISATIONS = (
    OrganisationState.HELD, OrganisationState.REFUSED, OrganisationState.SUSPENDED,
    OrganisationState.ERASED,
)  # fmt: skip
_CLOSED_OFFERS = (OfferState.HELD, OfferState.REFUSED, OfferState.SUSPENDED)

_ERASED = MemberState.ERASED


class Laws:
    """Counts of violations. Nothing is changed here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _count(self, query: Select[Any]) -> int:
        counted = select(func.count()).select_from(query.subquery())
        return self._session.scalar(counted) or 0

    def waiting_needs(self, before: datetime) -> int:
        """Law 1: needs that are open or agreed, without a next step or with one that was due before
        this moment."""
        late = or_(NeedRow.next_step.is_(None), NeedRow.next_step_at.is_(None),
                   NeedRow.next_step_at < before)  # fmt: skip
        return self._count(select(NeedRow.id).where(NeedRow.state.in_(_GO_ON), late))

    def passed_over(self, job: str, states: Sequence[NeedState], before: datetime) -> int:
        """Law 1: needs in these states that a run of the job, begun after they were due, left as
        they were.

        Only runs that ended well, begun before this moment, count.
        """
        run = JobRunRow
        ran = exists().where(
            run.name == job, run.outcome == "done", run.started_at > NeedRow.next_step_at,
            run.started_at < before,
        )  # fmt: skip
        return self._count(select(NeedRow.id).where(NeedRow.state.in_(states), ran))

    def slots_miscounted(self) -> int:
        """Law 3: needs whose filled slots are not their live matches, or are more than wanted."""
        live = (
            select(func.count())
            .where(MatchRow.need_id == NeedRow.id, MatchRow.state.in_(LIVE_MATCHES))
            .scalar_subquery()
        )
        wrong = or_(NeedRow.slots_filled != live, live > NeedRow.slots)
        return self._count(select(NeedRow.id).where(wrong))

    def capacities_exceeded(self) -> int:
        """Law 3: offers with more live matches in one local week than their capacity."""
        said_yes = func.coalesce(MatchRow.answered_at, MatchRow.proposed_at)
        query = (
            select(
                OfferRow.id, OfferRow.capacity, OfferRow.capacity_from, PlaceRow.timezone, said_yes
            )
            .join(MatchRow, MatchRow.offer_id == OfferRow.id)
            .join(PlaceRow, PlaceRow.id == MatchRow.place_id)
            .where(MatchRow.state.in_(LIVE_MATCHES))
        )
        weeks: Counter[tuple[int, int, datetime]] = Counter()
        for offer_id, capacity, since, timezone, moment in self._session.execute(query):
            week = week_of(moment, timezone)
            if since is None or week.end > since:  # weeks before may have had more room
                weeks[offer_id, capacity, week.start] += 1
        return len({offer for (offer, capacity, _), count in weeks.items() if count > capacity})

    def days_overfilled(self) -> int:
        """Law 3: offers with more live matches on one local day than they can do on a day.

        The day is that of the visit; until one is agreed, the day that was set aside for it.
        """
        said_yes = func.coalesce(MatchRow.answered_at, MatchRow.proposed_at)
        query = (
            select(
                OfferRow.id, OfferRow.capacity_per_day, OfferRow.capacity_from, PlaceRow.timezone,
                MatchRow.visit_start, MatchRow.on_day, said_yes,
            )
            .join(MatchRow, MatchRow.offer_id == OfferRow.id)
            .join(PlaceRow, PlaceRow.id == MatchRow.place_id)
            .where(MatchRow.state.in_(LIVE_MATCHES), OfferRow.capacity_per_day.is_not(None))
        )  # fmt: skip
        days: Counter[tuple[int, int, date]] = Counter()
        for offer_id, most, since, timezone, visit, on_day, answered in self._session.execute(
            query
        ):
            day = day_of(visit, timezone) if visit else on_day or day_of(answered, timezone)
            if since is None or day >= day_of(
                since, timezone
            ):  # days before may have had more room
                days[offer_id, most or 0, day] += 1
        return len({offer for (offer, most, _), count in days.items() if count > most})

    def accepted_twice(self) -> int:
        """Law 4: messages that the simulator took more than once, safety texts marked aside."""
        again = SimulatedMessageRow.provider_ref.like(literal("outbox-%#%"))
        references = self._session.scalars(select(SimulatedMessageRow.provider_ref).where(again))
        ids = {int(name.removeprefix("outbox-").split("#")[0]) for name in references}
        marked = select(OutboxRow.id).where(
            OutboxRow.possibly_twice, OutboxRow.priority == Priority.SAFETY
        )
        return len(ids - set(self._session.scalars(marked)))

    def in_doubt(self, before: datetime) -> int:
        """Law 4: messages handed over before this moment of which nobody knows."""
        state = OutboxRow.state == OutboxState.SENDING
        return self._count(select(OutboxRow.id).where(state, OutboxRow.claimed_at < before))

    def unanswered(self, before: datetime) -> int:
        """Law 5: texts that came before this moment, and neither the house has answered them nor
        have people got them."""
        row = InboundTextRow
        nobody = row.answered_at.is_(None), row.set_aside_at.is_(None)
        return self._count(select(row.id).where(row.received_at < before, *nobody))

    def matched_though_closed(self) -> int:
        """Law 6: matches that wait, of things held, refused or suspended, or of such people."""
        asker, giver = aliased(MemberRow), aliased(MemberRow)
        gone = (MemberState.SUSPENDED, _ERASED)
        query = (
            select(MatchRow.id)
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .join(asker, asker.id == NeedRow.asker_id)
            .outerjoin(giver, giver.id == OfferRow.member_id)
            .outerjoin(OrganisationRow, OrganisationRow.id == NeedRow.organisation_id)
        )
        own = NeedRow.organisation_id.is_(None)
        waits = and_(
            MatchRow.state.in_(_PENDING),
            or_(
                NeedRow.state.in_(_CLOSED_NEEDS), OfferRow.state.in_(_CLOSED_OFFERS),
                own & asker.state.in_(gone), giver.state.in_(gone),
                OrganisationRow.state.in_(_CLOSED_ORGANISATIONS),
            ),
        )  # fmt: skip
        # A need that is held once more, for what its asker changed, has asks that were taken back.
        over = (MatchState.WITHDRAWN, MatchState.DECLINED, MatchState.LAPSED, MatchState.RELEASED)
        never_open = NeedRow.state.in_((NeedState.DRAFT, NeedState.HELD)) & MatchRow.state.not_in(
            over
        )
        return self._count(query.where(or_(waits, never_open)))

    def asked_without_credential(self) -> int:
        """Law 6: asks of a giver who lacked, when asked, what category and ruleset demand. What an
        erased giver held, and an erased asker said of the visit, nobody knows any more."""
        rules, erased = RulesOfThen(self._session), select(MemberRow.id).filter_by(state=_ERASED)
        asked = (
            select(
                MatchRow.asked_at, MatchRow.proposed_at, NeedRow.category, NeedRow.requires,
                NeedRow.setting, NeedRow.circumstances, NeedRow.category_from, NeedRow.place_id,
                CellRow.easting, CellRow.northing,
                OfferRow.member_id, OfferRow.organisation_id,
            )
            .join(NeedRow, NeedRow.id == MatchRow.need_id)
            .join(OfferRow, OfferRow.id == MatchRow.offer_id)
            .join(CellRow, CellRow.id == NeedRow.cell_id)
            .where(NeedRow.asker_id.not_in(erased))
            .where(or_(OfferRow.member_id.is_(None), OfferRow.member_id.not_in(erased)))
        )  # fmt: skip
        held, helped = self._credentials(), self._helped()
        count = 0
        for row in self._session.execute(asked):
            moment, holder = row.asked_at or row.proposed_at, (row.member_id, row.organisation_id)
            ruleset = rules.at(row.place_id, moment, (row.easting, row.northing))
            if ruleset is None:
                continue  # before the place had rules: nothing was demanded
            needed = demands(
                row.category, row.setting, row.circumstances, ruleset, row.requires
            ).credentials
            if row.category_from is not None and moment < row.category_from:
                continue  # of another kind of help, then
            found = _valid(held.get(holder, ()), moment)
            helps = sum(one <= moment for one in helped.get(row.member_id, ()))
            new = helps < ruleset.first_helps and CredentialKind.REFERENCE not in found
            if row.member_id is None or not new:
                found |= {FIRST_HELPS}
            count += not needed <= found
        return count

    def _helped(self) -> Mapping[int | None, list[datetime]]:
        """When each helper's help was confirmed."""
        found: dict[int | None, list[datetime]] = {}
        query = select(MatchRow.helper_id, MatchRow.confirmed_at).filter_by(
            state=MatchState.CONFIRMED
        )
        for helper_id, moment in self._session.execute(query):
            if moment is not None:
                found.setdefault(helper_id, []).append(moment)
        return found

    def _credentials(self) -> Mapping[tuple[int | None, int | None], list[CredentialRow]]:
        found: dict[tuple[int | None, int | None], list[CredentialRow]] = {}
        for row in self._session.scalars(select(CredentialRow)):
            found.setdefault((row.member_id, row.organisation_id), []).append(row)
        return found

    def without_audit(self) -> int:
        """Law 8: needs, offers and matches whose state is not the last that the audit knows."""
        kinds = (("need", NeedRow), ("offer", OfferRow), ("match", MatchRow))
        return sum(self._without_audit(kind, row) for kind, row in kinds)

    def _without_audit(self, kind: str, row: type[NeedRow | OfferRow | MatchRow]) -> int:
        last = (
            select(AuditRow.state_after)
            .where(
                AuditRow.subject_kind == kind, AuditRow.subject_id == row.id,
                AuditRow.state_after.is_not(None),
            )
            .order_by(AuditRow.id.desc())
            .limit(1)
            .scalar_subquery()
        )  # fmt: skip
        return self._count(select(row.id).where(func.coalesce(last, "") != row.state))


def _valid(rows: Iterable[CredentialRow], moment: datetime) -> frozenset[str]:
    """The kinds that counted at that moment. A later withdrawal does not count back."""
    return held(
        row.kind.value
        for row in rows
        if row.seen_on <= moment < row.valid_until
        and (row.revoked_at is None or row.revoked_at > moment)
    )
