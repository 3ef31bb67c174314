"""Many pairs of days that differ in one home, of which nobody else may be able to tell."""

from collections.abc import Collection, Sequence
from itertools import cycle

from enabler.persistence.unit_of_work import reading
from tests.privacy.looking import Share
from tests.privacy.records import Record
from tests.privacy.village import a_move
from tests.privacy.worlds import World

PAIRS, ON_POSTGIS, AT_FULL_SIZE = 50, 3, 60
OF, OF_AT_FULL_SIZE = 50, 3
"""Day by day a pair looks at one page in so many (see ``Share``), and each pair at others, so that
over the pairs each route is looked at as everybody; at full size at many more, with every ref."""


def numbers(half: int, *, full_size: bool) -> range:
    """The numbers of the pairs of a file: every other one, from the first or the second."""
    return range(half, AT_FULL_SIZE if full_size else PAIRS, 2)


def turns(owners: Sequence[str], numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Each number with the owner whose turn it is."""
    return list(zip(numbers, cycle(owners), strict=False))


def telling(
    world: World, owners: Sequence[str], numbers: Sequence[int], *, full_size: bool
) -> list[str]:
    """What of the day tells, of any of the moves with these numbers; the owners take turns."""
    before, found = unmoved(world, owners, numbers, full_size=full_size), []
    for number, owner in turns(owners, numbers):
        move = a_move(world.app, world.village, number, owner)
        share = Share((number,), OF_AT_FULL_SIZE if full_size else OF)
        told = world.compare(before, move, share)
        found += [f"{number} {move.owner}: {what}" for what in told]
    return found


def unmoved(
    world: World, owners: Collection[str], numbers: Sequence[int], *, full_size: bool
) -> Record:
    """The day when nobody has moved, with all that any pair of these looks at."""
    share = Share(tuple(numbers), OF_AT_FULL_SIZE if full_size else OF)
    return world.live(None, share, owners)


def addresses(world: World) -> dict[str, str]:
    """Where everybody lives, by name."""
    with world.app.app_context(), reading() as uow:
        return {
            name: uow.homes.where(who.home_id or 0).address
            for name, who in world.village.people.items()
        }
