"""A need is met by two programs, from the asking to the confirming; and what each is told."""

from datetime import timedelta

from flask import Flask

from tests.api.programs import a_program
from tests.builders import NOW, BuiltPlace, a_helper, a_member

HOUR = timedelta(hours=1)


def test_a_need_is_met_by_two_programs(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long", address="12 North Street")
        ben = a_helper(place, "Ben Near", at=(900, 900))
    hers, his = a_program(app, rosa), a_program(app, ben)
    posted = hers.post(
        "/needs", {"category": "shopping", "words": "Milk, please.", "circumstances": []}
    )
    assert posted.status_code == 201
    need = posted.json["ref"]
    assert posted.headers["Location"] == f"/api/v1/needs/{need}"
    assert posted.json["address"] == "12 North Street"
    ask = his.get("/matches").json["matches"][0]
    assert (ask["state"], ask["need_ref"], ask["side"]) == ("asked", need, "helper")
    assert (ask["other_name"], ask["address"], ask["postcode"]) == (None, None, None)
    assert {"accept", "decline"} <= set(ask["may"])
    assert hers.get("/matches").json == {"matches": [], "next": None}
    accepted = his.post(f"/matches/{ask['ref']}/accept")
    assert accepted.status_code == 200
    assert (accepted.json["other_name"], accepted.json["address"]) == ("Rosa", "12 North Street")
    start = (NOW + 2 * HOUR).isoformat()
    visit = {"start": start, "end": "2026-03-10T14:00:00+01:00", "words": "I ring twice."}
    arranged = his.post(f"/matches/{ask['ref']}/arrange", visit)
    assert (arranged.status_code, arranged.json["visit_end"]) == (200, "2026-03-10T13:00:00+00:00")
    assert his.post(f"/matches/{ask['ref']}/done", {"minutes": 45}).json["state"] == "done"
    assert hers.post(f"/matches/{ask['ref']}/confirm").json["state"] == "confirmed"
    ended = hers.get(f"/needs/{need}").json
    assert (ended["state"], ended["matches"][0]["other_name"]) == ("closed", "Ben")
    assert hers.get("/needs").json["needs"][0]["address"] is None


def test_an_offer_pauses_resumes_and_ends(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        ben = a_helper(place, "Ben Near")  # not the first offer, which somebody looks at
    his = a_program(app, ben)
    offer = {
        "categories": ["transport"], "words": "I have a car.", "capacity": 2,
        "weekly": [{"weekday": 1, "start": "09:30", "end": "24:00"}],
    }  # fmt: skip
    posted = his.post("/offers", offer)
    assert posted.status_code == 201
    assert posted.json["weekly"] == offer["weekly"]
    ref = posted.json["ref"]
    for deed, state in (("pause", "paused"), ("resume", "open"), ("end", "ended")):
        assert his.post(f"/offers/{ref}/{deed}").json["state"] == state
    again = his.post(f"/offers/{ref}/resume")
    assert (again.status_code, again.json["code"]) == (409, "cannot_open_when_ended")
    assert his.get("/offers").json["offers"][0]["state"] == "ended"


def test_what_went_wrong_is_reported(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        ben = a_member(place, "Ben Near")
    told = {"kind": "worried", "about_kind": "other", "words": "The house was very cold."}
    made = a_program(app, ben).post("/reports", told)
    assert (made.status_code, list(made.json)) == (201, ["ref"])


def test_a_need_is_withdrawn_or_closed_with_its_reason(app: Flask, place: BuiltPlace) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long")
    hers = a_program(app, rosa)
    refs = [
        hers.post("/needs", {"category": kind, "words": "Please.", "circumstances": []}).json["ref"]
        for kind in ("gardening", "moving")
    ]
    assert hers.post(f"/needs/{refs[0]}/withdraw").json["state"] == "withdrawn"
    closed = hers.post(f"/needs/{refs[1]}/close", {"outcome": "nobody-found"})
    assert (closed.json["state"], closed.json["outcome"]) == ("closed", "nobody-found")
