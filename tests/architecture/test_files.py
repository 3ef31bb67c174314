"""Files that are not code: locks name no host, pages of the project name no machine."""

import re

import pytest

from tests.architecture.sources import EVERYTHING, ROOT, complaints, files

PYTHON_LOCKS = ("requirements.lock", "requirements-test.lock", "requirements/node.lock")
LOCKS = (*PYTHON_LOCKS, "package-lock.json")
HOST = re.compile(r"https?://|file:|\bindex-url\b|\bfind-links\b|\"resolved\"")
MACHINE = re.compile(
    r"/wor[k]/|/roo[t]/|/hom[e]/[a-z]|/tm[p]/w\b|\b(pypi\.or[g]|pythonhoste[d]|npmjs\.or[g]|deb\.debia[n])"
)
TEXTS = (".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".in", ".po", "")


def names_host(text: str) -> list[str]:
    """Complain of the place a package came from."""
    return [f"{n}: {line}" for n, line in enumerate(text.splitlines(), 1) if HOST.search(line)]


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

    @pytest.mark.parametrize("path", ["/" + "work/x", "/" + "home/ann", "py" + "pi.org"])
    def test_see_a_machine(self, path: str) -> None:
        assert names_machine(f"Look at {path} for it.") == [f"1: Look at {path} for it."]

    def test_let_a_usual_page_pass(self) -> None:
        assert names_machine("Open /me or ../shared/data; the network at home/work.") == []
