"""A progress bar on standard error, for what takes more than a second."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import Progress, TaskID

PATIENCE_SECONDS = 1.0

Told = Callable[[str, int, int], None]
"""Told which step is on (a code), how much of it is done, and of how much."""


@contextmanager
def progress_bar(steps: Mapping[str, str]) -> Iterator[Told]:
    """Yield a function to be told of progress; ``steps`` has a few words for each step's code.

    Nothing is drawn in the first second, nor where standard error is no terminal.
    """
    console = Console(stderr=True)
    began = monotonic()
    bars: dict[str, TaskID] = {}
    with Progress(console=console, disable=not console.is_terminal, transient=True) as shown:

        def told(step: str, done: int, total: int) -> None:
            if monotonic() - began < PATIENCE_SECONDS and step not in bars:
                return
            if step not in bars:
                bars[step] = shown.add_task(steps.get(step, step), total=total)
            shown.update(bars[step], completed=done, total=total)

        yield told
