"""Checks of what code may say: imports, clocks, words, swallowed errors, by the syntax tree."""

import ast
import re
from collections.abc import Iterator

FORBIDDEN_WORDS = frozenset(
    {"user", "users", "task", "tasks", "item", "items", "data", "info"}
    | {"process", "handle", "handler", "manager", "utils"}
)
FORBIDDEN_MODULES = FORBIDDEN_WORDS | {"helpers", "common", "managers", "request", "requests"}
OTHERS_NAMES = frozenset(
    {"process_bind_param", "process_result_value", "process_formdata", "process_data"}
    | {"render_item"}
)
"""Methods that a library calls by a name of its own choosing."""
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("func", "now"), ("func", "current_timestamp"),
}  # fmt: skip
CLOCK_IN_SQL = re.compile(
    r"\b(CURRENT_(TIMESTAMP|DATE|TIME)|now\(\)|datetime\('now)", re.IGNORECASE
)
KNN = re.compile(r"\bKNN2?\b", re.IGNORECASE)
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; none for anything else."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def imports(text: str) -> list[str]:
    """Every module that a source imports, wherever in it."""
    return [name for node in ast.walk(ast.parse(text)) for name in imported(node)]


def imports_of(text: str, package: str) -> bool:
    """Whether a source imports a package or anything in it."""
    return any(name == package or name.startswith(f"{package}.") for name in imports(text))


def inner_imports(text: str) -> list[str]:
    """Complain of imports inside functions, ``importlib.import_module`` included."""
    found = set()
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, Scope):
            for node in ast.walk(function):
                called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
                if imported(node) or called.endswith(("import_module", "__import__")):
                    found.add(node.lineno)
    return [f"{line}: an import inside a function" for line in sorted(found)]


def strings(text: str) -> Iterator[ast.Constant]:
    """Every string of a source but its docstrings and other bare ones."""
    tree = ast.parse(text)
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


def clocks(text: str) -> list[str]:
    """Complain where the time is asked for: ``now`` is an argument, also for SQL."""
    named = [
        f"{node.lineno}: asks the clock ({ast.unparse(node)})"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and (ast.unparse(node.value).rsplit(".", 1)[-1], node.attr) in CLOCKS
    ]
    in_sql = [
        f"{node.lineno}: asks the database's clock"
        for node in strings(text)
        if CLOCK_IN_SQL.search(str(node.value))
    ]
    return named + in_sql


def nearest_by_knn(text: str) -> list[str]:
    """Complain of SpatiaLite's KNN table, which ends the process with some builds of SQLite."""
    return [
        f"{node.lineno}: names the KNN table"
        for node in strings(text)
        if KNN.search(str(node.value))
    ]


def words_of(name: str) -> list[str]:
    """``loadUser_now`` → load, user, now."""
    return re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower())


def defined(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names that a source gives: of functions, classes, parameters, variables, fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def forbidden_words(text: str) -> list[str]:
    """Complain of names that hold a word which says nothing."""
    return [
        f"{line}: {name}"
        for line, name in defined(ast.parse(text))
        if name not in OTHERS_NAMES and not FORBIDDEN_WORDS.isdisjoint(words_of(name))
    ]


def swallowed(text: str) -> list[str]:
    """Complain of ``except`` for everything that does not raise again."""
    return [
        f"{node.lineno}: catches everything and goes on"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    ]
