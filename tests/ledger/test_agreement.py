"""The ledger in memory and both databases are told the same, and agree after each word."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enabler.persistence.unit_of_work import unit_of_work
from enabler.timebank.checks import check
from enabler.timebank.transfers import Entry, Phase, Reason
from tests.builders import NOW, BuiltPlace, a_place
from tests.ledger.builders import KINDS, Twin, kept, kept_all, said, twins

WHICH = st.integers(0, len(KINDS) - 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "hold", "post", "void", "undo", "again", "floor", "close",
                         "both", "other"]),
        WHICH, WHICH, st.integers(-20, 420), st.integers(0, 30),
    ),
    min_size=5, max_size=25,
)  # fmt: skip
_examples = count(1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def place() -> BuiltPlace:
    return a_place()


def alike(left: object, right: object) -> bool:
    """Whether both answered the same, but for the numbers of rows."""
    if isinstance(left, Entry) and isinstance(right, Entry):
        return replace(left, seq=0) == replace(right, seq=0)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return all(alike(one, other) for one, other in zip(left, right, strict=True))
    return left == right


def changes(twin: Twin, what: str, debit: int, minutes: int):
    """A floor or an end, to be told to both."""
    number = twin.numbers[debit]

    def change(ledger):
        told = ledger.set_floor(number, minutes) if what == "floor" else ledger.close(number)
        return told.floor, told.closed

    def keep():
        with unit_of_work() as uow:
            told = change(uow.ledger)
            uow.commit()
        return told

    return lambda: change(twin.memory), keep


def transfers(twin: Twin, key: str, what: str, debit: int, credit: int, minutes: int, nth: int):
    """What is asked to move."""
    entries = twin.memory.entries
    if what == "both":
        return [
            twin.move(f"{key}a", debit, credit, minutes),
            twin.move(f"{key}b", credit, nth % len(KINDS), minutes, group=f"{key}a"),
        ]
    if what in ("give", "hold") or not entries:
        made = twin.hold if what == "hold" else twin.move
        return [made(key, debit, credit, minutes)]
    holds = [entry for entry in entries if entry.phase == "hold"]
    chosen = holds if what in ("post", "void") and holds else entries
    return [_about(twin, key, what, chosen[nth % len(chosen)], nth)]


def _about(twin: Twin, key: str, what: str, earlier: Entry, nth: int):
    """Something that concerns an earlier row."""
    way = twin.numbers.index(earlier.debit), twin.numbers.index(earlier.credit)
    if what in ("again", "other"):
        return twin.move(
            earlier.key, *way, earlier.minutes + (what == "other"), reason=Reason(earlier.reason),
            phase=Phase(earlier.phase), hold=earlier.hold, reverses=earlier.reverses,
            group=earlier.group,
        )  # fmt: skip
    if what == "undo":
        return twin.move(
            key, *way[::-1], earlier.minutes, reason=Reason.REVERSAL, reverses=earlier.key
        )
    part = max(1, earlier.minutes - nth % 3)
    return twin.move(
        key, *way, part, reason=Reason(earlier.reason), phase=Phase(what), hold=earlier.key
    )


def step(twin: Twin, key: str, what: str, *numbers: int):
    """One thing to be told to both: (what memory does, what the database does)."""
    if what in ("floor", "close"):
        return changes(twin, what, numbers[0], numbers[2])

    def keep():
        told = transfers(twin, key, what, *numbers)
        return (kept(told[0]),) if len(told) == 1 else kept_all(told)

    return lambda: twin.memory.post_all(transfers(twin, key, what, *numbers), NOW), keep


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_they_agree_after_each_word(place: BuiltPlace, steps) -> None:
    twin, example = twins(place.id), next(_examples)
    for number, each in enumerate(steps):
        to_memory, to_database = step(twin, f"e{example}:{number}", *each)
        stored = said(to_database)  # first: what it is told is made of what memory knows
        remembered = said(to_memory)
        assert alike(stored, remembered), (each, stored, remembered)
        assert [replace(account, applied=0) for account in twin.stored()] == [
            replace(account, applied=0) for account in twin.memory.accounts
        ]
    with unit_of_work() as uow:
        ours = [each for each in uow.ledger.all_entries() if each.debit in twin.numbers]
        accounts = [each for each in uow.ledger.all_accounts() if each.number in twin.numbers]
    assert alike(tuple(ours), twin.memory.entries)
    assert check(accounts, ours) == ()
