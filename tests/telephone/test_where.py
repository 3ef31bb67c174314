"""Postcodes as people type them: every row of a table, and every code in any sentence."""

import csv
import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enabler.domain.postcodes import PostcodeKind, read_postcode
from sms.postcodes_said import words_of
from sms.reading import Said, read
from sms.where import read_postcode_in, whole_postcodes_in
from tests.geography.shared import needs_shared, vectors

with (Path(__file__).parent / "postcodes_said.csv").open(encoding="utf-8", newline="") as table:
    ROWS = [(row["text"], row["postcode"]) for row in csv.DictReader(table)]
AREAS = ["B", "BA", "BS", "BT", "CF", "CH", "CR", "DE", "DG", "E", "EC", "EH", "G", "GU", "HX", "L",
         "LL", "LS", "M", "ME", "N", "NE", "OX", "PO", "S", "SA", "SE", "SO", "SW", "W", "WC",
         "YO", "ZE"]  # fmt: skip
SENTENCES = (
    "{}", "shes in {}", "need a lift thurs 9-1, {} please", "({})", "postcode: {}",
    "any chance of shopping at 10.30? {}", "{} is where i am, 2 bags", "Mixenden, {}.",
    "my nan 81 lives at {} and her hip is bad since monday", "flat 4, 12 acre road, {} ta x",
    "can sum1 fetch a 32 inch tv b4 2moro from\n{}", "mae mam yn {} a dwi isio help",
    "{}, wants fetching before half 5 today", "HELP with boxes fri 4th all day - {}",
)  # fmt: skip


def found(text: str) -> str:
    code = read_postcode_in(read(text))
    return code.postcode if code else ""


@pytest.mark.parametrize(("text", "postcode"), ROWS, ids=[text[:40] for text, _ in ROWS])
def test_each_row_of_the_table(text: str, postcode: str) -> None:
    code = read_postcode_in(read(text))
    assert (code.postcode if code else "") == postcode
    if code:
        assert code.is_whole == (" " in postcode)


def test_the_table_is_long() -> None:
    assert len({text for text, _ in ROWS}) >= 250


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A code of the form in which codes were issued."""
    area = draw(st.sampled_from(AREAS))
    end = "ABCDEFGHJKPSTUW" if len(area) == 1 else "ABEHMNPRVWXY"
    lettered = st.builds("{}{}".format, st.integers(0, 9), st.sampled_from(end))
    digits = draw(st.one_of(st.integers(0, 99).map(str), lettered))
    letters = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
    return f"{area}{digits} {draw(st.integers(0, 9))}{draw(letters)}{draw(letters)}"


def spaced(code: str, way: int) -> str:
    outward, inward = code.split()
    area = re.match("[A-Z]+", outward)
    assert area
    return (
        code, outward + inward, f"{outward}-{inward}", f"{outward}.{inward}",
        f"{outward}  {inward}", f"{area[0]} {outward[area.end():]} {inward}",
        " ".join(outward + inward),
        f"{outward} {inward[:2]} {inward[2]}", f"{outward} {inward[0]} {inward[1:]}",
    )[way]  # fmt: skip


def is_word_too(code: str) -> bool:
    """Whether its end counts (*4th*) or is a word (*4 at*): then capitals say what it is."""
    end = code[-2:].lower()
    return end in (words_of("counts") | words_of("no_end")) or end.endswith("x")


@given(codes(), st.integers(0, 8), st.booleans(), st.sampled_from(SENTENCES))
@settings(max_examples=600)
def test_every_code_is_found_in_any_sentence(
    code: str, way: int, small: bool, sentence: str
) -> None:
    assume(not is_word_too(code))
    typed = spaced(code, way)
    typed = typed.lower() if small else typed
    text = sentence.format(typed)
    seen = read_postcode_in(read(text))
    assert seen is not None
    assert (seen.postcode, seen.is_whole) == (code, True), text
    assert code in {one.text for one in read_postcode(seen.as_typed)}
    assert seen in whole_postcodes_in(read(text))


@given(codes(), st.sampled_from(SENTENCES))
def test_in_capitals_no_code_is_a_word(code: str, sentence: str) -> None:
    assert found(sentence.format(code)) == code


@given(codes(), st.lists(st.booleans(), min_size=7, max_size=7), st.booleans(), st.data())
@settings(max_examples=600)
def test_what_looks_alike_is_mended(
    code: str, swaps: list[bool], small: bool, data: st.DataObject
) -> None:
    alike = {"0": ("O", "o"), "1": ("I", "l", "i")}
    at, typed = 0, ""
    for letter in code:
        other = alike.get(letter)
        typed += data.draw(st.sampled_from(other)) if other and swaps[at % 7] else letter
        at += letter != " "
    typed = typed.lower() if small else typed
    assume(any(letter.isdigit() for letter in typed) and not is_word_too(code))
    assume(typed.split()[1].lower() not in words_of("no_inward"))
    ways = {
        one.text for one in read_postcode(typed) if one.kind is PostcodeKind.WHOLE and one.could_be
    }
    assert found(f"shes at {typed}, any time") in ways, typed


@given(st.text(max_size=200))
@settings(max_examples=500)
def test_no_text_is_too_odd(text: str) -> None:
    code = read_postcode_in(read(text))
    if code:
        assert read_postcode(code.postcode)
        assert 0 <= code.span[0] < code.span[1] <= len(read(text).tokens)


@given(st.text(alphabet="bs3hx1oil 24qtm6.,?xO0Il-'", max_size=60))
@settings(max_examples=500)
def test_nor_is_any_that_looks_like_a_code(text: str) -> None:
    code = read_postcode_in(read(text))
    assert code is None or all(one.could_be for one in read_postcode(code.postcode))


@needs_shared
def test_the_shared_codes_as_typed() -> None:
    for name in ("outcodes", "normalisation", "validation"):
        for case in vectors("postcodes.json")[name]["tests"]:
            typed = case["base"]
            is_one = any(
                one.kind is PostcodeKind.WHOLE and one.could_be for one in read_postcode(typed)
            )
            code = read_postcode_in(read(f"im at {typed} today"))
            assert bool(code and code.is_whole) is is_one, typed


def test_it_takes_less_than_a_tenth_of_a_millisecond() -> None:
    said = [read(text) for text, _ in ROWS]
    best = min(timed(said) for _ in range(5))
    assert best / len(said) < 1e-4


def timed(said: list[Said]) -> float:
    began = perf_counter()
    for one in said:
        read_postcode_in(one)
    return perf_counter() - began
