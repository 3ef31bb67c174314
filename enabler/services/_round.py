"""One optimal round of a place: figured out without a lock, then kept where it still holds.

Who was asked already is left in peace: a slot for which an answer is awaited is not open, and no
need meets a giver twice. So a second round at the same moment, or two at once, propose nothing
twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from enabler.domain.messages import House
from enabler.domain.needs import Need
from enabler.domain.offers import Offer as GivenOffer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import NeedState, Verdict
from enabler.matching import Candidate, Ranked, settle
from enabler.persistence.matches import NEED, OFFER
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from enabler.services._asking import take_step
from enabler.services._candidates import still_fitting
from enabler.services._caps import Caps
from enabler.services._considering import remember_round
from enabler.services._days import DayRoom, possible_days
from enabler.services._ground import Ground, ground
from enabler.services._inviting import Invitation, after_inviting, invite
from enabler.services._open_slots import open_slots
from enabler.services._pricing import silenced, standing, to_keep, wanted
from enabler.services._whom_to_ask import invitation_to

AT_ONCE = 50
"""Needs kept in one transaction: others need not wait long for their turn."""

Told = Callable[[int, int], None]
"""Told how many needs are kept, and of how many."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a round found for a place: the best pairs by need, whom it looked at, its figures, what
    offers cost in it (those of price 0 left out), and whoever could have been chosen."""

    by_need: Mapping[int, Sequence[Candidate]]
    looked_at: tuple[int, ...]
    needs_open: int
    slots_open: int
    offers: int
    pairs: int
    objective: int
    prices: Mapping[int, int] = field(repr=False)
    ranked: Ranked = field(repr=False, compare=False)

    def verdicts(self, need_id: int, asked: Sequence[Invitation]) -> dict[int, Verdict]:
        """What became of the offers that were chosen for a need, now that these are asked."""
        chosen = {int(one.offer): Verdict.CHANGED for one in self.by_need.get(need_id, ())}
        return chosen | {one.offer.id: Verdict.ASKED for one in asked}


@dataclass(frozen=True, slots=True)
class Kept:
    """How many pairs were proposed, and their scores together."""

    proposed: int = 0
    objective: int = 0

    def plus(self, invitations: Sequence[Invitation]) -> "Kept":
        """With these as well."""
        scores = sum(one.candidate.score for one in invitations)
        return Kept(self.proposed + len(invitations), self.objective + scores)


def choose(uow: UnitOfWork, here: Ground, *, to_ask: bool = True) -> Chosen:
    """The best choice of pairs for every open slot of a place, by what is known at this moment.

    As many slots filled as can be, by priority, then the greatest total score. Changes nothing.
    Not ``to_ask``, but for its prices: slots that await an answer are open, too.
    """
    needs = [need for need in uow.needs.open_in(here.place.id) if need.slots_filled < need.slots]
    offers = uow.supply.all(here.place_ids, here.terms, less_waiting=to_ask)
    if to_ask:
        asked = silenced(uow, open_slots(uow, needs, here))
    else:
        asked, offers = wanted(uow, needs, offers, here)
    solved = settle(asked, offers, here.policy(*{need.category for need in asked}), now=here.now)
    priced = standing(uow, here, solved.offer_prices) if to_ask else solved.offer_prices
    by_need: dict[int, list[Candidate]] = {}
    for need_id, candidate in solved.matches:
        by_need.setdefault(int(need_id), []).append(candidate)
    return Chosen(
        by_need=by_need,
        looked_at=tuple(int(need.id) for need in asked if need.slots),
        needs_open=len(needs),
        slots_open=sum(need.slots for need in asked),
        offers=len(offers),
        pairs=solved.pairs,
        objective=solved.objective,
        prices=to_keep(priced, here),
        ranked=solved.ranked,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known at this moment of some needs of the round, and of those chosen for them.

    ``fits``: the pairs of needs and offers that still may be; None where nothing could change.
    """

    house: House
    offers: Mapping[int, GivenOffer]
    waiting: Mapping[int, int]
    before: Mapping[int, frozenset[int | str]]
    room: dict[int, int]
    days: DayRoom
    caps: Caps
    fits: frozenset[tuple[int, int]] | None

    @classmethod
    def of(
        cls, uow: UnitOfWork, here: Ground, chosen: Chosen, needs: Mapping[int, Need], *, hold: bool
    ) -> "_Known":
        """Read it; ``hold`` keeps the offers' and helpers' rows until the transaction ends."""
        ids = {int(one.offer) for need_id in needs for one in chosen.by_need.get(need_id, ())}
        offers = uow.offers.lock_many(ids) if hold else uow.offers.by_ids(ids)
        counted = Caps.held if hold else Caps
        caps = counted(uow, here.terms, [offer.member_id for offer in offers.values()])
        _know_receivers(uow, offers.values(), here.now)
        return cls(
            house=uow.telling.house(here.place.id, here.now),
            offers=offers,
            waiting=uow.matches.waiting(NEED, needs, here.now),
            before=uow.matches.givers_before(needs),
            room=_room(uow, offers, here),
            days=DayRoom.of(uow, offers.values(), here, with_asks=True),
            caps=caps,
            fits=still_fitting(uow, list(needs.values()), ids, here) if hold else None,
        )

    def may_be(self, need: Need, offer: GivenOffer) -> bool:
        """Whether still no rule keeps the offer from the need."""
        return self.fits is None or (need.id, offer.id) in self.fits

    def take(self, invitation: Invitation, days: Sequence[date]) -> Invitation | None:
        """Use up one ask of an offer; None when its week, its helper, or each of the days on which
        it could be has no room for it."""
        offer = invitation.offer
        if self.room[offer.id] < 1 or self.days.first(offer, days) is None:
            return None
        if not self.caps.take(offer.member_id):
            return None
        self.room[offer.id] -= 1
        return replace(invitation, on_day=self.days.take(offer, days))


