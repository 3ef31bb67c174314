"""What is signed can be read by others' libraries; what was tampered with is believed by nobody."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Actor
from enabler.domain.proofs import LONGEST_TEXT, SKEW
from enabler.doors.signing import FolderKeys
from enabler.doors.wiring import wiring
from enabler.services import issuing, proofs, signing_keys
from tests.builders import NOW, BuiltPlace
from tests.proofs.scene import BASE, DAY, a_holder, a_proof, read, refused, text_of
from tests.services.acting import told
from tests.services.deeds import a_key

Json = dict[str, Any]
SAME_PLACE = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # reading changes nothing, so that each example may find the place of the one before
DID = "did:web:help.example.org:issuers:elmford"


def packed(value: Json | bytes) -> str:
    """A part of a signed text, as RFC 7515 writes it."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpacked(part: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def parts(text: str) -> tuple[Json, Json, bytes]:
    """Header, claims and signature."""
    header, claims, signature = text.split(".")
    return json.loads(unpacked(header)), json.loads(unpacked(claims)), unpacked(signature)


def a_proof_text(place: BuiltPlace, **how: Any) -> str:
    holder, check = a_holder(place)
    return text_of(holder, a_proof(holder, check, **how))


class Stranger:
    """Somebody else with a key of their own, who signs what they like."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        point = self.key.public_key().public_numbers()
        x, y = (packed(number.to_bytes(32, "big")) for number in (point.x, point.y))
        self.jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def sign(self, header: Json, claims: Json | bytes) -> str:
        """A text with this header and these claims, signed with ES256."""
        said = f"{packed(header)}.{packed(claims)}"
        r, s = utils.decode_dss_signature(self.key.sign(said.encode(), ec.ECDSA(SHA256())))
        return f"{said}.{packed(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class TestOthersCanReadIt:
    def test_by_the_primitives_alone_with_the_key_of_did_json(self, place: BuiltPlace) -> None:
        text = a_proof_text(place)
        header, claims, signature = parts(text)
        document = issuing.did_document(slug=place.slug, base_url=BASE, now=NOW)
        (method,) = document["verificationMethod"]
        assert (document["id"], method["controller"], method["type"]) == (DID, DID, "JsonWebKey")
        assert header == {"alg": "ES256", "typ": "vc+jwt", "kid": method["id"]}
        assert document["assertionMethod"] == [method["id"]]
        jwk = method["publicKeyJwk"]
        assert "d" not in jwk
        x, y = (int.from_bytes(unpacked(jwk[name]), "big") for name in "xy")
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        signed = text.rpartition(".")[0].encode()
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
        assert claims["iss"] == claims["issuer"]["id"] == DID

    def test_it_has_all_that_the_data_model_asks_for(self, place: BuiltPlace) -> None:
        _, claims, _ = parts(a_proof_text(place))
        assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
        assert claims["type"] == ["VerifiableCredential", "CheckedFact"]
        assert claims["id"].startswith("urn:uuid:")
        assert claims["jti"] == claims["id"]
        assert claims["validFrom"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert claims["exp"] == int((NOW + 30 * DAY).timestamp())
        assert set(claims["credentialSubject"]) == {"fact", "checkedUntil"}
        status = claims["credentialStatus"]
        assert status["type"] == "BitstringStatusListEntry"
        assert status["statusPurpose"] == "revocation"
        assert status["statusListIndex"].isdecimal()
        assert status["statusListCredential"] == f"{BASE}/issuers/elmford/status/0"
        assert "vc" not in claims  # that was version 1.1

    def test_nothing_of_the_person_is_in_it(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        text = text_of(holder, a_proof(holder, check, for_whom="The secret scouts"))
        said = unpacked(text.split(".")[1]).decode()
        for theirs in (holder.ref, check, "Hal", "Holder", "scouts", place.postcode_at(500, 500)):
            assert theirs not in said


class TestNobodyElseCanMakeOne:
    @pytest.fixture
    def text(self, place: BuiltPlace) -> str:
        return a_proof_text(place)

    def test_without_a_signature_or_with_a_symmetric_one(
        self, place: BuiltPlace, text: str
    ) -> None:
        header, claims, signature = parts(text)
        for algorithm in ("none", "None", "HS256", "RS256", "ES384", "ES256K", "EdDSA", "", None):
            said = f"{packed({**header, 'alg': algorithm})}.{packed(claims)}"
            for end in ("", packed(signature)):
                state = read(place, f"{said}.{end}").state
                assert state in ("proof_forged", "proof_unreadable"), (algorithm, end)

    def test_with_a_key_that_the_text_brings_along(self, place: BuiltPlace, text: str) -> None:
        header, claims, _ = parts(text)
        stranger = Stranger()
        for brought in (
            {}, {"jwk": stranger.jwk}, {"jku": "https://evil.example/keys"}, {"x5c": ["MIIB"]},
        ):  # fmt: skip
            assert read(place, stranger.sign(header | brought, claims)).state == "proof_forged"
        nameless = {name: header[name] for name in ("alg", "typ")}
        assert read(place, stranger.sign(nameless, claims)).state == "proof_forged"

    def test_with_headers_that_must_be_understood(self, place: BuiltPlace, text: str) -> None:
        header, claims, _ = parts(text)
        for more in ({"crit": ["exp"], "exp": 1}, {"crit": []}, {"b64": False, "crit": ["b64"]}):
            assert read(place, Stranger().sign(header | more, claims)).state == "proof_unreadable"

    def test_as_another_kind_of_text(self, place: BuiltPlace, text: str) -> None:
        header, claims, _ = parts(text)
        for kind in ("JWT", "at+jwt", "vc+sd-jwt", "vp+jwt", None):
            said = Stranger().sign(header | {"typ": kind}, claims)
            assert read(place, said).state == "proof_unreadable"

    def test_a_status_list_is_no_proof(self, place: BuiltPlace, text: str) -> None:
        listed = issuing.status_list(
            slug=place.slug, number=0, signing=wiring().signing, base_url=BASE, now=NOW
        )
        assert read(place, listed).state == "proof_of_something_else"

    def test_of_another_place_or_at_another_address(
        self, place: BuiltPlace, noise: BuiltPlace, text: str
    ) -> None:
        assert read(place, text, base="https://other.example.org").state == "proof_issuer_unknown"
        header, claims, _ = parts(text)
        wrong = DID.replace("elmford", noise.slug)
        swapped = claims | {"issuer": wrong, "iss": wrong}
        _, _, signature = parts(text)
        said = f"{packed(header)}.{packed(swapped)}.{packed(signature)}"
        assert read(place, said).state in ("proof_issuer_unknown", "proof_forged")
        assert read(place, Stranger().sign(header, swapped)).state != "good"

    @given(st.data())
    @settings(SAME_PLACE, max_examples=60)
    def test_by_changing_one_letter(self, place: BuiltPlace, text: str, data: Any) -> None:
        at = data.draw(st.integers(0, len(text) - 2))
        letter = data.draw(st.sampled_from("ABCxyz019-_."))
        changed = text[:at] + letter + text[at + 1 :]
        if unchanged(text, changed):
            return
        assert read(place, changed).state not in ("good", "early", "over", "void")

    @given(
        st.one_of(
            st.text(max_size=300),
            st.binary(max_size=300).map(packed),
            st.lists(st.text(alphabet="abcAB_-.=", max_size=40), max_size=5).map(".".join),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(
                            [
                                "alg",
                                "typ",
                                "kid",
                                "issuer",
                                "iss",
                                "type",
                                "id",
                                "credentialSubject",
                            ]
                        )
                        | st.text(max_size=5),
                        inner,
                        max_size=4,
                    )
                ),
                max_leaves=12,
            ).map(
                lambda value: (
                    f"{packed({'alg': 'ES256', 'typ': 'vc+jwt'})}."
                    f"{packed(json.dumps(value).encode())}.AAAA"
                )
            ),
        )
    )
    @settings(SAME_PLACE, max_examples=150)
    def test_out_of_thin_air(self, place: BuiltPlace, typed: str) -> None:
        assert read(place, typed).state.startswith("proof_")

    def test_by_length_or_depth(self, place: BuiltPlace, text: str) -> None:
        assert read(place, "a" * (LONGEST_TEXT + 1)).state == "proof_too_long"
        assert read(place, text + "A" * LONGEST_TEXT).state == "proof_too_long"
        deep = packed(b"[" * 4_000 + b"]" * 4_000)[: LONGEST_TEXT - 200]
        header = packed({"alg": "ES256", "typ": "vc+jwt"})
        assert read(place, f"{header}.{deep}.AAAA").state == "proof_unreadable"

    def test_by_saying_a_thing_twice(self, place: BuiltPlace, text: str) -> None:
        header, claims, _ = parts(text)
        twice = json.dumps(claims)[:-1] + f', "issuer": "{DID}"}}'
        said = Stranger().sign(header, twice.encode())
        assert read(place, said).state == "proof_unreadable"

    def test_line_breaks_of_a_mail_do_no_harm(self, place: BuiltPlace, text: str) -> None:
        broken = "\r\n ".join(text[at : at + 70] for at in range(0, len(text), 70))
        assert read(place, f"  {broken}\n").state == "good"


def unchanged(text: str, changed: str) -> bool:
    """Whether both stand for the very same bytes: the last bits of a part may stand for none."""
    one, other = text.split("."), changed.split(".")
    if [len(part) for part in one] != [len(part) for part in other]:
        return False
    return [unpacked(part) for part in one] == [unpacked(part) for part in other]


class TestInTime:
    def test_not_before_its_time_but_for_another_clock(self, place: BuiltPlace) -> None:
        text = a_proof_text(place)
        assert read(place, text, NOW - timedelta(seconds=1)).state == "early"
        assert timedelta(minutes=2) == SKEW  # of others' proofs: tests/proofs/test_trust.py


class TestKeys:
    operator = Actor.operator("root")

    def make(self, place: BuiltPlace, now: Any = NOW, *, retire: bool = True) -> str:
        return signing_keys.make(
            actor=self.operator, slug=place.slug, retire=retire, signing=wiring().signing,
            key=a_key(), now=now,
        )  # fmt: skip

    def test_what_an_old_one_signed_is_good_until_it_ends(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        ref = a_proof(holder, check, until=NOW + 90 * DAY)
        old = text_of(holder, ref)
        later = NOW + DAY
        kid = self.make(place, later)
        assert read(place, old, NOW + 89 * DAY).state == "good"
        assert parts(text_of(holder, ref, later))[0]["kid"].endswith(kid)
        keys = issuing.jwks(slug=place.slug, now=later)["keys"]
        assert len(keys) == 2
        assert all("d" not in each for each in keys)
        assert len(issuing.jwks(slug=place.slug, now=NOW + 100 * DAY)["keys"]) == 1

    def test_what_a_lost_one_signed_is_good_no_more(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        ref = a_proof(holder, check)
        old = text_of(holder, ref)
        kid = parts(old)[0]["kid"].rpartition("#")[2]
        signing_keys.lose(actor=self.operator, slug=place.slug, kid=kid, key=a_key(), now=NOW)
        assert read(place, old).state in ("proof_forged", "proof_issuer_unknown")
        assert read(place, text_of(holder, ref)).state == "good"  # signed anew, with another
        with refused("key_unknown"):
            signing_keys.lose(actor=self.operator, slug=place.slug, kid=kid, key=a_key(), now=NOW)

    def test_of_a_lost_one_each_owner_of_a_proof_hears_once(self, place: BuiltPlace) -> None:
        holder, check = a_holder(place)
        other, of_other = a_holder(place, "Olga Other")
        late, of_late = a_holder(place, "Lotte Late")
        old = text_of(holder, a_proof(holder, check))
        a_proof(holder, check, for_whom="The hospice")
        proofs.end(actor=other.actor, ref=a_proof(other, of_other), key=a_key(), now=NOW)
        self.make(place, NOW + timedelta(hours=1))
        a_proof(late, of_late, now=NOW + timedelta(hours=2))
        kid = parts(old)[0]["kid"].rpartition("#")[2]
        signing_keys.lose(actor=self.operator, slug=place.slug, kid=kid, key=a_key(), now=NOW + DAY)
        assert [told(one) for one in (holder, other, late)] == [["proofs_lost"], [], []]

    def test_in_production_none_makes_itself(self, place: BuiltPlace, tmp_path: Any) -> None:
        holder, check = a_holder(place)
        quiet = FolderKeys(tmp_path / "signing", makes_keys=False)
        with refused("no_signing_key"):
            proofs.make(
                actor=holder.actor, ref=check, for_whom="x", until=NOW + DAY, named=False,
                secrets=wiring().secrets, signing=quiet, key=a_key(), now=NOW,
            )  # fmt: skip

    def test_the_private_half_is_a_file_that_nobody_else_reads(
        self, place: BuiltPlace, tmp_path: Any
    ) -> None:
        keys = FolderKeys(tmp_path / "signing", makes_keys=True)
        kid, public = keys.make("elmford")
        (file,) = (tmp_path / "signing" / "elmford").iterdir()
        assert (file.name, file.stat().st_mode & 0o777) == (f"{kid}.json", 0o600)
        assert "d" in json.loads(file.read_text())
        assert "d" not in public
        assert keys.has("elmford", kid)
        assert not keys.has("farby", kid)
        with pytest.raises(ValueError, match="slug"):
            keys.has("../elmford", kid)


def test_no_name_of_a_key_looks_like_an_option_of_a_command(tmp_path: Any) -> None:
    keys = FolderKeys(tmp_path, makes_keys=True)
    assert not [kid for kid, _ in (keys.make("elmford") for _ in range(300)) if kid[0] == "-"]


class TestKeyFiles:
    """What an administrator pastes of another place."""

    keys = FolderKeys.__new__(FolderKeys)

    def test_of_either_kind_of_file(self) -> None:
        stranger = Stranger()
        point = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        other = {"kty": "OKP", "crv": "Ed25519", "x": packed(point), "kid": "mine"}
        did, found = self.keys.read_keys(json.dumps({"keys": [stranger.jwk, other]}))
        assert did is None
        assert [key["name"] for key in found] == ["", "mine"]
        document = {
            "id": "did:web:farby.example", "verificationMethod": [
                {"id": "did:web:farby.example#k1", "publicKeyJwk": stranger.jwk},
                {"id": "did:web:farby.example#k2", "publicKeyJwk": other},
            ], "assertionMethod": ["did:web:farby.example#k1"],
        }  # fmt: skip
        did, found = self.keys.read_keys(json.dumps(document))
        assert did == "did:web:farby.example"
        assert [key["name"] for key in found] == ["k1"]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda jwk: jwk | {"d": "AAAA"}, "keys_private"),
            (lambda jwk: jwk | {"x": "AAAA"}, "keys_unreadable"),
            (lambda jwk: jwk | {"crv": "P-384"}, "keys_unreadable"),
            (lambda jwk: {"kty": "oct", "k": "AAAA"}, "keys_private"),
            (lambda jwk: {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, "keys_unreadable"),
        ],
    )
    def test_refuses_what_is_no_public_key(self, change: Callable[[Json], Json], code: str) -> None:
        with pytest.raises(Invalid) as wrong:
            self.keys.read_keys(json.dumps(change(Stranger().jwk)))
        assert wrong.value.code == code

    @given(st.text(max_size=200))
    def test_refuses_what_is_no_file(self, text: str) -> None:
        with pytest.raises(Invalid):
            self.keys.read_keys(text)
