"""The engine is a library of its own: light to import, and nobody's guest."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
FOREIGN = ("numba", "flask", "sqlalchemy", "geoalchemy2", "pyproj", "scipy", "ortools")


def test_importing_the_engine_brings_no_compiler_no_web_and_no_database():
    program = (
        "import sys, enabler.matching; print(*{name.partition('.')[0] for name in sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True
    )

    assert not set(FOREIGN) & set(ran.stdout.split())


def test_no_module_hides_a_function():
    names = {path.stem for path in (PROJECT / "enabler" / "matching").glob("*.py")}

    assert not names & {"assign", "rank", "edges"}
