"""``make bench``: run the measures, all of them or those named. Their timings decide no test.

A measure is a program of this folder whose name begins with ``measure_``; it runs in a process of
its own, so that its memory is its own, and prints what it found for the sizes that ``BENCH_SIZES``
names: town, county, region; country by ``make bench-country``.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ORDER = ("optimum", "solve", "pairs", "rows", "events", "online", "growth", "quality")
"""The figures 1 to 8; other measures follow."""
MEASURES = sorted(
    (path.stem.removeprefix("measure_") for path in Path(__file__).parent.glob("measure_*.py")),
    key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name),
)


def main(asked: list[str]) -> int:
    """Run what is asked for, or everything; 2 when there is no such measure, 1 when one breaks."""
    unknown = sorted(set(asked) - set(MEASURES))
    if unknown:
        known = ", ".join(MEASURES) or "none yet"
        print(f"No such measure: {', '.join(unknown)}. There are: {known}.")
        return 2
    broken = []
    for name in asked or MEASURES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"bench.measure_{name}"]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            broken.append(name)
    if broken:
        print(f"Broken off: {', '.join(broken)}.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
