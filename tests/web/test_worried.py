"""Telling the council: from every page, signed in or not, with a reference and a time."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.reports import FROM_ONE
from enabler.domain.vocabulary import Role
from enabler.domain.working_time import OFFICE
from enabler.persistence.unit_of_work import reading
from enabler.services import safeguarding
from enabler.services import sign_in as service
from tests.builders import NOW, BuiltPlace, a_member
from tests.services.deeds import a_key
from tests.services.test_reports import a_lead
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.scene import Scene, set_scene
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> Scene:
    with app.app_context():
        return set_scene(place)


def test_a_stranger_tells_and_is_called_back(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    with app.app_context():
        a_lead(place)
    stranger = person().open("/")
    link = stranger.page.select_one('footer a[href="/report"]')
    assert link is not None
    stranger.open("/report").send(words="")
    assert stranger.error_at("words") == "Tell us what happened."
    stranger.send(kind="worried", words="She has no heating.", call_back="07700 900123")
    assert stranger.heading == "Thank you for telling us"
    assert "Somebody who looks after safety sees it by Tuesday 10 March, 11am" in stranger.words
    ref = stranger.page.select_one(".govuk-panel strong")
    assert ref is not None

    staff = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD).open("/desk")
    assert "Worried about someone" in staff.words
    assert "07700 900123" not in staff.words
    staff.open(f"/desk/reports/{ref.get_text()}")
    assert "07700 900123" in staff.words

    clock.pass_by(minutes=11)
    assert stranger.open("/report/thanks").page.select_one(".govuk-panel strong") is None


def test_a_stranger_who_tells_too_much_loses_no_word_and_can_still_worry(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    stranger = person()
    for number in range(FROM_ONE):
        stranger.open("/report").send(kind="went-wrong", words=f"Number {number}", call_back="")
        assert stranger.heading == "Thank you for telling us"
    stranger.open("/report").send(kind="went-wrong", words="The eleventh", call_back="07700 900123")
    assert "What you wrote is still here" in stranger.error_at("words")
    assert "it is always taken at once" in stranger.words
    assert "0117 496 0000" in str(stranger.page.find("footer"))
    assert stranger.typed()["words"] == "The eleventh"
    assert stranger.typed()["call_back"] == "07700 900123"
    stranger.send(kind="worried")
    assert stranger.heading == "Thank you for telling us"
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD).open("/desk")
    assert "It came with many others at once" in lead.words
    assert "The eleventh" in lead.words


def test_an_address_without_end_signs_nobody_out(place: BuiltPlace, person: Someone) -> None:
    stranger = person().open("/sign-in?next=/needs/new?" + "x" * 5000)
    assert len(stranger.answer.headers["Set-Cookie"]) < 2000
    stranger.send(phone="12")
    assert stranger.error_at("phone")


def test_every_page_leads_there_and_a_match_offers_to_keep_apart(
    app: Flask, scene: Scene, person: Someone
) -> None:
    helper = sign_in(app, person(), scene.helper)
    for path, to in (
        (f"/matches/{scene.agreed}", f"/matches/{scene.agreed}/report"),
        (f"/matches/{scene.asked}", f"/matches/{scene.asked}/report"),
        (f"/needs/{scene.held_need}", f"/needs/{scene.held_need}/report"),
        (f"/offers/{scene.offer}", f"/offers/{scene.offer}/report"),
        ("/me", "/report"), ("/privacy", "/report"),
    ):  # fmt: skip
        assert helper.open(path).page.select_one(f'a[href="{to}"]'), path
        helper.open(to)
        assert helper.page.select_one(".govuk-exit-this-page"), to
        helper.send(kind="worried", words="Please look.")
        assert helper.heading == "Thank you for telling us", to
        apart = helper.page.select_one('a[href$="/apart"]')
        assert (apart is not None) == to.startswith("/matches/"), to
    assert helper.page.select_one(".govuk-exit-this-page")


def test_a_stranger_tells_of_an_offer_and_of_nothing_private(scene: Scene, person: Someone) -> None:
    stranger = person().open(f"/offers/{scene.offer}/report")
    stranger.send(kind="went-wrong", words="He is not who he says.", call_back="")
    assert stranger.heading == "Thank you for telling us"
    for private in (f"/matches/{scene.agreed}/report", f"/needs/{scene.agreed_need}/report"):
        assert stranger.open(private).path == "/sign-in"


def test_the_duty_line_is_the_one_that_two_people_agreed_everywhere(
    app: Flask, scene: Scene, place: BuiltPlace, person: Someone
) -> None:
    """And a press on a phone rings it: at night nobody should have to copy a number."""
    neighbour = sign_in(app, person(), scene.helper)
    with app.app_context():
        lead = a_lead(place)
        chief = a_member(place, "Ada", roles=(Role.ADMINISTRATOR,), phone=False, mail=True)
        safeguarding.propose(
            actor=chief.actor, first=lead.ref, second="", hours=OFFICE, duty_line="0117 496 0001",
            key=a_key(), now=NOW,
        )  # fmt: skip
        assert "0117 496 0000" in neighbour.open("/report").words
        safeguarding.decide(actor=lead.actor, agreeing=True, key=a_key(), now=NOW)
        with reading() as uow:
            assert uow.telling.house(place.id, NOW).duty_line == "0117 496 0001"
    for who in (neighbour, person()):
        page = who.open("/report").page
        found = [str(link["href"]) for link in page.select("main a[href^='tel:']")]
        assert found == ["tel:999", "tel:01174960001"]
        assert "0117 496 0000" not in who.words


def test_whoever_writes_of_despair_reads_who_listens_now(scene: Scene, person: Someone) -> None:
    stranger = person().open("/report").send(kind="other", words="I want to kill myself.")
    assert "Samaritans listen day and night" in stranger.words
    assert "Somebody who looks after safety sees it by" in stranger.words
    plain = person().open("/report").send(kind="other", words="The gate is broken.")
    assert "Samaritans" not in plain.words


def test_whoever_names_all_who_could_read_it_is_told_at_once_to_ring(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        a_lead(place, "Una Firth")
    stranger = person().open("/report")
    stranger.send(kind="worried", about="staff", words="Una hurts me. Una Firth does.",
                  call_back="07700 900123")  # fmt: skip
    assert "Nobody at the desk can read this yet" in stranger.words
    assert "ring 999" in stranger.words
    assert "sees it by" not in stranger.words


@pytest.mark.parametrize("about", ["/matches/{}/report", "/report"])
def test_what_is_written_while_the_session_ends_is_sent_without_signing_in(
    app: Flask, place: BuiltPlace, scene: Scene, person: Someone, clock: Clock, about: str
) -> None:
    with app.app_context():
        a_lead(place)
    path = about.format(scene.agreed)
    ann = sign_in(app, person(), scene.asker).open(path)
    with app.app_context():
        service.sign_out_everywhere(actor=scene.asker.actor, now=clock.now)
    ann.send(kind="worried", words="He stood at my door again.")
    assert "You were signed out meanwhile" in ann.words
    kept = ann.typed()
    assert "He stood at my door again." in kept["words"]
    assert ("/matches/" in kept["words"]) is ("/matches/" in path)
    ann.send(call_back="07700 900123")
    assert ann.heading == "Thank you for telling us"
    staff = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD).open("/desk")
    assert staff.words.count("Worried about someone") == 1
    assert "He stood" not in ann.open("/report?again=1").words
