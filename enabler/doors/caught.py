"""What went wrong, kept until the others are done: it is said or raised then, never lost."""

from types import TracebackType


class Caught:
    """``with Caught() as caught: …``: then ``caught.wrong`` is what was raised inside, or None.

    For work of which one part must not hold up another. Whoever uses it says what went wrong in the
    log or raises it in the end.
    """

    def __init__(self) -> None:
        self.wrong: Exception | None = None

    def __enter__(self) -> "Caught":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, wrong: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:  # fmt: skip
        if not isinstance(wrong, Exception):
            return False
        self.wrong = wrong
        return True
