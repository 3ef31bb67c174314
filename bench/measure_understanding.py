"""Figures 15 to 17: what people's texts mean, how sure that is, and how fast it is told.

15: texts that nobody looked at before (``bench/texts/sealed``; ``sealed_hard``: four of
ten of danger, much of it told obliquely, and what could be mistaken for it) and the shared sample
of forty, beside the commonest answer and word lists alone. 16: need against rest in messages of
disasters that were not taught with. 17: texts a second by one core, and memory.
"""

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Report, at_least, at_most, progress, sizes_asked
from bench.guessing import Commonest, by_words
from bench.judged_texts import (
    Judged,
    Meant,
    calibration_error,
    confusion,
    danger,
    deciles,
    judged,
    macro_f1,
    ours,
    read_texts,
    shares,
)
from scripts.teaching.texts import NEWS, WRITTEN, news

SAMPLE = NEWS.with_name("uk_texts_dev_sample.csv")
F1, CATEGORY, POSTCODE, RECALL = at_least(0.85), at_least(0.85), at_least(0.98), at_least(1.0)
FALSE_ALARMS, SPAM, NEED = at_most(0.02), at_most(0.002), at_least(0.80)
A_SECOND, MEGABYTES = at_least(200), at_most(400)


def main(sizes: tuple[str, ...], *, folder: Path = WRITTEN) -> bool:
    """Whether every figure is kept; sizes make no difference."""
    report = Report("understanding", sizes)
    sealed, hard = _texts(folder / "sealed"), _texts(folder / "sealed_hard")
    progress("texts that nobody looked at")
    found = judged(sealed)
    figures_of_texts(report, "sealed", found, sealed, held=True)
    for line in (confusion(found), *map(_decile, deciles(found))):
        print(line)
    figures_of_texts(report, "hard", judged(hard), hard, held=False)
    if SAMPLE.exists():
        sample = read_texts(SAMPLE)
        figures_of_texts(report, "sample", judged(sample), sample, held=False)
        figure_of_news(report)
    else:
        print("16 | not measured: the shared messages are not here")
    figures_of_speed(report, sealed)
    return report.all_kept


def _texts(folder: Path) -> list[Meant]:
    return [one for file in sorted(folder.glob("*.csv")) for one in read_texts(file)]


def figures_of_texts(
    report: Report, name: str, found: Sequence[Judged], texts: Sequence[Meant], *, held: bool
) -> None:
    """Figure 15 for one set. ``held``: to the bars."""
    common, listed = judged(texts, Commonest(texts)), judged(texts, by_words)
    held_to = {"intent": F1, "category": CATEGORY, "postcode": POSTCODE} if held else {}
    report.figure(
        15, (name, str(len(texts))), "macro-F1 of intent", macro_f1(found), unit="",
        bar=held_to.get("intent"),
        more=f"word lists {macro_f1(listed):.2f}, commonest {macro_f1(common):.2f}",
    )  # fmt: skip
    beside = shares(listed), shares(common)
    for what, share in shares(found).items():
        report.figure(
            15, (name, str(len(texts))), f"{what} right", share, unit="", bar=held_to.get(what),
            more=f"word lists {beside[0][what]:.2f}, commonest {beside[1][what]:.2f}",
        )  # fmt: skip
    bars = (RECALL, FALSE_ALARMS, SPAM) if held else (None, None, None)
    listed_danger = danger(listed)
    for what, value, by_lists, bar in zip(
        ("recall of danger", "false alarms", "needs taken for spam"), danger(found), listed_danger,
        bars, strict=True,
    ):  # fmt: skip
        report.figure(
            15, (name, str(len(texts))), what, value, unit="", bar=bar,
            more=f"word lists {by_lists:.3f}",
        )  # fmt: skip
    report.figure(
        15, (name, str(len(texts))), "calibration error", calibration_error(found), unit="",
        more="mean distance of what was said from what was right, over tenths",
    )  # fmt: skip


def figure_of_news(report: Report) -> None:
    """Figure 16."""
    kept = news(held_out=True)
    progress(f"{len(kept)} messages of disasters")
    meant = [one.intent == "need" for one in kept]
    by_us = [ours(one.text).intent == "need" for one in kept]
    by_lists = [by_words(one.text).intent == "need" for one in kept]
    common = _f1(meant, [False] * len(kept))
    report.figure(
        16, ("disasters", str(len(kept))), "macro-F1 of need against rest", _f1(meant, by_us),
        unit="", bar=NEED,
        more=f"word lists {_f1(meant, by_lists):.2f}, commonest {common:.2f}",
    )  # fmt: skip


def figures_of_speed(report: Report, texts: Sequence[Meant]) -> None:
    """Figure 17."""
    said = [one.text for one in texts]
    began = time.perf_counter()
    for text in said:
        ours(text)
    rate = len(said) / (time.perf_counter() - began)
    began = time.perf_counter()
    for text in said:
        by_words(text)
    lists = len(said) / (time.perf_counter() - began)
    report.figure(17, ("one core", ""), "texts understood", rate, unit=" a second", bar=A_SECOND,
                  more=f"{rate / lists:.2f} of word lists alone")  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.figure(17, ("one core", ""), "memory", memory, unit=" MB", bar=MEGABYTES)


def _f1(meant: Sequence[bool], found: Sequence[bool]) -> float:
    scores = []
    for side in (True, False):
        both = sum(one == two == side for one, two in zip(meant, found, strict=True))
        either = sum((one == side) + (two == side) for one, two in zip(meant, found, strict=True))
        scores.append(2 * both / either if either else 0.0)
    return sum(scores) / 2


def _decile(tenth: tuple[float, float, int]) -> str:
    said, right, count = tenth
    return f"   said {said:.2f}: right {right:.2f} of {count}"


if __name__ == "__main__":
    sys.exit(0 if main(sizes_asked()) else 1)
