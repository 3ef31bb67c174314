"""Whether a help that is about to move hours looks like a game, so that somebody looks at it.

Only help between two members of one place is looked at: an organisation's help is many people's.
But for what pots pay, which is everybody's: that is looked at whoever helped.
"""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from enabler.domain.matches import Match
from enabler.persistence.help_hours import HelpHours
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._hours_policy import watch_of
from enabler.timebank.accounts import AccountKind
from enabler.timebank.gaming import WINDOW_DAYS, Deed, Game, Watch, from_pots, games

WINDOW = timedelta(days=WINDOW_DAYS)
COUNTS, DOES_NOT_COUNT = "counts", "does-not-count"
Known = frozenset[tuple[str, tuple[int, ...]]]


def completed_by(
    uow: UnitOfWork, match: Match, row: HelpHours, minutes: int, here: Ground
) -> tuple[Game, ...]:
    """The games that this help would complete with so many minutes; none that a custodian knows:
    where they said once that such help counts, it does so for as long as is looked back."""
    deed = _deed(match, row, minutes, here)
    if deed is None or minutes < 1:
        return ()
    found = [game for game in _around(uow, deed, here) if deed.number in game.numbers]
    if not found or not _are_members(uow, deed, here):
        return ()
    known = uow.help_hours.games_known(here.place.id, here.now - WINDOW, settled_as=COUNTS)
    return tuple(game for game in found if not is_known(game, known))


def paid_from_pots(
    uow: UnitOfWork, match: Match, row: HelpHours, by_pot: int, here: Ground
) -> tuple[Game, ...]:
    """What this help looks like where a pot would pay so much of it; nothing that a custodian said
    counts."""
    if row.payer_id is None or row.helper_id is None or not by_pot:
        return ()
    deed = Deed(match.id, row.helper_id, row.payer_id, by_pot, _day(match, here))
    before = uow.help_hours.from_pots(row.payer_id, row.helper_id, here.now - WINDOW)
    found = from_pots(deed, by_pot, before, watch_of(here.ruleset))
    if found is None:
        return ()
    known = uow.help_hours.games_known(here.place.id, here.now - WINDOW, settled_as=COUNTS)
    return () if is_known(found, known) else (found,)


def _day(match: Match, here: Ground) -> int:
    day = match.on_day or here.now.astimezone(ZoneInfo(here.place.timezone)).date()
    return day.toordinal()


def is_known(game: Game, known: Known) -> bool:
    """Whether somebody looked at the same kind of thing of the same people."""
    return (game.kind.value, game.accounts) in known


def all_games(uow: UnitOfWork, here: Ground) -> tuple[Game, ...]:
    """What the place's help of the window looks like; of a kind and its people the greatest."""
    greatest: dict[tuple[str, tuple[int, ...]], Game] = {}
    for game in games(_deeds(uow, here), watch_of(here.ruleset)):
        known = greatest.setdefault((game.kind.value, game.accounts), game)
        if game.minutes > known.minutes:
            greatest[game.kind.value, game.accounts] = game
    return tuple(greatest.values())


def raise_flag(
    uow: UnitOfWork, game: Game, here: Ground, *, dedupe_key: str, match_id: int | None = None
) -> bool:
    """Tell the custodians; whether it is new to them. Only numbers and codes are kept."""
    return uow.help_hours.flag(
        dedupe_key=dedupe_key, place_id=here.place.id, kind=game.kind.value, match_id=match_id,
        ref=uow.refs.new(here.place.id, "hours-flag"), raised_at=here.now,
        facts={
            "why": game.why, "accounts": list(game.accounts), "minutes": game.minutes,
            "helps": len(game.numbers), "day": game.day,
        },
    )  # fmt: skip


def _deed(match: Match, row: HelpHours, minutes: int, here: Ground) -> Deed | None:
    """The help as one that is done; None where it is no member's or nobody pays hours for it."""
    if row.payer_id is None or row.helper_id is None or match.organisation_id is not None:
        return None
    return Deed(
        match.id, row.helper_id, row.payer_id, minutes, _day(match, here), match.visit_start,
        match.visit_end,
    )  # fmt: skip


def _around(uow: UnitOfWork, deed: Deed, here: Ground) -> tuple[Game, ...]:
    """The games with this help in them. What two people do themselves tells of all but rings;
    only where each of the two gave and had as much as somebody in one is all help looked at."""
    watch = watch_of(here.ruleset)
    pair = (deed.helper, deed.asker)
    near = [*_deeds(uow, here, pair), deed]
    if _may_be_in_a_ring(near, pair, watch):
        near = [*_deeds(uow, here), deed]
    return games(near, watch)


def _may_be_in_a_ring(near: Iterable[Deed], pair: tuple[int, int], watch: Watch) -> bool:
    least = watch.ring
    for one in pair:
        gave = sum(deed.minutes for deed in near if deed.helper == one)
        had = sum(deed.minutes for deed in near if deed.asker == one)
        if not least or min(gave, had) < least:
            return False
    return True


def _deeds(uow: UnitOfWork, here: Ground, accounts: Iterable[int] | None = None) -> list[Deed]:
    zone = ZoneInfo(here.place.timezone)
    return uow.help_hours.deeds(here.place.id, here.now - WINDOW, zone, accounts)


def _are_members(uow: UnitOfWork, deed: Deed, here: Ground) -> bool:
    accounts = uow.ledger.accounts((deed.helper, deed.asker)).values()
    kinds = {(each.kind, each.place) for each in accounts}
    return kinds == {(AccountKind.MEMBER, here.place.id)}
