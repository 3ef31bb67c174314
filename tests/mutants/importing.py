"""Some modules of the product are imported with their source changed; what was compiled before
is left alone, and nothing of the product knows."""

import ast
import sys
from collections.abc import Callable, Iterable
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType

from tests.mutants.sites import ROOT

Change = Callable[[str, str], ast.Module]
"""From a path and the text there, what is compiled instead."""


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, change: Callable[[str], ast.Module]) -> None:
        super().__init__(fullname, path)
        self._change = change

    def get_code(self, fullname: str) -> CodeType:
        """The module as it was changed."""
        text = self.get_source(fullname) or ""
        return compile(self._change(text), self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, paths: dict[str, str], change: Change) -> None:
        self._paths = paths
        self._change = change

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        """The module's spec, if it is one of them."""
        if fullname not in self._paths:
            return None
        ours = self._paths[fullname]
        file = str(ROOT / ours)
        loader = _Loader(fullname, file, partial(self._change, ours))
        return spec_from_file_location(fullname, file, loader=loader)


def install(paths: Iterable[str], change: Change) -> None:
    """From now on these are imported changed. Raises RuntimeError where one was imported before."""
    modules = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for path in paths
    }  # fmt: skip
    early = modules.keys() & sys.modules.keys()
    if early:
        raise RuntimeError(f"imported already: {', '.join(sorted(early))}")
    sys.meta_path.insert(0, _Finder(modules, change))
