"""Staff sign in by a password and a code of their phone's app: both, once, and ever slower."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest

from enabler.domain.errors import Invalid
from enabler.domain.staff import StaffSecret
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.members import StaffSecretRow, WebSessionRow
from enabler.services._password import PASSWORD_AND_CODE
from enabler.services.ports import StaffProof
from tests.identity.colleagues import MAIL, Keys, come_in, enrol, secret_holders
from tests.identity.town import MINUTE, NOW, SECOND, Town, columns, rows, statements

STEP = 30 * SECOND


def refused(town: Town, keys: Keys, **other: object) -> None:
    """It does not work, and nothing tells why."""
    with pytest.raises(Invalid) as wrong:
        come_in(town, keys, **other)
    assert (wrong.value.field, wrong.value.code) == ("password", "staff_wrong")
    assert wrong.value.facts == {}


class TestBothFactors:
    def test_open_a_session(self, town: Town) -> None:
        found = town.who(come_in(town, enrol(town)))
        assert found is not None
        actor, signed_in = found
        assert (actor.second_factor, signed_in.second_factor) == (True, True)
        assert Role.CUSTODIAN in signed_in.roles

    def test_are_both_needed(self, town: Town) -> None:
        keys = enrol(town)
        assert "000000" not in {keys.code(NOW + step * STEP) for step in (-1, 0, 1)}
        for wrong in (
            {"password": "not the password"}, {"password": "x\0" * 5_000}, {"password": ""},
            {"totp": "000000"}, {"totp": "🙂"}, {"mail": "nobody@example.org"},
        ):  # fmt: skip
            refused(town, keys, **wrong)
            town.change(StaffSecretRow, StaffSecretRow.failures > 0, failures=0)
        assert rows(WebSessionRow) == 0
        assert come_in(town, keys)

    def test_belong_to_their_place(self, town: Town) -> None:
        refused(town, enrol(town), place_id=town.elsewhere)

    def test_are_found_by_a_mail_address_however_it_is_typed(self, town: Town) -> None:
        assert come_in(town, enrol(town), mail=" Sue@Example.ORG ")

    def test_need_a_mail_address(self, town: Town) -> None:
        keys = enrol(town)
        with pytest.raises(Invalid) as wrong:
            come_in(town, keys, mail="sue")
        assert wrong.value.field == "email"

    def test_need_a_role_that_is_in_force(self, town: Town) -> None:
        keys = enrol(town)
        [(member_id,)] = secret_holders()
        town.end_roles(member_id, NOW)
        refused(town, keys)

    def test_do_not_let_the_suspended_in(self, town: Town) -> None:
        keys = enrol(town)
        [(member_id,)] = secret_holders()
        town.suspend(member_id)
        refused(town, keys)

    def test_rotate_the_session(self, town: Town) -> None:
        keys = enrol(town)
        old = come_in(town, keys)
        new = come_in(town, keys, now=NOW + MINUTE, replacing=old)
        assert town.who(old, NOW + MINUTE) is None
        assert town.who(new, NOW + MINUTE) is not None

    def test_are_kept_as_hash_and_secret(self, town: Town) -> None:
        keys = enrol(town)
        with_hash = columns(StaffSecretRow, "member_id", "password_hash", key="member_id")
        assert with_hash[0][1].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert keys.password not in with_hash[0][1]


class TestACodeOfTheApp:
    def test_works_once(self, town: Town) -> None:
        keys = enrol(town)
        come_in(town, keys)
        refused(town, keys)
        refused(town, keys, now=NOW + SECOND)
        assert come_in(town, keys, now=NOW + STEP)

    def test_uses_up_those_before_it(self, town: Town) -> None:
        keys = enrol(town)
        before = keys.code(NOW - STEP)
        come_in(town, keys)
        refused(town, keys, totp=before)

    @pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
    def test_may_be_a_step_off(self, town: Town, steps: int, taken: bool) -> None:
        keys = enrol(town)
        code = keys.code(NOW + steps * STEP)
        assert code not in {keys.code(NOW + near * STEP) for near in range(-2, 3) if near != steps}
        if taken:
            assert come_in(town, keys, totp=code)
        else:
            refused(town, keys, totp=code)


class TestAProof:
    """Whatever proves staff's identity, nothing that was proved once is proved twice."""

    def test_of_the_same_moment_opens_one_session(self, town: Town) -> None:
        keys = enrol(town)
        proves = Proves(StaffProof(step=7))
        assert come_in(town, keys, identity=proves)
        refused(town, keys, identity=proves)
        refused(town, keys, identity=Proves(StaffProof(step=6)))
        assert come_in(town, keys, identity=Proves(StaffProof(step=8)))

    def test_is_of_a_later_step_than_the_last(self) -> None:
        enrolled = PASSWORD_AND_CODE.enrol()
        evidence = {
            "password": enrolled.password,
            "totp": Keys(enrolled.password, enrolled.totp_secret).code(NOW),
        }
        step = int(NOW.timestamp()) // 30
        for last, proof in ((0, StaffProof(step)), (step - 1, StaffProof(step)), (step, None)):
            kept = StaffSecret(1, enrolled.password_hash, enrolled.totp_secret, last, 0, None)
            assert PASSWORD_AND_CODE.prove(evidence, kept, NOW) == proof

    def test_is_never_a_strangers(self) -> None:
        assert PASSWORD_AND_CODE.prove({"password": "", "totp": ""}, None, NOW) is None
        assert PASSWORD_AND_CODE.prove({}, None, NOW) is None


