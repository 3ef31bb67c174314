"""Files that people prepare: where in them something is wrong.

An error here has a code, a file, a line and a column; its sentence is the doors' business.
"""

from typing import Any

from enabler.domain.errors import EnablerError


class BadSource(EnablerError):
    """A file cannot be read as what it should be. Lines and columns count from 1."""

    default_code = "bad_source"

    def __init__(
        self, code: str, *, path: str = "", line: int = 1, column: int = 1, **facts: Any
    ) -> None:
        self.path = path
        self.line = line
        self.column = column
        super().__init__(code, **facts)

    def within(self, path: str) -> "BadSource":
        """The same error, said of the file at this path."""
        return BadSource(self.code, path=path, line=self.line, column=self.column, **self.facts)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character of a text, counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
