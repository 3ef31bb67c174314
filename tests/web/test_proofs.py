"""Somebody makes a proof on their page; somebody else checks it without an account."""

import base64
import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import reading
from enabler.services import credentials
from tests.builders import BuiltMember, BuiltPlace, a_custodian, a_member
from tests.proofs.elsewhere import Elsewhere
from tests.proofs.scene import K, a_holder
from tests.services.deeds import a_key
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]
UNTIL = ["20", "3", "2026"]


@pytest.fixture
def holder(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        member, _ = a_holder(place, "Rosa Long", K.DBS_BASIC)
    return member


@pytest.fixture
def at_home(app: Flask, place: BuiltPlace, person: Someone, holder: BuiltMember) -> Person:
    """The holder at their browser, with a proof open."""
    rosa = sign_in(app, person(), holder)
    rosa.open("/me/facts")
    assert "Basic DBS check" in rosa.words
    made = rosa.page.select_one("section a.govuk-button")
    assert made is not None
    rosa.open(str(made["href"]))
    assert rosa.heading == "Make a proof"
    rosa.send(for_whom="The scouts", until=UNTIL)
    assert rosa.path.startswith("/me/facts/proofs/")
    return rosa


def link_of(rosa: Person) -> str:
    found = rosa.page.select_one("a.address")
    assert found is not None
    return str(found["href"]).removeprefix("http://localhost")


def code_of(rosa: Person) -> str:
    found = rosa.page.select_one("#code")
    assert found is not None
    return found.get_text()


def text_of(rosa: Person) -> str:
    found = rosa.page.select_one("code.address")
    assert found is not None
    return found.get_text().strip()


class TestALink:
    def test_says_what_was_checked_and_the_code_whose_it_is(
        self, at_home: Person, person: Someone
    ) -> None:
        scout = person().open(link_of(at_home))
        assert "This is good" in scout.words
        assert "Basic DBS check" in scout.words
        assert "Elmford" in scout.words
        assert "Rosa" not in scout.page.get_text()
        assert "The scouts" not in scout.page.get_text()
        assert "The code is right" in scout.send(code=code_of(at_home)).words
        scout.open(link_of(at_home))
        assert "The code is wrong" in scout.send(code="000 000").words

    def test_is_good_no_more_once_it_is_ended(
        self, app: Flask, at_home: Person, person: Someone
    ) -> None:
        link, path = link_of(at_home), at_home.path
        at_home.send("/end")
        assert "Ended by you" in at_home.words
        gone = person().open(link)
        assert "This is not good" in gone.words
        assert "Basic DBS check" not in gone.words
        assert "Nobody can use it any more" in at_home.open(path).words

    def test_of_nobody_is_not_found(self, person: Someone, place: BuiltPlace) -> None:
        assert person().open("/elmford/verify/nothing-of-the-kind").answer.status_code == 404

    def test_is_a_sight_that_its_owner_reads(self, at_home: Person, person: Someone) -> None:
        person().open(link_of(at_home))
        assert "Somebody who was not signed in" in at_home.open("/me/looked").words


class TestAText:
    def test_is_checked_by_anybody_and_kept_by_nobody(
        self, at_home: Person, person: Someone
    ) -> None:
        scout = person().open("/elmford/verify")
        scout.send(text=text_of(at_home))
        assert "This is good" in scout.words
        assert "Ask them for their link" in scout.words
        scout.send(text=text_of(at_home)[:-20] + "A" * 20)
        assert "This is not good" in scout.words
        scout.send(text="not a proof")
        assert "not a proof" in scout.error_at("text")
        assert "who was not signed in" not in at_home.open("/me/looked").words

    def test_is_a_file_of_its_own_type(self, at_home: Person) -> None:
        answer = at_home.client.get(f"{at_home.path}/file")
        assert answer.content_type == "application/vc+jwt"
        assert answer.get_data(as_text=True).count(".") == 2
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"

    def test_that_is_huge_is_refused_at_its_field(self, person: Someone) -> None:
        scout = person().open("/elmford/verify")
        scout.send(text="A" * 40_000)
        assert "Make it" in scout.error_at("text")


class TestWhatProgramsFetch:
    def test_the_keys_and_what_counts_no_more(
        self, app: Flask, place: BuiltPlace, holder: BuiltMember, at_home: Person, clock: Clock
    ) -> None:
        client = app.test_client()
        document = client.get("/issuers/elmford/did.json")
        assert document.json is not None
        assert document.json["id"] == "did:web:localhost:issuers:elmford"
        assert document.headers["Cache-Control"].startswith("public")
        assert "Set-Cookie" not in document.headers
        keys = client.get("/issuers/elmford/jwks.json")
        assert keys.json is not None
        assert [set(key) for key in keys.json["keys"]] == [
            {"kty", "crv", "x", "y", "kid", "use", "alg"}
        ]
        claims = part(text_of(at_home), 1)
        status = claims["credentialStatus"]
        at, index = status["statusListCredential"], int(status["statusListIndex"])
        before = client.get(at.removeprefix("http://localhost"))
        assert before.content_type == "application/vc+jwt"
        assert not bit(before.get_data(as_text=True), index)
        with app.app_context():
            check = holder_check(holder)
            credentials.revoke(
                actor=a_custodian(place).actor, ref=check, words="Mistaken.", key=a_key(),
                now=clock.now,
            )  # fmt: skip
        after = client.get(at.removeprefix("http://localhost")).get_data(as_text=True)
        assert bit(after, index)
        assert ones(after) == 1

    def test_of_no_place_or_no_list(self, app: Flask, place: BuiltPlace) -> None:
        for path in ("nowhere/did.json", "nowhere/jwks.json", "elmford/status/0"):
            assert app.test_client().get(f"/issuers/{path}").status_code == 404


class TestAtTheDesk:
    def test_an_administrator_believes_a_place_and_a_custodian_takes_over(
        self, app: Flask, place: BuiltPlace, person: Someone, tmp_path: Any
    ) -> None:
        far = Elsewhere(tmp_path)
        with app.app_context():
            newcomer = a_member(place, "Hal Holder", credentials=[])
        desk = sign_in_staff(app, person(), place, Role.ADMINISTRATOR)
        desk.open("/desk/trusted/new")
        desk.send(name="Far Council", keys=far.document(), kinds=["dbs-enhanced"], until=UNTIL)
        assert "Far Council" in desk.words
        assert far.kid in desk.words
        other = sign_in_staff(app, person(), place)
        other.open(f"/desk/credentials/bring?holder={newcomer.ref}")
        other.send(text=far.proof(), sure="y")
        assert other.path == "/desk/credentials"
        assert other.open("/desk/trusted").answer.status_code == 403


def holder_check(holder: BuiltMember) -> str:
    with reading() as uow:
        return uow.credentials.of_holder((holder.id, None))[0].ref


def part(text: str, number: int) -> dict[str, Any]:
    piece = text.split(".")[number]
    return dict(json.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4))))


def row_of(signed: str) -> bytes:
    """The bits of a list, as any other program unpacks them."""
    subject = part(signed, 1)["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    packed = subject["encodedList"]
    assert packed[0] == "u"
    raw = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert len(raw) == 131_072 // 8
    return raw


def bit(signed: str, index: int) -> bool:
    return bool(row_of(signed)[index // 8] & (0x80 >> index % 8))


def ones(signed: str) -> int:
    return sum(byte.bit_count() for byte in row_of(signed))
