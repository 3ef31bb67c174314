"""Whether anything can have been sent: the line between "try again" and "ask first" (law 4)."""

import ssl
from collections.abc import Iterator

from requests.exceptions import ConnectTimeout, ProxyError
from urllib3.exceptions import NewConnectionError

_BEFORE = (ConnectTimeout, ProxyError, NewConnectionError, ssl.SSLCertVerificationError)


def never_left(wrong: BaseException) -> bool:
    """Whether no connection came about over which anything could have gone. A connection that
    broke later says nothing: what was sent may have arrived."""
    return any(isinstance(one, _BEFORE) for one in _within(wrong))


def _within(wrong: BaseException) -> Iterator[BaseException]:
    """An exception and those that it was made from: the libraries wrap each other's."""
    yield wrong
    inner = [getattr(wrong, "reason", None), *wrong.args]
    for one in inner:
        if isinstance(one, BaseException):
            yield from _within(one)
