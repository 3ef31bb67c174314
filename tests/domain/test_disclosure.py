"""Who may read an address, and how near two homes may be said to be."""

from itertools import pairwise, product

import pytest

from enabler.domain.disclosure import distance_band

SIDES = (0, 250, 500, 1000, 2000, 4000)


@pytest.mark.parametrize(("one", "other"), list(product(SIDES, SIDES)))
def test_a_band_is_no_finer_than_the_larger_cell(one: int, other: int) -> None:
    bands = sorted({distance_band(metres, one, other) for metres in range(0, 20_000, 7)})
    widths = {upper - lower for lower, upper in pairwise(bands)}
    assert widths == {max(one, other, 500)}
    assert bands[0] == max(one, other, 500)


def test_a_band_holds_its_distance() -> None:
    for metres in (0, 1, 499, 500, 501, 999, 1000, 1001, 12_345):
        upper = distance_band(metres, 250, 500)
        assert upper - 500 <= metres <= upper
