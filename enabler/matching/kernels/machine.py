"""The one module that imports numba: machine code for a kernel. Itself imported only when asked."""

import logging
from types import FunctionType
from typing import Any

from numba import njit

log = logging.getLogger(__name__)


def machine_code(kernel: FunctionType, called: dict[str, Any], *, allocates: bool) -> Any:
    """A kernel compiled; ``called``: the compiled forms of the kernels that it calls, by name.

    It runs without the interpreter's lock, so threads share the work; it is kept on disk. One
    that makes no arrays does without numba's runtime: otherwise each call of a kernel counts the
    owners of every array that it is given, which is most of the time of a short one. (A kernel
    that makes arrays and does not say so fails to compile.) Where no folder can be written to it
    is compiled for this process alone, and says so.
    """
    scope = {**kernel.__globals__, **called}
    copy = FunctionType(kernel.__code__, scope, kernel.__name__, kernel.__defaults__)
    copy.__module__, copy.__qualname__ = kernel.__module__, kernel.__qualname__
    options: dict[str, Any] = {"nogil": True, "_nrt": allocates}
    try:
        return njit(cache=True, **options)(copy)
    except RuntimeError as nowhere:
        log.warning("machine code is not kept: %s", nowhere)
        return njit(**options)(copy)
