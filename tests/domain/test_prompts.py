"""Letters of questions: the first that is free, and what was answered of late rests."""

from enabler.domain.letters import TEMPLATES
from enabler.domain.prompts import ASKS, LETTERS, free_letter
from enabler.doors.words.prompts import ANSWERS

NETWORKS_OWN = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "start", "yes",
                          "unstop", "help", "info"})  # fmt: skip


class TestALetter:
    def test_is_the_first_that_nothing_has(self) -> None:
        assert free_letter(()) == "A"
        assert free_letter({"A", "C"}) == "B"

    def test_that_was_answered_of_late_rests(self) -> None:
        assert free_letter({"B"}, ["A"]) == "C"

    def test_comes_after_z_as_two(self) -> None:
        assert free_letter(set(LETTERS[:26])) == "AA"
        assert free_letter(set(LETTERS[:26]) | {"AA"}) == "AB"

    def test_is_the_one_that_rested_longest_where_none_is_free(self) -> None:
        assert free_letter(set(LETTERS) - {"Q", "D"}, ["Q", "D"]) == "Q"


class TestAnAnswer:
    def test_has_a_meaning_for_each_code(self) -> None:
        assert set(ASKS) <= set(TEMPLATES)
        assert {asks.kind: set(asks.options) for asks in ASKS.values()} == {
            kind: set(means) for kind, means in ANSWERS.items()
        }

    def test_means_no_word_that_a_network_takes_for_itself(self) -> None:
        said = {words.casefold() for means in ANSWERS.values() for words in means.values()}
        assert NETWORKS_OWN.isdisjoint(said)

    def test_is_never_asked_for_what_a_text_alone_may_not_do(self) -> None:
        for template in ("mandate_asked", "mandate_offered", "mandate_ends", "rely_asked",
                         "consent_receipt", "cost_noted", "question_asked"):  # fmt: skip
            assert template not in ASKS
