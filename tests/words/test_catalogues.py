"""Every word that the house says is in every catalogue, with the same gaps to fill in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "enabler" / "translations").glob("*/LC_MESSAGES/messages.po"))
GAP = re.compile(r"%\((\w+)\)[sd]|%%|</?\w+[^>]*>")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code says, as it is now."""
    found = tmp_path_factory.mktemp("words") / "words.pot"
    options = ["-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext", "--no-location", "-o", found]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *options]
    subprocess.run([*command, "enabler", "sms"], cwd=ROOT, check=True)
    with found.open("rb") as file:
        return read_po(file)


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
