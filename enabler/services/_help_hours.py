"""What an accepted help is to the time bank: promised at the yes, moved once it is confirmed.

The need is locked by the caller, and the offer where there is a yes; accounts are locked after
them, and all of one step at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from enabler.domain.errors import NotAllowed
from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.permissions import Actor
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import Terms
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import paying_pot, side_account
from enabler.services._border import as_locked, border_between, border_of, holds_of, numbers_of
from enabler.services._games import completed_by, paid_from_pots, raise_flag
from enabler.services._ground import Ground
from enabler.services._hours_policy import earns, policy_of, usual_minutes
from enabler.services._subjects import asks
from enabler.timebank.accounts import Account
from enabler.timebank.borders import Border, let_go_across, promise_across, settled_across
from enabler.timebank.limits import Earns, credited
from enabler.timebank.settling import Settlement, hold_of, settled_help, void_of
from enabler.timebank.transfers import Entry, Transfer

ENDED = ("settled", "let-go")
_KEY = "match:"


def key_of(match: Match) -> str:
    """The key, and the group, under which the hours of a match move."""
    return f"{_KEY}{match.ref}"


def match_ref_in(key: str | None) -> str | None:
    """The ref of the match under whose key, or in whose group, something moved."""
    return key.removeprefix(_KEY).partition(":")[0] if key and key.startswith(_KEY) else None


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
    if earning is Earns.GIFT or _is_ones_own(uow, need, offer, here):
        return uow.help_hours.open(now=here.now, **row | {"earns": Earns.GIFT.value})
    asker, helper, border = _both(uow, match, need, offer, here)
    if helper.closed:  # whoever left the time bank and helps all the same gives it
        return uow.help_hours.open(now=here.now, **row | {"earns": Earns.GIFT.value})
    promises = _promises(f"{key_of(match)}:hold", expected, asker, helper, border)
    if promises:
        uow.ledger.post_all(promises, here.now)
    return uow.help_hours.open(
        now=here.now, payer_id=asker.number, helper_id=helper.number,
        hold=promises[0].key if promises else None, **row,
    )  # fmt: skip


def _is_ones_own(uow: UnitOfWork, need: Need, offer: Offer, here: Ground) -> bool:
    """Whether whoever asks leads what helps: then one person says yes, done and how long, on both
    sides, and would bring hours from a pot to what they lead. It is counted, and moves none."""
    if offer.organisation_id is None or need.organisation_id is not None:
        return False
    return need.asker_id in uow.organisations.leads(offer.organisation_id, here.now)


def _promises(
    key: str, expected: int, asker: Account, helper: Account, border: Border | None
) -> tuple[Transfer, ...]:
    """The promise of a help: a row, one on each side of a border, or nothing."""
    if asker.closed or helper.closed:
        return ()
    if border is not None:
        return promise_across(key, expected, asker=asker, border=border, helper=helper)
    hold = hold_of(key, asker, helper.number, expected)
    return () if hold is None else (hold,)


def _both(
    uow: UnitOfWork, match: Match, need: Need, offer: Offer, here: Ground
) -> tuple[Account, Account, Border | None]:
    """The accounts of both sides and of the border between them, locked, with the floors that are
    due."""
    border = border_of(uow, need.place_id, offer.place_id)
    asking = (need.place_id, need.asker_id, need.organisation_id)
    helping = (offer.place_id, match.helper_id or 0, offer.organisation_id)
    # Opened in one order, then locked in one order: two that ask each other never wait in a ring.
    opened = {each: _opened(uow, *each) for each in sorted((asking, helping), key=str)}
    numbers = (account.number for account in opened.values())
    accounts = uow.ledger.lock(*numbers, *numbers_of(border))
    there = _rules_there(uow, offer, here)
    asker = side_account(uow, *asking, here.ruleset)
    return asker, side_account(uow, *helping, there), as_locked(uow, border, accounts)


def _rules_there(uow: UnitOfWork, offer: Offer, here: Ground) -> Ruleset:
    """The rules of the helper's place."""
    if offer.place_id == here.place.id:
        return here.ruleset
    return uow.rulesets.in_force(offer.place_id, here.now)


def _opened(uow: UnitOfWork, place_id: int, member_id: int, organisation_id: int | None) -> Account:
    if organisation_id is not None:
        return uow.purses.for_organisation(place_id, organisation_id, 0)
    return uow.purses.for_member(place_id, member_id, 0)


def require_agreed_by_more_than_text(
    uow: UnitOfWork, actor: Actor, match: Match, need: Need, minutes: int, here: Ground
) -> None:  # fmt: skip
    """A number that texts proves nothing: by it an asker gives what was promised, and the small
    amount of a day more. Raises NotAllowed("longer_than_by_text")."""
    row = uow.help_hours.of_match(match.id)
    if row is None or row.payer_id is None or not (actor.texting and asks(actor, need)):
        return
    if minutes > row.expected + here.ruleset.text_gift_minutes:
        raise NotAllowed("longer_than_by_text")


def let_go(uow: UnitOfWork, match: Match, here: Ground) -> None:
    """Behind the end of a match that came to nothing: its promise is the asker's own again."""
    row = uow.help_hours.of_match(match.id)
    if row is None or row.state in ENDED:
        return
    if row.payer_id is not None:
        uow.ledger.lock(*uow.help_hours.accounts_beside(row.payer_id))
    holds = holds_of(uow, row)
    if holds:
        uow.ledger.post_all(_back(holds, f"{key_of(match)}:hold:let-go"), here.now)
    uow.help_hours.change(match.id, state="let-go", minutes=0, settled_at=here.now)


