"""Proofs by a program: made by a key that writes, looked at and verified by one that only looks."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from enabler.domain.api_tokens import Scope
from enabler.services import credentials
from tests.api.programs import Program, a_program
from tests.api.test_nouns import done, refused
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.proofs.scene import K, a_holder
from tests.services.deeds import a_key

WISH = {"for_whom": "The scouts", "until": (NOW + timedelta(days=10)).date().isoformat()}


@pytest.fixture
def held(app: Flask, place: BuiltPlace) -> tuple[BuiltMember, str]:
    """Somebody who was checked, and the ref of the check."""
    with app.app_context():
        return a_holder(place, "Rosa Long", K.DBS_BASIC)


@pytest.fixture
def hers(app: Flask, held: tuple[BuiltMember, str]) -> Program:
    """Her program."""
    return a_program(app, held[0])


def made(program: Program, ref: str, *, named: bool = True) -> Any:
    path = f"/me/credentials/{ref}/prove"
    return done(program.post(path, WISH | {"named": named}))


def test_one_is_made_verified_and_ended(
    app: Flask, place: BuiltPlace, held: tuple[BuiltMember, str], hers: Program
) -> None:
    carried = made(hers, held[1])
    ref, text = carried["proof"]["ref"], carried["text"]
    assert "code" not in carried
    assert [one["ref"] for one in done(hers.get("/me/proofs"))["proofs"]] == [ref]
    with app.app_context():
        ben = a_member(place, "Ben Near")
    his = a_program(app, ben, Scope.READ)
    good = done(his.post("/proofs/verify", {"text": text}))
    assert (good["state"], good["kind"], good["name"], good["ours"]) == (
        "good", "dbs-basic", "Rosa Long", True,
    )  # fmt: skip
    over = done(hers.post(f"/me/proofs/{ref}/end"))
    assert [one["state"] for one in over["proofs"]] == ["ended"]
    void = done(his.post("/proofs/verify", {"text": text}))
    assert (void["state"], void["kind"], void["name"]) == ("void", None, None)
    assert done(hers.get(f"/me/proofs/{ref}"))["text"] is None


def test_what_is_taken_back_is_void_at_once(
    app: Flask, place: BuiltPlace, held: tuple[BuiltMember, str], hers: Program
) -> None:
    ref = made(hers, held[1], named=False)["proof"]["ref"]
    with app.app_context():
        credentials.revoke(
            actor=a_custodian(place).actor, ref=held[1], words="It was false.", key=a_key(),
            now=NOW,
        )  # fmt: skip
    assert done(hers.get(f"/me/proofs/{ref}"))["proof"]["state"] == "void"


def test_what_is_no_proof_is_said_to_be_none(hers: Program) -> None:
    said = done(hers.post("/proofs/verify", {"text": "Not a proof."}))
    assert (said["state"], said["kind"]) == ("proof_unreadable", None)


def test_a_key_that_only_looks_makes_none(
    app: Flask, held: tuple[BuiltMember, str], hers: Program
) -> None:
    looks = a_program(app, held[0], Scope.READ)
    path = f"/me/credentials/{held[1]}/prove"
    assert refused(looks.post(path, WISH | {"named": True})) == (403, "token_reads_only")
    ref = made(hers, held[1])["proof"]["ref"]
    assert refused(looks.post(f"/me/proofs/{ref}/end")) == (403, "token_reads_only")
    assert done(looks.get(f"/me/proofs/{ref}"))["proof"]["state"] == "good"


def test_one_is_nobody_elses(
    app: Flask, place: BuiltPlace, held: tuple[BuiltMember, str], hers: Program
) -> None:
    ref = made(hers, held[1])["proof"]["ref"]
    with app.app_context():
        ben = a_member(place, "Ben Near")
    his = a_program(app, ben)
    assert refused(his.get(f"/me/proofs/{ref}"))[0] == 404
    assert refused(his.post(f"/me/proofs/{ref}/end"))[0] == 404
    path = f"/me/credentials/{held[1]}/prove"
    assert refused(his.post(path, WISH | {"named": True}))[0] == 404
    assert done(his.get("/me/proofs"))["proofs"] == []


def test_nobody_verifies_without_a_key(app: Flask) -> None:
    assert refused(Program(app.test_client()).post("/proofs/verify", {"text": "x"}))[0] == 401
