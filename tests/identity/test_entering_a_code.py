"""Entering a code: ten minutes, one use, five tries, the browser that asked."""

import threading

import pytest

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.members import ContactRow, SignInCodeRow, WebSessionRow
from enabler.services import sign_in
from tests.identity.town import ANN, BEN, MINUTE, NOW, SECOND, Town, columns, rows, statements


def refused(town: Town, code: str, **other: object) -> tuple[str, dict[str, object]]:
    """What a code is refused for."""
    with pytest.raises(Invalid) as wrong:
        town.enter(code, **other)
    assert wrong.value.field == "code"
    return wrong.value.code, wrong.value.facts


def another(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


class TestARightCode:
    def test_is_taken_however_it_is_typed(self, town: Town) -> None:
        for number, written in enumerate(("{0}{1}", " {0}-{1}\n", "\u200b{0}\u00a0{1}")):
            phone = f"+44770090030{number}"
            town.ask(phone)
            code = town.code(phone)
            assert town.enter(written.format(code[:3], code[3:]), phone)

    def test_is_taken_in_other_digits(self, town: Town) -> None:
        town.ask()
        arabic = "".join(chr(0x0660 + int(digit)) for digit in town.code())
        assert town.enter(arabic)

    def test_works_once(self, town: Town) -> None:
        town.ask()
        code = town.code()
        town.enter(code)
        assert refused(town, code, now=NOW + MINUTE) == ("code_used", {})

    def test_sent_twice_by_a_double_click_is_one_session(self, town: Town) -> None:
        town.ask()
        code, before = town.code(), town.prove(BEN, browser="b1")
        token = town.enter(code, replacing=before)
        assert town.enter(code, replacing=before, now=NOW + SECOND) == token
        assert town.enter(code, replacing=token, now=NOW + SECOND) == token
        assert town.who(token) is not None
        assert (rows(WebSessionRow), rows(WebSessionRow, ended_at=None)) == (2, 1)

    def test_sent_twice_from_another_browser_is_not_taken(self, town: Town) -> None:
        town.ask()
        town.enter(town.code())
        assert refused(town, town.code(), browser="another")[0] == "code_not_asked"

    def test_opens_no_session_that_was_ended_meanwhile(self, town: Town) -> None:
        town.ask()
        code = town.code()
        sign_in.sign_out(token=town.enter(code), secrets=town.secrets, now=NOW)
        assert refused(town, code, now=NOW + SECOND)[0] == "code_used"
        assert rows(WebSessionRow, ended_at=None) == 0

    def test_cannot_be_looked_for_after_it_was_used(self, town: Town) -> None:
        town.ask()
        code = town.code()
        token = town.enter(code)
        assert town.enter(code) == token
        for _ in range(4):
            assert refused(town, another(code))[0] == "code_used"
        assert refused(town, code)[0] == "code_used"
        assert town.who(token) is not None

    def test_works_once_for_many_at_once(self, town: Town) -> None:
        town.ask()
        code, outcomes = town.code(), []

        def enter() -> None:
            with town.app.app_context():
                outcomes.append(town.enter(code))

        threads = [threading.Thread(target=enter) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(outcomes) == 6
        assert len(set(outcomes)) == 1
        assert rows(WebSessionRow) == 1

    def test_works_for_ten_minutes(self, town: Town) -> None:
        town.ask()
        code = town.code()
        assert refused(town, code, now=NOW + 10 * MINUTE) == ("code_expired", {})
        assert town.enter(code, now=NOW + 10 * MINUTE - SECOND)

    def test_works_in_the_browser_that_asked(self, town: Town) -> None:
        town.ask(browser="mine")
        code = town.code()
        assert refused(town, code, browser="another")[0] == "code_not_asked"
        assert town.enter(code, browser="mine")

    def test_works_for_its_number_and_place(self, town: Town) -> None:
        town.ask()
        code = town.code()
        assert refused(town, code, phone=BEN)[0] == "code_not_asked"
        assert refused(town, code, place_id=town.elsewhere)[0] == "code_not_asked"

    def test_is_the_newest_of_its_browser(self, town: Town) -> None:
        town.ask()
        first = town.code()
        town.ask(now=NOW + MINUTE)
        second = town.code()
        assert refused(town, first, now=NOW + MINUTE)[0] == "code_wrong"
        assert town.enter(second, now=NOW + MINUTE)

    def test_is_not_undone_by_another_browser_that_asks(self, town: Town) -> None:
        town.ask(browser="mine")
        code = town.code()
        town.ask(browser="another")
        assert town.enter(code, browser="mine")


class TestAWrongCode:
    def test_may_be_tried_five_times(self, town: Town) -> None:
        town.ask()
        code = town.code()
        wrong = another(code)
        assert [refused(town, wrong) for _ in range(4)] == [
            ("code_wrong", {"left": left}) for left in (4, 3, 2, 1)
        ]
        assert refused(town, wrong)[0] == "code_too_many_tries"
        assert refused(town, code)[0] == "code_too_many_tries"

    def test_leaves_a_fifth_try_for_the_right_one(self, town: Town) -> None:
        town.ask()
        code = town.code()
        for _ in range(4):
            refused(town, another(code))
        assert town.enter(code)

    def test_counts_also_when_many_are_tried_at_once(self, town: Town) -> None:
        town.ask()
        wrong, outcomes = another(town.code()), []

        def enter() -> None:
            with town.app.app_context():
                outcomes.append(refused(town, wrong)[0])

        threads = [threading.Thread(target=enter) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count("code_wrong") == 4
        assert outcomes.count("code_too_many_tries") == 4
        assert columns(SignInCodeRow, "tries") == [(5,)]

    def test_that_is_no_code_costs_no_try(self, town: Town) -> None:
        town.ask()
        for typed in ("", " \0 ", "12345", "1234567", "12345x", "½23456", "1" * 10_000, "🙂" * 6):
            expected = "code_malformed" if typed.strip(" \0") else "code_missing"
            assert refused(town, typed)[0] == expected
        assert columns(SignInCodeRow, "tries") == [(0,)]


class TestASession:
    def test_is_the_members(self, town: Town) -> None:
        town.join()
        token = town.prove(now=NOW + MINUTE)
        found = town.who(token, NOW + MINUTE)
        assert found is not None
        assert found[1].shown_name == "Ann"

    def test_of_a_strangers_number_is_nobodys(self, town: Town) -> None:
        found = town.who(town.prove(BEN))
        assert found is not None
        actor, signed_in = found
        assert (actor.kind, actor.place_id, actor.grants) == ("anonymous", town.place_id, ())
        assert (signed_in.member_id, signed_in.verified_phone) == (None, BEN)

    def test_replaces_the_one_that_the_browser_had(self, town: Town) -> None:
        old = town.join()
        new = town.prove(now=NOW + MINUTE, replacing=old)
        assert new != old
        assert town.who(old, NOW + MINUTE) is None
        assert town.who(new, NOW + MINUTE) is not None

    def test_keeps_no_token(self, town: Town) -> None:
        token = town.prove()
        [(kept,)] = columns(WebSessionRow, "token_hash")
        assert token not in kept

    def test_is_not_for_a_suspended_member(self, town: Town) -> None:
        found = town.who(town.join())
        assert found is not None
        town.suspend(found[0].member_id or 0)
        town.ask(now=NOW + MINUTE)
        code = town.code()
        with pytest.raises(NotAllowed) as refusal:
            town.enter(code, now=NOW + MINUTE)
        assert refusal.value.code == "account_suspended"
        assert refused(town, code, now=NOW + MINUTE)[0] == "code_used"

    def test_is_in_the_audit(self, town: Town) -> None:
        town.join()
        told = [what for (what,) in columns(AuditRow, "what")]
        assert told == ["session.opened", "member.joined"]

    def test_proves_a_number_that_staff_wrote_down(self, town: Town) -> None:
        town.add(Role.RESIDENT, phone=ANN)
        assert columns(ContactRow, "verified_at") == [(None,)]
        town.prove()
        assert columns(ContactRow, "verified_at") == [(NOW,)]


class TestWhoIsAMember:
    def test_is_told_by_no_answer_to_a_wrong_code(self, town: Town) -> None:
        town.join(ANN)
        later, told, answers = NOW + 60 * MINUTE, {}, {}
        for phone in (ANN, BEN):
            town.ask(phone, now=later)
            wrong = another(town.code(phone))
            with statements() as told[phone]:
                answers[phone] = refused(town, wrong, phone=phone, now=later)
        assert len(told[ANN]) >= 2
        assert told[ANN] == told[BEN]
        assert answers[ANN] == answers[BEN]

    def test_takes_as_many_statements_to_answer_a_right_one(self, town: Town) -> None:
        town.join(ANN)
        later, told = NOW + 60 * MINUTE, {}
        for phone in (ANN, BEN):
            town.ask(phone, now=later)
            code = town.code(phone)
            with statements() as told[phone]:
                town.enter(code, phone, now=later)
        assert len(told[ANN]) == len(told[BEN])
