"""What one place signs, ends and takes over says nothing of another's."""

import base64
import gzip
import json
from pathlib import Path

import pytest

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.proofs import ProofRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import bringing, issuing, proofs, signing_keys, trust
from tests.builders import NOW, BuiltPlace, a_custodian, a_member, a_place
from tests.proofs.elsewhere import Elsewhere
from tests.proofs.scene import BASE, DAY, K, a_holder, a_proof, read, refused, rows, text_of
from tests.services.deeds import a_key


@pytest.fixture
def there(place: BuiltPlace) -> BuiltPlace:
    return a_place("farby", west=450_000)


def keys_of(place: BuiltPlace) -> set[str]:
    return {key["kid"] for key in issuing.jwks(slug=place.slug, now=NOW)["keys"]}


def void_of(place: BuiltPlace) -> int:
    """How many entries of the place's list are set."""
    signed = issuing.status_list(
        slug=place.slug, number=0, signing=wiring().signing, base_url=BASE, now=NOW
    )
    part = signed.split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    packed = said["credentialSubject"]["encodedList"][1:]
    raw = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return sum(byte.bit_count() for byte in raw)


def test_each_has_its_keys_and_its_list(place: BuiltPlace, there: BuiltPlace) -> None:
    refs = {}
    for one in (place, there):
        holder, check = a_holder(one)
        refs[one.slug] = holder, a_proof(holder, check)
    assert len(keys_of(place)) == len(keys_of(there)) == 1
    assert keys_of(place) != keys_of(there)
    holder, ref = refs[place.slug]
    proofs.end(actor=holder.actor, ref=ref, key=a_key(), now=NOW)
    assert (void_of(place), void_of(there)) == (1, 0)
    (kid,) = keys_of(there)
    with refused("key_unknown"):
        signing_keys.lose(
            actor=Actor.operator("root"), slug=place.slug, kid=kid, key=a_key(), now=NOW
        )


def test_an_entry_of_the_same_number_elsewhere_is_another_proof(
    place: BuiltPlace, there: BuiltPlace
) -> None:
    other, theirs = a_holder(there)
    a_proof(other, theirs)
    (row,) = rows(ProofRow)
    holder, check = a_holder(place)
    with unit_of_work() as uow:
        one = uow.credentials.by_ref(place.id, check)
        uow.session.add(ProofRow(
            place_id=place.id, ref="SAME", member_id=holder.id, credential_id=one.id,
            nonce="same", token_hash="same", status_index=row.status_index, named=False,
            for_whom="x", made_at=NOW, until_at=NOW + DAY, tries=0,
        ))  # fmt: skip
        uow.commit()
    assert read(place, text_of(holder, "SAME")).state == "good"


def test_both_take_over_the_same_proof(
    place: BuiltPlace, there: BuiltPlace, tmp_path: Path
) -> None:
    far = Elsewhere(tmp_path)
    for one in (place, there):
        trust.add(
            actor=a_member(one, roles=[Role.ADMINISTRATOR]).actor, did=None, name="Far",
            keys=far.document(), kinds=[K.DBS_ENHANCED], until=NOW + 90 * DAY,
            signing=wiring().signing, base_url=BASE, key=a_key(), now=NOW,
        )  # fmt: skip
        holder = a_member(one, "Hal Holder", credentials=[])
        kept = bringing.bring_in(
            actor=a_custodian(one).actor, holder_ref=holder.ref, text=far.proof(), sure=True,
            signing=wiring().signing, base_url=BASE, key=a_key(), now=NOW,
        )  # fmt: skip
        assert kept.state == "carried"
