"""Prints a sheet as PDF: A4, large letters, black on white. The one module that imports fpdf."""

import logging
from datetime import datetime
from pathlib import Path
from typing import cast
from unicodedata import bidirectional, category

from fpdf import FPDF

from enabler.doors.words.sheets import Entry, Part, Sheet

FONTS = Path(__file__).resolve().parents[1] / "static" / "vendor" / "dejavu"
_FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_SIDE, _FOOT = 20, 22
"""Millimetres that stay white."""
_LINE = 0.52
"""Millimetres from line to line for each point of a letter's size."""
_ALL_PAGES, _NEVER = "{nb}", "\0"
"""At the foot the first stands for how many pages there will be; what people wrote has neither."""
_RIGHT_TO_LEFT = ("R", "AL", "AN")

# It would write to the log which letters of somebody's name the font does not have.
logging.getLogger("fpdf").setLevel(logging.ERROR)


def printed(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as a file. The same sheet and moment give the same bytes."""
    return bytes(_Paper(sheet, at).filled().output())


class _Paper(FPDF):
    """Sheets of paper with their number at the foot."""

    def __init__(self, sheet: Sheet, at: datetime) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        self.alias_nb_pages(_NEVER)
        self.set_creation_date(at)
        self.set_title(_plain(sheet.title))
        self.set_lang(sheet.language)
        self.set_margins(_SIDE, _SIDE)
        self.set_auto_page_break(True, _FOOT)
        for style, file in _FACES.items():
            self.add_font("DejaVu", style, FONTS / file)

    def filled(self) -> "_Paper":
        """With all that is on the sheet."""
        self.add_page()
        self._say(self._sheet.place, 13)
        self._say(self._sheet.title, 24, "B")
        for line in self._sheet.about:
            self._say(line, 13)
        self.ln(4)
        self._say(self._sheet.lead, 18, "B")
        for line in self._sheet.notes:
            self._say(line, 14)
        for part in self._sheet.parts:
            self._part(part)
        return self

    def footer(self) -> None:
        """Which of how many pages this is."""
        self.set_y(8 - _FOOT)
        self.alias_nb_pages(_ALL_PAGES)
        self._say(self._sheet.page_words(self.page_no(), _ALL_PAGES), 11)
        self.alias_nb_pages(_NEVER)

    def _part(self, part: Part) -> None:
        if self.will_page_break(40):  # no heading alone at a foot
            self.add_page()
        self.ln(6)
        self._say(part.heading, 17, "B")
        for entry in part.entries:
            self._entry(entry)
        self._rule()
        self._say(part.total, 14)

    def _entry(self, entry: Entry) -> None:
        """One movement, all on one page."""
        said = [(entry.what, "B"), (entry.words or "", ""), (entry.after, "")]
        if self.will_page_break(4 + sum(self._height(words, 14, style) for words, style in said)):
            self.add_page()
        self._rule()
        for words, style in said:
            if words:
                self._say(words, 14, style)

    def _rule(self) -> None:
        self.ln(2)
        self.line(_SIDE, self.y, self.w - _SIDE, self.y)
        self.ln(2)

    def _say(self, words: str, size: int, style: str = "") -> None:
        words = self._ready(words, size, style)
        self.multi_cell(0, size * _LINE, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def _height(self, words: str, size: int, style: str) -> float:
        """Millimetres that the words take."""
        words = self._ready(words, size, style)
        if not words:
            return 0.0
        height = self.multi_cell(0, size * _LINE, words, align="L", dry_run=True, output="HEIGHT")
        return cast(float, height)

    def _ready(self, words: str, size: int, style: str) -> str:
        words = _plain(words)
        self.set_font("DejaVu", style, size)
        # Letters that are written from right to left are put into order, and joined.
        self.set_text_shaping(any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in words))
        return words


def _plain(words: str) -> str:
    """Without what no printer has a letter for: control marks, and halves of letters."""
    kept = (letter if category(letter) not in ("Cc", "Cs", "Cf") else " " for letter in words)
    return " ".join("".join(kept).split())
