"""GeoJSON, read strictly."""

import pytest

from enabler.domain.geojson import read_features
from enabler.domain.sources import BadSource
from tests.geography.shared import needs_shared, vectors

ADVICE_ONLY = {
    "geojsonhint/bad-polygon-interiorring-rhr.geojson",
    "geojsonhint/polygon_winding_order.geojson",
    "geojsonhint/excessive_precision_truncated.geojson",
    "geojsonhint/geometrycollection_single.geojson",
    "geojsonhint/geometrycollection_nested.geojson",
    "check-geojson/geometrycollection_nested.geojson",
}
"""What the RFC says one SHOULD NOT write, and a reader must not refuse (3.1.6, 3.1.8, 11.2)."""


def mistake_in(text):
    with pytest.raises(BadSource) as refusal:
        read_features(text)
    return refusal.value


@needs_shared
class TestTheSharedVectors:
    """Files of check-geojson and geojsonhint."""

    def test_every_good_file_is_read(self):
        good = vectors("geojson_good_bad.json")["good"]
        assert len(good) > 30
        for name, text in good.items():
            assert read_features(text), name

    def test_every_bad_file_is_refused_with_a_place(self):
        bad = vectors("geojson_good_bad.json")["bad"]
        assert set(bad) > ADVICE_ONLY
        for name, text in bad.items():
            if name in ADVICE_ONLY:
                assert read_features(text), name
                continue
            mistake = mistake_in(text)
            lines = text.split("\n")
            assert 1 <= mistake.line <= len(lines), name
            assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1, name


FEATURES = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"code": "A"}, "geometry": null},
  {"type": "Feature", "properties": {"code": "B"},
   "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}
]}"""


def test_features_know_where_they_begin():
    features = read_features(FEATURES)
    assert [(f.properties["code"], f.line, f.column) for f in features] == [
        ("A", 2, 3),
        ("B", 3, 3),
    ]
    assert features[0].geometry is None
    assert features[1].geometry.area == 0.5


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (FEATURES.replace("[1, 1]", '[1, "1"]'), "geojson_position", 4, 73),
        (FEATURES.replace(", [0, 0]]]", ", [0, 9]]]"), "geojson_open_ring", 4, 52),
        (FEATURES.replace('"type": "Polygon"', '"type": "Square"'), "geojson_type", 4, 25),
        (FEATURES.replace("null}", "null}}"), "json_broken", 2, 69),
        (FEATURES.replace('"geometry": null', '"geometry": NaN'), "json_no_number", 1, 1),
        ("", "json_broken", 1, 1),
        ("[]", "geojson_no_object", 1, 1),
        ("[" * 100_000, "json_too_big", 1, 1),
        ('{"type": "Point", "coordinates": [1' + "0" * 5000 + ", 2]}", "json_too_big", 1, 1),
        ('{"type": "Point", "coordinates": [1e999, 2]}', "geojson_position", 1, 35),
        ('{"type": "Point", "coordinates": [1' + "0" * 400 + ", 2]}", "geojson_position", 1, 35),
        ('{"type": "LineString", "coordinates": [[0, 1], [0, 1, 2]]}', "geojson_position", 1, 1),
        ('{"type": "GeometryCollection", "geometries": [' * 900 + "]}" * 900, "json_too_big", 1, 1),
        ('{"type": "Point", "coordinates": [true, 2]}', "geojson_position", 1, 35),
    ],
)
def test_a_mistake_is_named_with_its_line_and_column(text, code, line, column):
    mistake = mistake_in(text)
    assert (mistake.code, mistake.line, mistake.column) == (code, line, column)


def test_a_mistake_is_said_of_a_file():
    mistake = mistake_in("[]").within("wards.geojson")
    assert (mistake.path, mistake.line, mistake.code) == ("wards.geojson", 1, "geojson_no_object")
