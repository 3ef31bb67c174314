"""A text laid out as its words with one space between, to find in it what has a form."""

from bisect import bisect_right

from sms.reading import Said
from sms.times.pieces import Span


class Laid:
    """``plain``: the words with one space between; ``starts``: where each begins in it."""

    def __init__(self, said: Said) -> None:
        self.said = said
        self.plain = " ".join(said.words)
        self.starts: list[int] = []
        at = 0
        for word in said.words:
            self.starts.append(at)
            at += len(word) + 1

    def is_capital(self, at: int) -> bool:
        """Whether the word was typed with a capital at its beginning."""
        return self.said.text[self.said.tokens[at].begin].isupper()

    def word(self, at: int) -> str:
        """The word there, or nothing."""
        return self.said.words[at] if 0 <= at < len(self.said.words) else ""

    def span(self, begin: int, end: int) -> Span:
        """The words in which a stretch of the layout stands."""
        return bisect_right(self.starts, begin) - 1, bisect_right(self.starts, end - 1)

    def typed(self, begin: int, end: int) -> str:
        """A stretch of the layout as it was typed."""
        return self.said.text[self._place(begin) : self._place(end - 1) + 1]

    def _place(self, at: int) -> int:
        """Where a letter of the layout stands in what was typed."""
        nth = bisect_right(self.starts, at) - 1
        token = self.said.tokens[nth]
        return min(token.begin + at - self.starts[nth], token.end - 1)
