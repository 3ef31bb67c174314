"""Whoever has a telephone and no web can end by ringing what was agreed to."""

import pytest

from enabler.doors.words.mandate_letters import TEXTS


@pytest.mark.parametrize(
    "name",
    ["mandate_begun", "mandate_ends", "mandate_go_on", "mandate_word", "acted", "acted_today"],
)
def test_what_a_member_is_told_of_a_supporter_says_whom_to_ring(name: str) -> None:
    assert TEXTS[name].endswith("%(link)s%(ring)s")
