"""The cells of a rule: each principal, each way in which a thing can stand to them; all tried."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests import paper
from tests.authorisation.people import (
    FROM_ELSEWHERE,
    IN_ORGANISATION,
    MEMBERS,
    PRINCIPALS,
    SUPPORTERS,
)
from tests.authorisation.rules import Rule, is_about
from tests.authorisation.turns import by_turns, sort_of
from tests.authorisation.whose import NO_THING
from tests.authorisation.worlds import NOBODYS, World

SHUT, UNKNOWN = (401, 403, 404), 404
SHARED = (
    "organisation", "held organisation", "invitation", "organisation need", "organisation series",
    "agreed match of organisation",
)  # fmt: skip
"""The kinds of things that are several people's own."""
SAME_FOR_ALL = (*SHARED, "whom")
"""Of which the next principal's own may be the same one: the other side of their matches, too."""
_KEY = re.compile(r"authorisation-\d{8}")
_WAYS_IN = ("/sign-in", "/sign-in/staff", "/sign-up")


@dataclass(frozen=True)
class Cell:
    """One question: may this principal, of a thing that stands so to them?"""

    rule: Rule
    principal: str
    relation: str

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.principal}, {self.relation}"

    @property
    def is_in(self) -> bool:
        """Whether the rule says so."""
        return (
            self.principal != FROM_ELSEWHERE and self.rule.is_in(self.principal, self.relation)
        ) or (self.relation == NO_THING and self.rule.is_in(self.principal, NO_THING))

    @property
    def is_hidden(self) -> bool:
        """Whether it is in another place, and would be theirs to see in their own."""
        if self.principal == FROM_ELSEWHERE:
            return self.relation != NO_THING and self.rule.lets_in("custodian")
        return self.relation == "elsewhere" and self.rule.lets_in(self.principal)

    @property
    def whose(self) -> str:
        """Whose the thing is."""
        return self.principal if self.relation == "own" else self.relation

    def ref(self, world: World) -> str | None:
        """The ref of the thing."""
        return None if self.rule.of is None else world.refs[self.rule.of, self.whose]

    def knock(self, world: World, ref: str | None) -> TestResponse:
        """What the principal is answered, of the thing with this ref."""
        return world.knock(self.rule, self.principal, ref, self.whose)


def cells(rule: Rule) -> list[Cell]:
    """A rule's, what is everybody's own first; in a day's run not all."""
    return [cell for relation in rule.relations for cell in _of_relation(rule, relation)]


def _of_relation(rule: Rule, relation: str) -> list[Cell]:
    there = [
        Cell(rule, principal, relation) for principal in PRINCIPALS
        if is_about(principal, relation) and (relation != "own" or principal in _owners(rule))
    ]  # fmt: skip
    alike = (((sort_of(cell.principal), cell.is_in), cell) for cell in there)
    return by_turns(alike, f"{rule.name} {relation}")


def _owners(rule: Rule) -> Collection[str]:
    """Whoever has one of these things: nobody does without an account."""
    return IN_ORGANISATION if rule.of in SHARED else (*MEMBERS, *SUPPORTERS)


def try_those_out(world: World, rule: Rule) -> list[str]:
    """What is wrong with the answers to whoever may not; nothing may have changed."""
    out = [cell for cell in cells(rule) if not cell.is_in]
    before, wrong = world.state(), []
    for cell in out:
        wrong += [f"{cell}: {said}" for said in _refused(world, cell)]
    after = world.state()
    return wrong + [
        f"{rule.name}: {table} changed" for table in after if after[table] != before[table]
    ]


def _refused(world: World, cell: Cell) -> Iterator[str]:
    """What is wrong with the answer to somebody who may not."""
    ref = cell.ref(world)
    with cell.knock(world, ref) as answer:
        if cell.is_hidden and cell.rule.nothing:
            with cell.knock(world, NOBODYS) as never:
                alike = _without(answer, ref) == _without(never, NOBODYS)
            if not alike:
                yield "not as if there were no such thing"
        elif cell.is_hidden and answer.status_code != UNKNOWN:
            yield f"{answer.status_code}, not 404"
        elif not cell.is_hidden and not _is_shut(answer):
            yield f"let in with {answer.status_code}"
        yield from world.tells_too_much(cell.principal, answer)


def _without(answer: TestResponse, ref: str | None) -> tuple[int, str]:
    said = paper.said(answer).replace(ref or NOBODYS, "a ref")
    return answer.status_code, _KEY.sub("a key", said)


def _is_shut(answer: TestResponse) -> bool:
    """Refused, or sent to prove who it is and to come back; what was to be told to the council is
    shown to whoever wrote it, to be sent without an account."""
    to = urlsplit(answer.headers.get("Location", ""))
    sent_to_sign_in = to.path.endswith(_WAYS_IN) and "next=" in to.query
    to_write = to.path.endswith("/report") and to.query == "again=1"
    return answer.status_code in SHUT or sent_to_sign_in or to_write


Look = Callable[[World, Cell, TestResponse], Iterable[str]]


def try_those_in(world: World, rule: Rule, look: Look) -> list[str]:
    """What is wrong with the answers to whoever may, and what ``look`` finds in them. What several
    may is put back in between."""
    wrong: list[str] = []
    for cell in cells(rule):
        if not cell.is_in:
            continue
        with cell.knock(world, cell.ref(world)) as answer:
            if _is_shut(answer) or not _is_done(rule, answer):
                wrong.append(f"{cell}: answered {answer.status_code}")
            wrong += [f"{cell}: {said}" for said in
                      world.tells_too_much(cell.principal, answer, rule.route)]  # fmt: skip
            wrong += look(world, cell, answer)
        if rule.method != "GET" and (cell.relation != "own" or rule.of in SAME_FOR_ALL):
            world.put_back()
    return wrong


def _is_done(rule: Rule, answer: TestResponse) -> bool:
    """A form about a thing leads on when it is taken: so it was valid, also for whoever may not."""
    if rule.method != "GET" and (rule.of or rule.draft) and not rule.is_api:
        return answer.status_code == 302
    return answer.status_code < 400
