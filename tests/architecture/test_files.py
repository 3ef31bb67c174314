"""Files that are not code: locks name no host, pages of the project name no machine."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import EVERYTHING, ROOT, complaints, files

PYTHON_LOCKS = ("requirements.lock", "requirements-test.lock", "requirements/node.lock")
ASKED = [
    ("requirements/run.in", "requirements.lock"),
    ("requirements/build.in", "requirements.lock"),
    ("requirements/run.in", "requirements-test.lock"),
    ("requirements/test.in", "requirements-test.lock"),
    ("requirements/node.in", "requirements/node.lock"),
]
LOCKS = (*PYTHON_LOCKS, "package-lock.json")
HOST = re.compile(r"https?://|file:|\bindex-url\b|\bfind-links\b|\"resolved\"")
MACHINE = re.compile(
    r"/wor[k]/|/roo[t]/|/hom[e]/[a-z]|/tm[p]/w\b|\b(pypi\.or[g]|pythonhoste[d]|npmjs\.or[g]|deb\.debia[n])"
)
TEXTS = (".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".in", ".po", "")


def names_host(text: str) -> list[str]:
    """Complain of the place a package came from."""
    return [f"{n}: {line}" for n, line in enumerate(text.splitlines(), 1) if HOST.search(line)]


def unlocked(asked: str, lock: str) -> list[str]:
    """Packages that are asked for and of which the lock has no version that would do."""
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)
    lines = (line.split("#")[0].strip() for line in asked.splitlines())
    wanted = (Requirement(line) for line in lines if line and not line.startswith("-"))
    return [
        str(each)
        for each in wanted
        if not any(map(each.specifier.contains, locked.get(canonicalize_name(each.name), [])))
    ]


def names_machine(text: str) -> list[str]:
    """Complain of a path or a host that is true of one machine only."""
    return [f"{n}: {line}" for n, line in enumerate(text.splitlines(), 1) if MACHINE.search(line)]


class TestTheProject:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_locks_name_no_host(self, lock: str) -> None:
        assert complaints([ROOT / lock], names_host) == []

    @pytest.mark.parametrize("lock", PYTHON_LOCKS)
    def test_every_locked_package_has_a_hash(self, lock: str) -> None:
        packages = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
        bare = [each.split()[0] for each in packages if "==" in each and "--hash=" not in each]
        assert len(packages) > 1
        assert bare == []

    @pytest.mark.parametrize(("asked", "lock"), ASKED)
    def test_locks_hold_what_is_asked_for(self, asked: str, lock: str) -> None:
        found = (ROOT / lock).read_text(encoding="utf-8")
        assert unlocked((ROOT / asked).read_text(encoding="utf-8"), found) == []

    def test_speaks_of_no_one_machine(self) -> None:
        tops = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS[:-1]]
        rest = files([*EVERYTHING, "docs", "migrations", "requirements", ".ci"], *TEXTS)
        assert complaints([*tops, *rest], names_machine) == []


class TestTheChecks:
    @pytest.mark.parametrize(
        "line",
        [
            '"resolved": "registry/leaflet-1.9.4.tgz"',
            "--index-url x",
            "flask @ file:///opt/flask.whl",
            "# from https://example.org/simple",
        ],
    )
    def test_see_a_host(self, line: str) -> None:
        assert names_host(f"flask==3.1.3\n{line}\n") == [f"2: {line}"]

    def test_see_what_is_not_locked(self) -> None:
        asked = "flask==3.1.*\nNew_Thing>=2  # why\n-r run.in\nnumpy>=3\n"
        lock = "flask==3.1.3 \\\nnew-thing==2.1 \\\nnumpy==2.4.6 ; python_version < '3.12'\n"
        assert unlocked(asked, lock) == ["numpy>=3"]
        assert unlocked("missing", lock) == ["missing"]

    @pytest.mark.parametrize("path", ["/" + "work/x", "/" + "home/ann", "py" + "pi.org"])
    def test_see_a_machine(self, path: str) -> None:
        assert names_machine(f"Look at {path} for it.") == [f"1: Look at {path} for it."]

    def test_let_a_usual_page_pass(self) -> None:
        assert names_machine("Open /me or ../shared/data; the network at home/work.") == []
