"""The cells of law 7, against the law read aloud and against a plain recomputation of it."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain.cells import SIDES_METRES, make_cells
from enabler.domain.geo import mean_metres

# Small steps make shared squares, equal distances and equal points likely.
homes = st.lists(
    st.tuples(
        st.integers(0, 40).map(lambda step: 400_000 + step * 125),
        st.integers(0, 40).map(lambda step: 300_000 + step * 125),
        st.sampled_from(["E05000001", "E05000002", "W05000003"]),
        st.one_of(st.just(-1), st.integers(0, 120)),
    ),
    min_size=1,
    max_size=60,
)
far_homes = st.lists(
    st.tuples(
        st.integers(0, 700_000), st.integers(0, 1_300_000), st.integers(1, 3), st.integers(-1, 150)
    ),
    min_size=1,
    max_size=40,
)


def cells_of(rows):
    return make_cells(*(np.array(column) for column in zip(*rows, strict=True)))


def counted(households):
    return 15 if households < 0 else households


def by_the_law(rows):
    """Law 7 word by word: for each home the ward, side, west and south of its cell."""
    cell = {}
    for side in SIDES_METRES:
        cell |= full_squares(rows, side, [row for row in range(len(rows)) if row not in cell])
    members = defaultdict(list)
    for row, square in cell.items():
        members[square].append(row)
    points = {square: mean_point(rows, those) for square, those in members.items()}
    return [
        cell.get(row) or nearest(points, ward, easting, northing) or whole_ward(rows, ward)
        for row, (easting, northing, ward, _) in enumerate(rows)
    ]


def full_squares(rows, side, free):
    squares = defaultdict(list)
    for row in free:
        easting, northing, ward, _ = rows[row]
        squares[ward, side, easting - easting % side, northing - northing % side].append(row)
    return {
        row: square
        for square, members in squares.items()
        if sum(counted(rows[row][3]) for row in members) >= 100
        for row in members
    }


def mean_point(rows, those):
    return tuple(mean_metres(sum(rows[row][axis] for row in those), len(those)) for axis in (0, 1))


def nearest(points, ward, easting, northing):
    distances = sorted(
        ((east - easting) ** 2 + (north - northing) ** 2, square)
        for square, (east, north) in points.items()
        if square[0] == ward
    )
    return distances[0][1] if distances else None


def whole_ward(rows, ward):
    east, north = mean_point(rows, [row for row, home in enumerate(rows) if home[2] == ward])
    return (ward, 4000, east - east % 4000, north - north % 4000)


def squares_of(cells):
    columns = (cells.ward, cells.side_metres, cells.west, cells.south)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(st.one_of(homes, far_homes))
def test_the_columns_agree_with_the_law_read_aloud(rows):
    cells = cells_of(rows)
    squares = squares_of(cells)
    assert [squares[cell] for cell in cells.of_postcode] == by_the_law(rows)


@given(st.one_of(homes, far_homes))
def test_every_home_is_in_one_cell_of_its_own_ward_whose_point_is_their_mean(rows):
    cells = cells_of(rows)
    members = defaultdict(list)
    for row, cell in enumerate(cells.of_postcode.tolist()):
        assert cells.ward[cell] == rows[row][2]
        members[cell].append(row)
    assert sorted(members) == list(range(len(cells)))
    for cell, those in members.items():
        assert (cells.easting[cell], cells.northing[cell]) == mean_point(rows, those)
        assert cells.households[cell] == sum(counted(rows[row][3]) for row in those)


@given(st.one_of(homes, far_homes))
def test_a_cell_under_a_hundred_households_is_all_of_its_ward(rows):
    cells = cells_of(rows)
    for cell in np.flatnonzero(cells.households < 100):
        assert (cells.ward == cells.ward[cell]).sum() == 1


@given(st.one_of(homes, far_homes))
def test_squares_lie_on_the_grid_and_no_two_of_a_ward_are_one(rows):
    cells = cells_of(rows)
    assert set(cells.side_metres.tolist()) <= set(SIDES_METRES)
    assert not (cells.west % cells.side_metres).any()
    assert not (cells.south % cells.side_metres).any()
    squares = squares_of(cells)
    assert squares == sorted(set(squares))


@given(st.one_of(homes, far_homes), st.randoms(use_true_random=False))
def test_the_order_of_postcodes_changes_nothing(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)

    straight, shuffled = cells_of(rows), cells_of([rows[row] for row in order])

    assert squares_of(straight) == squares_of(shuffled)
    for column in ("easting", "northing", "households"):
        assert getattr(straight, column).tolist() == getattr(shuffled, column).tolist()
    assert straight.of_postcode[order].tolist() == shuffled.of_postcode.tolist()


def test_the_smallest_square_that_fills_is_taken_and_the_rest_goes_up():
    close = [(400_010, 300_010, "A", -1)] * 7
    apart = [(400_260 + 10 * step, 300_010, "A", 20) for step in range(5)]
    cells = cells_of(close + apart)
    assert squares_of(cells) == [("A", 250, 400_000, 300_000), ("A", 250, 400_250, 300_000)]
    cells = cells_of(close + apart[:4])
    assert squares_of(cells) == [("A", 250, 400_000, 300_000)]
    assert cells.households.tolist() == [185]


def test_a_ward_whose_homes_fill_no_square_is_one_cell():
    cells = cells_of([(400_000 + 5_000 * step, 300_000, "A", 90) for step in range(3)])
    assert len(cells) == 1
    assert (cells.easting[0], cells.side_metres[0], cells.west[0]) == (405_000, 4000, 404_000)


@pytest.mark.parametrize("ward", [np.array([], dtype="U9"), np.array([], dtype=np.int64)])
def test_a_place_without_postcodes_has_no_cells(ward):
    cells = make_cells(np.array([], np.int64), np.array([], np.int64), ward)
    assert len(cells) == 0
    assert cells.of_postcode.tolist() == []
