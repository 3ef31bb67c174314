"""Points, boxes and distances; and how far the transformation is from the definitive one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enabler.domain import geo
from enabler.domain.errors import Invalid
from enabler.domain.geo import Box, GridPoint, LatLon

# Ordnance Survey's published test points of OSTN15: degrees of ETRS89, metres of the grid.
OSTN15_POINTS = np.array(
    [
        (49.92226393730, -6.29977752014, 91492.146, 11318.804),
        (49.96006137820, -5.20304609998, 170370.718, 11572.405),
        (50.43885825610, -4.10864563561, 250359.811, 62016.569),
        (50.57563665000, -1.29782277240, 449816.371, 75335.861),
        (50.93127937910, -1.45051433700, 438710.920, 114792.250),
        (51.40078220140, -3.55128349240, 292184.870, 168003.465),
        (51.37447025550, 1.44454730409, 639821.835, 169565.858),
        (51.42754743020, -2.54407618349, 362269.991, 169978.690),
        (51.48936564950, -0.11992557180, 530624.974, 178388.464),
        (51.85890896400, -4.30852476960, 241124.584, 220332.641),
        (51.89436637350, 0.89724327012, 599445.590, 225722.826),
        (52.25529381630, -2.15458614387, 389544.190, 261912.153),
        (52.25160951230, -0.91248956970, 474335.969, 262047.755),
        (52.75136687170, 0.40153547065, 562180.547, 319784.995),
        (52.96219109410, -1.19747655922, 454002.834, 340834.943),
        (53.34480280190, -2.64049320810, 357455.843, 383290.436),
        (53.41628516040, -4.28918069756, 247958.971, 393492.909),
        (53.41630925420, -4.28917792869, 247959.241, 393495.583),
        (53.77911025760, -3.04045490691, 331534.564, 431920.794),
        (53.80021519630, -1.66379168242, 422242.186, 433818.701),
        (54.08666318080, -4.63452168212, 227778.330, 468847.388),
        (54.11685144290, -0.07773133187, 525745.670, 470703.214),
        (54.32919541010, -4.38849118133, 244780.636, 495254.887),
        (54.89542340420, -2.93827741149, 339921.145, 556034.761),
        (54.97912273660, -1.61657685184, 424639.355, 565012.703),
        (55.85399952950, -4.29649016251, 256340.925, 664697.269),
        (55.92478265510, -3.29479219337, 319188.434, 670947.534),
        (57.00606696050, -5.82836691850, 167634.202, 797067.144),
        (57.13902518960, -2.04856030746, 397160.491, 805349.736),
        (57.48625000720, -4.21926398555, 267056.768, 846176.972),
        (57.81351838410, -8.57854456076, 9587.909, 899448.996),
        (58.21262247180, -7.59255560556, 71713.132, 938516.404),
        (58.51560361300, -6.26091455533, 151968.652, 966483.780),
        (58.58120461280, -3.72631022121, 299721.891, 967202.992),
        (59.03743871190, -3.21454001115, 330398.323, 1017347.016),
        (59.09335035320, -4.41757674598, 261596.778, 1025447.602),
        (59.09671617400, -5.82799339844, 180862.461, 1029604.114),
        (59.53470794490, -1.62516966058, 421300.525, 1072147.239),
        (59.85409913890, -1.27486910356, 440725.073, 1107878.448),
        (60.13308091660, -2.07382822798, 395999.668, 1138728.951),
    ]
)

grid_points = st.builds(
    GridPoint,
    st.integers(0, geo.GRID_WIDTH_METRES),
    st.integers(0, geo.GRID_HEIGHT_METRES),
)


class TestTheErrorOfTheTransformation:
    def test_is_three_and_a_half_metres_at_the_worked_example(self):
        """Caister water tower, Transformations and OSGM15 User Guide, annex A."""
        lat, lon = 52 + 39 / 60 + 28.8282 / 3600, 1 + 42 / 60 + 57.8663 / 3600
        easting, northing = geo.to_grid_exactly(np.array([lat]), np.array([lon]))

        error = np.hypot(easting - 651409.804, northing - 313177.450)

        assert error[0] == pytest.approx(3.45, abs=0.05)

    def test_is_as_documented_over_the_forty_published_points(self):
        easting, northing = geo.to_grid_exactly(OSTN15_POINTS[:, 0], OSTN15_POINTS[:, 1])

        error = np.hypot(easting - OSTN15_POINTS[:, 2], northing - OSTN15_POINTS[:, 3])

        assert np.median(error) == pytest.approx(1.77, abs=0.05)
        assert error.max() == pytest.approx(4.94, abs=0.05)


class TestToGridAndBack:
    @given(grid_points)
    def test_a_point_comes_back_where_it_was(self, point):
        assert geo.to_grid(geo.to_lat_lon(point)) == point

    @given(st.lists(grid_points, min_size=1, max_size=20))
    def test_columns_say_what_single_points_say(self, points):
        easting = np.array([point.easting for point in points])
        northing = np.array([point.northing for point in points])

        lat, lon = geo.to_lat_lon_columns(easting, northing)
        back = geo.to_grid_columns(lat, lon)

        assert [LatLon(*pair) for pair in zip(lat, lon, strict=True)] == [
            geo.to_lat_lon(point) for point in points
        ]
        assert list(back.easting) == list(easting)
        assert list(back.northing) == list(northing)

    @pytest.mark.parametrize("there", [LatLon(0, 0), LatLon(90, 0), LatLon(-51.45, 2.58)])
    def test_a_point_far_from_britain_is_refused(self, there):
        with pytest.raises(Invalid) as refusal:
            geo.to_grid(there)
        assert (refusal.value.field, refusal.value.code) == ("point", "point_outside_grid")

    def test_the_row_off_the_grid_is_named(self):
        with pytest.raises(Invalid) as refusal:
            geo.to_grid_columns(np.array([51.45, 10.0]), np.array([-2.58, 10.0]))
        assert refusal.value.facts == {"row": 1}

    @pytest.mark.parametrize(
        ("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))]
    )
    def test_what_is_nowhere_on_earth_is_refused(self, lat, lon):
        with pytest.raises(Invalid):
            LatLon(lat, lon)


class TestDistance:
    def test_is_the_straight_line_to_the_nearest_metre(self):
        origin = GridPoint(0, 0)
        assert geo.distance_metres(origin, GridPoint(3000, 4000)) == 5000
        assert geo.distance_metres(origin, GridPoint(1, 1)) == 1
        assert geo.distance_metres(origin, GridPoint(2, 2)) == 3

    @given(grid_points, st.lists(grid_points, min_size=1, max_size=20))
    def test_is_the_same_for_columns_and_either_way_round(self, one, others):
        easting = np.array([point.easting for point in others])
        northing = np.array([point.northing for point in others])

        singly = [geo.distance_metres(one, other) for other in others]

        assert list(geo.distances_metres(one, easting, northing)) == singly
        assert [geo.distance_metres(other, one) for other in others] == singly


class TestBoxes:
    @given(grid_points, grid_points, st.integers(0, 50_000))
    def test_a_box_around_a_point_holds_all_within_its_reach(self, centre, other, metres):
        if geo.distance_metres(centre, other) < metres:
            assert geo.box_around(centre, metres).contains(other)

    @given(st.lists(grid_points, min_size=1, max_size=10))
    def test_a_box_of_points_holds_each_and_no_more(self, points):
        box = geo.box_of(points)
        assert all(box.contains(point) for point in points)
        assert box == Box(
            min(p.easting for p in points),
            min(p.northing for p in points),
            max(p.easting for p in points),
            max(p.northing for p in points),
        )


def test_a_mean_is_rounded_half_up_without_floats():
    point = geo.mean_of(np.array([10, 11]), np.array([10, 10]))
    assert point == GridPoint(11, 10)