def _back(holds: Sequence[Entry], key: str) -> tuple[Transfer, ...]:
    """What lets a promise go, or both its halves."""
    if len(holds) == 1:
        return (void_of(holds[0], key),)
    return let_go_across(holds, key)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The accounts of one settlement, locked; ``pot`` where more may be due than was promised."""

    asker: Account
    helper: Account
    holds: tuple[Entry, ...]
    pot: Account | None
    border: Border | None


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
    found += paid_from_pots(uow, match, row, _by_pot(uow, match, row, confirmed, here), here)
    if not found:
        pay(uow, match, row, confirmed, here)
        return
    uow.help_hours.change(match.id, state="looked-at")
    for game in found:
        raise_flag(
            uow, game, here, dedupe_key=f"{game.kind}:{game.why}:{match.ref}", match_id=match.id
        )


def _by_pot(uow: UnitOfWork, match: Match, row: HelpHours, confirmed: int, here: Ground) -> int:
    """The minutes that a pot would pay; of what was promised it pays none."""
    if row.payer_id is None or sum(each.minutes for each in holds_of(uow, row)[:1]) >= confirmed:
        return 0
    return _moved(uow, match, row, confirmed, here).by_pot


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
        _flag(uow, match, row, unpaid, here)


def _flag(uow: UnitOfWork, match: Match, row: HelpHours, unpaid: int, here: Ground) -> None:
    """What nobody could pay is for the custodians to see: of both places, where it was help from
    another. Those there are told of their own helper's account, and of nothing here."""
    numbers = {"payer": row.payer_id or 0, "helper": row.helper_id or 0}
    accounts = uow.ledger.accounts(numbers.values())
    payer, helper = accounts[numbers["payer"]], accounts[numbers["helper"]]
    sides: list[tuple[str, Account, int | None]] = [(f"unpaid:{match.ref}", payer, match.id)]
    between: dict[int, dict[str, int]] = {}
    if helper.place != payer.place:
        sides.append((f"unpaid:{match.ref}:there", helper, None))
        between = {payer.place: {"with": helper.place}, helper.place: {"with": payer.place}}
    for key, account, match_id in sides:
        uow.help_hours.flag(
            dedupe_key=key, place_id=account.place, kind="unpaid",
            ref=uow.refs.new(account.place, "hours-flag"), match_id=match_id,
            facts={"minutes": unpaid, "account": account.number, **between.get(account.place, {})},
            raised_at=here.now,
        )  # fmt: skip


def _credited(uow: UnitOfWork, match: Match, row: HelpHours, here: Ground) -> int:
    """The minutes that count: rounded, and within what one member is credited with for a day."""
    said = row.expected if match.minutes is None else match.minutes
    already = 0
    own = match.helper_id is not None and match.organisation_id is None and row.earns == "hours"
    if own and match.on_day is not None:
        already = uow.help_hours.credited_on(match.helper_id or 0, match.on_day, match.id)
        already += uow.hours_events.earned_on(row.helper_id or 0, match.on_day)
    return credited(said, policy_of(here.ruleset), already_today=already)


def _moved(
    uow: UnitOfWork, match: Match, row: HelpHours, confirmed: int, here: Ground
) -> Settlement:
    """What moves for so many minutes, its accounts locked."""
    sides = _sides(uow, row, confirmed, here)
    if sides.helper.closed:  # whoever helped has left: what is promised to them goes back
        back = _back(sides.holds, key_of(match)) if sides.holds else ()
        return Settlement(back, unpaid=confirmed)
    if sides.border is not None:
        return settled_across(
            key_of(match), confirmed=confirmed, asker=sides.asker, helper=sides.helper,
            border=sides.border, holds=sides.holds, pot=sides.pot,
        )  # fmt: skip
    return settled_help(
        key_of(match), confirmed=confirmed, asker=sides.asker, helper=sides.helper.number,
        hold=next(iter(sides.holds), None), pot=sides.pot,
    )  # fmt: skip


def _sides(uow: UnitOfWork, row: HelpHours, confirmed: int, here: Ground) -> _Sides:
    holds = holds_of(uow, row)
    more = confirmed - (holds[0].minutes if holds else 0)
    pot = paying_pot(uow, row.place_id, row.ward_id, here.ruleset, more) if more > 0 else None
    payer, helper = row.payer_id or 0, row.helper_id or 0
    border = border_between(uow, payer, helper)
    accounts = uow.ledger.lock(
        payer, helper, *((pot.account,) if pot else ()), *numbers_of(border)
    )  # fmt: skip
    return _Sides(
        accounts[payer], accounts[helper], holds, accounts[pot.account] if pot else None,
        as_locked(uow, border, accounts),
    )  # fmt: skip


def _grow(uow: UnitOfWork, match: Match, here: Ground) -> None:
    """Who gave may ask for more: the floor of a member who helped follows."""
    if match.helper_id is None or match.organisation_id is not None:
        return
    offer = uow.offers.by_id(match.offer_id)
    side_account(uow, offer.place_id, match.helper_id, None, _rules_there(uow, offer, here))
