"""Somebody new helps where others are about: with the yes both sides read where to meet."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from enabler.domain.vocabulary import CredentialKind
from enabler.doors.wiring import wiring
from enabler.doors.words.checks import FOR_ASKER, STEPS
from enabler.services import matches, messages, simulated
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, new_rules
from tests.services.deeds import a_key, accept, post, the_ask
from tests.telephone.phones import Phone, a_texted_place, number_of

PUBLIC = {"en": "Meet in a public place first, please.", "cy": "Cwrddwch mewn lle cyhoeddus yn"}
DOOR = {"en": "Meet at the door, please, not inside.", "cy": "Cwrddwch wrth y drws, nid y tu"}


@pytest.fixture
def strict(app: Flask) -> Iterator[BuiltPlace]:
    with app.app_context():
        yield a_texted_place(policy={"first_helps": 1})


def texts_to(*who: BuiltMember) -> list[str]:
    """What each of them was texted in all."""
    messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW, limit=99)
    sent = simulated.texts_after(number=0)
    return [" ".join(words for to, words in sent if to == number_of(one)) for one in who]


def two_of(place: BuiltPlace, language: str = "en", **helper: Any) -> list[BuiltMember]:
    return [
        a_member(place, "Ann Asker", language=language),
        a_helper(place, "Hal Helper", language=language, **helper),
    ]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(("setting", "said"), [("public", PUBLIC), ("doorstep", DOOR)])
def test_both_are_told_where_to_meet(
    strict: BuiltPlace, language: str, setting: str, said: dict[str, str]
) -> None:
    ann, hal = two_of(strict, language)
    post(ann, setting=setting)
    accept(hal)
    assert [said[language] in text for text in texts_to(ann, hal)] == [True, True]


def test_whoever_says_yes_by_text_is_told_in_the_answer(strict: BuiltPlace) -> None:
    ann, hal = two_of(strict)
    post(ann, setting="public")
    texts_to(hal)
    phone = Phone.of(hal)
    assert phone.text("yes")[:2] == ["accepted", "meet_in_public"]
    asker, helper = texts_to(ann, hal)
    assert PUBLIC["en"] in asker
    assert "As you are new: meet in a public place first, please." in helper


def test_at_the_door_too(strict: BuiltPlace) -> None:
    ann, hal = two_of(strict)
    post(ann, setting="doorstep")
    texts_to(hal)
    assert Phone.of(hal).text("yes")[:2] == ["accepted", "meet_at_the_door"]


def test_who_is_new_no_more_hears_nothing_of_it(strict: BuiltPlace) -> None:
    ann, hal = two_of(strict)
    post(ann, setting="public")
    ref = accept(hal).ref
    matches.done(actor=hal.actor, match_ref=ref, minutes=30, key=a_key(), now=NOW)
    matches.confirm(actor=ann.actor, match_ref=ref, key=a_key(), now=NOW)
    post(ann, setting="public", words="And eggs, please.")
    seen = matches.show(actor=hal.actor, ref=the_ask(hal), now=NOW)
    assert seen.day is not None
    assert "meet-public" not in seen.day.steps
    texts_to(ann)
    assert "meet_in_public" not in Phone.of(hal).text("yes")


@pytest.mark.parametrize("setting", ["public", "doorstep"])
def test_nor_whose_references_were_seen_nor_where_the_rules_ask_nothing(
    strict: BuiltPlace, setting: str
) -> None:
    seen = [CredentialKind.IDENTITY, CredentialKind.REFERENCE]
    ann, hal = two_of(strict, credentials=seen)
    post(ann, setting=setting)
    accept(hal)
    texts_to(ann, hal)
    new_rules(strict, {"first_helps": 0})
    bea, ivy = a_member(strict, "Bea Asker"), a_helper(strict, "Ivy Helper", "goods")
    post(bea, "goods", setting=setting)
    accept(ivy)
    for text in texts_to(ann, hal, bea, ivy):
        assert "Meet " not in text


def test_nobody_meets_on_the_phone(strict: BuiltPlace) -> None:
    ann, hal = a_member(strict, "Ann Asker"), a_helper(strict, "Hal Helper", "phone-chat")
    post(ann, "phone-chat", setting="online")
    seen = matches.show(actor=hal.actor, ref=accept(hal).ref, now=NOW)
    assert seen.day is not None
    assert not {"meet-public", "meet-doorstep"} & {*seen.day.steps}


@pytest.mark.parametrize("setting", ["public", "doorstep"])
def test_the_page_of_the_match_says_so_to_both(strict: BuiltPlace, setting: str) -> None:
    ann, hal = two_of(strict)
    post(ann, setting=setting)
    ref = accept(hal).ref
    for who, words in ((ann, FOR_ASKER), (hal, STEPS)):
        day = matches.show(actor=who.actor, ref=ref, now=NOW).day
        assert day is not None
        assert f"meet-{setting}" in day.steps
        assert f"meet-{setting}" in words
