"""Whoever acted for somebody is answered alike on every route, whether the mandate was ended or its
time is over: nothing tells which of the two it was."""

import re

import pytest

from tests import paper
from tests.authorisation.naming import full_name
from tests.authorisation.people import NO_MORE
from tests.authorisation.rules import Rule, read_book
from tests.authorisation.trying import SHARED, Cell
from tests.authorisation.worlds import World

RULES = [rule for rule in read_book().rules if rule.of not in SHARED]
_BY_CHANCE = re.compile(
    r'authorisation-\d{8}|nonce-[\w+/=-]+|session=[^;]+|(?<=nonce=")[^"]+'
    r'|(?<=name="key" type="hidden" value=")[^"]+'
)


def answered(world: World, rule: Rule, principal: str) -> tuple[int, str, list[tuple[str, str]]]:
    """Status, body and headers, without what is of the one or the other, or of chance."""
    cell = Cell(rule, principal, "own" if rule.of else "any")
    own = (
        world.refs.get((rule.of or "", principal)), world.principals[principal].actor.person_ref,
        *full_name(f"{principal}-who-sits").split(),
    )  # fmt: skip

    def plain(said: str) -> str:
        for each in own:
            said = said.replace(each, "theirs") if each and not each.isdecimal() else said
        return _BY_CHANCE.sub("by chance", said)

    with cell.knock(world, own[0]) as answer:
        headers = sorted(
            (name, value.split("=")[0] if name == "Set-Cookie" else plain(value))
            for name, value in answer.headers.items()
        )
        return answer.status_code, plain(paper.said(answer)), headers


@pytest.mark.prove("4.1")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_nothing_tells_which_it_was(world: World, rule: Rule) -> None:
    try:
        lapsed, ended = (answered(world, rule, name) for name in NO_MORE)
    finally:
        if rule.method != "GET":
            world.put_back()
    assert lapsed == ended
