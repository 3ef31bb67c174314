"""The laws of import, clock, word and error hold in the house."""

from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import laws
from tests.architecture.sources import EVERYTHING, HOUSE, ROOT, Check, complaints, files, named

ONE_IMPORTER = {
    "geoalchemy2": "enabler/persistence/spatial.py",
    "twilio": "sms/gateway.py",
    "apscheduler": "enabler/jobs/ticking.py",
    "fpdf": "enabler/doors/paper.py",
}
MAY_ASK_THE_CLOCK = ("enabler/doors/wiring.py", "enabler/cli", "enabler/jobs")
LAZY = "enabler/matching/"
"""The one room that may import late: a web worker never loads numba."""
LAZY_MODULES = {
    "enabler/persistence/columns.py": "bulk_columns", "enabler/web/hours.py": "paper",
    "enabler/app.py": "from sms.",
}  # fmt: skip
"""Modules that may import one other late: a web worker never loads Arrow, what printing needs only
once somebody prints, and a telephone provider's client only where texts go by it."""
HIDES_A_FUNCTION = {"assign", "rank", "edges"}


def late_but_for(allowed: str, path: Path) -> list[str]:
    """The lines of a file that import late, but for those that name what is allowed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    late = (int(said.split(":")[0]) for said in laws.inner_imports("\n".join(lines)))
    return [lines[line - 1] for line in late if allowed not in lines[line - 1]]


class TestTheHouse:
    def test_imports_at_the_top(self) -> None:
        lazy = (LAZY, *LAZY_MODULES)
        paths = [path for path in files(EVERYTHING, ".py") if not named(path).startswith(lazy)]
        assert complaints(paths, laws.inner_imports) == []

    def test_imports_late_nothing_but_the_kernels(self) -> None:
        for path in files([LAZY], ".py"):
            assert late_but_for("kernels", path) == [], named(path)
        for module, other in LAZY_MODULES.items():
            assert late_but_for(other, ROOT / module) == [], module

    @pytest.mark.parametrize("package", sorted(ONE_IMPORTER))
    def test_lets_one_module_import(self, package: str) -> None:
        importers = {
            named(path)
            for path in files(HOUSE, ".py")
            if laws.imports_of(path.read_text(encoding="utf-8"), package)
        }
        assert importers <= {ONE_IMPORTER[package]}

    def test_asks_the_clock_at_its_doors_only(self) -> None:
        paths = [p for p in files(HOUSE, ".py") if not named(p).startswith(MAY_ASK_THE_CLOCK)]
        assert complaints(paths, laws.clocks) == []

    def test_never_names_the_knn_table(self) -> None:
        paths = files([*HOUSE, "migrations"], ".py")
        assert complaints(paths, laws.nearest_by_knn) == []

    def test_gives_names_that_say_something(self) -> None:
        assert complaints(files(HOUSE, ".py"), laws.forbidden_words) == []

    def test_has_no_module_whose_name_says_nothing(self) -> None:
        bad = [
            named(path)
            for path in files(EVERYTHING, ".py")
            if not laws.FORBIDDEN_MODULES.isdisjoint(
                PurePosixPath(named(path)).with_suffix("").parts
            )
        ]
        assert bad == []

    def test_has_no_module_that_hides_a_function_of_the_engine(self) -> None:
        found = {path.stem for path in (ROOT / LAZY).rglob("*.py")}
        assert found.isdisjoint(HIDES_A_FUNCTION)

    def test_swallows_no_error(self) -> None:
        assert complaints(files(HOUSE, ".py"), laws.swallowed) == []

    def test_is_tested_without_mocks(self) -> None:
        users = [
            named(path)
            for path in files(["tests"], ".py")
            if laws.imports_of(path.read_text(encoding="utf-8"), "unittest.mock")
        ]
        assert users == []


INNER = "def f():\n    import os\n"
BAD = [
    (laws.inner_imports, INNER),
    (laws.inner_imports, "def f():\n    importlib.import_module('x')\n"),
    (laws.inner_imports, "class A:\n    async def f(self):\n        from a import b\n"),
    (laws.clocks, "at = datetime.now(UTC)"),
    (laws.clocks, "at = datetime.datetime.utcnow()"),
    (laws.clocks, "default = datetime.now"),
    (laws.clocks, "at = time.time()"),
    (laws.clocks, "day = date.today()"),
    (laws.clocks, "row.at = func.now()"),
    (laws.clocks, "sql = 'UPDATE x SET at = CURRENT_TIMESTAMP'"),
    (laws.nearest_by_knn, "sql = f'SELECT * FROM knn WHERE {x}'"),
    (laws.forbidden_words, "def load_user(): ..."),
    (laws.forbidden_words, "class TaskManager: ..."),
    (laws.forbidden_words, "def f(data): ..."),
    (laws.forbidden_words, "for item in rows: ..."),
    (laws.swallowed, "try:\n    x()\nexcept Exception:\n    log()\n"),
    (laws.swallowed, "try:\n    x()\nexcept:\n    pass\n"),
]
GOOD = [
    (laws.inner_imports, "import os\nif TYPE_CHECKING:\n    from a import b\n"),
    (laws.clocks, "def f(*, now: datetime): return now.date() + wiring.now()"),
    (laws.nearest_by_knn, '"""Never the KNN table."""\nknown = "knnel"'),
    (laws.forbidden_words, "for slug in rows.items(): form.name.data = database = use(slug)"),
    (laws.swallowed, "try:\n    x()\nexcept Exception:\n    undo()\n    raise\n"),
]


class TestTheChecks:
    @pytest.mark.parametrize(("check", "text"), BAD)
    def test_complain_of_a_bad_sample(self, check: Check, text: str) -> None:
        assert len(check(text)) >= 1

    @pytest.mark.parametrize(("check", "text"), GOOD)
    def test_let_a_good_sample_pass(self, check: Check, text: str) -> None:
        assert check(text) == []

    def test_see_imports_of_every_form(self) -> None:
        assert laws.imports_of("import twilio.rest as t", "twilio")
        assert laws.imports_of("def f():\n    from twilio import rest", "twilio")
        assert not laws.imports_of("import twilioish", "twilio")
