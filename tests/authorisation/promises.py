"""A page shows nobody the way to what they may not do: its links and forms about its own thing."""

import re
from collections.abc import Iterator

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests import paper
from tests.authorisation.people import NOT_SIGNED_IN, NUMBER_ONLY, UNCHECKED
from tests.authorisation.trying import Cell
from tests.authorisation.worlds import World

_WAYS = re.compile(r'(?:href|action)="([^"?#]+)')
TOLD_THERE = {
    ("/matches/<ref:ref>/accept", UNCHECKED), ("/desk/held/<ref:ref>", "custodian"),
    ("/desk/held/<ref:ref>", "safeguarding-lead"),
    ("/needs/<ref:ref>/close", "supporter-of-little"),
}  # fmt: skip
"""Of their own: whose check has lapsed since they were asked is told what is missing when they
press, who works at the desk is told there that somebody else decides about it, and a supporter who
may not say that help was given is asked what else came of it."""


def broken(world: World, cell: Cell, answer: TestResponse) -> Iterator[str]:
    """What a page offers of its thing that its reader may not."""
    ref = cell.ref(world)
    led_in = cell.principal in (*NOT_SIGNED_IN, NUMBER_ONLY)  # by any form of somebody who signs in
    if ref is None or cell.rule.method != "GET" or led_in:
        return
    for path in sorted(set(_WAYS.findall(paper.said(answer)))):
        away = ref in path.split("/") and path != answer.request.path
        route = _route(world, path) if away else None
        told = cell.relation == "own" and (route, cell.principal) in TOLD_THERE
        if route is None or told:
            continue
        of_same = [
            rule for rule in world.book.rules
            if (rule.route, rule.method, rule.of) == (route, "POST", cell.rule.of)
        ]  # fmt: skip
        if of_same and not any(Cell(r, cell.principal, cell.relation).is_in for r in of_same):
            yield f"{cell}: is shown the way to {route} and may not"


def _route(world: World, path: str) -> str | None:
    """The route that takes a form sent to this address."""
    adapter = world.app.url_map.bind("localhost")
    try:
        return str(adapter.match(path, method="POST", return_rule=True)[0].rule)
    except HTTPException:
        return None
