"""Which ward a point lies in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from enabler.domain.geo import to_grid_columns
from enabler.domain.wards import as_multipolygon, on_the_grid, wards_of

OUTLINES = [box(0, 0, 100, 100), box(100, 0, 200, 100), box(400, 0, 500, 100)]
steps = st.integers(-50, 550)


def ward_of(*points):
    easting, northing = (np.array(axis) for axis in zip(*points, strict=True))
    return wards_of(OUTLINES, easting, northing)


def test_a_point_inside_is_in_its_ward():
    found = ward_of((50, 50), (150, 50), (450, 99))
    assert found.ward.tolist() == [0, 1, 2]
    assert found.metres_outside.tolist() == [0, 0, 0]


def test_a_point_on_a_shared_edge_is_in_the_ward_given_first():
    assert ward_of((100, 50), (100, 0)).ward.tolist() == [0, 0]


def test_a_point_outside_belongs_to_the_nearest_of_equals_the_first():
    found = ward_of((210, 50), (390, 50), (300, 50), (100, -7))
    assert found.ward.tolist() == [1, 2, 1, 0]
    assert found.metres_outside.tolist() == [10, 10, 100, 7]


@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=30))
def test_every_point_has_the_ward_that_measuring_them_all_gives(points):
    found = ward_of(*points)
    for place, point in enumerate(points):
        distances = [outline.distance(Point(point)) for outline in OUTLINES]
        assert found.ward[place] == int(np.argmin(distances))
        assert found.metres_outside[place] == min(distances)


def test_a_hole_is_outside():
    ring = Polygon(box(0, 0, 90, 90).exterior, [box(30, 30, 60, 60).exterior])
    inner = box(30, 30, 60, 60)
    assert wards_of([ring, inner], np.array([45]), np.array([45])).ward.tolist() == [1]


def test_outlines_in_degrees_come_to_the_grid():
    square = box(-2.6, 51.4, -2.5, 51.5)
    corner = to_grid_columns(np.array([51.4]), np.array([-2.6]))
    west, south, _, _ = on_the_grid(square).bounds
    assert abs(west - corner.easting[0]) < 100
    assert abs(south - corner.northing[0]) < 100


def test_an_outline_that_crosses_itself_keeps_what_it_encloses():
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    mended = as_multipolygon(bow_tie)
    assert isinstance(mended, MultiPolygon)
    assert mended.is_valid
    assert mended.area == 50


def test_what_has_no_area_leaves_nothing():
    assert as_multipolygon(Polygon([(0, 0), (1, 1), (2, 2)])).is_empty
