"""What another place proposes about hours between the two, and who hears of it."""

from collections.abc import Iterable

from enabler.domain.letters import About
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import Priority
from enabler.persistence.agreements import Agreement
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._tell import tell

WAITING = "waiting"


def proposed_to(uow: UnitOfWork, place_id: int) -> tuple[Agreement, ...]:
    """What other places propose and wait for this one to answer, as it sees it."""
    standing = uow.agreements.standing(place_id)
    return tuple(a for a in standing if a.state == WAITING and a.proposer_id != place_id)


def tell_proposed(uow: UnitOfWork, proposed: Iterable[Agreement], nth: int, here: Ground) -> int:
    """Mail the custodians of the place that has to answer, but not who proposed it there; how many
    were told. ``nth``: 0 when it is proposed, then the number of the reminder."""
    hands = uow.staff.who_may(Action.AGREE_LIMITS, here.place.id, here.now)
    return sum(
        tell(
            uow, place_id=here.place.id, member_id=member_id, template="hours_limits_staff",
            parameters={"limits": str(one.id)}, priority=Priority.REMINDER, by_mail=True,
            now=here.now, dedupe_key=f"hours_limits:{one.id}:{nth}:{member_id}",
        )
        for one in proposed for member_id in sorted(hands - {one.asked_by})
    )  # fmt: skip


def limits_subject(uow: UnitOfWork, place_id: int, identity: str) -> About:
    """Limits that another place proposes, while they wait. The message leads to a page without a
    ref."""
    waits = [one for one in proposed_to(uow, place_id) if str(one.id) == identity]
    name = uow.places.by_id(waits[0].with_place_id).name if waits else None
    return About(
        kind="limits", ref="", state=WAITING if waits else "settled", organisation=name
    )  # fmt: skip
