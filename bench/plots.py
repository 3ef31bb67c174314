"""``python -m bench.plots``: the pictures of ``docs/performance.md``, from what was measured."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from bench.figures import RECORDS
from bench.places import SIZES

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
INK, OURS, SCIPY, OTHERS, QUIET = "#1d2430", "#0b6e4f", "#8a5a00", "#b3261e", "#8b93a1"
DRAWN = ("town", "county", "region", "country")
Lines = dict[tuple[str, str, str], tuple[float, str]]
"""(size, regime, what) to its value and what is said besides."""


@dataclass(frozen=True)
class Curve:
    """A line of a picture of times: which figure, in which regime, how it is drawn."""

    what: str
    regime: str
    label: str
    colour: str
    dashed: bool = False


PANELS = {
    "Finding every pair": (
        Curve("PostGIS'", "plentiful", "PostGIS", OTHERS),
        Curve("scipy's", "plentiful", "scipy's tree", SCIPY),
        Curve("our pairs", "plentiful", "Enabler", OURS),
    ),
    "Choosing among all pairs": (
        Curve("OR-Tools' solve", "plentiful", "OR-Tools, plentiful", OTHERS),
        Curve("OR-Tools' solve", "scarce", "OR-Tools, scarce", OTHERS, dashed=True),
        Curve("our solve", "scarce", "Enabler, scarce", OURS, dashed=True),
        Curve("our solve", "plentiful", "Enabler, plentiful", OURS),
    ),
    "The whole round, proof included": (
        Curve("our round in memory", "plentiful", "Enabler, plentiful", OURS),
        Curve("our round in memory", "scarce", "Enabler, scarce", OURS, dashed=True),
    ),
}
HELPED = "helped by "


def main() -> None:
    """Draw every picture for which there are figures."""
    matplotlib.rcParams.update(
        {"font.size": 10, "axes.edgecolor": QUIET, "text.color": INK, "axes.labelcolor": INK}
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    lines = measured(RECORDS)
    for name, figure in {"growth": times(lines), "helped": helped(lines)}.items():
        figure.savefig(PICTURES / f"matching-{name}.png", dpi=110)
        print(f"docs/pictures/matching-{name}.png")


def measured(folder: Path) -> Lines:
    """All lines of all measures; of two of the same figure the one written last."""
    lines: Lines = {}
    for path in sorted(folder.glob("*.csv"), key=lambda path: path.stat().st_mtime):
        with path.open(newline="") as file:
            for row in csv.DictReader(file):
                lines[row["size"], row["regime"], row["what"]] = float(row["value"]), row["more"]
    return lines


def times(lines: Lines) -> Figure:
    """Seconds against the number of needs, on logarithmic axes."""
    figure = Figure(figsize=(11, 4.4), layout="constrained")
    for axes, (title, curves) in zip(
        figure.subplots(1, len(PANELS), sharey=True), PANELS.items(), strict=True
    ):
        for curve in curves:
            draw(axes, curve, lines)
        axes.set_title(title, fontsize=11, loc="left")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(600, 2.6e6)
        axes.set_ylim(4e-4, 200)
        axes.set_xticks([SIZES[size].needs for size in DRAWN])
        axes.set_xticklabels([f"{size}\n{SIZES[size].needs:,}" for size in DRAWN], fontsize=8)
        axes.minorticks_off()
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8.5, loc="lower right")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda seconds, _: f"{seconds:g} s"))
        axes.set_xlabel("needs in the round")
    return figure


def draw(axes: Axes, curve: Curve, lines: Lines) -> None:
    """One line, where it was measured."""
    found = {
        SIZES[size].needs: lines[size, curve.regime, curve.what][0]
        for size in DRAWN
        if (size, curve.regime, curve.what) in lines
    }
    axes.plot(
        list(found), list(found.values()), "o--" if curve.dashed else "o-", color=curve.colour,
        label=curve.label, markersize=4.5,
    )  # fmt: skip


def helped(lines: Lines, size: str = "county", regime: str = "scarce") -> Figure:
    """The share of needs that are helped, by method, with its spread over the seeds."""
    methods = {
        what.removeprefix(HELPED): line
        for (where, when, what), line in lines.items()
        if (where, when) == (size, regime) and what.startswith(HELPED)
    }
    figure = Figure(figsize=(8.2, 3.0), layout="constrained")
    axes = figure.subplots()
    by_share = sorted(methods.items(), key=lambda method: method[1][0])
    for place, (method, (share, more)) in enumerate(by_share):
        colour = OURS if method.startswith("a round") or "price" in method else QUIET
        low, high = map(float, re.findall(r"\d+\.\d+", more))
        axes.plot([low, high], [place, place], color=colour, linewidth=3, alpha=0.5)
        axes.plot(share, place, "o", color=colour, markersize=9)
        axes.text(max(share, high) + 0.5, place, f"{share:.1f} %", va="center")
    axes.set_yticks(range(len(methods)), [method for method, _ in by_share])
    axes.set_xlim(78, 97)
    axes.set_ylim(-0.6, len(methods) - 0.4)
    axes.grid(axis="x", alpha=0.25)
    axes.set_xlabel("needs helped, in percent; the line is the range of three seeds")
    axes.set_title(f"A {size} where helpers are {regime}", fontsize=11, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


if __name__ == "__main__":
    main()
