"""Help that looks like a game: found each day, and told again to the desk of hours, where a
custodian decides; silence decides nothing."""

from datetime import datetime, timedelta

from enabler.domain.permissions import Action, Actor, require
from enabler.domain.vocabulary import Priority
from enabler.persistence.help_hours import HoursFlag
from enabler.persistence.hours_flags import UNPAID
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._games import WINDOW, all_games, is_known, raise_flag
from enabler.services._ground import Ground, ground
from enabler.services._leaving import tell_desk
from enabler.services._limits import proposed_to, tell_proposed
from enabler.services._looked_at import GAMES, people_in
from enabler.services._tell import tell


def look_over(*, actor: Actor, now: datetime) -> int:
    """Look over the help of the last 60 days, place by place; how many things custodians did not
    know. Nothing is held by it. Safe to run twice. Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    return sum(_look_over(place_id, now) for place_id in _places())


def remind(*, actor: Actor, now: datetime) -> int:
    """Mail custodians of help that has waited for the ruleset's days to be looked at, or for
    somebody to pay its hours; of who waits as long to leave the time bank, and of which place for
    an answer about limits; again after as many days more. How many were told. Safe to run twice.
    Raises NotAllowed."""
    require(actor, Action.RUN_JOBS)
    return sum(_remind(place_id, now) for place_id in _places())


def _places() -> list[int]:
    with reading() as uow:
        return [place.id for place in uow.places.all()]


def _look_over(place_id: int, now: datetime) -> int:
    with reading() as uow:
        here = ground(uow, place_id, now)
        if not here.ruleset.hours:
            return 0
        known = uow.help_hours.games_known(place_id, now - WINDOW)
        found = [game for game in all_games(uow, here) if not is_known(game, known)]
    if not found:
        return 0
    with unit_of_work() as uow:
        raised = [
            raise_flag(uow, game, here, dedupe_key=":".join(
                (game.kind.value, "-".join(map(str, game.accounts)), now.date().isoformat())
            ))
            for game in found
        ]  # fmt: skip
        uow.commit()
    return sum(raised)


def _remind(place_id: int, now: datetime) -> int:
    with unit_of_work() as uow:
        here = ground(uow, place_id, now)
        days = timedelta(days=here.ruleset.hours_look_days)
        waiting = uow.help_hours.flags_waiting(place_id, (*GAMES, UNPAID))
        due = [
            flag for flag in waiting
            if (flag.match_id or flag.kind == UNPAID) and now - flag.raised_at >= days
        ]  # fmt: skip
        told = 0
        if due:
            nth = (now - due[0].raised_at) // days
            told = sum(_tell(uow, each, due[0], nth, here) for each in _hands(uow, due, here))
        for leaver in uow.purses.leavers(place_id):
            nth = (now - leaver.asked_at) // days
            told += tell_desk(uow, leaver, nth, here) if nth else 0
        for proposed in proposed_to(uow, place_id) if here.ruleset.hours else ():
            nth = (now - proposed.asked_at) // days
            told += tell_proposed(uow, [proposed], nth, here) if nth else 0
        uow.commit()
    return told


def _hands(uow: UnitOfWork, flags: list[HoursFlag], here: Ground) -> list[int]:
    """Who can decide; where all of them stand in it themselves, all of them: they find somebody."""
    all_of_them = uow.staff.who_may(Action.KEEP_HOURS, here.place.id, here.now)
    return sorted(all_of_them - people_in(uow, flags) or all_of_them)


def _tell(uow: UnitOfWork, member_id: int, flag: HoursFlag, nth: int, here: Ground) -> bool:
    """The oldest tells of all that wait: one mail a day at most."""
    return tell(
        uow, place_id=here.place.id, member_id=member_id, template="hours_wait_staff",
        parameters={"flag": flag.ref}, priority=Priority.REMINDER, by_mail=True, now=here.now,
        dedupe_key=f"hours_wait:{flag.ref}:{nth}:{member_id}",
    )  # fmt: skip
