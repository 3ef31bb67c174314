"""What an accepted help is to the time bank: promised at the yes, moved once it is confirmed.

The need is locked by the caller, and the offer where there is a yes; accounts are locked after
them, and all of one step at once.
"""

from dataclasses import dataclass

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import Terms
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import paying_pot, side_account
from enabler.services._games import completed_by, raise_flag
from enabler.services._ground import Ground
from enabler.services._hours_policy import earns, policy_of, usual_minutes
from enabler.timebank.accounts import Account
from enabler.timebank.limits import Earns, credited
from enabler.timebank.settling import Settlement, across, hold_of, settled_help, void_of
from enabler.timebank.transfers import Entry

ENDED = ("settled", "let-go")


def key_of(match: Match) -> str:
    """The key, and the group, under which the hours of a match move."""
    return f"match:{match.ref}"


def earns_what(need: Need, offer: Offer, ruleset: Ruleset) -> Earns:
    """What this help is to the time bank; money and hours are apart, so what is given on stated
    terms is nothing to it."""
    return Earns.NOTHING if offer.terms is Terms.STATED else earns(need.category, ruleset)


def expected_of(need: Need, ruleset: Ruleset) -> int:
    """The minutes that help with a need is expected to be credited with."""
    minutes = usual_minutes(need.category, ruleset, need.duration_minutes)
    return credited(minutes, policy_of(ruleset))


def begin(
    uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground
) -> HelpHours | None:
    """Behind a yes: the row of the match, and the promise of what its asker has; None: nothing.

    Nobody is refused help for lack of hours: who has none promises none.
    """
    earning = earns_what(need, offer, here.ruleset)
    if earning is Earns.NOTHING:
        return None
    expected = expected_of(need, here.ruleset)
    row = {
        "match_id": match.id, "place_id": need.place_id, "earns": earning.value,
        "category": need.category, "ward_id": need.cell.ward_id, "expected": expected,
    }  # fmt: skip
    if earning is Earns.GIFT:
        return uow.help_hours.open(now=here.now, **row)
    asker, helper = _both(uow, match, need, offer, here)
    if helper.closed:  # whoever left the time bank and helps all the same gives it
        return uow.help_hours.open(now=here.now, **row | {"earns": Earns.GIFT.value})
    hold = None
    if asker.place == helper.place and not asker.closed:
        hold = hold_of(f"{key_of(match)}:hold", asker, helper.number, expected)
    if hold is not None:
        uow.ledger.post(hold, here.now)
    return uow.help_hours.open(
        now=here.now, payer_id=asker.number, helper_id=helper.number,
        hold=hold.key if hold else None, **row,
    )  # fmt: skip


def _both(
    uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground
) -> tuple[Account, Account]:
    """The accounts of both sides, locked, with the floors that are due."""
    asking = (need.place_id, need.asker_id, need.organisation_id)
    helping = (offer.place_id, match.helper_id or 0, offer.organisation_id)
    # Opened in one order, then locked in one order: two that ask each other never wait in a ring.
    opened = {each: _opened(uow, *each) for each in sorted((asking, helping), key=str)}
    uow.ledger.lock(*(account.number for account in opened.values()))
    there = here.ruleset
    if offer.place_id != need.place_id:
        there = uow.rulesets.in_force(offer.place_id, here.now)
    return side_account(uow, *asking, here.ruleset), side_account(uow, *helping, there)


def _opened(uow: UnitOfWork, place_id: int, member_id: int, organisation_id: int | None) -> Account:
    if organisation_id is not None:
        return uow.purses.for_organisation(place_id, organisation_id, 0)
    return uow.purses.for_member(place_id, member_id, 0)


def let_go(uow: UnitOfWork, match: Match, here: Ground) -> None:
    """Behind the end of a match that came to nothing: its promise is the asker's own again."""
    row = uow.help_hours.of_match(match.id)
    if row is None or row.state in ENDED:
        return
    if row.payer_id is not None:
        uow.ledger.lock(*uow.help_hours.accounts_beside(row.payer_id))
    hold = uow.ledger.by_key(row.hold) if row.hold else None
    if hold is not None:
        uow.ledger.post(void_of(hold, f"{hold.key}:let-go"), here.now)
    uow.help_hours.change(match.id, state="let-go", minutes=0, settled_at=here.now)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The accounts of one settlement, locked; ``pot`` where more may be due than was promised."""

    asker: Account
    helper: Account
    hold: Entry | None
    pot: Account | None


def settle(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> None:
    """Behind a confirmed help: its hours move, once, under the match's own key.

    Where it would complete a game, a custodian looks first: what was promised stays promised.
    """
    row = uow.help_hours.of_match(match.id)
    if row is None:  # it was agreed before the place had a time bank
        row = begin(uow, match, need, uow.offers.by_id(match.offer_id), here)
    if row is None or row.state != "open":
        return
    confirmed = _credited(uow, match, row, here)
    found = completed_by(uow, match, row, confirmed, here)
    if not found:
        pay(uow, match, row, confirmed, here)
        return
    uow.help_hours.change(match.id, state="looked-at")
    for game in found:
        raise_flag(
            uow, game, here, dedupe_key=f"{game.kind}:{game.why}:{match.ref}", match_id=match.id
        )


def pay_after_all(uow: UnitOfWork, match: Match, row: HelpHours, here: Ground) -> None:
    """Behind a custodian's word that help which was looked at counts: its hours move."""
    pay(uow, match, row, _credited(uow, match, row, here), here)


