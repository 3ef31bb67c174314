"""As much again in the other place: one more of everything, of people whom nobody knows."""

from enabler.persistence.unit_of_work import unit_of_work
from tests.authorisation.acting import another_shop
from tests.authorisation.rights import another_elected, rights_of
from tests.authorisation.things import things_of
from tests.authorisation.whose import Owner, Refs
from tests.authorisation.worlds import World
from tests.builders import a_member

NAME = "yonder"


def make_noise(world: World) -> None:
    """More of everything where nobody of here lives. Needs the app's context."""
    place = world.elsewhere
    asker, helper = (
        a_member(place, f"{name} Yonder", at=(1900, north), mail=True)
        for name, north in (("Yan", 300), ("Tan", 500))
    )
    owner = Owner(NAME, asker, helper)
    refs: Refs = world.refs | another_shop(place, "Shop-yonder", NAME, world.secrets)
    elected = another_elected(place)
    with unit_of_work() as uow:
        made = things_of(uow, owner, (owner, owner), refs, world.secrets)
        rights_of(uow, owner, made["need", NAME], world.principals, elected)
        uow.commit()
