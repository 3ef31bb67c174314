"""The rules as custodians and everybody see them."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import OutboxState, Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace, a_member, new_rules
from tests.services.deeds import post
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.rules_scene import RulesScene, set_rules_scene
from tests.web.ruling import drafts, is_approved, places
from tests.web.signing import deliver, sign_in, sign_in_staff

Someone = Callable[[], Person]
pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)
"""What these pages keep is tried on both by the tests of their services."""


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> RulesScene:
    """Rules of each sort."""
    with app.app_context():
        return set_rules_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, person: Someone) -> Person:
    """A custodian who has proposed nothing."""
    return sign_in_staff(app, person(), place)


def test_a_draft_is_edited_part_by_part_in_peoples_terms(staff: Person) -> None:
    draft = drafts(staff)
    staff.open(f"{draft}/asking")
    assert staff.typed()["reach_metres"] == "3"
    assert staff.typed().getlist("wave_minutes") == ["2", "0"]
    assert "From 0.25 km to 50 km." in staff.words
    staff.send(reach_metres="0.75", wave_minutes=["1", "30"], quiet_from="9pm", waves="2, 4")
    assert staff.path == draft, staff.problems
    for words in (
        "How far we look for helpers 3 km 0.75 km", "Quiet hours begin 8pm 9pm",
        "How long helpers have to answer 2 hours 1 hour 30 minutes",
        "How many helpers we ask each time 3, 5, 8 2, 4",
    ):  # fmt: skip
        assert words in staff.words


def test_what_cannot_be_is_said_at_its_field_and_kept(staff: Person) -> None:
    draft = drafts(staff)
    staff.open(f"{draft}/asking").send(
        reach_metres="0.1", waves="none", quiet_from="noonish", asks_per_day="", asks_per_week="-1",
        wave_minutes=["200", "0"],
    )  # fmt: skip
    assert staff.path == f"{draft}/asking"
    assert staff.error_at("reach_metres") == "Choose something from 0.25 km to 50 km."
    assert staff.error_at("wave_minutes") == "Choose something from 1 minute to 7 days."
    assert staff.error_at("waves").startswith("Type whole numbers with commas")
    assert staff.error_at("asks_per_day") == "Type a number here."
    assert staff.typed()["quiet_from"] == "noonish"
    assert "It says the same as the rules in force." in staff.open(draft).words


def test_a_kind_of_help_is_held_or_banned_and_never_asks_for_less_than_it_must(
    staff: Person,
) -> None:
    draft = drafts(staff)
    staff.open(f"{draft}/kinds/childcare")
    assert "A place can ask for more, never for less." in staff.words
    offered = [each["value"] for each in staff.page.select("input[name=credentials]")]
    assert "dbs-enhanced" not in offered
    staff.send(standing="off", credentials=["training"])
    assert staff.path == f"{draft}/kinds"
    staff.open(draft)
    assert "Looking after children: This kind of help is not here no yes" in staff.words
    assert "Training" in staff.words
    assert staff.client.get(f"{draft}/kinds/no-such").status_code == 404


def test_what_help_asks_is_edited_rule_by_rule(staff: Person) -> None:
    draft = drafts(staff)
    staff.open(f"{draft}/care")
    assert "What the law asks" in staff.words
    stay = staff.typed().getlist("stay")
    staff.send(settings=["home"]).error_at("credentials")
    assert staff.typed().getlist("settings") == ["home"]
    (drives,) = [one for one in stay if "driving" in one]
    staff.send(
        stay=[one for one in stay if one != drives], settings=["home"], credentials=["insurance"],
        steps=["call_first"], first_helps="5",
    )  # fmt: skip
    assert staff.path == draft, staff.problems
    for words in (
        "In the helper's car: Driving licence and car insurance. yes no",
        "How often somebody new helps",
        "Inside the home: Insurance; Ring before you come. no yes",
    ):  # fmt: skip
        assert words in staff.words, words


def test_two_who_edit_the_same_lose_nothing(
    app: Flask, place: BuiltPlace, staff: Person, person: Someone
) -> None:
    draft = drafts(staff)
    second = sign_in_staff(app, person(), place, nth="2").open(f"{draft}/asking")
    staff.open(f"{draft}/asking").send(quiet_from="9pm", asks_per_day="2")
    second.send(quiet_from="10pm", texts_per_day="5")
    assert second.path == f"{draft}/asking"
    assert "What changed meanwhile" in second.words
    assert "Quiet hours begin: 8pm became 9pm" in second.words
    assert (second.typed()["quiet_from"], second.typed()["texts_per_day"]) == ("10pm", "5")
    second.send()
    assert second.path == draft, second.problems
    for words in ("Quiet hours begin 8pm 10pm", "in a day, at most 8 5"):
        assert words in second.words


def test_the_same_part_edited_beside_each_other_is_joined(
    app: Flask, place: BuiltPlace, staff: Person, person: Someone
) -> None:
    draft = drafts(staff)
    second = sign_in_staff(app, person(), place, nth="2").open(f"{draft}/asking")
    staff.open(f"{draft}/asking").send(quiet_from="9pm")
    second.send(texts_per_day="5")
    assert second.path == draft
    for words in ("Quiet hours begin 8pm 9pm", "in a day, at most 8 5"):
        assert words in second.words


def test_it_is_tried_proposed_and_decided_by_a_second_person(
    app: Flask, place: BuiltPlace, staff: Person, person: Someone, clock: Clock
) -> None:
    with app.app_context():
        asker = a_member(place, "Ann Long", at=(600, 600))
        need = post(asker, "gardening", now=clock.now).ref
    draft = drafts(staff)
    staff.open(f"{draft}/kinds/gardening").send(standing="held")
    staff.open(f"{draft}/try")
    assert "1 need would be looked at first." in staff.words
    assert f"/needs/{need}" in staff.answer.text
    staff.open(f"{draft}/propose").send(words="Ladders.")
    assert "You proposed this, so a colleague decides." in staff.words
    assert staff.client.get(f"{draft}/asking").status_code == 200
    assert staff.open(f"{draft}/asking").page.select_one("main form") is None
    staff.open(f"{draft}/decide")
    assert staff.page.select_one("main form") is None
    second = sign_in_staff(app, person(), place, nth="2").open("/desk/rules")
    assert "It can be decided until" in second.words
    second.open(f"{draft}/decide")
    for words in ("Gardening: A person looks at it first no yes", "Ladders.",
                  "1 need would be looked at first."):  # fmt: skip
        assert words in second.words
    assert second.send(words="Yes.").error_at("decision") == "Choose what you decide."
    second.send(decision="approve", words="Yes.")
    assert "They are rules 2 now." in second.words
    deliver(app)
    with app.app_context(), reading() as uow:
        sent = uow.session.query(OutboxRow).filter_by(template="rules_approved").all()
        assert [row.state for row in sent] == [OutboxState.ACCEPTED]
    assert "In force since 10 March 2026, 10am." in person().open("/market/rules").words


def test_an_area_is_pasted_shown_on_a_map_and_must_lie_in_the_place(staff: Person) -> None:
    draft = drafts(staff, "Flood")
    answers = {"begins": "approved", "ends": "open", "where": "drawn"}
    for pasted, said in (
        ("", "Paste the area as GeoJSON."), ("nonsense", "We cannot read this as an area."),
        (json.dumps({"type": "Point", "coordinates": [-2.7, 51.4]}), "We cannot read this"),
        (_square(0, 0, 1), "The area must lie inside this place."),
        (_square(-2.7185, 51.43, 0.0001), "Nobody lives in this area."),
    ):  # fmt: skip
        places(staff, draft, **answers, area=pasted)
        assert staff.path == f"{draft}/when"
        assert staff.error_at("area").startswith(said), pasted
    places(staff, draft, **answers, area=_square(-2.715, 51.432, 0.02))
    assert staff.path == draft, staff.problems
    assert staff.page.select_one("svg path.area-map__area") is not None
    assert "In an area that was drawn" in staff.words
    assert staff.open(f"{draft}/when").typed()["where"] == "kept"


def _square(west: float, south: float, side: float) -> str:
    ring = [[west, south], [west + side, south], [west + side, south + side / 2],
            [west, south + side / 2], [west, south]]  # fmt: skip
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def test_everybody_reads_the_rules_and_nobody_who_made_them(
    place: BuiltPlace, scene: RulesScene, person: Someone
) -> None:
    reader = person().open("/")
    assert 'href="/market/rules"' in reader.answer.text
    reader.open("/market/rules")
    for words in (
        "In force since 3 March 2026, 10am.", "They end 30 March 2026, 11am.",
        "From 8pm until 8am we send no asks.", "5 times a week", "Rules 3: April", "Rules 4: Flood",
        "West End, from 12 March 2026, 10am until 14 March 2026, 10am.", "Rules 1",
        "A person at the council looks first at: Looking after children",
    ):  # fmt: skip
        assert words in reader.words, words
    for ref in (scene.carol.ref, scene.dan.ref, scene.draft, "It is time."):
        assert ref not in reader.answer.text
    reader.open("/market/rules/1")
    assert "These rules are not in force now." in reader.words
    assert reader.client.get("/market/rules/99").status_code == 404
    assert reader.client.get("/market/rules/99999999999999").status_code == 404


def test_special_rules_of_an_area_are_told_while_they_hold(
    place: BuiltPlace, scene: RulesScene, person: Someone, clock: Clock
) -> None:
    clock.pass_by(days=3)
    reader = person().open("/market/rules")
    assert "Special rules: Flood" in reader.words
    assert "Gardening: A person looks at it first no yes" in reader.words
    clock.pass_by(days=3)
    assert "Special rules" not in reader.open("/market/rules").words


def test_a_program_reads_the_rules_too(
    app: Flask, place: BuiltPlace, scene: RulesScene, person: Someone
) -> None:
    found = person().client.get("/api/v1/places/elmford/rules").get_json()
    assert (found["version"], found["state"]) == (2, "in-force")
    assert found["values"]["asks_per_week"] == 5
    kinds = {one["category"]: one for one in found["kinds"]}
    assert (kinds["childcare"]["held"], kinds["gardening"]["held"]) == (True, False)
    assert [one["name"] for one in found["to_come"]] == ["Flood", "April"]
    assert found["to_come"][0]["differs"] == {"categories_held.gardening": True}
    assert len(found["to_come"][0]["outline"][0]) == 5


def test_what_the_place_does_not_have_is_not_in_the_rules(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        new_rules(place, {"categories_off": ["pet-care"], "hours": False, "sharing": False,
                          "quiet_from": 0, "quiet_until": 0})  # fmt: skip
    words = person().open("/market/rules").words
    for gone in ("Looking after a pet", "before you have given any", "places next to us"):
        assert gone not in words
    assert "There are none." in words


def test_it_is_for_staff(app: Flask, place: BuiltPlace, scene: RulesScene, person: Someone) -> None:
    for role in (Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD):
        someone = sign_in_staff(app, person(), place, role).open("/desk/rules")
        assert someone.heading == "Rules"
    councillor = sign_in_staff(app, person(), place, Role.COUNCILLOR)
    assert councillor.client.get("/desk/rules").status_code == 403
    with app.app_context():
        member = a_member(place, "Ann Long")
    assert sign_in(app, person(), member).client.get("/desk/rules").status_code == 403


def test_an_older_version_is_drafted_again(
    app: Flask, place: BuiltPlace, staff: Person, person: Someone
) -> None:
    draft = drafts(staff)
    staff.open(f"{draft}/asking").send(asks_per_day="1")
    is_approved(staff, sign_in_staff(app, person(), place, nth="2"), draft)
    staff.open("/desk/rules/versions/1")
    assert "They came with the files of the place." in staff.words
    staff.open(staff.page.select_one('a[href*="from=1"]')["href"])  # type: ignore[index,arg-type]
    staff.send(name="As before")
    assert "How often we ask one helper in a day, at most 1 3" in staff.words
