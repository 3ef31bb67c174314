"""What looks like a code of ours, alone and before other words."""

import pytest

from sms.reading import read
from sms.understanding.codes import after_its_code, begins_with_code, is_code


@pytest.mark.parametrize("text", ["A1", "a 1", "B9", " c3 ", "AA1", "aa 1", "1", "b", "A"])
def test_a_code_stands_alone(text: str) -> None:
    assert is_code(read(text).words)


@pytest.mark.parametrize("text", ["A0", "abc1", "A12", "yes", "A1 B2", "my 2 cats", "BS3 4QT", ""])
def test_what_is_none(text: str) -> None:
    assert not is_code(read(text).words)


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("A1 theres smoke", "theres smoke"), ("a 1: theres smoke", "theres smoke"),
        ("AB2, theres smoke", "theres smoke"), ("A1", "A1"), ("B2 ...", "B2 ..."),
        ("my 2 yr old has swallowed bleach", "my 2 yr old has swallowed bleach"),
        ("im 9 and mummy fell", "im 9 and mummy fell"),
    ],
)  # fmt: skip
def test_what_is_said_behind_a_code(text: str, behind: str) -> None:
    assert after_its_code(read(text)).text == behind
    assert begins_with_code(text) == (behind != text or is_code(read(text).words[:1]))
