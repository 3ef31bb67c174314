"""What its giver changes in an offer. What was promised is never touched.

The offer is locked by the caller, and the needs whose asks wait before it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from enabler.domain.errors import Invalid, WrongMoment
from enabler.domain.lifecycle import CHANGEABLE_OFFERS, OFFER_MOVES, advance
from enabler.domain.offer_exceptions import MADE_AHEAD, OfferException, stretches
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, OfferState, Priority
from enabler.domain.weeks import day_of
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._offer_drafts import OfferDraft, checked_draft
from enabler.services._opening import open_offer
from enabler.services._progress import move_match, tell_helpers
from enabler.services._series import country
from enabler.services._signals import BECAUSE, keep, known_of, look, may_open_itself
from enabler.services._tell import tell
from enabler.services._written import written_offer

_LOOKED_AT = frozenset({"categories", "words", "stated_terms"})
"""What a custodian looks at, where they look at an offer at all."""
PLAIN = (
    "categories", "words", "terms", "stated_terms", "reach_metres", "any_time", "weekly",
    "capacity", "capacity_per_day", "languages", "meets", "words_public",
)  # fmt: skip


def draft_of(uow: UnitOfWork, offer: Offer) -> OfferDraft:
    """What is offered, as its giver could write it again."""
    kept = {name: getattr(offer, name) for name in PLAIN}
    organisation = uow.organisations.by_id(offer.organisation_id) if offer.organisation_id else None
    return OfferDraft(
        **kept, organisation_ref=organisation.ref if organisation else None,
        exceptions=uow.offer_changes.exceptions([offer.id]).get(offer.id, ()),
    )  # fmt: skip


def keep_exceptions(
    uow: UnitOfWork, offer_id: int, exceptions: Collection[OfferException], here: Ground
) -> None:
    """Keep when the offer does not hold, with the stretches by which matching knows it."""
    zone = ZoneInfo(here.place.timezone)
    gaps = stretches(exceptions, zone, country(here), here.now)
    uow.offer_changes.keep_exceptions(offer_id, exceptions, gaps, here.now + MADE_AHEAD)


def change_offer(
    uow: UnitOfWork, actor: Actor, offer: Offer, draft: OfferDraft, here: Ground, *, version: int,
    why_held: str | None,
) -> tuple[str, ...]:  # fmt: skip
    """Bring the offer to what the draft says; the names of what changed.

    ``why_held``: why a custodian would look at it if it were posted now, as a code.
    Raises WrongMoment, Invalid.
    """
    if offer.version != version:
        raise WrongMoment("changed_meanwhile", version=offer.version)
    if offer.state not in CHANGEABLE_OFFERS:
        raise WrongMoment(f"cannot_change_when_{offer.state.value}", state=offer.state.value)
    before = draft_of(uow, offer)
    off = uow.rulesets.category_off(offer.place_id)
    asked = replace(draft, away=(), organisation_ref=before.organisation_ref)
    draft = checked_draft(asked, off=off, ruleset=here.ruleset, now=here.now)
    changed = [
        name for name in (*PLAIN, "exceptions") if getattr(draft, name) != getattr(before, name)
    ]
    if not changed:
        return ()
    taken = uow.matches.taken([offer.id], here.week).get(offer.id, 0)
    if draft.capacity < taken:
        raise Invalid("capacity", "capacity_under_taken", taken=taken)
    _check_days(uow, offer, draft, here)
    before_held = uow.signals.holding(offer.place_id, "offer", offer.id)
    _keep(uow, actor, offer, draft, changed, here)
    anew = bool(_LOOKED_AT & set(changed))
    because = _kept_signals(uow, actor, offer, draft, here, anew=anew)
    held = (why_held or because) if anew else None
    opens = because is None and why_held is None and _opens_itself(offer, before_held)
    _take_back(uow, actor, offer, draft, here, everything=held is not None)
    if held is not None and offer.state is not OfferState.HELD:
        _hold(uow, actor, offer, held, here)
    elif opens:
        open_offer(uow, actor, uow.offers.by_id(offer.id), here)
    elif offer.state is OfferState.OPEN:
        uow.needs.wake(uow.rulesets.served_by(offer.place_id), draft.categories, here.now)
    return tuple(changed)


def _kept_signals(
    uow: UnitOfWork, actor: Actor, offer: Offer, draft: OfferDraft, here: Ground, *, anew: bool
) -> str | None:
    """What its words show now stands beside it; why that holds it, as a code. Where they are not
    written ``anew``, nothing of it holds what is open."""
    theirs = uow.organisations.by_id(offer.organisation_id) if offer.organisation_id else None
    written = written_offer(offer.member_id or actor.member_id, draft, theirs, offer.id)
    looked, known = look(uow, written, here), known_of(uow, offer.place_id, "offer", offer.id)
    if not anew and offer.state is not OfferState.HELD:
        looked = looked.shown
    keep(uow, actor, written, (offer.id, offer.ref), looked, here, known=known)
    return looked.because


def _opens_itself(offer: Offer, before: frozenset[str]) -> bool:
    """Whether what held it (a number, a link) may have been all that held it."""
    waits = offer.state is OfferState.HELD and offer.held_because == BECAUSE
    return waits and may_open_itself(before)


def _check_days(uow: UnitOfWork, offer: Offer, draft: OfferDraft, here: Ground) -> None:
    """Raises Invalid where a day to come has more promised than a day could have."""
    if draft.capacity_per_day is None:
        return
    found = uow.matches.by_day([offer.id], day_of(here.now, here.place.timezone))
    taken = max(found.get(offer.id, Counter()).values(), default=0)
    if draft.capacity_per_day < taken:
        raise Invalid("capacity_per_day", "capacity_under_taken_in_a_day", taken=taken)


def _keep(
    uow: UnitOfWork, actor: Actor, offer: Offer, draft: OfferDraft, changed: Collection[str],
    here: Ground,
) -> None:  # fmt: skip
    values: dict[str, Any] = {
        "words": draft.words, "terms": draft.terms, "stated_terms": draft.stated_terms,
        "any_time": draft.any_time, "capacity": draft.capacity,
        "capacity_per_day": draft.capacity_per_day,
        "languages": list(draft.languages), "meets": list(draft.meets),
        "words_public": draft.words_public, "version": offer.version + 1,
    }  # fmt: skip
    if {"capacity", "capacity_per_day"} & set(changed):
        values["capacity_from"] = here.now
    uow.offer_changes.rewrite(
        offer.id, categories=draft.categories, weekly=draft.weekly,
        point=(offer.easting, offer.northing), reach_metres=draft.reach_metres, **values,
    )  # fmt: skip
    if "exceptions" in changed:
        keep_exceptions(uow, offer.id, draft.exceptions, here)
    said = {"words": (offer.words, draft.words)} if "words" in changed else None
    whose = offer.member_id or actor.member_id
    uow.audit.record(
        actor, "offer.changed", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(offer.state.value, offer.state.value), columns=tuple(changed),
        values=said if whose is not None else None, whose=whose,
    )  # fmt: skip


def _take_back(
    uow: UnitOfWork, actor: Actor, offer: Offer, draft: OfferDraft, here: Ground, *,
    everything: bool,
) -> None:  # fmt: skip
    """Asks that wait for what is not offered any more, or is looked at first, are taken back."""
    for match in uow.matches.of_offer(offer.id, MatchState.ASKED):
        kind = uow.needs.by_id(match.need_id).category
        if everything or kind not in draft.categories:
            gone = move_match(uow, actor, match, MatchState.WITHDRAWN, here, why="offer_changed",
                              ended_because="offer_changed")  # fmt: skip
            tell_helpers(uow, gone, "withdrawn", here)


def _hold(uow: UnitOfWork, actor: Actor, offer: Offer, because: str, here: Ground) -> None:
    advance(OFFER_MOVES, offer.state, OfferState.HELD)
    uow.offers.change(offer.id, state=OfferState.HELD, held_because=because, paused_until=None)
    uow.audit.record(
        actor, "offer.held", place_id=offer.place_id, subject=("offer", offer.id, offer.ref),
        now=here.now, states=(offer.state.value, OfferState.HELD.value), why=because,
    )  # fmt: skip
    if actor.member_id is not None:
        tell(
            uow, place_id=offer.place_id, member_id=actor.member_id, template="held",
            parameters={"offer": offer.ref}, priority=Priority.ANSWER,
            dedupe_key=f"held:{offer.ref}:{here.now.isoformat()}", now=here.now,
        )  # fmt: skip
