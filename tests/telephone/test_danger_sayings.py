"""How a saying of danger is written is how it is found."""

from collections.abc import Sequence

import pytest

from sms.dangers.files import FOLDER, sayings
from sms.dangers.index import Index
from sms.dangers.sayings import Writing
from sms.dangers.wording import words_of

WRITING = Writing(
    {"who": ["he", "my_dad"]}, {"knife": ["chib"]}, [("ing", "in")], mutates=False
)  # fmt: skip


def parts_met(saying: str, text: str) -> int:
    """How many of the parts of the saying stand in the text."""
    index = Index()
    (sought,) = index.add([WRITING.saying(saying)])
    return len(sought.parts & index.spans(words_of(text).words).keys())


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