def pay(uow: UnitOfWork, match: Match, row: HelpHours, confirmed: int, here: Ground) -> None:
    """Move so many minutes. What neither the asker nor a pot can pay is flagged to custodians."""
    by_pot = unpaid = 0
    if row.payer_id is not None and row.helper_id is not None:
        moved = _moved(uow, match, row, confirmed, here)
        uow.ledger.post_all(moved.transfers, here.now)
        by_pot, unpaid = moved.by_pot, moved.unpaid
        _grow(uow, match, here)
    uow.help_hours.change(
        match.id, state="settled", minutes=confirmed, by_pot=by_pot, unpaid=unpaid,
        settled_at=here.now,
    )  # fmt: skip
    if unpaid:
        uow.help_hours.flag(
            dedupe_key=f"unpaid:{match.ref}", place_id=row.place_id, kind="unpaid",
            ref=uow.refs.new(row.place_id, "hours-flag"), match_id=match.id,
            facts={"minutes": unpaid, "account": row.payer_id}, raised_at=here.now,
        )  # fmt: skip


def _credited(uow: UnitOfWork, match: Match, row: HelpHours, here: Ground) -> int:
    """The minutes that count: rounded, and within what one member is credited with for a day."""
    said = row.expected if match.minutes is None else match.minutes
    already = 0
    own = match.helper_id is not None and match.organisation_id is None and row.earns == "hours"
    if own and match.on_day is not None:
        already = uow.help_hours.credited_on(match.helper_id or 0, match.on_day, match.id)
    return credited(said, policy_of(here.ruleset), already_today=already)


def _moved(
    uow: UnitOfWork, match: Match, row: HelpHours, confirmed: int, here: Ground
) -> Settlement:
    """What moves for so many minutes, its accounts locked."""
    sides = _sides(uow, row, confirmed, here)
    if sides.helper.closed:  # whoever helped has left: what is promised to them goes back
        void = (void_of(sides.hold, key_of(match)),) if sides.hold else ()
        return Settlement(void, unpaid=confirmed)
    if sides.asker.place != sides.helper.place:
        return _over_the_border(uow, match, sides, confirmed)
    return settled_help(
        key_of(match), confirmed=confirmed, asker=sides.asker, helper=sides.helper.number,
        hold=sides.hold, pot=sides.pot,
    )  # fmt: skip


def _sides(uow: UnitOfWork, row: HelpHours, confirmed: int, here: Ground) -> _Sides:
    hold = uow.ledger.by_key(row.hold) if row.hold else None
    more = confirmed > (hold.minutes if hold else 0)
    pot = paying_pot(uow, row.place_id, row.ward_id, here.ruleset) if more else None
    payer, helper = row.payer_id or 0, row.helper_id or 0
    accounts = uow.ledger.lock(payer, helper, *((pot.account,) if pot else ()))
    return _Sides(accounts[payer], accounts[helper], hold, accounts[pot.account] if pot else None)


def _over_the_border(uow: UnitOfWork, match: Match, sides: _Sides, confirmed: int) -> Settlement:
    """Help in another place: two rows, as far as what the two agreed with each other lets it."""
    pair = (sides.asker.place, sides.helper.place)
    ways = {
        one: uow.purses.clearing(one, other)
        for one, other in sorted((pair, pair[::-1]))
    }  # fmt: skip
    numbers = (sides.asker.number, sides.helper.number, *(each.number for each in ways.values()))
    accounts = uow.ledger.lock(*numbers)
    out, into = (accounts[ways[place].number] for place in pair)
    asker = accounts[sides.asker.number]
    minutes = 0 if asker.closed else into.pays_of(asker.pays_of(confirmed))
    if minutes < 1:
        return Settlement((), unpaid=confirmed)
    halves = across(
        key_of(match), minutes, giver=asker, out=out, into=into, receiver=sides.helper
    )  # fmt: skip
    return Settlement(halves, unpaid=confirmed - minutes)


def _grow(uow: UnitOfWork, match: Match, here: Ground) -> None:
    """Who gave may ask for more: the floor of a member who helped follows."""
    if match.helper_id is None or match.organisation_id is not None:
        return
    offer = uow.offers.by_id(match.offer_id)
    if offer.place_id == here.place.id:
        side_account(uow, offer.place_id, match.helper_id, None, here.ruleset)
