"""From a plain function to a compiled one, where there is a compiler; the same function either way.

A kernel is written as a plain function of whole numbers and arrays and marked with
:func:`kernel`. Called as it is, it runs as Python. :func:`compiled` gives its machine code, made
by numba at the first call and kept on disk for the next process; calls of one kernel to another are
machine code then, too. Where numba is absent or ``NUMBA_DISABLE_JIT`` is set, ``compiled`` gives
the plain function and says so once. Importing this module imports no compiler.

``NUMBA_BOUNDSCHECK=1`` makes machine code check every index: the tests run so.
"""

import logging
import os
import re
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from types import FunctionType
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

_STATE = re.compile("[0-9a-f]{16}")

_KERNELS: dict[str, FunctionType] = {}
_ALLOCATING: set[str] = set()
_COMPILED: dict[str, Any] = {}
"""Where machine code calls machine code: every kernel's compiled form by its name."""


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that can be compiled. It calls only kernels marked before it, and numpy.

    Names of kernels are unique over all modules.
    """
    name = function.__name__
    if name in _KERNELS:
        raise ValueError(f"two kernels are called {name}")
    _KERNELS[name] = cast(FunctionType, function)
    return function


def allocating(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a kernel (see :func:`kernel`) that makes arrays of its own. The others must not."""
    _ALLOCATING.add(function.__name__)
    return kernel(function)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The machine code of a kernel; the kernel itself where nothing can compile it."""
    if not can_compile():
        return function
    return cast("Callable[P, R]", _machine_code(function.__name__))


@cache
def can_compile() -> bool:
    """Whether kernels become machine code here; says so once where they do not."""
    switched_off = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
    if switched_off or find_spec("numba") is None:
        log.warning("matching kernels run uncompiled: many needs at once will take their time")
        return False
    return True


def keep_compiled_in(folder: Path) -> None:
    """Keep machine code in a folder (of an instance) from now on, apart for each state of the code.

    That of other states, of an earlier release say, goes. Without this call it is kept beside the
    modules; where ``NUMBA_CACHE_DIR`` is set, there, and nothing is touched.
    """
    if not os.environ.get("NUMBA_CACHE_DIR"):
        state = _state_of_the_code()
        os.environ["NUMBA_CACHE_DIR"] = str(folder / state)
        _forget_other_states(folder, state)


def _forget_other_states(folder: Path, state: str) -> None:
    """A process that still runs an earlier state compiles anew what it misses."""
    for other in folder.glob("?" * len(state)) if folder.is_dir() else ():
        if other.name != state and _STATE.fullmatch(other.name):
            rmtree(other, ignore_errors=True)


def _state_of_the_code() -> str:
    """A name that changes with any kernel's source: numba watches only the file of the caller."""
    digest = blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _machine_code(name: str) -> Any:
    if name not in _COMPILED:
        keep_compiled_in(Path(__file__).parent / "__pycache__")
        from enabler.matching.kernels.machine import machine_code

        plain = _KERNELS[name]
        called = [one for one in plain.__code__.co_names if one in _KERNELS and one != name]
        _COMPILED[name] = machine_code(
            plain, {one: _machine_code(one) for one in called}, allocates=name in _ALLOCATING
        )
    return _COMPILED[name]
