"""Law 7: an asker's home, or one of somebody who does nothing, moves inside its cell."""

import re

import pytest

from tests.privacy.pairs import addresses, numbers, telling, unmoved
from tests.privacy.village import ASKERS, NOBODY
from tests.privacy.worlds import Worlds

OWNERS = (*ASKERS, *NOBODY)


@pytest.mark.prove("2.5")
def test_changes_no_byte_that_others_are_served(world: Worlds, full_size: bool) -> None:
    chosen = numbers(0, full_size=full_size)

    assert telling(world("spatialite"), OWNERS, chosen, full_size=full_size) == []


def test_an_address_is_read_only_by_those_entitled_and_each_sight_is_logged(world: Worlds) -> None:
    village = world("spatialite")
    day, read = unmoved(village, village.village.people, range(3), full_size=False), []

    for owner, address in addresses(village).items():
        here = re.compile(rb"\b" + address.encode())
        read += [(owner, label) for label, served in day.served.items() if here.search(served)]

    assert [what for what in read if not day.is_left_out(what[1], what[0])] == []
    viewers = {(stage, viewer) for owner, (_, stage, viewer, _) in read if viewer != owner}
    assert {("asked", "custodian"), ("asked", "safeguarding-lead"), ("answered", "hugo")} <= viewers
    assert {stage for stage, viewer in viewers if viewer == "hugo"} == {"answered"}
