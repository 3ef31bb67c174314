"""What a help is to the time bank, for the page of its match."""

from dataclasses import replace

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.offers import Offer
from enabler.domain.ruleset import Ruleset
from enabler.domain.vocabulary import MatchState
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.hours_flags import UNPAID
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._accounts import paying_pot
from enabler.services._help_hours import earns_what, expected_of
from enabler.services.views.help_hours import HelpHoursView
from enabler.timebank.limits import Earns

_BEFORE = (MatchState.PROPOSED, MatchState.ASKED)


def help_hours_view(
    uow: UnitOfWork, case: tuple[Match, Need, Offer], ruleset: Ruleset, *, own: bool
) -> HelpHoursView | None:
    """What the match is to the time bank; None: nothing. ``own``: to whoever asked for the help,
    who also reads what they promised. Nothing of another's balance is in it."""
    match, need, offer = case
    row = uow.help_hours.of_match(match.id)
    if row is not None:
        return _of_row(uow, row, ruleset, own=own)
    earning = earns_what(need, offer, ruleset)
    if match.state not in _BEFORE or earning is Earns.NOTHING:
        return None
    if match.helper_id is not None and uow.purses.left([match.helper_id]):
        earning = Earns.GIFT
    return HelpHoursView(earning.value, "ahead", expected_of(need, ruleset), None)


def _of_row(
    uow: UnitOfWork, row: HelpHours, ruleset: Ruleset, *, own: bool
) -> HelpHoursView:  # fmt: skip
    given = (row.minutes or 0) - row.unpaid
    seen = HelpHoursView(row.earns, row.state, row.expected, row.minutes, given=given)
    if row.unpaid and not own:
        waits = uow.help_hours.flags_waiting(row.place_id, (UNPAID,), match_id=row.match_id)
        return replace(seen, owed=row.unpaid if waits else 0)
    if not own or row.earns == Earns.GIFT.value:
        return seen
    hold = uow.ledger.by_key(row.hold) if row.hold else None
    promised = hold.minutes if hold else 0
    short = row.state == "open" and promised < row.expected and _comes_over(uow, row)
    pot = short and paying_pot(uow, row.place_id, row.ward_id, ruleset) is not None
    return HelpHoursView(
        row.earns, row.state, row.expected, row.minutes, promised=promised, by_pot=row.by_pot,
        pot=pot, given=given,
    )  # fmt: skip


def _comes_over(uow: UnitOfWork, row: HelpHours) -> bool:
    """Whether more could reach the helper: over a border, while its limit lets anything through."""
    payer, helper = row.payer_id or 0, row.helper_id or 0
    accounts = uow.ledger.accounts((payer, helper))
    here, there = accounts[payer].place, accounts[helper].place
    if here == there:
        return True
    into = uow.purses.clearing_if_any(there, here)
    return into is not None and into.can_pay(1)
