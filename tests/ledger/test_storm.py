"""Promises 5.1 and 5.2: a storm leaves the ledger in order, and the same key makes one row."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask import Flask

from enabler.domain.errors import KeyReused
from enabler.persistence.unit_of_work import reading
from enabler.timebank.accounts import AccountKind
from enabler.timebank.checks import check
from tests.builders import NOW, a_place
from tests.databases.stores import Database
from tests.ledger.builders import kept, said, twins
from tests.ledger.storm import Part, play


@pytest.fixture
def place(app: Flask) -> Iterator[int]:
    with app.app_context():
        yield a_place().id


@pytest.mark.prove("5.1")
def test_a_storm_leaves_the_ledger_in_order(
    place: int, database: Database, tmp_path: Path, full_size: bool
) -> None:
    processes, moves, reads = (8, 375, 125) if full_size else (2, 30, 10)
    numbers = twins(place).numbers
    parts = [
        Part(database.url, str(tmp_path), place, numbers, seed, moves, reads)
        for seed in range(processes)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        counts = sum(pool.map(play, parts), Counter[str]())
    assert counts.total() == processes * moves
    with reading() as uow:
        accounts, entries = list(uow.ledger.all_accounts()), list(uow.ledger.all_entries())
    assert check(accounts, entries) == ()
    refused = sum(counts[code] for code in counts if "_" in code)
    assert len(entries) == counts.total() - refused
    assert {"single", "hold", "post", "void", "reversal"} <= counts.keys()
    assert AccountKind.MEMBER in {account.kind for account in accounts}


@pytest.mark.prove("5.2")
def test_the_same_key_twenty_times_at_once_makes_one_row(app: Flask, place: int) -> None:
    twin = twins(place)
    transfer = twin.move("once", 0, 1, 60)

    def post(_nth: int) -> object:
        with app.app_context():
            return said(lambda: kept(transfer))

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, range(20)))
    with reading() as uow:
        rows = list(uow.ledger.all_entries())
    assert len(rows) == 1
    assert answers == rows * 20
    assert twin.stored()[1].posted == 60
    for other in (twin.move("once", 0, 1, 61), twin.move("once", 0, 2, 60)):
        with pytest.raises(KeyReused):
            kept(other)
    assert rows[0].at == NOW
