"""The rooms import inward only, and importing one room does not load another's libraries."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")
HEAVY = ["flask", "werkzeug", "sqlalchemy", "geoalchemy2", "twilio", "apscheduler"]
HEAVY += ["wtforms", "click", "jinja2", "numba"]
APP = """
from pathlib import Path
from enabler.app import create_app
from enabler.config import Settings
url = "sqlite:///" + str(Path(FOLDER) / "x.sqlite")
create_app(Settings(Path(FOLDER), url, url, "k" * 40, environment="test"))
"""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINTER), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def loaded(program: str, watched: list[str]) -> set[str]:
    """Which of the watched packages are loaded after a program, run by itself."""
    report = f"{program}\nimport sys; print('LOADED', *(set({watched!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


class TestTheContracts:
    def test_are_kept(self) -> None:
        done = lint(ROOT)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize(
        ("room", "line", "contract"),
        [
            ("enabler/domain", "import flask", "The workshop is pure"),
            ("enabler/timebank", "import sqlalchemy.orm", "The workshop is pure"),
            ("enabler/web", "import enabler.persistence.database", "Doors never see a row"),
            ("enabler/services", "import enabler.web", "The rooms of the house"),
            ("enabler/services", "import click", "The hall knows no HTTP"),
            ("enabler/persistence", "import enabler.config", "Settings are read"),
        ],
    )
    def test_break_when_a_room_imports_outward(
        self, tmp_path: Path, room: str, line: str, contract: str
    ) -> None:
        shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
        leave = shutil.ignore_patterns("__pycache__", "static", "templates")
        for package in ("enabler", "sms"):
            shutil.copytree(ROOT / package, tmp_path / package, ignore=leave)
        (tmp_path / room / "stray.py").write_text(f"{line}\n")
        done = lint(tmp_path)
        assert done.returncode == 1
        broken = [said for said in done.stdout.splitlines() if said.endswith("BROKEN")]
        assert any(said.startswith(contract) for said in broken), done.stdout


RANK = """
from enabler.matching import Need, Offer, Policy, nearest_misses, rank
offers = [
    Offer(id=k, easting=k, northing=0, categories=frozenset({"meals"}), reach_metres=9000)
    for k in range(5000)
]
need = Need(id=0, easting=0, northing=0, category="meals")
assert len(rank(need, offers, Policy(), 20)) == 20
nearest_misses(need, offers, Policy())
"""


class TestLoading:
    @pytest.mark.parametrize("room", ["enabler", "enabler.domain", "enabler.matching"])
    def test_the_workshop_loads_no_framework(self, room: str) -> None:
        assert loaded(f"import {room}", HEAVY) == set()

    def test_the_application_loads_no_numba(self, tmp_path: Path) -> None:
        program = APP.replace("FOLDER", repr(str(tmp_path)))
        assert loaded(program, ["numba", "llvmlite"]) == set()

    def test_ranking_for_one_need_loads_none_either(self, tmp_path: Path) -> None:
        program = APP.replace("FOLDER", repr(str(tmp_path))) + RANK
        assert loaded(program, ["numba", "llvmlite"]) == set()

    def test_what_is_loaded_is_seen(self) -> None:
        assert loaded("import flask.json", HEAVY) >= {"flask", "werkzeug", "jinja2"}
