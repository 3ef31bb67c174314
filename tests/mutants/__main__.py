"""``python -m tests.mutants``: list them by number. ``... 12``: hunt 12 of all kinds. ``... 3,17``:
these. ``... TEXT``: those whose description has the text in it."""

import sys
from itertools import chain, zip_longest
from random import Random

from tests.mutants.hunting import hunt, summary
from tests.mutants.sites import mutants

SEED = 4


def some_of_each_kind(count: int) -> list[int]:
    """The numbers of so many mutants, the kinds in turn; always the same."""
    by_kind: dict[str, list[int]] = {}
    for number, mutant in enumerate(mutants()):
        by_kind.setdefault(mutant.kind, []).append(number)
    for numbers in by_kind.values():
        Random(SEED).shuffle(numbers)
    in_turn = chain.from_iterable(zip_longest(*by_kind.values()))
    return [number for number in in_turn if number is not None][:count]


def main(asked: list[str]) -> int:
    """1 when some survive, 0 otherwise."""
    everything = list(enumerate(mutants()))
    if not asked:
        for number, mutant in everything:
            print(number, mutant)  # noqa: T201
        return 0
    if "," in asked[0]:
        numbers = [int(number) for number in asked[0].split(",")]
    elif asked[0].isdigit():
        numbers = some_of_each_kind(int(asked[0]))
    else:
        numbers = [number for number, mutant in everything if asked[0] in str(mutant)]
    said = summary(hunt(numbers, lambda line: print(line, flush=True)))  # noqa: T201
    print(said)  # noqa: T201
    return int("\nsurvived " in said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