@dataclass(frozen=True)
class Proves:
    """Another way to prove who one is: it always does."""

    proof: StaffProof

    def prove(
        self, evidence: Mapping[str, str], kept: StaffSecret | None, now: datetime
    ) -> StaffProof | None:
        """Whoever it is."""
        return self.proof


class TestWrongTries:
    def wrong(self, town: Town, keys: Keys, times: int, **other: object) -> None:
        for _ in range(times):
            refused(town, keys, password="not the password", **other)

    def test_are_free_four_times(self, town: Town) -> None:
        keys = enrol(town)
        self.wrong(town, keys, 4)
        assert come_in(town, keys)

    def test_slow_down_from_the_fifth_and_never_lock_for_good(self, town: Town) -> None:
        keys = enrol(town)
        self.wrong(town, keys, 5)
        now = NOW
        for minutes in (1, 5, 30, 30):
            refused(town, keys, now=now + minutes * MINUTE - SECOND)
            now += minutes * MINUTE
            self.wrong(town, keys, 1, now=now)
        refused(town, keys, now=now + 30 * MINUTE - SECOND)
        assert come_in(town, keys, now=now + 30 * MINUTE)

    def test_do_not_count_while_nothing_is_checked(self, town: Town) -> None:
        keys = enrol(town)
        self.wrong(town, keys, 20)
        assert come_in(town, keys, now=NOW + MINUTE)

    def test_are_forgotten_after_a_right_one(self, town: Town) -> None:
        keys = enrol(town)
        self.wrong(town, keys, 4)
        come_in(town, keys)
        self.wrong(town, keys, 4, now=NOW + MINUTE)
        assert come_in(town, keys, now=NOW + MINUTE)

    def test_of_one_do_not_slow_another(self, town: Town) -> None:
        keys = enrol(town)
        enrol(town, mail="tom@example.org", name="Tom")
        self.wrong(town, keys, 5, mail="tom@example.org")
        assert come_in(town, keys)

    def test_take_the_same_statements_for_a_stranger(self, town: Town) -> None:
        keys = enrol(town)
        told = {}
        for mail in (MAIL, "nobody@example.org"):
            with statements() as told[mail]:
                self.wrong(town, keys, 7, mail=mail)
        assert told[MAIL] == told["nobody@example.org"]
