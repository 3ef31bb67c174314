"""A program run in a process of its own, under another environment."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def printed(program, **environment):
    """What it prints. Raises where it fails."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PROJECT, check=True,
        env={**os.environ, **environment},
    ).stdout  # fmt: skip
