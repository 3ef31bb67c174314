"""Checks of size. They count lines as an editor does, docstrings and comments included."""

import ast
from collections.abc import Iterator

FILE = 300
FUNCTION = 40
VIEW = 25
TEMPLATE = 150
TEST_FILE = 400

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(text: str, limit: int) -> list[str]:
    """Complain when there are more lines than the limit."""
    lines = len(text.splitlines())
    return [f"1: {lines} lines, at most {limit}"] if lines > limit else []


def functions(text: str) -> Iterator[Function]:
    """Every function of a source, methods and inner functions included."""
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, type_of_function))


def length(function: Function) -> int:
    """Lines from ``def`` to the end; decorators are not counted, nor is a story that a test plays
    as its docstring tells it."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    story = function.body[0]
    if (
        function.name.startswith("test_")
        and len(function.body) == 2
        and ast.get_docstring(function)
    ):
        return lines - ((story.end_lineno or story.lineno) - story.lineno + 1)
    return lines


def is_view(function: Function) -> bool:
    """Whether a decorator gives the function an address (a first argument that begins with /)."""
    calls = (each for each in function.decorator_list if isinstance(each, ast.Call) and each.args)
    firsts = (call.args[0] for call in calls)
    return any(
        isinstance(first, ast.Constant) and str(first.value).startswith("/") for first in firsts
    )


def long_functions(text: str) -> list[str]:
    """Complain of functions over their limit; views have a stricter one."""
    return [
        f"{function.lineno}: {function.name} has {length(function)} lines, at most {limit}"
        for function in functions(text)
        if length(function) > (limit := VIEW if is_view(function) else FUNCTION)
    ]
