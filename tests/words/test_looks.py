"""Whoever reads who looked at them reads of what and why in words, whatever a service writes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import enabler.services
from enabler.doors.words import looks

LOGS = (".sights.log", ".sights.log_all")
SERVICES = Path(str(enabler.services.__file__)).parent


def written() -> Iterator[tuple[str, ast.Call]]:
    """Each place where a service writes a sight down."""
    for file in sorted(SERVICES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(LOGS):
                yield file.name, node


def letters(node: ast.AST | None) -> set[str]:
    """The codes that stand in it as they are."""
    found = () if node is None else ast.walk(node)
    return {one.value for one in found if isinstance(one, ast.Constant) and one.value
            and isinstance(one.value, str)}  # fmt: skip


def test_every_code_of_a_sight_has_its_words() -> None:
    found = list(written())
    assert len(found) > 20
    without = {
        (file, code)
        for file, call in found
        for said, known in (
            (call.args[2] if len(call.args) > 2 else None, looks.WHAT),
            (next((one.value for one in call.keywords if one.arg == "why"), None), looks.WHY),
        )
        for code in letters(said) - known.keys()
    }
    assert without == set()
