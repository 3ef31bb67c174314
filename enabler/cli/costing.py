"""What texts cost, as lines of a terminal: name, texts, segments, pence, with tabs between; or as
JSON."""

from collections.abc import Iterator
from typing import Any

from enabler.services.views.costs_of_texts import MonthOfTexts, TextsOf


def lines_of(place: str, costs: MonthOfTexts) -> Iterator[str]:
    """A month of a place."""
    price = costs.pence_a_segment
    told = "price unknown" if price is None else f"{price} pence a segment"
    yield f"{place} {costs.month:%Y-%m}, {told}"
    yield "what\ttexts\tsegments\tpence"
    for part, lines in _parts(costs).items():
        yield from (_line(f"{part} {name}", one) for name, one in lines)
    yield _line("month", costs.whole)
    for name, most in costs.limits.items():
        yield f"limit {name}\t{most}"


def as_json(place: str, costs: MonthOfTexts) -> dict[str, Any]:
    """The same for a program."""
    return {
        "place": place, "month": f"{costs.month:%Y-%m}", "pence_a_segment": costs.pence_a_segment,
        "total": _counted(costs.whole), "limits": dict(costs.limits),
    } | {
        f"by_{part}": [{"name": name} | _counted(one) for name, one in lines]
        for part, lines in _parts(costs).items()
    }  # fmt: skip


def _parts(costs: MonthOfTexts) -> dict[str, list[tuple[str, TextsOf]]]:
    return {
        "priority": [(priority.value, one) for priority, one in costs.by_priority],
        "kind": list(costs.by_kind),
        "day": [(day.isoformat(), one) for day, one in costs.by_day],
    }


def _counted(one: TextsOf) -> dict[str, Any]:
    return {"texts": one.texts, "segments": one.segments, "pence": one.pence}


def _line(name: str, one: TextsOf) -> str:
    pence = "" if one.pence is None else f"{one.pence:.1f}"
    return f"{name}\t{one.texts}\t{one.segments}\t{pence}"
