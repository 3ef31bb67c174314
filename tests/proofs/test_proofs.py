"""A proof says one thing that was checked, as long as it is so and its owner wants it to."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from enabler.domain.errors import NotFound
from enabler.domain.proofs import CODE_LIFE, MOST_TRIES
from enabler.domain.vocabulary import MemberState
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.credentials import CredentialRow
from enabler.persistence.tables.members import MemberRow
from enabler.persistence.tables.proofs import ProofRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import carrying, credentials, details, proofs
from tests.builders import NOW, BuiltPlace, a_custodian, a_member
from tests.proofs.scene import (
    DAY,
    K,
    a_holder,
    a_proof,
    carried,
    opened,
    read,
    refused,
    rows,
    told_code,
)
from tests.services.deeds import a_key

SECOND = timedelta(seconds=1)


class TestWhatItSays:
    def test_who_vouches_for_what_until_when_and_nothing_else(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        for found in (read(place, shown.text or ""), opened(place, shown.token or "")):
            assert (found.state, found.kind, found.issuer) == ("good", K.DBS_ENHANCED, "Elmford")
            assert found.did == "did:web:help.example.org:issuers:elmford"
            assert (found.name, found.detail, found.holder) == (None, None, None)
            assert (found.until_at, found.checked_until) == (NOW + 30 * DAY, NOW + 400 * DAY)

    def test_a_name_and_which_training_only_where_they_belong(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place, kind=K.TRAINING, note="First aid")
        shown = carried(holder, a_proof(holder, check, named=True))
        found = read(place, shown.text or "")
        assert (found.name, found.detail) == ("Hal Holder", "First aid")

    def test_is_read_in_any_place_of_the_house(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        assert read(noise, shown.text or "").state == "good"
        assert opened(noise, shown.token or "").issuer == "Elmford"

    def test_two_of_one_person_have_nothing_in_common_but_what_they_say(
        self, place: BuiltPlace
    ) -> None:
        holder, check = a_holder(place)
        one, other = (carried(holder, a_proof(holder, check, for_whom=whom)) for whom in "12")
        marks = {(each.nonce, each.status_index) for each in rows(ProofRow)}
        marks |= {(each.token, each.code) for each in (one, other)}
        assert len({mark for pair in marks for mark in pair}) == 8


class TestUntilWhen:
    def test_it_is_never_beyond_the_check_nor_ninety_days(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place, lasts=20 * DAY)
        a_proof(holder, check, until=(NOW + 60 * DAY).date())
        assert rows(ProofRow)[0].until_at == NOW + 20 * DAY
        other, longer = a_holder(place, "Ola Other")
        a_proof(other, longer, until=(NOW + 90 * DAY).date())
        assert rows(ProofRow, member_id=other.id)[0].until_at == NOW + 90 * DAY
        for wrong in (NOW.date() + 92 * DAY, NOW.date() - DAY, NOW, NOW + 90 * DAY + SECOND):
            with refused("proof_end_wrong"):
                a_proof(other, longer, until=wrong)

    def test_the_database_itself_refuses_more(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place, lasts=100 * DAY)
        other, theirs = a_holder(place, "Ola Other")
        waved, waiver = a_holder(place, "Wim Waived", waived=True, agreed_by="another")
        (own,) = rows(CredentialRow, ref=check)
        (others,) = rows(CredentialRow, ref=theirs)
        (unseen,) = rows(CredentialRow, ref=waiver)
        for member, one, days in (
            (holder, own, 91), (holder, others, 10), (waved, unseen, 10),
        ):  # fmt: skip
            with pytest.raises(DBAPIError, match="proof is of no check"), unit_of_work() as uow:
                uow.proofs.add(
                    place_id=place.id, nonce=f"a nonce {days}", member_id=member.id,
                    credential_id=one.id, token_hash="h", named=False, for_whom="x", made_at=NOW,
                    until_at=NOW + days * DAY,
                )  # fmt: skip
        ref = a_proof(holder, check)
        for change in ({"until_at": NOW + 80 * DAY}, {"member_id": other.id}, {"named": True}):
            with pytest.raises(DBAPIError, match="proof does not change"), unit_of_work() as uow:
                uow.session.query(ProofRow).filter_by(ref=ref).update(change)

    def test_to_the_second(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        last = NOW + 30 * DAY
        assert read(place, shown.text or "", last - SECOND).state == "good"
        for gone in (read(place, shown.text or "", last), opened(place, shown.token or "", last)):
            assert (gone.state, gone.kind, gone.name) == ("over", None, None)


class TestItIsVoid:
    def test_when_its_owner_ends_it(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        ref = a_proof(holder, check, named=True)
        shown = carried(holder, ref)
        with pytest.raises(NotFound):
            proofs.end(actor=a_member(place).actor, ref=ref, key=a_key(), now=NOW)
        proofs.end(actor=holder.actor, ref=ref, key=a_key(), now=NOW)
        for gone in (read(place, shown.text or ""), opened(place, shown.token or "")):
            assert (gone.state, gone.kind, gone.name) == ("void", None, None)
        assert carried(holder, ref).text is None
        assert proofs.facts(actor=holder.actor, now=NOW).proofs[0].state == "ended"

    def test_at_once_when_the_check_is_taken_back(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        credentials.revoke(
            actor=a_custodian(place).actor, ref=check, words="Mistaken.", key=a_key(), now=NOW
        )
        assert read(place, shown.text or "").state == "void"
        assert opened(place, shown.token or "").state == "void"
        with refused("check_cannot_be_proved"):
            a_proof(holder, check)

    def test_while_the_account_is_stopped(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        with unit_of_work() as uow:
            uow.session.get(MemberRow, holder.id).state = MemberState.SUSPENDED
            uow.commit()
        assert read(place, shown.text or "").state == "void"


class TestWhoseItIs:
    def test_the_code_of_the_moment_shows_that_they_have_the_account(
        self, place: BuiltPlace
    ) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        token, code = shown.token or "", shown.code or ""
        assert told_code(place, token, f" {code[:3]} {code[3:]} ").holder == "same"
        assert told_code(place, token, code, NOW + CODE_LIFE).holder == "same"
        assert told_code(place, token, code, NOW + 2 * CODE_LIFE).holder == "wrong"

    def test_nobody_guesses_it(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        ref = a_proof(holder, check)
        shown = carried(holder, ref)
        token, right = shown.token or "", shown.code or ""
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        assert {told_code(place, token, wrong).holder for _ in range(MOST_TRIES)} == {"wrong"}
        assert told_code(place, token, right).holder == "wait"
        later = NOW + CODE_LIFE
        assert told_code(place, token, carried(holder, ref, later).code or "", later).holder == (
            "same"
        )

    def test_a_link_that_was_opened_is_a_sight_and_a_pasted_text_is_none(
        self, place: BuiltPlace
    ) -> None:
        holder, check = a_holder(place)
        shown = carried(holder, a_proof(holder, check))
        read(place, shown.text or "")
        assert rows(SightRow, member_id=holder.id) == []
        opened(place, shown.token or "")
        (sight,) = rows(SightRow, member_id=holder.id)
        assert (sight.viewer, sight.why, sight.what) == (
            "anonymous:anonymous", "proof", "credential",
        )  # fmt: skip


class TestOfWhat:
    def test_a_proof_is_of_ones_own_check(self, place: BuiltPlace) -> None:
        _, check = a_holder(place)
        with pytest.raises(NotFound):
            a_proof(a_member(place), check)

    def test_not_of_what_nobody_saw_here(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place, waived=True, agreed_by="another")
        with refused("check_cannot_be_proved"):
            a_proof(holder, check)
        (fact,) = proofs.facts(actor=holder.actor, now=NOW).facts
        assert fact.until_at is None

    def test_a_link_that_nobody_has_is_no_proof(self, place: BuiltPlace) -> None:
        with pytest.raises(NotFound):
            opened(place, "nothing")

    def test_it_goes_a_year_after_its_check(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place, lasts=DAY)
        a_proof(holder, check, until=NOW + DAY)
        with unit_of_work() as uow:
            assert uow.credentials.forget(NOW + 367 * DAY) >= 1
            uow.commit()
        assert (rows(ProofRow), rows(CredentialRow, ref=check)) == ([], [])


def test_that_somebody_lives_here_ends_when_they_move(place: BuiltPlace) -> None:
    holder, check = a_holder(place, kind=K.LIVES_HERE)
    shown = carried(holder, a_proof(holder, check))
    details.move(
        actor=holder.actor, postcode_text=place.postcode_at(2500, 2500), address="2 New Row",
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip
    assert read(place, shown.text or "").state == "void"


def test_no_other_place_takes_it_over_that_somebody_lives_here(
    place: BuiltPlace, noise: BuiltPlace
) -> None:
    holder, check = a_holder(place, kind=K.LIVES_HERE)
    with refused("check_cannot_be_carried"):
        carrying.let_see(
            actor=holder.actor, ref=check, to=noise.slug, until=NOW + DAY, key=a_key(), now=NOW
        )
