"""What offers cost, by everything that is wanted at a moment: the market of a place without asks.

A round that asks leaves out what is asked for already. Its prices would be those of what nobody
could be asked for: nearly every open need has asks out. So for prices a need whose asks are out is
still wanted, and whoever has not answered can still say yes to it, and to it alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from enabler.domain.needs import Need
from enabler.domain.vocabulary import MatchState
from enabler.matching import Need as Asked
from enabler.matching import Offer, cut_off
from enabler.persistence.matches import OFFER, organisation_key
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._candidates import fresh_prices
from enabler.services._ground import Ground
from enabler.services._open_slots import open_slots


def silenced(uow: UnitOfWork, needs: Sequence[Asked]) -> list[Asked]:
    """The needs, each kept from whoever was asked for it before."""
    before = uow.matches.givers_before(int(need.id) for need in needs)
    return [
        replace(need, blocked=need.blocked | before.get(int(need.id), frozenset()))
        for need in needs
    ]


def wanted(
    uow: UnitOfWork, needs: Sequence[Need], offers: Sequence[Offer], here: Ground
) -> tuple[list[Asked], list[Offer]]:
    """The needs with every free slot, and the offers with the asks of them that are out."""
    out = [
        match for match in uow.matches.of_needs([need.id for need in needs], MatchState.ASKED)
        if match.answer_by is not None and match.answer_by > here.now
    ]  # fmt: skip
    waits: dict[int, set[int | str]] = {}
    for match in out:
        who = match.organisation_id and organisation_key(match.organisation_id)
        waits.setdefault(match.need_id, set()).add(who or match.helper_id or 0)
    asked = [
        replace(silent, blocked=one.blocked | (silent.blocked - waits.get(int(one.id), set())))
        for one, silent in _both(uow, open_slots(uow, needs, here, asked=True))
    ]
    held = Counter(match.offer_id for match in out)
    return asked, [_with_asks(offer, held[int(offer.id)]) for offer in offers]


def _both(uow: UnitOfWork, needs: list[Asked]) -> list[tuple[Asked, Asked]]:
    return list(zip(needs, silenced(uow, needs), strict=True))


def _with_asks(offer: Offer, asks: int) -> Offer:
    """Whoever was asked as often as may be can still say yes to that."""
    if not asks or offer.asks_left is None:
        return offer
    return replace(offer, asks_left=offer.asks_left + asks)


def standing(
    uow: UnitOfWork, here: Ground, new: Mapping[int | str, int]
) -> Mapping[int | str, int]:
    """What offers cost behind a round that asks. An earlier price stands while an ask of the offer
    waits for its answer: what the offer was kept for is not in this round, but it is not settled
    either."""
    earlier = fresh_prices(uow, here, map(int, new))
    waiting = uow.matches.waiting(OFFER, map(int, earlier), here.now)
    kept = {offer: price for offer, price in earlier.items() if int(offer) in waiting}
    return {offer: max(price, kept.get(offer, 0)) for offer, price in new.items()}


def to_keep(prices: Mapping[int | str, int], here: Ground) -> dict[int, int]:
    """Prices above 0, none beyond the greatest score there can be."""
    return {int(offer): price for offer, price in cut_off(prices, here.policy()).items()}
