"""Law 7 on the other database: a home of each kind moves inside its cell."""

import pytest

from tests.privacy.pairs import AT_FULL_SIZE, ON_POSTGIS, telling
from tests.privacy.worlds import Worlds

OWNERS = ("asha", "hal", "nell", "hugo", "ursula")


@pytest.mark.prove("2.5")
def test_changes_no_byte_that_others_are_served(world: Worlds, full_size: bool) -> None:
    chosen = range(AT_FULL_SIZE // 4 if full_size else ON_POSTGIS)

    assert telling(world("postgis"), OWNERS, chosen, full_size=full_size) == []
