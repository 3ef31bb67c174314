"""Forms that were begun: what was typed comes back as it was, to its browser, for a day."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.persistence.tables.drafts import DraftRow
from enabler.services import drafts
from tests.geography.shared import needs_shared, vectors
from tests.identity.town import NOW, SECOND, Town, columns, rows
from tests.keeping import end_what_is_over

DAY = timedelta(days=1)
FORM = "needs.new"
ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=200)
ANSWERS = st.dictionaries(
    ANY_TEXT,
    ANY_TEXT | st.lists(ANY_TEXT, max_size=5) | st.integers(-(2**53), 2**53) | st.none(),
    max_size=8,
)


def keep(town: Town, answers: dict[str, Any], now: Any = NOW, **other: Any) -> None:
    """Keep answers."""
    which = {"browser": "b1", "form": FORM, **other}
    drafts.keep(**which, answers=answers, secrets=town.secrets, now=now)


def read(town: Town, now: Any = NOW, **other: Any) -> dict[str, Any]:
    """Read answers."""
    which = {"browser": "b1", "form": FORM, **other}
    return drafts.read(**which, secrets=town.secrets, now=now)


class TestWhatIsTyped:
    @given(answers=ANSWERS)
    @settings(
        max_examples=60, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip
    def test_comes_back_as_it_was(self, town: Town, answers: dict[str, Any]) -> None:
        keep(town, answers)
        assert read(town) == answers

    def test_comes_back_whatever_it_is(self, town: Town) -> None:
        for text in ("\0", "a\0b", "\ud800", "\U0010ffff", "\u202e", "\\u0000"):
            keep(town, {"words": text, text: "name"})
            assert read(town) == {"words": text, text: "name"}

    @needs_shared
    def test_comes_back_although_it_is_naughty(self, town: Town) -> None:
        strings = vectors("naughty_strings.json")
        assert len(strings) > 500
        for start in range(0, len(strings), 50):
            answers = {"words": strings[start : start + 50]}
            keep(town, answers)
            assert read(town) == answers

    def test_is_replaced_by_what_is_typed_later(self, town: Town) -> None:
        keep(town, {"words": "a", "postcode": "b"})
        keep(town, {"words": "c"})
        assert read(town) == {"words": "c"}
        assert rows(DraftRow) == 1

    def test_may_have_64_kib(self, town: Town) -> None:
        room = 64 * 1024 - len('{"w": ""}')
        keep(town, {"w": "x" * room})
        keep(town, {"w": "é" * (room // 2)})
        for longer in ("x" * (room + 1), "é" * (room // 2 + 1), "\ud800" * (room // 3 + 1)):
            with pytest.raises(Invalid) as wrong:
                keep(town, {"w": longer})
            assert (wrong.value.field, wrong.value.code) == (FORM, "draft_too_long")
        assert len(read(town)["w"]) == room // 2


class TestADraft:
    def test_is_its_browsers_and_its_forms(self, town: Town) -> None:
        keep(town, {"words": "mine"})
        assert read(town, browser="b2") == {}
        assert read(town, form="offers.new") == {}
        keep(town, {"words": "theirs"}, browser="b2")
        keep(town, {"words": "other"}, form="offers.new")
        assert read(town) == {"words": "mine"}

    def test_keeps_no_token(self, town: Town) -> None:
        keep(town, {}, browser="a browser's token")
        [(kept,)] = columns(DraftRow, "browser_hash")
        assert "token" not in kept

    def test_lasts_a_day_from_when_it_was_kept_last(self, town: Town) -> None:
        keep(town, {"words": "x"})
        assert read(town, NOW + DAY - SECOND) == {"words": "x"}
        assert read(town, NOW + DAY) == {}
        keep(town, {"words": "x"}, NOW + DAY)
        assert read(town, NOW + 2 * DAY - SECOND) == {"words": "x"}

    def test_is_dropped_after_a_day(self, town: Town) -> None:
        keep(town, {"words": "x"})
        end_what_is_over(now=NOW + DAY - SECOND)
        assert rows(DraftRow) == 1
        end_what_is_over(now=NOW + DAY + SECOND)
        assert rows(DraftRow) == 0

    def test_is_dropped_when_it_was_sent(self, town: Town) -> None:
        keep(town, {"words": "x"})
        keep(town, {"words": "y"}, form="offers.new")
        drafts.drop(browser="b1", form=FORM, secrets=town.secrets)
        assert read(town) == {}
        assert read(town, form="offers.new") == {"words": "y"}

    def test_survives_signing_in(self, town: Town) -> None:
        keep(town, {"words": "x"})
        town.join()
        assert read(town) == {"words": "x"}
