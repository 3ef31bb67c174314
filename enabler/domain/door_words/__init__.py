"""The word that is said at the door, by which whoever opens knows that it is the helper.

The words lie in ``words.toml`` beside this module.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

OTHERWISE = "en"


def _load() -> Mapping[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
    return {language: tuple(words) for language, words in tomllib.loads(text).items()}


WORDS: Mapping[str, tuple[str, ...]] = _load()
"""By language."""


def a_word(language: str, choose: Callable[[Sequence[str]], str]) -> str:
    """A word of this language (English where there are none), as ``choose`` draws it."""
    return choose(WORDS.get(language, WORDS[OTHERWISE]))
