"""How long a text is on the air, against the vectors of a provider's own calculator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.segments import GSM, UCS2, measure
from tests.geography.shared import needs_shared, vectors

KNOWN = [
    ("", GSM, 1),
    ("a" * 160, GSM, 1),
    ("a" * 161, GSM, 2),
    ("€" * 80, GSM, 1),
    ("€" * 81, GSM, 2),
    ("a" * 152 + "€" + "a" * 153, GSM, 3),  # the escape pair is not cut in two
    ("Diolch \u2013 dŵr", UCS2, 1),
    ("it\u2019s", UCS2, 1),
    ("ŵ" * 71, UCS2, 2),
    ("😀" * 36, UCS2, 2),
    ("ŵ" * 66 + "😀" + "ŵ" * 66, UCS2, 3),  # nor is a surrogate pair
]


class TestATextOnTheAir:
    @needs_shared
    def test_is_measured_as_the_provider_does(self) -> None:
        cases = vectors("gsm_segments.json")
        assert len(cases) >= 10
        for case in cases:
            measured = measure(case["body"])
            found = (measured.encoding, measured.segments)
            assert found == (case["encoding"], case["segments"]), case["testDescription"]

    @pytest.mark.parametrize(("text", "encoding", "segments"), KNOWN)
    def test_is_measured_at_the_edges(self, text: str, encoding: str, segments: int) -> None:
        assert (measure(text).encoding, measure(text).segments) == (encoding, segments)

    @given(st.text(max_size=400), st.characters())
    def test_never_gets_shorter_when_something_is_added(self, text: str, letter: str) -> None:
        assert measure(text + letter).segments >= measure(text).segments

    @given(st.text(max_size=400))
    def test_has_room_for_its_units(self, text: str) -> None:
        measured = measure(text)
        room = 160 if measured.encoding == GSM else 70
        assert measured.units <= room * measured.segments