def _room(uow: UnitOfWork, offers: Mapping[int, GivenOffer], here: Ground) -> dict[int, int]:
    """How many more asks each offer has room for: a neighbour's round may have asked it, too."""
    taken = uow.matches.taken(offers, here.week)
    waiting = uow.matches.waiting(OFFER, offers, here.now)
    return {
        each: offer.capacity - taken.get(each, 0) - waiting.get(each, 0)
        for each, offer in offers.items()
    }


def _know_receivers(uow: UnitOfWork, offers: Iterable[GivenOffer], now: datetime) -> None:
    """Read at once who answers for these offers and how they are reached; not one by one later."""
    organisations = {one.organisation_id for one in offers if one.organisation_id is not None}
    uow.organisations.know_leads(organisations, now)
    leads = {lead for each in organisations for lead in uow.organisations.leads(each, now)}
    uow.telling.know(leads | {one.member_id for one in offers if one.member_id is not None})


def rehearse(uow: UnitOfWork, here: Ground, chosen: Chosen) -> Kept:
    """What ``keep`` would come to, if nothing happened in between. Changes nothing."""
    needs = uow.needs.by_ids(chosen.looked_at)
    known = _Known.of(uow, here, chosen, needs, hold=False)
    kept = Kept()
    for need in needs.values():
        kept = kept.plus(_invitations(uow, need, here, chosen, known))
    return kept


def keep(actor: Actor, here: Ground, chosen: Chosen, told_of: Told) -> Kept:
    """Ask the chosen, some needs at a time; whatever changed meanwhile is looked at again.

    First its figures and prices are kept: they order what is asked from then on. A need for which
    the round has nobody and whose next step is due takes that step, after the others have been
    asked and in its own transaction: then no two hold helpers' rows in turns.
    """
    kept = Kept()
    remember(here, chosen)
    for start in range(0, len(chosen.looked_at), AT_ONCE):
        part = chosen.looked_at[start : start + AT_ONCE]
        with unit_of_work() as uow:
            asked, due = _ask_some(uow, actor, here, chosen, part)
            uow.commit()
        kept = kept.plus(asked)
        for need_id in due:
            _take_due_step(actor, need_id, here.now)
        told_of(start + len(part), len(chosen.looked_at))
    return kept


def remember(here: Ground, chosen: Chosen) -> None:
    """Keep a round's figures and prices, all at once or not at all."""
    with unit_of_work() as uow:
        uow.rounds.keep(
            here.place.id, chosen.prices, at=here.now, ruleset_id=here.ruleset.id,
            needs_open=chosen.needs_open, slots_open=chosen.slots_open, offers=chosen.offers,
            pairs=chosen.pairs, chosen=sum(map(len, chosen.by_need.values())),
            objective=chosen.objective,
        )  # fmt: skip
        uow.commit()


def _ask_some(
    uow: UnitOfWork, actor: Actor, here: Ground, chosen: Chosen, need_ids: Sequence[int]
) -> tuple[list[Invitation], list[int]]:
    """Ask the chosen of these needs, where it still holds.

    Whom, and the ids of the needs without anybody whose next step is due.
    """
    needs = uow.needs.lock_many(need_ids)
    known = _Known.of(uow, here, chosen, needs, hold=True)
    asked: list[tuple[Need, list[Invitation]]] = []
    due: list[int] = []
    for need in needs.values():
        if need.state is not NeedState.OPEN:
            continue
        invitations = _invitations(uow, need, here, chosen, known)
        if invitations:
            asked.append((need, invitations))
        elif _is_due(need, here.now):
            due.append(need.id)
    invite(uow, actor, here, [(need, one) for need, invited in asked for one in invited])
    after_inviting(
        uow, actor, here, [(need, [one.when for one in invited]) for need, invited in asked]
    )
    explained = [(need, chosen.verdicts(need.id, invited)) for need, invited in asked]
    remember_round(uow, here, chosen.ranked, explained)
    return [one for _, invited in asked for one in invited], due


def _is_due(need: Need, now: datetime) -> bool:
    return need.next_step_at is not None and need.next_step_at <= now


def _take_due_step(actor: Actor, need_id: int, now: datetime) -> None:
    with unit_of_work() as uow:
        need = uow.needs.lock(need_id)
        if need.state is NeedState.OPEN and _is_due(need, now):
            take_step(uow, actor, need, ground(uow, need.place_id, now, need.cell))
            uow.commit()


def _invitations(
    uow: UnitOfWork, need: Need, here: Ground, chosen: Chosen, known: _Known
) -> list[Invitation]:
    """The chosen of one need who can still be asked: slot open, no rule against it, within caps."""
    free = need.slots - need.slots_filled - known.waiting.get(need.id, 0)
    before = set(known.before.get(need.id, frozenset()))
    found: list[Invitation] = []
    for candidate in chosen.by_need.get(need.id, ()):
        offer = known.offers[int(candidate.offer)]
        invitation = invitation_to(uow, need, here, known.house, candidate, offer)
        if len(found) >= free or invitation is None or invitation.giver in before:
            continue
        if not (invitation.stands and known.may_be(need, offer)):
            continue
        taken = known.take(invitation, possible_days(need, offer, here))
        if taken is not None:
            found.append(taken)
            before.add(taken.giver)
    return found
