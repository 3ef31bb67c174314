"""Many pairs of days that differ in one home, of which nobody else may be able to tell."""

from collections.abc import Iterable, Sequence

from enabler.persistence.unit_of_work import reading
from tests.privacy.looking import Share
from tests.privacy.village import a_move
from tests.privacy.worlds import World

PAIRS, ON_POSTGIS, AT_FULL_SIZE = 50, 5, 100
OF = 25
"""Day by day a pair looks at one page in so many (see ``Share``), another one than its
neighbours, so that over the pairs each route is looked at as everybody; at full size at all."""


def telling(
    world: World, owners: Sequence[str], numbers: Iterable[int], *, full_size: bool
) -> list[str]:
    """What of the day tells, of any of the moves with these numbers; the owners take turns."""
    found = []
    for number in numbers:
        move = a_move(world.app, world.village, number, owners[number % len(owners)])
        share = Share() if full_size else Share(number, OF)
        found += [f"{number} {move.owner}: {what}" for what in world.compare(move, share)]
    return found


def addresses(world: World) -> dict[str, str]:
    """Where everybody lives, by name."""
    with world.app.app_context(), reading() as uow:
        return {
            name: uow.homes.where(who.home_id or 0).address
            for name, who in world.village.people.items()
        }
