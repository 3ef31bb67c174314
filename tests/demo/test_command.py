"""``enabler demo``, as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from enabler.config import Settings
from tests.geography.small_place import SmallPlace

Run = Callable[..., subprocess.CompletedProcess[str]]
NOW = "2026-11-21T14:05:00+00:00"


@pytest.fixture
def run(settings: Settings, app: Flask) -> Run:
    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "DATABASE_URL": settings.database_url,
            "ENABLER_INSTANCE": str(settings.instance),
            "PATH": "/usr/bin:/bin",
        }
        return subprocess.run(
            [sys.executable, "-m", "enabler.cli", *arguments],
            capture_output=True, text=True, check=False, env=environment | more,
        )  # fmt: skip

    return run


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(SmallPlace(tmp_path / "small").write())


class TestTheCommand:
    def test_brings_in_and_peoples_a_place_once(self, run: Run, file: str) -> None:
        first = run("demo", "--place", file, "--size", "30", "--now", NOW)
        assert first.returncode == 0, first.stderr
        assert "30 invented residents" in first.stderr
        assert "07700 900100" in first.stdout
        again = run("demo", "--place", file, "--size", "30", "--now", NOW)
        assert again.returncode == 0
        assert "has people already" in again.stderr
        assert again.stdout == first.stdout
        checked = run("check", "--at", NOW)
        assert checked.returncode == 0, checked.stdout

    def test_says_again_whom_to_sign_in_as(self, run: Run, file: str) -> None:
        run("demo", "--place", file, "--size", "20", "--now", NOW)
        done = run("demo", "--place", file, "--who", "--json", "--now", NOW)
        assert done.returncode == 0
        assert done.stderr == ""
        hints = {hint["part"]: hint for hint in json.loads(done.stdout)}
        assert hints["resident"]["phone"] == "+447700900100"
        assert hints["custodian"]["mail"] == "custodian@example.org"
        assert len(hints["custodian"]["totp_code"]) == 6

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("--size", "9"), 2),
            (("--now", "2026-11-21T14:05"), 2),
            (("--now", "tomorrow"), 2),
            (("--who",), 2),
        ],
    )
    def test_refuses_what_makes_no_sense(
        self, run: Run, file: str, arguments: tuple[str, ...], code: int
    ) -> None:
        done = run("demo", "--place", file, *arguments)
        assert done.returncode == code
        assert len(done.stderr.strip().splitlines()) >= 1
        assert "Traceback" not in done.stderr

    def test_wants_a_key_in_production(self, run: Run, file: str) -> None:
        done = run(
            "demo", "--place", file,
            ENABLER_ENV="production", ENABLER_PUBLIC_BASE_URL="https://help.example.org",
        )  # fmt: skip
        assert done.returncode == 3
        assert "ENABLER_SECRET_KEY" in done.stderr
