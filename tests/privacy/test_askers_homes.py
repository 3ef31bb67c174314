"""Law 7: an asker's home, or one of somebody who does nothing, moves inside its cell."""

import re

import pytest

from tests.privacy.pairs import AT_FULL_SIZE, OF, PAIRS, addresses, telling
from tests.privacy.village import ASKERS, NOBODY
from tests.privacy.worlds import Worlds

OWNERS = (*ASKERS, *NOBODY)


@pytest.mark.prove("2.5")
def test_changes_no_byte_that_others_are_served(world: Worlds, full_size: bool) -> None:
    numbers = range(AT_FULL_SIZE if full_size else PAIRS // 2)

    assert telling(world("spatialite"), OWNERS, numbers, full_size=full_size) == []


def test_an_address_is_read_only_by_those_entitled_and_each_sight_is_logged(world: Worlds) -> None:
    village = world("spatialite")
    day, read = village.unmoved(OF), []

    for owner, address in addresses(village).items():
        here = re.compile(rb"\b" + address.encode())
        read += [(owner, label) for label, served in day.served.items() if here.search(served)]

    assert [what for what in read if not day.is_left_out(what[1], what[0])] == []
    viewers = {(stage, viewer) for owner, (_, stage, viewer, _) in read if viewer != owner}
    assert {("asked", "custodian"), ("asked", "safeguarding-lead"), ("answered", "hugo")} <= viewers
    assert {stage for stage, viewer in viewers if viewer == "hugo"} == {"answered"}
