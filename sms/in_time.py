"""An answer within three seconds, whatever the database does: a provider waits no longer, and a
call that nobody answers is one that it may not repeat."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import TypeVar

from flask import Flask

from enabler.domain.errors import ProviderFailed

SECONDS = 2.5
_THREADS = 16
_pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="sms")

Result = TypeVar("Result")


def in_time(app: Flask, act: Callable[[], Result], seconds: float = SECONDS) -> Result:
    """What ``act`` gives, or what it raises, in a thread of its own.

    Raises ProviderFailed("not_stored_in_time"). What was begun may still end: it is stored once per
    reference, so that the provider's next call does no harm.
    """
    begun = _pool.submit(_inside, app, act)
    try:
        return begun.result(seconds)
    except TooLate:
        begun.cancel()  # one that has not begun yet never does
        raise ProviderFailed("not_stored_in_time") from None


def _inside(app: Flask, act: Callable[[], Result]) -> Result:
    with app.app_context():
        return act()
