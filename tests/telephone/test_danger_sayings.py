"""How a saying of danger is written is how it is found."""

from collections.abc import Sequence

import pytest

from sms.dangers.files import FOLDER, sayings
from sms.dangers.index import Index
from sms.dangers.sayings import Writing
from sms.dangers.wording import words_of
from sms.reading import phrase_of, read

WRITING = Writing(
    {"who": ["he", "my_dad"]}, {"knife": ["chib"]}, [("ing", "in")], mutates=False
)  # fmt: skip


def parts_met(saying: str, text: str) -> int:
    """How many of the parts of the saying stand in the text."""
    index = Index()
    (sought,) = index.add([WRITING.saying(saying)])
    return len(sought.parts & index.spans(words_of(read(text)).words).keys())


@pytest.mark.parametrize(
    ("saying", "text", "met"),
    [
        ("knife", "a CHIB", 1),
        ("smoking", "smokin", 1),
        ("burn*", "burned", 1),
        ("burn", "burned", 0),
        ("unconscious~", "unconcious", 1),
        ("unconscious", "unconcious", 0),
        ("can't", "cant", 1),
        ("@who .. fell_over", "my dad has fell over", 2),
        ("fell_over", "fell right over", 0),
    ],
)
def test_a_part_is_met(saying: str, text: str, met: int) -> None:
    assert parts_met(saying, text) == met


@pytest.mark.parametrize("wrong", ["", "..", "fire ..", "@nobody", "fire &  & smoke", "|"])
def test_what_is_written_wrongly_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match=":"):
        WRITING.saying(wrong)


def test_files_of_one_language_are_one() -> None:
    codes: Sequence[str] = [file.code for file in sayings().files]
    assert len(codes) == len(set(codes))
    assert {"en", "cy"} <= set(codes) < {path.stem for path in FOLDER.glob("*.toml")}


def test_files_are_short_enough_to_be_read() -> None:
    long = [
        path.name for path in FOLDER.glob("*.toml") if path.read_text("utf-8").count("\n") > 300
    ]
    assert long == []


@pytest.mark.parametrize(
    ("text", "words", "sentences"),
    [
        ("Fiiire! Can't get out", ("fire", "cant", "get", "out"), (0, 1, 1, 1)),
        ("at 10.30. he's gone...", ("at", "10", "30", "hes", "gone"), (0, 0, 0, 1, 1)),
        ("why? gas/smoke", ("why", "gas", "smoke"), (0, 1, 1)),
        ("救命。起火", ("救", "命", "起", "火"), (0, 0, 1, 1)),
        ("حريق؟ كبير", ("حریق", "كبیر"), (0, 1)),
    ],
)
def test_a_text_is_heard_in_its_sentences(
    text: str, words: tuple[str, ...], sentences: tuple[int, ...]
) -> None:
    heard = words_of(read(text))
    assert (heard.words, heard.sentences) == (words, sentences)


@pytest.mark.parametrize(
    "phrase", ["can't breathe", "Chwe\u2019 chant", "k1ll me", "शराब पी ली", "no 24/7 help", "ẁedi"]
)
def test_a_listed_phrase_has_the_words_of_a_text(phrase: str) -> None:
    assert phrase_of(phrase) == read(phrase).words
