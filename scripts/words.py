"""Bring the catalogues in enabler/translations up to date with the words in the code.

    python -m scripts.words [LANGUAGE]

New words stand there untranslated, and the tests name each until it has its translation. With a
language that has no catalogue yet, one is begun.
"""

import io
import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "enabler" / "translations"
EXTRACT = ("extract", "-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext", "--no-location")
NOISE = re.compile(
    rb'"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    rb'|Last-Translator|Language-Team|Generated-By):.*\n'
)  # fmt: skip
"""Lines of a catalogue's head that change with every run and tell nobody anything."""


def extracted(into: Path) -> Catalog:
    """All words that the code says."""
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", *EXTRACT, "-o", str(into)]
    subprocess.run([*command, "enabler", "sms"], cwd=ROOT, check=True)
    with into.open("rb") as file:
        return read_po(file)


def read(path: Path) -> Catalog:
    """A catalogue as it is kept; an empty one where there is none."""
    language = path.parts[-3]
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def bring_up_to_date(path: Path, words: Catalog) -> int:
    """Add what is new, drop what nobody says any more; how many words have no translation."""
    kept = read(path)
    kept.update(words, no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    kept.header_comment = f"# The words of Enabler: {kept.locale and kept.locale.english_name}."
    kept.fuzzy = False
    written = io.BytesIO()
    write_po(written, kept, width=0, sort_output=True, ignore_obsolete=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(NOISE.sub(b"", written.getvalue()))
    return sum(not one.string or not all(one.string) for one in kept if one.id)


def main() -> None:
    """Each catalogue there is, and those of the languages that are named."""
    known = {path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po")}
    made = ROOT / ".make"
    made.mkdir(exist_ok=True)
    words = extracted(made / "words.pot")
    for language in sorted(known | set(sys.argv[1:])):
        left = bring_up_to_date(CATALOGUES / language / "LC_MESSAGES" / "messages.po", words)
        print(f"{language}: {len(words)} words, {left} to be translated")


if __name__ == "__main__":
    main()
