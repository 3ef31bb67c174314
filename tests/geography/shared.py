"""Where the shared test data lies; tests that need it are skipped by name where it is absent."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ENABLER_SHARED_DATA", ROOT.parent / "shared" / "data"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the shared data is not at {SHARED} (set ENABLER_SHARED_DATA)"
)


def vectors(name: str) -> Any:
    """One of the shared files of test vectors."""
    return json.loads((SHARED / "vectors" / name).read_text(encoding="utf-8"))
