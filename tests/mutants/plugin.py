"""``pytest -p tests.mutants.plugin``: one module is imported without one of its checks.

Which one, ENABLER_MUTANT tells by its number in the list of all.
"""

import ast
import os

from tests.mutants.importing import install
from tests.mutants.sites import VARIABLE, mutants, without

if VARIABLE in os.environ:
    _MUTANT = mutants()[int(os.environ[VARIABLE])]

    def _without_it(_: str, text: str) -> ast.Module:
        return without(_MUTANT, text)

    install([_MUTANT.path], _without_it)
