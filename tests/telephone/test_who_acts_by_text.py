"""Who acts for somebody, by text: what each text may, and what none may."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.errors import NotAllowed
from enabler.domain.mandates import Scope
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.mandates import MandateAskRow, MandateRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.services import acting, mandate_asks, mandate_offers, mandates
from tests.builders import BuiltMember, BuiltPlace, a_member, an_organisation
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, rows
from tests.telephone.phones import a_texted_place, number_of
from tests.telephone.street import STRANGER, Street, too_long
from tests.telephone.test_supporters_by_text import asks

MINUTE = timedelta(minutes=1)
CODE = re.compile(r"\b[A-Z] (\d{6})\b")
DROPS = re.compile(r"DROP (\d{6})")


@pytest.fixture
def place(app: Flask) -> Iterator[BuiltPlace]:
    with app.app_context():
        yield a_texted_place()


@pytest.fixture
def rose(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Rose Long", mail=True)


@pytest.fixture
def sam(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Sam Brackenbury")


class Old:
    """Rose's phone."""

    def __init__(self, who: BuiltMember) -> None:
        self.street = Street(who, who, who, who, who)
        self.number = number_of(who)

    def text(self, words: str, later: timedelta = MINUTE) -> str:
        """What she gets for it, all in one."""
        self.street.deliver()  # what waited to be told leaves before
        return " ".join(self.street.text(self.number, words, later=later))


@pytest.fixture
def phone(rose: BuiltMember) -> Old:
    return Old(rose)


def standing() -> list[MandateRow]:
    return [one for one in rows(MandateRow) if one.ended_at is None]


def code_in(words: str) -> str:
    found = CODE.search(words)
    assert found, words
    return found[1]


