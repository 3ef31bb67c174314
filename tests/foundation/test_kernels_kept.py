"""Where machine code is kept: in the folder asked for, by state of the code, and no older one."""

import os
from pathlib import Path

import pytest
from numba.core.caching import CompileResultCacheImpl

from enabler.app import create_app
from enabler.config import Settings
from enabler.matching.kernels.compiling import keep_compiled_in
from enabler.matching.kernels.machine import machine_code

OLD = "0123456789abcdef"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that nobody has told anything."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")  # so that it is put back after the test


def kept() -> Path:
    return Path(os.environ["NUMBA_CACHE_DIR"])


def test_it_is_kept_in_the_folder_apart_for_this_state_of_the_code(tmp_path: Path) -> None:
    keep_compiled_in(tmp_path / "kernels")
    assert kept().parent == tmp_path / "kernels"
    assert len(kept().name) == len(OLD)


def test_other_states_of_the_code_go_and_nothing_else(tmp_path: Path) -> None:
    keep_compiled_in(tmp_path)
    for name in (OLD, kept().name, "0123456789abcdeX", "__pycache__", "keep-me-sixteen-"):
        (tmp_path / name / "inside").mkdir(parents=True)
    (tmp_path / "fedcba9876543210").write_text("a file")
    os.environ["NUMBA_CACHE_DIR"] = ""

    keep_compiled_in(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {
        kept().name, "0123456789abcdeX", "__pycache__", "keep-me-sixteen-", "fedcba9876543210"
    }  # fmt: skip


def test_what_the_environment_says_stands_and_nothing_is_touched(tmp_path: Path) -> None:
    os.environ["NUMBA_CACHE_DIR"] = "elsewhere"
    (tmp_path / OLD).mkdir()
    keep_compiled_in(tmp_path)
    assert str(kept()) == "elsewhere"
    assert (tmp_path / OLD).is_dir()


def test_an_app_keeps_it_in_its_instance_folder(tmp_path: Path) -> None:
    create_app(Settings(tmp_path, "sqlite://", "sqlite://", "k" * 32))
    assert kept().parent == tmp_path / "kernels"


def twice(number: int) -> int:
    """A kernel's likeness."""
    return 2 * number


def test_where_no_folder_can_be_written_machine_code_is_made_for_this_process_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(CompileResultCacheImpl, "_locator_classes", [])

    assert machine_code(twice, {}, allocates=False)(21) == 42
    assert "machine code is not kept" in caplog.text
