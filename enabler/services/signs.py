"""What somebody is told about their own words before they are posted, where that does no harm.

Nothing is kept and nothing is said that would teach how to get round the watch: a number, a link,
money, another kind of help than was chosen.
"""

from datetime import datetime

from enabler.domain.next_steps import is_pressing
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.signal_codes import FOR_THE_WRITER
from enabler.domain.signals import that_hold
from enabler.persistence.unit_of_work import UnitOfWork, reading
from enabler.services._ground import Ground, ground
from enabler.services._need_drafts import NeedDraft, needed_by
from enabler.services._offer_drafts import OfferDraft
from enabler.services._signals import Written, of_words
from enabler.services._written import hosts_of, written_offer
from enabler.services.views.signs import SignsView


def of_need(*, actor: Actor, place_id: int, draft: NeedDraft, now: datetime) -> SignsView:
    """Of a need that is about to be posted or changed. Raises NotFound (the place)."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        here = ground(uow, place_id, now)
        urgent = is_pressing(
            draft.category, needed_by(draft.windows, here.ruleset, now), here.ruleset, now
        )
        written = Written(
            kind="need", words=draft.words, member_id=actor.member_id,
            categories=(draft.category,), urgent=urgent,
            hosts=_hosts(uow, place_id, draft.organisation_ref),
        )  # fmt: skip
        return _view(written, here)


def of_offer(*, actor: Actor, place_id: int, draft: OfferDraft, now: datetime) -> SignsView:
    """Of an offer that is about to be posted or changed. Raises NotFound (the place)."""
    require(actor, Action.SEE_PUBLIC)
    with reading() as uow:
        here = ground(uow, place_id, now)
        theirs = None
        if draft.organisation_ref is not None:
            theirs = uow.organisations.by_ref(place_id, draft.organisation_ref)
        return _view(written_offer(actor.member_id, draft, theirs), here)


def _hosts(uow: UnitOfWork, place_id: int, ref: str | None) -> frozenset[str]:
    return hosts_of(None if ref is None else uow.organisations.by_ref(place_id, ref))


def _view(written: Written, here: Ground) -> SignsView:
    found = tuple(of_words(written, here))
    holding = that_hold(found, written.kind, here.ruleset.signals_hold, urgent=written.urgent)
    told = tuple(
        one for one in found
        if one.code in FOR_THE_WRITER and (one in holding or one.code != "money")
    )  # fmt: skip
    return SignsView(
        found=told, waits=any(one in holding for one in told),
        comfort=any(one.code in ("worry_self", "worry_abuse") for one in found),
    )  # fmt: skip
