"""The pairs of every day leave no page out, although each looks at a part of them."""

import pytest

from tests.privacy import test_askers_homes, test_helpers_homes
from tests.privacy.looking import OF_FOREMOST
from tests.privacy.pairs import OF, OF_AT_FULL_SIZE, numbers, turns

OWNERS = (test_askers_homes.OWNERS, test_helpers_homes.OWNERS)


def test_each_page_has_its_turn_as_everybody() -> None:
    all_of_them = [*numbers(0, full_size=False), *numbers(1, full_size=False)]
    assert {number % OF for number in all_of_them} == set(range(OF))


@pytest.mark.parametrize(("full_size", "of"), [(False, OF_FOREMOST), (True, OF_AT_FULL_SIZE)])
@pytest.mark.parametrize("half", [0, 1])
def test_pages_about_people_have_their_turn_for_each_of_them(
    half: int, full_size: bool, of: int
) -> None:
    pairs = turns(OWNERS[half], numbers(half, full_size=full_size))
    for owner in OWNERS[half]:
        seen = {number % of for number, whose in pairs if whose == owner}
        assert seen == set(range(of)), owner
