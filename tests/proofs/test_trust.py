"""Another place's proof: believed by its published keys, taken over by what the place lets in."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.proofs import SKEW
from enabler.domain.vocabulary import CredentialKind, Role
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading
from enabler.services import bringing, credentials, my_checks, proofs, trust
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, a_place
from tests.proofs.elsewhere import Elsewhere
from tests.proofs.scene import BASE, DAY, K, a_holder, a_proof, read, refused, text_of
from tests.services.deeds import a_key

SECOND = timedelta(seconds=1)


@pytest.fixture
def far(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path / "far")


@pytest.fixture
def administrator(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ada Admin", roles=[Role.ADMINISTRATOR])


def trusted(
    administrator: BuiltMember, far: Elsewhere, *kinds: CredentialKind, until: Any = None,
    **more: Any,
) -> str:  # fmt: skip
    given = {"did": None, "name": "Far Council", "keys": far.document()} | more
    return trust.add(
        actor=administrator.actor, kinds=kinds, until=until or NOW + 300 * DAY,
        signing=wiring().signing, base_url=BASE, key=a_key(), now=NOW, **given,
    )  # fmt: skip


def bring(
    custodian: BuiltMember, holder: BuiltMember, text: str, now: datetime = NOW, *,
    sure: bool = True,
) -> str:  # fmt: skip
    return bringing.bring_in(
        actor=custodian.actor, holder_ref=holder.ref, text=text, sure=sure,
        signing=wiring().signing, base_url=BASE, key=a_key(), now=now,
    ).ref  # fmt: skip


def held(member: BuiltMember, now: datetime = NOW) -> frozenset[str]:
    with reading() as uow:
        return uow.credentials.valid_of((member.id, None), now)


class TestWhomWeBelieve:
    def test_a_stranger_is_not_and_a_trusted_place_is_until_the_day(
        self, place: BuiltPlace, noise: BuiltPlace, administrator: BuiltMember, far: Elsewhere
    ) -> None:
        text = far.proof()
        assert read(place, text).state == "proof_issuer_unknown"
        trusted(administrator, far, until=NOW + 10 * DAY)
        found = read(place, text)
        assert (found.state, found.issuer, found.ours) == ("good", "Far Council", False)
        assert read(noise, text).state == "proof_issuer_unknown"  # each place believes for itself
        assert read(place, text, NOW + 10 * DAY).state == "proof_issuer_unknown"

    def test_until_an_administrator_ends_it(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere
    ) -> None:
        ref = trusted(administrator, far)
        with pytest.raises(NotAllowed):
            trust.end(actor=a_custodian(place).actor, ref=ref, key=a_key(), now=NOW)
        trust.end(actor=administrator.actor, ref=ref, key=a_key(), now=NOW)
        assert read(place, far.proof()).state == "proof_issuer_unknown"
        (view,) = trust.listed(actor=administrator.actor, now=NOW)
        assert (view.state, view.thumbprints) == ("ended", (far.kid,))

    def test_within_its_time_and_two_minutes_for_a_clock_that_is_ahead(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere
    ) -> None:
        trusted(administrator, far)
        assert read(place, far.proof(made=NOW + SKEW)).state == "good"
        assert read(place, far.proof(made=NOW + SKEW + SECOND)).state == "early"
        text = far.proof(lasts=DAY)
        assert read(place, text, NOW + DAY - SECOND).state == "good"
        assert read(place, text, NOW + DAY).state == "over"
        assert read(place, far.proof(check=timedelta(0))).state == "over"

    def test_another_with_the_same_name_is_not(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere, tmp_path: Path
    ) -> None:
        trusted(administrator, far)
        assert read(place, Elsewhere(tmp_path / "other").proof()).state == "proof_forged"

    def test_is_said_only_of_somebody_elsewhere_and_by_the_file(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere
    ) -> None:
        jwks = json.dumps({"keys": [far.public]})
        own = f"did:web:help.example.org:issuers:{place.slug}"
        for wrong, code in (
            ({"keys": jwks}, "issuer_missing"),
            ({"did": "did:web:other.example"}, "issuer_differs"),
            ({"keys": jwks, "did": "javascript:alert(1)"}, "issuer_malformed"),
            (
                {"keys": jwks, "did": own},
                "issuer_is_here",
            ),
            ({"keys": "{}"}, "keys_unreadable"),
            ({"until": NOW + 2000 * DAY}, "trust_end_wrong"),
        ):
            with refused(code, Invalid):
                trusted(administrator, far, **wrong)
        trusted(administrator, far, keys=jwks, did=far.issuer.did)
        with refused("issuer_trusted_already", WrongMoment):
            trusted(administrator, far)


class TestTakenOver:
    @pytest.fixture
    def holder(self, place: BuiltPlace) -> BuiltMember:
        return a_member(place, "Hal  holder", credentials=[])

    def test_it_counts_until_the_end_of_the_proof(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere, holder: BuiltMember
    ) -> None:
        trusted(administrator, far, K.DBS_ENHANCED)
        bring(a_custodian(place), holder, far.proof())
        assert held(holder) == {"dbs-enhanced", "dbs-standard", "dbs-basic"}
        assert held(holder, NOW + 30 * DAY) == frozenset()
        (view,) = my_checks.mine(actor=holder.actor, now=NOW).credentials
        assert view.from_place == "Far Council"
        (fact,) = proofs.facts(actor=holder.actor, now=NOW).facts
        assert fact.until_at is None  # only who saw the paper can vouch for it

    def test_never_what_this_place_does_not_take(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere, holder: BuiltMember
    ) -> None:
        trusted(administrator, far, K.IDENTITY, K.LIVES_HERE)
        custodian = a_custodian(place)
        for kind in (K.DBS_ENHANCED, K.LIVES_HERE):
            with refused("proof_not_taken", Invalid):
                bring(custodian, holder, far.proof(kind=kind))
        assert held(holder) == frozenset()

    def test_of_one_person_by_name_and_once(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere, holder: BuiltMember
    ) -> None:
        trusted(administrator, far, K.DBS_ENHANCED)
        custodian = a_custodian(place)
        with refused("proof_without_name"):
            bring(custodian, holder, far.proof(None))
        with refused("proof_of_another_name"):
            bring(custodian, holder, far.proof("Eve Else"))
        with refused("proof_not_sure"):
            bring(custodian, holder, far.proof(), sure=False)
        bring(custodian, holder, far.proof())
        for again in (holder, a_member(place, "Hal Holder", credentials=[])):
            with refused("proof_taken"):
                bring(custodian, again, far.proof())
        bring(custodian, holder, far.proof(nonce="two"), NOW + 20 * DAY)

    def test_not_by_who_lets_them_be_believed_nor_for_oneself(
        self, place: BuiltPlace, far: Elsewhere, holder: BuiltMember
    ) -> None:
        both = a_member(place, "Bo Both", roles=[Role.ADMINISTRATOR, Role.CUSTODIAN])
        trusted(both, far, K.DBS_ENHANCED)
        with refused("same_person", NotAllowed):
            bring(both, holder, far.proof())
        custodian = a_custodian(place)
        with refused("own_case", NotAllowed):
            bring(custodian, custodian, far.proof())
        with pytest.raises(NotAllowed):
            bring(a_member(place), holder, far.proof())
        elsewhere = a_member(a_place("farby", west=450_000), "Hal Holder", credentials=[])
        with pytest.raises(NotFound):
            bring(custodian, elsewhere, far.proof())

    def test_nothing_that_is_over_or_tampered_with(
        self, place: BuiltPlace, administrator: BuiltMember, far: Elsewhere, holder: BuiltMember
    ) -> None:
        trusted(administrator, far, K.DBS_ENHANCED)
        custodian, text = a_custodian(place), far.proof()
        for wrong, code in (
            (text[:-8] + "AAAAAAAA", "proof_forged"), ("no proof", "proof_unreadable"),
        ):  # fmt: skip
            with refused(code, Invalid):
                bring(custodian, holder, wrong)
        with refused("proof_over"):
            bring(custodian, holder, text, NOW + 30 * DAY)


class TestBetweenPlacesOfOneHouse:
    def test_it_dies_with_the_original_and_with_its_owners_leave(self, place: BuiltPlace) -> None:
        there = a_place("farby", west=450_000)
        here = a_member(there, "Hal Holder", credentials=[])
        custodian = a_custodian(there)
        for how in ("ended", "revoked"):
            holder, check = a_holder(place)
            ref = a_proof(holder, check, named=True)
            kept = bring(custodian, here, text_of(holder, ref))
            assert "dbs-enhanced" in held(here)
            with reading() as uow:
                assert uow.credentials.by_ref(there.id, kept).carried_from is not None
            if how == "ended":
                proofs.end(actor=holder.actor, ref=ref, key=a_key(), now=NOW)
            else:
                credentials.revoke(
                    actor=a_custodian(place).actor, ref=check, words="Mistaken.", key=a_key(),
                    now=NOW,
                )  # fmt: skip
            assert held(here) == frozenset()

    def test_a_place_does_not_take_its_own(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        text = text_of(holder, a_proof(holder, check, named=True))
        with refused("proof_of_this_place"):
            bring(a_custodian(place), a_member(place, "Hal Holder", credentials=[]), text)
