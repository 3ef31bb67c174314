"""Which files are ours, and how complaints about them are gathered."""

from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("enabler", "sms")
"""What is shipped."""
EVERYTHING = (*HOUSE, "tests", "bench", "scripts")
"""What a person reads and maintains."""
NOT_OURS = {"__pycache__", "vendor", "node_modules"}

Check = Callable[[str], list[str]]


def files(folders: Iterable[str], *suffixes: str) -> list[Path]:
    """Our files in these folders of the project, in order, by the ends of their names."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in suffixes and NOT_OURS.isdisjoint(path.parts)
    ]


def named(path: Path) -> str:
    """The file as the project's root sees it."""
    return path.relative_to(ROOT).as_posix()


def complaints(paths: Iterable[Path], check: Check) -> list[str]:
    """What the check says about these files: ``file:line: sentence``."""
    return [
        f"{named(path)}:{said}"
        for path in paths
        for said in check(path.read_text(encoding="utf-8"))
    ]
