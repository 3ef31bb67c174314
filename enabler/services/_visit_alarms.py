"""Who is told of a visit that nobody has come out of, or where somebody needs help now."""

from datetime import datetime

from enabler.domain.matches import Match
from enabler.domain.needs import Need
from enabler.domain.visits import Stage, Visit
from enabler.domain.vocabulary import Priority, Role
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._tell import tell

_OF_HELPER = {Stage.ARRIVED: "visit_not_arrived", Stage.HELPER: "visit_overdue"}
_ROLES = {Stage.CUSTODIANS: (Role.CUSTODIAN,), Stage.LEADS: (Role.SAFEGUARDING_LEAD,)}
_OTHERWISE = (Role.SAFEGUARDING_LEAD, Role.CUSTODIAN, Role.ADMINISTRATOR)


def wake(
    uow: UnitOfWork, match: Match, need: Need, visit: Visit, stage: Stage, now: datetime
) -> int:  # fmt: skip
    """Queue what is said at a stage of the alarm, in quiet hours too; how many are told."""
    if stage in _OF_HELPER:
        told = _who_go(uow, match, now)
        return _tell(uow, match, told, _OF_HELPER[stage], visit, stage, now)
    told = _staff(uow, match, need, _roles(uow, match, need, stage), now)
    return _tell(uow, match, told, "visit_overdue_staff", visit, stage, now)


def _roles(uow: UnitOfWork, match: Match, need: Need, stage: Stage) -> tuple[Role, ...]:
    """Whoever is hidden is found by the leads alone, so these hear of it as soon as anybody."""
    sides = (need.asker_id, match.helper_id)
    hidden = any(each is not None and uow.hidden.of(each) is not None for each in sides)
    return (*_ROLES[stage], *(_ROLES[Stage.LEADS] if hidden and stage < Stage.LEADS else ()))


def _who_go(uow: UnitOfWork, match: Match, now: datetime) -> list[int]:
    """The helper; of an organisation that has chosen nobody to go, those who lead it."""
    if match.helper_id is not None:
        return [match.helper_id]
    return list(uow.organisations.leads(match.organisation_id or 0, now))


def stuck_now(uow: UnitOfWork, match: Match, need: Need, here: Ground) -> None:
    """Somebody needs help now: custodians and leads hear of it at once."""
    told = sorted({
        member_id for roles in _ROLES.values()
        for member_id in _staff(uow, match, need, roles, here.now)
    })  # fmt: skip
    for member_id in told:
        _letter(uow, match, member_id, "visit_stuck_staff", here.now.isoformat(), here.now)


def _staff(
    uow: UnitOfWork, match: Match, need: Need, roles: tuple[Role, ...], now: datetime
) -> list[int]:
    """Those with such a role who are not on a side of the match; where there is nobody, whoever
    else of the desk there is, so that an alarm never goes nowhere."""
    hands = uow.staff.at_desk(need.place_id, now)
    parties = {match.helper_id, need.asker_id}
    for wanted in (roles, *((role,) for role in _OTHERWISE)):
        found = {hand.member_id for hand in hands if hand.role in wanted} - parties
        if found:
            return sorted(each for each in found if each is not None)
    return sorted({hand.member_id for hand in hands})


def _tell(
    uow: UnitOfWork, match: Match, members: list[int], template: str, visit: Visit, stage: Stage,
    now: datetime,
) -> int:  # fmt: skip
    of = f"{int(stage)}:{visit.until_at.isoformat() if visit.until_at else ''}"
    return sum(_letter(uow, match, each, template, of, now) for each in members)


def _letter(
    uow: UnitOfWork, match: Match, member_id: int, template: str, of: str, now: datetime
) -> bool:
    return tell(
        uow, place_id=match.place_id, member_id=member_id, template=template,
        parameters={"match": match.ref}, priority=Priority.SAFETY, now=now,
        dedupe_key=f"{template}:{match.ref}:{member_id}:{of}",
    )  # fmt: skip
