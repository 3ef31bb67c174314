"""Every word that the house says is in every catalogue, with the same gaps to fill in."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.words import CATALOGUES as FOLDER
from scripts.words import extracted, read

CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))
GAP = re.compile(r"%\((\w+)\)[sd]|%%|</?\w+[^>]*>")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says, as it is now."""
    return extracted(tmp_path_factory.mktemp("words") / "words.pot")


def forms(message: Message) -> tuple[str, ...]:
    """All that a message says: one form, or one for each kind of number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_everything_is_translated(path: Path, said: Catalog) -> None:
    kept = read(path)
    missing = [one.id for one in said if one.id and not (
        one.id in kept and kept[one.id].string and all(forms(kept[one.id])))]  # fmt: skip
    assert missing == [], "run make words, then translate these"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_filled_in_is_the_same(path: Path) -> None:
    """Names of values and tags; a form for a number may say the number in words."""
    wrong = []
    for one in read(path):
        ids = one.id if isinstance(one.id, tuple) else (one.id,)
        wanted = {gap[0] for gap in GAP.finditer(ids[-1])}
        for form in forms(one) if one.id else ():
            found = {gap[0] for gap in GAP.finditer(form)}
            without_number = isinstance(one.id, tuple) and {
                gap for gap in wanted - found if gap.startswith("%(")
            } <= {"%(num)d", "%(count)d", "%(n)d", "%(number)d"}
            if found != wanted and not (found < wanted and without_number):
                wrong.append((one.id, form))
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_only_guessed(path: Path) -> None:
    assert [one.id for one in read(path) if one.id and one.fuzzy] == []
