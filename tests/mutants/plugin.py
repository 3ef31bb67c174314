"""``pytest -p tests.mutants.plugin``: one module is imported without one of its checks.

Which one, ENABLER_MUTANT tells by its number in the list of all. Nothing of the product knows.
"""

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType

from tests.mutants.sites import ROOT, Mutant, mutants, without

VARIABLE = "ENABLER_MUTANT"


class _Loader(SourceFileLoader):
    """Compiles the source anew, without the check; what was compiled before is left alone."""

    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """The module without its check."""
        text = self.get_source(fullname) or ""
        return compile(without(self._mutant, text), self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds the one module before anybody else does."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self.module = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """The module's spec, if it is the one."""
        if fullname != self.module:
            return None
        file = str(ROOT / self._mutant.path)
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, file, self._mutant))


def install(number: int) -> Mutant:
    """From now on the module of this mutant is without its check. It was not imported before."""
    mutant = mutants()[number]
    finder = Finder(mutant)
    if finder.module in sys.modules:
        raise RuntimeError(f"{finder.module} is imported already")
    sys.meta_path.insert(0, finder)
    return mutant


if VARIABLE in os.environ:
    install(int(os.environ[VARIABLE]))
