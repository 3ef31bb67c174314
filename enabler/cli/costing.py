"""What texts cost, as lines of a terminal: name, texts, segments, pence, with tabs between."""

from collections.abc import Iterator

from enabler.services.views.texting_costs import CostLine, TextCosts


def lines_of(costs: TextCosts) -> Iterator[str]:
    """A month of a place."""
    yield f"{costs.place} {costs.month}, {costs.pence_per_segment} pence a segment"
    yield "what\ttexts\tsegments\tpence"
    for part, lines in (
        ("priority", costs.priorities), ("kind", costs.kinds), ("day", costs.days)
    ):  # fmt: skip
        yield from (_line(f"{part} {one.name}", one) for one in lines)
    yield _line("month", costs.total)
    for name, most in costs.limits.items():
        yield f"limit {name}\t{most}"


def _line(name: str, one: CostLine) -> str:
    return f"{name}\t{one.texts}\t{one.segments}\t{one.pence:.1f}"
