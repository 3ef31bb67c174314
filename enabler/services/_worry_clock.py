"""The clock of a worry: minutes of the leads' working time, by the place's plan and ruleset."""

from collections.abc import Callable
from datetime import date, datetime

from enabler.domain.bank_holidays import country_of, is_bank_holiday
from enabler.domain.working_time import after_working, at_work
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground, ground


def due_of(uow: UnitOfWork, place_id: int, start: datetime, *, times: int = 1) -> datetime:
    """By when a lead is to have seen what was told at ``start``; ``times`` that long."""
    here = ground(uow, place_id, start, alone=True)
    hours = uow.safeguarding.plan(place_id).hours
    minutes = here.ruleset.worry_minutes * times
    return after_working(start, minutes, hours, here.place.timezone, _closed(here))


def leads_at_work(uow: UnitOfWork, place_id: int, now: datetime) -> bool:
    """Whether somebody looks at a worry now; else the page says when they do."""
    here = ground(uow, place_id, now, alone=True)
    hours = uow.safeguarding.plan(place_id).hours
    return at_work(now, hours, here.place.timezone, _closed(here))


def _closed(here: Ground) -> Callable[[date], bool]:
    whose = country_of(here.place.authority_code, here.ruleset.bank_holidays)
    return lambda day: is_bank_holiday(whose, day)