class TestAYes:
    def test_keeps_the_words_that_were_texted(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        asks(sam, rose, "post-need")
        asked = phone.text("SUPPORTERS")
        (shown,) = mandates.mine(actor=rose.actor, now=phone.street.now).asked
        phone.text(code_in(asked))
        (kept,) = standing()
        assert (kept.channel, kept.wording, kept.version) == ("text", "mandate-text", 1)
        assert (kept.basis, kept.scopes, kept.language) == ("own-reply", ["post-need"], "en")
        assert (kept.until_at - kept.from_at).days == shown.days == 90
        (mine,) = mandates.mine(actor=rose.actor, now=phone.street.now).now
        assert mine.wording == "mandate-text"
        assert [one.ref for one in acting.whom(actor=sam.actor, now=phone.street.now)]

    def test_is_told_on_the_phone_and_by_mail(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        asks(sam, rose)
        phone.text(code_in(phone.text("SUPPORTERS")))
        begun = [one for one in rows(OutboxRow) if one.template == "mandate_begun"]
        assert {one.channel for one in begun} == {"text", "mail"}

    @pytest.mark.parametrize("words", ["yes", "ok", "A1", "A yes", "1", "999999", "yes please"])
    def test_is_nothing_but_the_code(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old, words: str
    ) -> None:
        asks(sam, rose)
        phone.text("SUPPORTERS")
        phone.text(words)
        assert standing() == []

    def test_is_no_sign_in_code(self, rose: BuiltMember, sam: BuiltMember, phone: Old) -> None:
        """Nor the number that ends it, nor the code of another ask."""
        asks(sam, rose)
        asked = phone.text("SUPPORTERS")
        phone.text(f"A {DROPS.findall(asked)[0]}")
        assert standing() == []

    def test_has_ten_minutes(self, rose: BuiltMember, sam: BuiltMember, phone: Old) -> None:
        asks(sam, rose)
        asked = phone.text("SUPPORTERS")
        assert "code is over" in phone.text(code_in(asked), later=10 * MINUTE)
        assert standing() == []
        assert "agreed" not in {one.ended_because for one in rows(MandateAskRow)}
        phone.text(code_in(phone.text("SUPPORTERS")))
        assert len(standing()) == 1

    def test_is_lost_after_five_wrong_ones(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        asks(sam, rose)
        right = code_in(phone.text("SUPPORTERS"))
        wrong = next(each for each in ("111111", "222222") if each != right)
        for _ in range(5):
            assert "not the code" in phone.text(wrong, later=MINUTE / 6)
        assert "code is over" in phone.text(right, later=MINUTE / 6)
        assert standing() == []

    def test_cannot_be_tried_without_end(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        asks(sam, rose)
        for _ in range(6):
            assert CODE.search(phone.text("SUPPORTERS", later=16 * MINUTE))
        assert not CODE.search(phone.text("SUPPORTERS", later=16 * MINUTE))

    def test_to_go_on_takes_the_place_of_what_stands(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        before = a_mandate(rose, sam, Scope.POST_NEED)
        mandates.hear(
            actor=rose.actor, ref=before.ref, hears="daily", key=a_key(), now=phone.street.now
        )
        asks(sam, rose, "post-need")
        phone.text(code_in(phone.text("SUPPORTERS")))
        (kept,) = standing()
        assert kept.ref != before.ref
        assert kept.hears == "daily"

    def test_to_what_was_taken_back_is_none(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        ref = asks(sam, rose)
        asked = phone.text("SUPPORTERS")
        mandate_asks.withdraw(actor=sam.actor, ref=ref, key=a_key(), now=phone.street.now)
        assert "This is over" in phone.text(code_in(asked))
        assert standing() == []

    def test_is_of_one_ask_after_the_other(
        self, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        ann = a_member(place, "Ann Else")
        for who in (sam, ann):
            asks(who, rose, "post-need")
        first = phone.text("SUPPORTERS")
        assert first.startswith("Somebody else asks too: answer this first. Sam")
        phone.text(code_in(first))
        second = phone.text("SUPPORTERS")
        assert "Ann (number ends" in second
        assert "Text SUPPORTERS again" in second
        phone.text(code_in(second))
        assert {one.supporter_id for one in standing()} == {sam.id, ann.id}


class TestAnAsk:
    @pytest.mark.parametrize("member", [True, False])
    def test_says_the_same_whoever_has_the_number(
        self, place: BuiltPlace, phone: Old, member: bool
    ) -> None:
        a_member(place, "Noise Else")
        to = number_of(a_member(place, "Una Known")) if member else "+447700900155"
        said = phone.text(f"SUPPORTER 0{to[3:7]} {to[7:]}")
        assert re.sub(r"\d{3,6}", "#", said) == (
            "You want to ask the number that ends # to act for you for 90 days: ask for help, see"
            " who comes. I let them do this for me here, and nothing else. I am told of it. I can"
            " end it at any time; they are not told. If you want it text A # within 10 minutes."
        )
        assert rows(MandateAskRow) == []
        assert phone.text(code_in(said)) == "We ask them now. You hear from us when they say yes."
        (asked,) = rows(MandateAskRow)
        assert (asked.value, asked.wording) == (to, "mandate-text")
        assert phone.text(code_in(said)).startswith("Sorry, that question is over now.")
        assert len(rows(MandateAskRow)) == 1

    def test_begins_by_the_yes_of_the_other(self, sam: BuiltMember, phone: Old) -> None:
        phone.text(code_in(phone.text(f"supporter {number_of(sam)}")))
        (asked,) = rows(MandateAskRow)
        secrets = wiring().secrets
        mandate_offers.answer(
            actor=sam.actor, ref=asked.ref, code=secrets.code(asked.nonce), taking=True,
            secrets=secrets, now=phone.street.now,
        )  # fmt: skip
        (kept,) = standing()
        assert (kept.wording, kept.channel) == ("mandate-text", "text")
        assert kept.wording_hash == asked.wording_hash

    def test_of_oneself_or_of_what_takes_no_texts_is_none(
        self, rose: BuiltMember, phone: Old
    ) -> None:
        for words in (f"SUPPORTER {number_of(rose)}", "SUPPORTER 0117 496 0000"):
            assert not CODE.search(phone.text(words))


class TestAnEnd:
    def test_is_told_by_no_name_alone(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, sam)
        said = ("DROP SAM", "stop sam", "End Sam please", "no more sam", "stop supporter Sam")
        for words in said:
            assert DROPS.search(phone.text(words))
        assert len(standing()) == 1

    def test_looks_like_a_lapse_to_the_supporter_and_is_in_her_mail(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, sam)
        phone.street.deliver()
        told = len(rows(OutboxRow, member_id=sam.id))
        (number,) = DROPS.findall(phone.text("DROP SAM"))
        assert phone.text(f"DROP {number}").startswith("Done. Sam may not act for you any more.")
        assert standing() == []
        assert rows(MandateRow)[0].ended_because == "member"
        assert len(rows(OutboxRow, member_id=sam.id)) == told
        assert acting.whom(actor=sam.actor, now=phone.street.now) == ()
        (mail,) = [one for one in rows(OutboxRow) if one.template == "mandate_word"]
        assert mail.channel == "mail"

    def test_is_of_ones_own_alone(
        self, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, sam)
        (number,) = DROPS.findall(phone.text("DROP SAM"))
        eve = number_of(a_member(place, "Eve Else"))
        assert "not a number that we know" in str(phone.street.text(eve, f"DROP {number}"))
        assert "Nobody of that name" in str(phone.street.text(eve, "DROP SAM"))
        assert len(standing()) == 1

    def test_cannot_be_guessed(self, rose: BuiltMember, sam: BuiltMember, phone: Old) -> None:
        a_mandate(rose, sam)
        (number,) = DROPS.findall(phone.text("DROP SAM"))
        for _ in range(30):
            phone.text("DROP 000000")
        assert "A person will read it" in phone.text(f"DROP {number}")
        assert len(standing()) == 1

    def test_is_in_every_receipt_on_a_phone_and_in_no_mail(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        mandate = a_mandate(rose, sam)
        words = [words for to, words in phone.street.deliver() if to == phone.number]
        (number,) = {each for one in words for each in DROPS.findall(one)}
        assert number == wiring().secrets.code(f"end:{mandate.ref}")
        phone.text(f"drop {number}")
        assert standing() == []


class TestAList:
    def test_of_somebody_whom_nobody_helps(self, phone: Old) -> None:
        assert phone.text("SUPPORTERS").startswith("Nobody may act for you here.")

    def test_says_how_many_more_there_are(
        self, place: BuiltPlace, rose: BuiltMember, phone: Old
    ) -> None:
        for nth in range(9):
            a_mandate(rose, a_member(place, f"Sam{nth} Quill"), days=90 + nth)
        said = phone.text("SUPPORTERS")
        assert not too_long(said, "en")
        shown = said.count(" until ")
        assert said.endswith(f"And {9 - shown} more: text CALL ME and we ring you.")
        assert "Quill" not in said

    def test_gives_a_sight_of_each_who_is_shown(
        self, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, sam)
        phone.text("SUPPORTERS")
        assert {one.viewer for one in rows(SightRow, member_id=sam.id)} >= {rose.ref}

    def test_is_nobodys_who_is_no_member(
        self, place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, sam)
        said = [phone.street.text(STRANGER, each) for each in ("SUPPORTERS", "DROP SAM")]
        assert "Sam" not in str(said)
        assert standing()

    def test_of_an_organisation_has_its_name(
        self, place: BuiltPlace, rose: BuiltMember, phone: Old
    ) -> None:
        a_mandate(rose, an_organisation(place, "St. Mary's Library"), Scope.POST_NEED)
        assert "St. Mary's Library may ask for help until" in phone.text("who acts for me?")
        assert DROPS.search(phone.text("drop st. mary's library"))


@pytest.mark.parametrize(
    "words",
    ["my supporter is sam", "stop by tomorrow", "end cottage", "no more milk", "stop Bob", "stop",
     "supporters of the football club", "the end of sam's road", "I am a supporter",
     "drop me a line when you can come", "end of the week please sam"],
)  # fmt: skip
def test_within_a_sentence_they_are_no_commands(
    rose: BuiltMember, sam: BuiltMember, phone: Old, words: str
) -> None:
    a_mandate(rose, sam)
    assert not DROPS.search(phone.text(words))
    assert len(standing()) == 1


def test_nobody_acts_for_another_by_text(rose: BuiltMember, sam: BuiltMember) -> None:
    a_mandate(rose, sam)
    his = Old(sam)
    assert his.text("act for Rose: shopping tomorrow").startswith("To act for somebody you need")
    with pytest.raises(NotAllowed, match="not_by_text"):
        mandates.end_all_of(actor=sam.actor.by_text(), key=a_key(), now=his.street.now)
