"""``enabler demo``, as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from enabler.config import Settings
from tests.geography.small_place import SmallPlace

Run = Callable[..., subprocess.CompletedProcess[str]]
NOW = "2026-11-21T14:05:00+00:00"


def command(
    *arguments: str, url: str, instance: Path, **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {"DATABASE_URL": url, "ENABLER_INSTANCE": str(instance), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-m", "enabler.cli", *arguments],
        capture_output=True, text=True, check=False, env=environment | more,
    )  # fmt: skip


@pytest.fixture
def run(settings: Settings, app: Flask) -> Run:
    """The command on a database with a schema, on both kinds."""
    return partial(command, url=settings.database_url, instance=settings.instance)


@pytest.fixture
def run_without(tmp_path: Path) -> Run:
    """The command where there is no database at all."""
    return partial(command, url=f"sqlite:///{tmp_path}/none.sqlite", instance=tmp_path / "none")


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(SmallPlace(tmp_path / "small").write())


class TestTheCommand:
    def test_peoples_a_place_once_and_says_whom_to_sign_in_as(self, run: Run, file: str) -> None:
        missing = run("demo", "--place", file, "--who")
        assert missing.returncode == 2
        first = run("demo", "--place", file, "--size", "30", "--now", NOW)
        assert first.returncode == 0, first.stderr
        assert "30 invented residents" in first.stderr
        assert "07700 900100" in first.stdout
        again = run("demo", "--place", file, "--size", "30", "--now", NOW, "--json")
        assert again.returncode == 0
        assert "has people already" in again.stderr
        hints = {hint["part"]: hint for hint in json.loads(again.stdout)}
        assert hints["resident"]["phone"] == "+447700900100"
        assert hints["custodian"]["mail"] == "custodian@example.org"
        assert hints["custodian"]["totp_code"] in first.stdout
        checked = run("check", "--at", NOW)
        assert checked.returncode == 0, checked.stdout + checked.stderr

    @pytest.mark.parametrize(
        ("option", "value"), [("--size", "9"), ("--now", "2026-11-21T14:05"), ("--now", "tomorrow")]
    )
    def test_refuses_what_makes_no_sense(
        self, run_without: Run, file: str, option: str, value: str
    ) -> None:
        done = run_without("demo", "--place", file, option, value)
        assert done.returncode == 2
        assert value in done.stderr
        assert "Traceback" not in done.stderr

    def test_wants_a_key_in_production(self, run_without: Run, file: str) -> None:
        done = run_without(
            "demo", "--place", file,
            ENABLER_ENV="production", ENABLER_PUBLIC_BASE_URL="https://help.example.org",
        )  # fmt: skip
        assert done.returncode == 3
        assert "ENABLER_SECRET_KEY" in done.stderr

    def test_invents_nobody_in_production(self, run_without: Run, file: str) -> None:
        done = run_without(
            "demo", "--place", file, ENABLER_SECRET_KEY="k" * 40,
            ENABLER_ENV="production", ENABLER_PUBLIC_BASE_URL="https://help.example.org",
        )  # fmt: skip
        assert done.returncode == 3
        assert "ENABLER_ENV" in done.stderr

    def test_leaves_an_instance_of_real_places_alone(self, run: Run, file: str) -> None:
        assert run("place", "import", file).returncode == 0
        done = run("demo")
        assert done.returncode == 0, done.stderr
        assert "nobody was invented" in done.stdout
