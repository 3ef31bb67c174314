"""A binary heap of nodes by distance in which a node stands once and may come nearer.

``heap`` holds nodes, ``place`` where in it each node stands: ``UNSEEN``, or ``DONE`` once it was
taken out. Both have room for every node, so nothing can overflow. O(log size) each.
"""

from typing import Any

from enabler.matching.kernels.compiling import kernel

UNSEEN = -2
DONE = -1


@kernel
def lift(heap: Any, place: Any, distance: Any, at: int) -> None:
    """Move the node at a place up to where its distance belongs."""
    node = heap[at]
    near = distance[node]
    while at > 0:
        above = (at - 1) >> 1
        other = heap[above]
        if distance[other] <= near:
            break
        heap[at] = other
        place[other] = at
        at = above
    heap[at] = node
    place[node] = at


@kernel
def put(heap: Any, place: Any, distance: Any, size: int, node: int) -> int:
    """Put a node in, or move it up after its distance has fallen; the heap's new size."""
    if place[node] >= 0:
        lift(heap, place, distance, place[node])
        return size
    heap[size] = node
    lift(heap, place, distance, size)
    return size + 1


@kernel
def take(heap: Any, place: Any, distance: Any, size: int) -> int:
    """Take the nearest node out; the heap is one smaller then."""
    nearest = heap[0]
    place[nearest] = DONE
    size -= 1
    if size == 0:
        return nearest
    node = heap[size]
    near = distance[node]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and distance[heap[below + 1]] < distance[heap[below]]:
            below += 1
        other = heap[below]
        if distance[other] >= near:
            break
        heap[at] = other
        place[other] = at
        at = below
    heap[at] = node
    place[node] = at
    return nearest
