"""Law 7: the home of a helper, or of somebody who acts for an organisation, moves in its cell."""

import pytest

from tests.privacy.pairs import numbers, telling
from tests.privacy.village import ACTING, DRIVER, HELPERS, NEWCOMER
from tests.privacy.worlds import Worlds

OWNERS = (*HELPERS, *DRIVER, *NEWCOMER, *ACTING)


@pytest.mark.prove("2.5")
def test_changes_no_byte_that_others_are_served(world: Worlds, full_size: bool) -> None:
    chosen = numbers(1, full_size=full_size)

    assert telling(world("spatialite"), OWNERS, chosen, full_size=full_size) == []
