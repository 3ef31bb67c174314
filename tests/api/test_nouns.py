"""Conversations, series and organisations over the JSON door: each once all the way."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from tests.api.programs import Program, a_program
from tests.builders import (
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    a_member,
    a_place,
    an_offer,
    an_organisation,
)
from tests.web.organisation_scene import acting

NEED = {"category": "shopping", "words": "Milk, please.", "circumstances": []}
EVERY = NEED | {
    "weekly": [{"weekday": 3, "start": "10:00", "end": "12:00"}], "last_on": "2026-06-25",
}  # fmt: skip


def done(answer: TestResponse, status: int = 200) -> Any:
    """What was answered."""
    assert answer.status_code == status, answer.text
    return answer.json


def refused(answer: TestResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    assert answer.json is not None
    return answer.status_code, answer.json["code"]


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    """Somebody who asks."""
    with app.app_context():
        return a_member(place, "Rosa Long")


def test_two_agree_a_time_and_a_place(app: Flask, place: BuiltPlace, rosa: BuiltMember) -> None:
    with app.app_context():
        hal, other = a_helper(place), a_member(place, "Olga Other")
    hers, his, hers_too = (a_program(app, who) for who in (rosa, hal, other))
    window = {"start": "2026-03-12T10:00:00+00:00", "end": "2026-03-12T12:00:00+00:00"}
    done(hers.post("/needs", NEED | {"windows": [window]}), 201)
    (match,) = his.get("/matches").json["matches"]
    path = f"/matches/{match['ref']}"
    before = done(his.get(f"{path}/conversation"))
    assert (before["open"], before["lines"], before["may"]) == (False, [], [])
    done(his.post(f"{path}/accept"))
    for _ in range(2):
        said = done(hers.post(f"{path}/say", {"words": "I ring twice."}, key="said-it-once"))
    assert [one["words"] for one in said["lines"]] == ["I ring twice."]
    time = {"start": "2026-03-13T10:00:00+00:00", "end": "2026-03-13T11:00:00+00:00"}
    done(his.post(f"{path}/propose", time | {"where": "At the shop"}))
    read = done(hers.get(f"{path}/conversation"))
    assert read["proposal"]["visit"] == time
    assert (read["proposal"]["where"], read["proposal"]["mine"]) == ("At the shop", False)
    assert "agree" in read["may"]
    assert refused(hers.post(f"{path}/agree", {"number": 7})) == (409, "proposal_changed")
    assert refused(his.post(f"{path}/agree", {"number": 1}))[0] == 403
    agreed = done(hers.post(f"{path}/agree", {"number": read["proposal"]["number"]}))
    assert (agreed["where"], agreed["proposal"]) == ("At the shop", None)
    assert done(his.get(path))["visit_start"] == time["start"]
    for call in (
        hers_too.get(f"{path}/conversation"),
        hers_too.post(f"{path}/say", {"words": "x"}),
    ):
        assert refused(call)[0] == 403
    done(hers.post(f"{path}/release", {}))
    assert done(his.get(f"{path}/conversation"))["open"] is False
    assert refused(his.post(f"{path}/say", {"words": "Hello?"})) == (409, "conversation_closed")


def test_every_week_until_a_day_with_one_left_out(
    app: Flask, place: BuiltPlace, rosa: BuiltMember
) -> None:
    program = a_program(app, rosa)
    begun, again = (
        done(program.post("/series", EVERY, key="begun-once"), 201) for _ in range(2)
    )  # fmt: skip
    assert begun["ref"] == again["ref"]
    assert (begun["weekly"], begun["last_on"]) == (EVERY["weekly"], "2026-06-25")
    assert [one["day"] for one in begun["days"]][:2] == ["2026-03-12", "2026-03-19"]
    assert begun["days"][0]["need_ref"] is not None
    path = f"/series/{begun['ref']}"
    assert refused(program.post(f"{path}/skip", {"day": "2026-03-13"})) == (
        400, "day_not_of_series",
    )  # fmt: skip
    assert refused(program.post(f"{path}/skip", {"day": "13/3/2026"})) == (400, "day_wanted")
    left = done(program.post(f"{path}/skip", {"day": "2026-03-12"}))
    assert left["days"][0]["skipped"] == "asker"
    assert [one["ref"] for one in program.get("/series").json["series"]] == [begun["ref"]]
    with app.app_context():
        other = a_program(app, a_member(place, "Olga Other"))
    assert refused(other.get(path))[0] == 403
    assert other.get("/series").json["series"] == []
    assert done(program.post(f"{path}/end"))["ended_at"] is not None
    assert program.get("/series").json["series"] == []
    assert refused(program.post("/series", EVERY | {"windows": []})) == (400, "field_unknown")


def test_an_offer_has_days_on_which_it_does_not_hold(app: Flask, rosa: BuiltMember) -> None:
    program = a_program(app, rosa)
    offer = {
        "categories": ["phone-chat"], "words": "I like to talk.", "any_time": True,
        "exceptions": [
            {"kind": "bank-holidays"},
            {"kind": "days", "first": "2026-12-24", "last": "2026-12-27"},
        ],
    }  # fmt: skip
    posted = done(program.post("/offers", offer), 201)
    kept = {(one["kind"], one["first"], one["last"]) for one in posted["exceptions"]}
    assert kept == {("bank-holidays", None, None), ("days", "2026-12-24", "2026-12-27")}
    turned = offer | {"exceptions": [
        {"kind": "days", "first": "2026-12-27", "last": "2026-12-24"}
    ]}  # fmt: skip
    assert refused(program.post("/offers", turned)) == (400, "end_is_before_start")


@pytest.fixture
def pantry(app: Flask, place: BuiltPlace) -> BuiltOrganisation:
    """An organisation that does shopping, with a door."""
    with app.app_context():
        made = an_organisation(place)
        an_offer(made, capacity=50)
        with unit_of_work() as uow:
            uow.organisations.change(
                made.id, postcode=place.postcode_at(600, 600), address="2 Market Row"
            )
            uow.commit()
    return made


def test_an_organisation_is_asked_asks_and_says_who_goes(
    app: Flask, place: BuiltPlace, rosa: BuiltMember, pantry: BuiltOrganisation
) -> None:
    with app.app_context():
        hetty = acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER)
        a_helper(place, "Hal Near", "moving")
    owner, helper, hers = (a_program(app, who) for who in (pantry.owner, hetty, rosa))
    path = f"/organisations/{pantry.ref}"
    assert done(hers.get(path))["may"] == []
    assert {"ask", "board", "change", "people"} <= set(done(owner.get(path))["may"])
    changed = done(owner.post(f"{path}/change", {"about": "We shop.", "phone": "0117 496 0123"}))
    assert (changed["about"], changed["phone"]) == ("We shop.", "+441174960123")
    people = done(owner.get(f"{path}/people"))["people"]
    assert {one["name"]: one["role"] for one in people}["Hetty"] == "organisation-helper"
    for who in (helper, hers):
        assert refused(who.get(f"{path}/people"))[0] == 403
    done(hers.post("/needs", NEED), 201)
    (ask,) = done(owner.get(f"{path}/board"))["asks"]
    done(owner.post(f"/matches/{ask['ref']}/accept"))
    done(owner.post(f"/matches/{ask['ref']}/assign", {"who": hetty.ref}))
    (given,) = done(helper.get(f"{path}/board"))["agreed"]
    assert (given["ref"], given["mine"]) == (ask["ref"], True)
    asked = {"category": "moving", "words": "Two people for our tables.", "slots": 2}
    need = done(owner.post("/needs", asked | {"organisation_ref": pantry.ref}), 201)
    assert (need["organisation"], need["address"]) == ("Elmford Pantry", "2 Market Row")
    assert [one["ref"] for one in done(owner.get(f"{path}/board"))["asked"]] == [need["ref"]]
    weekly = EVERY | {"category": "moving", "organisation_ref": pantry.ref}
    begun = done(owner.post("/series", weekly), 201)
    assert (begun["organisation"], begun["organisation_ref"]) == ("Elmford Pantry", pantry.ref)
    (line,) = done(owner.get(f"{path}/board"))["series"]
    assert (line["ref"], line["weekly"]) == (begun["ref"], EVERY["weekly"])
    assert owner.get("/series").json["series"] == []
    assert done(helper.get(f"{path}/board"))["series"] == []
    assert refused(helper.get(f"/series/{begun['ref']}"))[0] == 403
    assert refused(helper.post("/series", weekly))[0] == 403
    assert owner.get("/needs").json["needs"] == []
    for who in (helper, hers):
        assert refused(who.post("/needs", asked | {"organisation_ref": pantry.ref}))[0] == 403
        assert refused(who.get(f"/needs/{need['ref']}"))[0] == 403


def test_a_program_of_another_place_knows_of_none(
    app: Flask, place: BuiltPlace, pantry: BuiltOrganisation
) -> None:
    with app.app_context():
        far: Program = a_program(app, a_member(a_place("farby", area="EX", west=300_000)))
    for path in ("", "/board", "/people"):
        assert far.get(f"/organisations/{pantry.ref}{path}").status_code == 404
