"""The guides speak in the words of the pages: what stands in bold is a word that a page says."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
OF_ITSELF = {"bold"}


def test_what_the_guide_of_custodians_names_is_on_the_pages() -> None:
    with (ROOT / "enabler/translations/cy/LC_MESSAGES/messages.po").open("rb") as catalogue:
        said = {str(word.id) for word in read_po(catalogue, locale="cy")}
    guide = (ROOT / "docs" / "custodians.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\*\*(.+?)\*\*", guide)) - OF_ITSELF
    assert len(named) > 20
    assert named - said == set()
