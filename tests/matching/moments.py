"""Stretches of time as the sets of moments that they are."""

from itertools import chain, groupby


def moments(stretches):
    """Every second in some stretches."""
    return {at for start, end in stretches for at in range(start, end)}


def joined(stretches):
    """Stretches that make no more than they must of the moments of some others."""
    edges = sorted(chain.from_iterable(((a, 1), (b, -1)) for a, b in stretches if a < b))
    union, open_now = [], 0
    for at, steps in groupby(edges, key=lambda edge: edge[0]):
        before, open_now = open_now, open_now + sum(step for _, step in steps)
        if not before and open_now:
            union.append([at, at])
        if before and not open_now:
            union[-1][1] = at
    return [tuple(stretch) for stretch in union]
