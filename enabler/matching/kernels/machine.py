"""The one module that imports numba: machine code for a kernel. Itself imported only when asked."""

from types import FunctionType
from typing import Any

from numba import njit


def machine_code(kernel: FunctionType, called: dict[str, Any]) -> Any:
    """A kernel compiled; ``called``: the compiled forms of the kernels that it calls, by name.

    It runs without the interpreter's lock, so threads share the work; it is kept on disk.
    """
    scope = {**kernel.__globals__, **called}
    copy = FunctionType(kernel.__code__, scope, kernel.__name__, kernel.__defaults__)
    copy.__module__, copy.__qualname__ = kernel.__module__, kernel.__qualname__
    return njit(cache=True, nogil=True)(copy)
