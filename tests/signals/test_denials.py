"""Somebody who was removed is known again, however they spell it; and nobody else is."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.demo.material import __file__ as material
from enabler.domain.denials import counts, door_mark, marks_of, name_marks

NAME, POSTCODE, DOOR = "Siân O'Brien-Kowalski", "BS3 4QT", "Flat 2, 10 Mill Lane"
PHONE, MAIL = "+447700900123", "sian.obrien@gmail.com"
KEPT = tomllib.loads((Path(material).parent / "names.toml").read_text(encoding="utf-8"))
AGES = ("older", "middle", "younger")
FIRST = [one for each in KEPT.values() for age in AGES for one in each[age]]
LAST = [one for each in KEPT.values() for one in each["last"]]
DENIED = marks_of(name=NAME, phones=[PHONE], mails=[MAIL], postcode=POSTCODE, address=DOOR)


def met(**said: object) -> set[str]:
    """By which kinds of marks somebody meets the one who was removed."""
    whole = {"name": "Zed Other", "phones": (), "mails": (), "postcode": "ZZ9 9ZZ",
             "address": "99"} | said  # fmt: skip
    return {kind for kind, _ in DENIED & marks_of(**whole)}  # type: ignore[arg-type]


def _phones() -> Iterator[str]:
    gaps = ["", " ", "-", ".", " - "]
    for begins in ("07700", "+447700", "00447700", "+44 (0)7700", "(07700)"):
        for one in gaps:
            for other in gaps[:3]:
                yield f"{begins}{one}900{other}123"


def _mails() -> Iterator[str]:
    for local in ("sian.obrien", "sianobrien", "s.i.a.n.obrien", "SIAN.OBRIEN", "Sian.OBrien",
                  "sian.o.brien", "sIaNoBrIeN", "sianobrie.n"):  # fmt: skip
        for tag in ("", "+help", "+new.one", "+1"):
            for house in ("gmail.com", "GMAIL.com", "googlemail.com"):
                yield f"{local}{tag}@{house}"


def _names() -> Iterator[str]:
    yield from (
        "Siân O'Brien-Kowalski", "Sian O'Brien Kowalski", "SIAN OBRIEN-KOWALSKI",
        "sian obrien kowalski", "O'Brien-Kowalski Siân", "Kowalski, Siân O'Brien",
        "Ms Siân O\u2019Brien-Kowalski", "Siân Kowalski", "Sián O\u02bcBrien",
        "Sian Maria O'Brien Kowalski", "Dr. Sian O'Brien",
        "\u0455i\u0430n O'Bri\u0435n",  # letters of another alphabet
    )  # fmt: skip


def _doors() -> Iterator[str]:
    yield from (
        "Flat 2, 10 Mill Lane", "10 Mill Ln, flat 2", "FLAT 2 10 MILL LANE", "2/10 Mill Lane",
    )  # fmt: skip


VARIANTS = [
    *(("phone", {"phones": [PhoneNumber.parse(typed).e164]}) for typed in _phones()),
    *(("mail", {"mails": [EmailAddress.parse(typed).text]}) for typed in _mails()),
    *(
        ("name", {"name": name, "postcode": code, "address": door})
        for name in _names() for door in _doors() for code in ("BS3 4QT", "bs34qt")
    ),
]  # fmt: skip


class TestWhoComesBack:
    def test_has_two_hundred_ways_to_spell_it(self) -> None:
        assert len(VARIANTS) >= 200

    @pytest.mark.parametrize(("kind", "said"), VARIANTS)
    def test_is_known(self, kind: str, said: dict[str, object]) -> None:
        assert counts(met(**said)), (kind, said)


class TestSomebodyElse:
    def test_of_the_same_name_next_door_is_not(self) -> None:
        assert not counts(met(name=NAME, postcode=POSTCODE, address="Flat 3, 10 Mill Lane"))

    def test_of_the_same_name_elsewhere_is_not(self) -> None:
        assert met(name=NAME) == set()

    def test_of_the_same_household_is_not(self) -> None:
        assert met(name="Tom Baker", postcode=POSTCODE, address=DOOR) == set()

    def test_of_another_mail_at_the_same_house_is_not(self) -> None:
        assert met(mails=["sian.obrian@gmail.com"]) == set()

    def test_of_five_thousand_is_hardly_ever_one(self) -> None:
        """Names as they are in British towns, all behind five hundred postcodes of ten doors."""
        random.seed(5_000)
        people = [
            marks_of(
                name=_invented(), postcode=f"BS{number % 500}",
                address=f"{number % 10 + 1} Mill Lane",
            )
            for number in range(5_000)
        ]  # fmt: skip
        removed = people[:50]
        false = sum(
            counts({kind for kind, _ in one & other})
            for one in removed for other in people[50:]
        )  # fmt: skip
        assert false <= 2, false


def _invented() -> str:
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


class TestMarks:
    def test_of_a_single_name_stand_for_it(self) -> None:
        assert list(name_marks("Madonna")) == ["madonna"]

    def test_of_a_title_alone_stand_for_it(self) -> None:
        assert list(name_marks("Miss")) == ["miss"]

    def test_of_a_door_without_a_number_are_its_words(self) -> None:
        assert door_mark("The Old Forge") == door_mark("Old Forge, the")

    def test_two_weak_or_one_strong(self) -> None:
        assert counts({"phone"})
        assert counts({"mail"})
        assert counts({"name-postcode", "name-home"})
        assert not counts({"name-postcode"})
        assert not counts(set())
