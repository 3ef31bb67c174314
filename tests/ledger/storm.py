"""What one process does to the ledger in a storm; the others do the same at the same moment."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from enabler.app import create_app
from enabler.config import Settings
from enabler.domain.errors import EnablerError
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.timebank.checks import check
from enabler.timebank.transfers import Entry, Phase, Reason, Transfer
from tests.builders import NOW

EXPECTED = {
    "floor_reached", "hold_resolved", "already_reversed", "account_closed", "not_reversible",
}  # fmt: skip
"""Refusals that a storm brings with it. Anything else ends the process."""


@dataclass(frozen=True)
class Part:
    """What a process is given: where the ledger is, which accounts, how much to do."""

    url: str
    folder: str
    place: int
    numbers: tuple[int, ...]
    seed: int
    moves: int
    reads: int


def play(part: Part) -> Counter[str]:
    """Move, promise, post, let go, undo, and read in between; what came of it, counted.

    Raises AssertionError where a read finds the ledger wrong, and whatever nobody expects.
    """
    app = create_app(Settings(
        instance=Path(part.folder, str(part.seed)), database_url=part.url,
        database_owner_url=part.url, secret_key="x" * 40, environment="test", gateway="simulator",
    ))  # fmt: skip
    chance, made, counts = random.Random(part.seed), [], Counter[str]()
    with app.app_context():
        for number in range(max(part.moves, part.reads)):
            if number < part.moves:
                counts[_move(part, chance, f"s{part.seed}:{number}", made)] += 1
            if number < part.reads:
                _read(whole=number % 25 == 0)
    return counts


def _move(part: Part, chance: random.Random, key: str, made: list[Entry]) -> str:
    transfer = _chosen(part, chance, key, made)
    try:
        with unit_of_work() as uow:
            entry = uow.ledger.post(transfer, NOW)
            uow.commit()
    except EnablerError as refused:
        if refused.code not in EXPECTED:
            raise
        return refused.code
    made.append(entry)
    return "reversal" if transfer.reverses else transfer.phase.value


def _chosen(part: Part, chance: random.Random, key: str, made: list[Entry]) -> Transfer:
    """Something new, or something about what this process did a moment ago."""
    debit, credit = chance.sample(part.numbers, 2)
    new = Transfer(key, part.place, debit, credit, chance.randint(1, 90), Reason.HELP)
    earlier = chance.choice(made[-6:]) if made and chance.random() < 0.5 else None
    if earlier is None:
        return replace(new, phase=Phase.HOLD) if chance.random() < 0.5 else new
    back = replace(new, debit=earlier.debit, credit=earlier.credit, minutes=earlier.minutes)
    if earlier.phase == Phase.HOLD:
        return replace(back, phase=chance.choice((Phase.POST, Phase.VOID)), hold=earlier.key)
    if earlier.reason == Reason.HELP:
        return replace(
            back, debit=earlier.credit, credit=earlier.debit, reason=Reason.REVERSAL,
            reverses=earlier.key,
        )  # fmt: skip
    return new


def _read(*, whole: bool) -> None:
    with reading() as uow:
        accounts = list(uow.ledger.all_accounts())
        entries = list(uow.ledger.all_entries()) if whole else []
    assert sum(account.posted for account in accounts) == 0
    assert all(each.floor is None or each.available >= each.floor for each in accounts)
    assert not whole or check(accounts, entries) == ()
