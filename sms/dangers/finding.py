"""Sayings of danger in the words of a text."""

from collections.abc import Iterable, Iterator, Mapping

from sms.dangers.files import File, sayings
from sms.dangers.index import Sought, Spans, Step
from sms.dangers.wording import Words

NEAR = 10
"""Most words between two runs of a saying that may stand in any order."""
BESIDE = 5
"""Words around a saying within which what makes it harmless has to stand."""

Stretch = tuple[int, int]
Met = tuple[Stretch, ...]
"""Where the parts of a saying stand: from, to (not with it)."""


def found_in(text: Words, files: Iterable[File]) -> Iterator[str]:
    """Each saying in the words that were typed, ``…`` where words between are left out."""
    spans = sayings().index.spans(text.words)
    for file in files:
        safe: set[int] | None = None
        for part in spans.keys() & file.sayings.keys():
            for saying in file.sayings[part]:
                for met in _met(saying, spans):
                    if safe is None:
                        safe = _safe(file, spans, text.sentences)
                    if not _harmless(met, safe, file.unless[saying], spans, text.sentences):
                        yield _typed(met, text.words)
                        break


def _met(saying: Sought, spans: Spans) -> Iterator[Met]:
    if all(part in spans for part in saying.parts):
        yield from _together(saying.runs, spans, ())


def _together(runs: tuple[tuple[Step, ...], ...], spans: Spans, before: Met) -> Iterator[Met]:
    if not runs:
        yield tuple(sorted(before))
        return
    for one in _run(runs[0], spans):
        if not before or _beside(one, before, NEAR):
            yield from _together(runs[1:], spans, before + one)


def _run(steps: tuple[Step, ...], spans: Spans) -> Iterator[Met]:
    for begin, ends in spans[steps[0][0]].items():
        for end in ends:
            yield from _further(steps, 1, spans, ((begin, end),))


def _further(steps: tuple[Step, ...], nth: int, spans: Spans, before: Met) -> Iterator[Met]:
    if nth == len(steps):
        yield before
        return
    part, gap = steps[nth]
    at: Mapping[int, list[int]] = spans[part]
    for begin in range(before[-1][1], before[-1][1] + gap + 1):
        for end in at.get(begin, ()):
            yield from _further(steps, nth + 1, spans, (*before, (begin, end)))


def _beside(one: Met, other: Met, most: int) -> bool:
    """Whether the two stand apart by no more words than that, and in none of the same."""
    (begin, end), (first, last) = _hull(one), _hull(other)
    free = all(a >= d or c >= b for a, b in one for c, d in other)
    return free and max(first - end, begin - last) <= most


def _hull(met: Met) -> Stretch:
    return min(begin for begin, _ in met), max(end for _, end in met)


def _safe(file: File, spans: Spans, sentences: tuple[int, ...]) -> set[int]:
    """The words that are said harmlessly, in one sentence."""
    found: set[int] = set()
    for saying in file.harmless:
        for met in _met(saying, spans):
            begin, end = _hull(met)
            if sentences[begin] == sentences[end - 1]:
                found.update(range(begin, end))
    return found


def _harmless(
    met: Met, safe: set[int], unless: tuple[Sought, ...], spans: Spans, sentences: tuple[int, ...]
) -> bool:
    """Whether a part of it is said harmlessly, or what makes it harmless stands beside it in the
    same sentence: a past time, an idiom, a no."""
    if any(not safe.isdisjoint(range(begin, end)) for begin, end in met):
        return True
    begin, end = _hull(met)
    within = {sentences[begin], sentences[end - 1]}
    for one in unless:
        for other in _met(one, spans):
            first, last = _hull(other)
            near = first - end <= BESIDE and begin - last <= BESIDE
            if near and (sentences[first] in within or sentences[last - 1] in within):
                return True
    return False


def _typed(met: Met, words: tuple[str, ...]) -> str:
    said: list[str] = []
    last = met[0][0]
    for begin, end in met:
        said += (["…"] if begin > last else []) + list(words[begin:end])
        last = end
    return " ".join(said)
