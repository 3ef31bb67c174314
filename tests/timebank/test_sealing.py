"""A seal: whatever is changed after it, the first bad row is named."""

import ast
import inspect
import json
import sys
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enabler.timebank import sealing
from enabler.timebank.sealing import FIELDS, Seal, export, row_of, sealed, verify
from tests.timebank.builders import ANN, BEN, NOW, community, histories, hold, move


def exported(entries, parts=(3, 4)):
    """The export of entries that were sealed in parts; what is left over is not sealed yet."""
    rows, root, seals, kept = [row_of(entry) for entry in entries], sealing.BEFORE_ALL, [], []
    begin = 0
    for size in parts:
        digests, seal = sealed(rows[begin : begin + size], root)
        kept += digests
        if seal:
            seals.append(seal)
            root = seal.root
        begin += size
    kept += [None] * (len(rows) - len(kept))
    return list(export(zip(rows, kept, strict=True), seals))


@pytest.fixture(scope="module")
def lines():
    ledger = community()
    ledger.post(hold("h", ANN, BEN, 20, group="g"), NOW)
    for at in range(7):
        ledger.post(move(f"k{at}", ANN, BEN, 10 + at), NOW + timedelta(minutes=at))
    return exported(ledger.entries)


def changed(line, place, value):
    whole = json.loads(line)
    whole[2][place] = value
    return json.dumps(whole)


def test_what_was_sealed_proves_itself(lines):
    verdict = verify(lines)
    assert (verdict.code, verdict.rows, verdict.seals, verdict.unsealed) == (None, 9, 2, 2)
    assert verdict.root == json.loads(lines[8])[4]
    assert verify([]).root == sealing.BEFORE_ALL


@pytest.mark.parametrize("place", range(len(FIELDS)))
def test_a_change_of_any_field_of_any_row_names_that_row(lines, place):
    for number, line in enumerate(lines):
        kind, kept, row = json.loads(line)[:3]
        if kind == "row" and kept:
            value = 1000 if isinstance(row[place], int) else f"{row[place]}x"
            verdict = verify([*lines[:number], changed(line, place, value), *lines[number + 1 :]])
            assert verdict.code == "row_differs"
            assert verdict.line == number + 1
            assert verdict.seq == (1000 if place == 0 else row[0])


@pytest.mark.parametrize("value", [10.0, "10", True, None, [10], 1e400])
def test_the_same_number_in_other_clothes_is_a_change(lines, value):
    bad = verify([*lines[:2], changed(lines[2], 6, value), *lines[3:]])
    assert (bad.code, bad.line) == ("row_differs" if value != 1e400 else "line_unreadable", 3)


class TestAnAuditorSees:
    def test_a_row_that_is_gone(self, lines):
        bad = verify([*lines[:1], *lines[2:]])
        assert (bad.code, bad.line, bad.seq) == ("row_differs", 2, 3)

    def test_the_last_row_of_a_seal_gone(self, lines):
        assert verify([*lines[:2], *lines[3:]]).code == "seal_covers_others"

    def test_rows_in_another_order(self, lines):
        assert verify([lines[1], lines[0], *lines[2:]]).code == "row_differs"
        assert verify([*lines[:9], lines[10], lines[9]]).code == "row_out_of_order"

    def test_a_row_twice(self, lines):
        assert verify([*lines[:2], lines[1], *lines[2:]]).code == "row_out_of_order"

    def test_a_row_whose_digest_was_made_anew(self, lines):
        row = json.loads(lines[2])[2]
        row[6] += 1
        own = sealing.digest(json.loads(lines[1])[1], row)
        bad = verify([*lines[:2], sealing.row_line(row, own), *lines[3:]])
        assert (bad.code, bad.seq) == ("seal_differs", 3)

    def test_a_row_that_claims_to_be_not_sealed(self, lines):
        plain = json.loads(lines[1])[2]
        assert verify([lines[0], sealing.row_line(plain, None), *lines[2:]]).seq == 3

    def test_a_seal_of_other_numbers(self, lines):
        seal = Seal(*json.loads(lines[3])[1:])
        for other in (Seal(2, 3, 3, seal.root), Seal(1, 4, 3, seal.root), Seal(1, 3, 2, seal.root)):
            bad = verify([*lines[:3], sealing.seal_line(other), *lines[4:]])
            assert (bad.code, bad.line) == ("seal_covers_others", 4)

    def test_a_chain_that_was_made_anew_from_its_start(self, lines):
        ledger = community()
        other = exported(ledger.entries, parts=(1,))
        root = json.loads(lines[3])[4]
        assert verify(other).code is None
        assert verify(other, published=root).code == "root_not_found"
        assert verify(lines, published=root).code is None

    @pytest.mark.parametrize("junk", ["{", "[]", '["row",1,[]]', "[" * 100_000, '["seal",1,1,1]'])
    def test_a_line_that_is_none(self, lines, junk):
        bad = verify([*lines[:4], junk])
        assert (bad.code, bad.line, bad.seq) == ("line_unreadable", 5, None)


@settings(max_examples=40, deadline=None)
@given(histories(), st.integers(0, 9), st.integers(0, 9))
def test_any_history_sealed_in_any_parts_proves_itself(ledger, first, second):
    verdict = verify(exported(ledger.entries, (first, second)))
    assert (verdict.code, verdict.rows) == (None, len(ledger.entries))


def test_the_zone_in_which_a_time_was_read_does_not_matter():
    assert sealing.moment_text(NOW) == "2026-11-24T14:00:00.000000Z"
    assert sealing.moment_text(NOW.astimezone(timezone(timedelta(hours=5)))) == (
        "2026-11-24T14:00:00.000000Z"
    )


def test_it_needs_the_standard_library_alone():
    tree = ast.parse(inspect.getsource(sealing))
    named = {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    named |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert named <= set(sys.stdlib_module_names)
