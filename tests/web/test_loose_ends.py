"""An organisation asks by its pages; an invitation says who asks to whom it was sent; the desk."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import conversations
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltOrganisation,
    BuiltPlace,
    a_helper,
    a_member,
    an_offer,
)
from tests.builders import an_organisation as an_organisation_of
from tests.services.acting import assign
from tests.services.deeds import a_key, post
from tests.web.organisation_scene import acting
from tests.web.people import Person
from tests.web.scene import set_scene
from tests.web.signing import newest_code, phone_of, sign_in, sign_in_staff, texts

Someone = Callable[[], Person]
INVITED = "07700 900971"


@pytest.fixture
def cafe(app: Flask, place: BuiltPlace) -> BuiltOrganisation:
    """A café with a door."""
    with app.app_context():
        made = an_organisation_of(place, "Copper Kettle")
        with unit_of_work() as uow:
            uow.organisations.change(
                made.id, postcode=place.postcode_at(600, 600), address="2 Market Row"
            )
            uow.commit()
    return made


def test_a_cafe_asks_for_two_to_carry_tables(
    app: Flask, place: BuiltPlace, cafe: BuiltOrganisation, person: Someone
) -> None:
    with app.app_context():
        hal = a_helper(place, "Hal Near", "moving")
    owner = sign_in(app, person(), cafe.owner).open(f"/organisations/{cafe.ref}/board")
    assert "You have not asked for anything yet." in owner.words
    owner.open(f"/needs/new?for={cafe.ref}").open("/needs/new/what").send(category="moving")
    owner.send(words="Two people to carry our tables.")
    assert "At our address" in owner.words
    owner.send(spot="home").send(setting="doorstep")
    owner.send(when="any").send(duration_minutes="60", slots="2").send()
    assert owner.heading == "Check your answers", owner.problems
    assert "Who asks Copper Kettle" in owner.words
    assert "At our address" in owner.words
    owner.send()
    assert owner.heading == "You have asked for help"
    ref = owner.path.rsplit("/", 1)[1]
    assert "Two people to carry our tables." in owner.open(
        f"/organisations/{cafe.ref}/board"
    ).words  # fmt: skip
    assert ref not in owner.open("/me").words
    helper = sign_in(app, person(), hal).open("/me")
    assert "Copper Kettle asks for this." in helper.words
    assert "Olive" not in helper.words
    assert not [text for text in texts(app, place, phone_of(app, hal)) if "Olive" in text]
    link = helper.page.select_one("a[href^='/matches/']")
    assert link is not None
    helper.open(str(link["href"]))
    assert "Who asks Copper Kettle" in helper.words
    assert "You see whom to ask for" in helper.words
    helper.send("/accept")
    assert "Ask for Olive" in helper.words
    assert "2 Market Row" in helper.words
    assert "Those who lead Copper Kettle can read and write here." in helper.words
    assert "Messages with Copper Kettle" in helper.words
    told = texts(app, place, phone_of(app, cafe.owner))
    assert any("Hal" in text for text in told)
    assert any("Copper Kettle" in text for text in texts(app, place, phone_of(app, hal)))


def test_a_cafe_asks_every_week_and_another_lead_changes_it(
    app: Flask, place: BuiltPlace, cafe: BuiltOrganisation, person: Someone
) -> None:
    with app.app_context():
        cora = acting(a_member(place, "Cora Lead"), cafe, Role.ORGANISATION_COORDINATOR)
    owner = sign_in(app, person(), cafe.owner).open(f"/needs/new?for={cafe.ref}")
    owner.open("/needs/new/what").send(category="moving").send(words="Carry our tables.")
    owner.send(spot="home").send(alone="no", child="no").send(
        when="every", weekdays=["4"], each_start="8am", each_end="10am", last=["26", "6", "2026"],
        holidays="skip",
    )  # fmt: skip
    owner.send(duration_minutes="60", slots="2").send()
    assert owner.heading == "Check your answers", owner.problems
    assert "Every Friday, 8am to 10am, until Friday 26 June" in owner.words
    owner.send()
    assert owner.heading == "Moving or carrying things every week", owner.problems
    assert "Who asks Copper Kettle" in owner.words
    assert "At our address" in owner.words
    path = owner.path
    assert "Every Friday" not in owner.open("/me").words
    lead = sign_in(app, person(), cora)
    for page in (f"/organisations/{cafe.ref}", f"/organisations/{cafe.ref}/board"):
        lead.open(page)
        assert "Moving or carrying things" in lead.words
        assert lead.page.find("a", href=path), page
    assert "You have not asked for anything yet." not in lead.words
    assert "Friday 13 March, 8am to 10am" in lead.words
    assert "every week" not in person().open(f"/organisations/{cafe.ref}").words
    lead.open(f"{path}/edit")
    assert "At our address" in lead.words
    lead.open(f"{path}/edit/words?change=1").send(words="Carry our tables, please.")
    assert lead.send().path == path, lead.problems
    assert "Carry our tables, please." in owner.open(path).words
    back = owner.page.select_one(".govuk-back-link")
    assert back is not None
    assert back["href"] == f"/organisations/{cafe.ref}/board"
    lead.open(f"{path}/end").send()
    assert "This has ended." in owner.open(path).words
    assert "Every Friday" not in owner.open(f"/organisations/{cafe.ref}").words


def test_an_organisation_that_is_asked_reads_on_its_board_which_one_asks(
    app: Flask, place: BuiltPlace, cafe: BuiltOrganisation, person: Someone
) -> None:
    with app.app_context():
        pantry = an_organisation_of(place)
        an_offer(pantry, "moving", capacity=9)
        hetty = acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER)
        post(cafe.owner, "moving", organisation_ref=cafe.ref)
    lead = sign_in(app, person(), pantry.owner).open(f"/organisations/{pantry.ref}/board")
    assert "Copper Kettle asks for this." in lead.words
    assert lead.words.count("Olive") == 0
    match = str(lead.page.select_one(".card a")["href"])  # type: ignore[index]
    lead.open(match).send("accept")
    with app.app_context():
        ref = match.rsplit("/", 1)[1]
        assign(pantry.owner, ref, hetty)
        conversations.say(
            actor=cafe.owner.actor, match_ref=ref, words="Park behind.", key=a_key(), now=NOW
        )
    goes = sign_in(app, person(), hetty)
    for who in (lead, goes):
        assert "1 new message" in who.open(f"/organisations/{pantry.ref}/board").words
    goes.open(match)
    assert "new message" not in goes.open(f"/organisations/{pantry.ref}/board").words
    with app.app_context():
        conversations.say(actor=hetty.actor, match_ref=ref, words="I will.", key=a_key(), now=NOW)
    owner = sign_in(app, person(), cafe.owner).open(f"/organisations/{cafe.ref}/board")
    assert "1 new message" in owner.words


def test_who_asks_can_be_changed_before_it_is_sent(
    app: Flask, cafe: BuiltOrganisation, person: Someone
) -> None:
    owner = sign_in(app, person(), cafe.owner).open(f"/needs/new?for={cafe.ref}")
    assert owner.open("/needs/new/who").typed()["organisation"] == cafe.ref
    owner.send(organisation="")
    owner.open("/needs/new/where")
    assert "At my home" in owner.words


@pytest.mark.parametrize(
    ("path", "said"),
    [("/needs/new", "You ask for Copper Kettle."),
     ("/offers/new", "You offer something for Copper Kettle.")],
)  # fmt: skip
def test_whoever_began_for_an_organisation_is_told_and_may_do_it_for_themselves(
    app: Flask, cafe: BuiltOrganisation, person: Someone, path: str, said: str
) -> None:
    owner = sign_in(app, person(), cafe.owner).open(f"{path}?for={cafe.ref}")
    assert said in owner.words
    assert said in owner.open(path).words, "it is still begun for them"
    link = owner.page.select_one(f"main a[href='{path}?for=']")
    assert link is not None
    assert "Copper Kettle" not in owner.open(str(link["href"])).words
    assert "Copper Kettle" not in owner.open(path).words


def invite(app: Flask, place: BuiltPlace, owner: Person, cafe: BuiltOrganisation) -> str:
    """The owner asks somebody by number; the invitation's address without its code."""
    owner.open(f"/organisations/{cafe.ref}/people/invite")
    owner.send(role="organisation-helper", to=INVITED)
    (text,) = texts(app, place, "+447700900971")
    return "/invitations/" + text.split("/invitations/")[1].split("?")[0]


def test_an_invitation_names_who_asks_to_nobody_without_its_code(
    app: Flask, place: BuiltPlace, cafe: BuiltOrganisation, person: Someone
) -> None:
    owner = sign_in(app, person(), cafe.owner)
    path = invite(app, place, owner, cafe)
    code = newest_code(app, place, "+447700900971")
    with app.app_context():
        other = a_member(place, "Olga Other")
    stranger = sign_in(app, person(), other).open(path)
    assert stranger.heading == "A group asks you something"
    assert "Copper Kettle" not in stranger.answer.text
    assert stranger.send(code="").error_at("code")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert "tries left: 4" in stranger.send(code=wrong).error_at("code")
    assert "Copper Kettle" not in stranger.answer.text
    assert "tries left: 3" in stranger.send(code=wrong, answer="yes").error_at("code")
    assert "Copper Kettle" not in stranger.answer.text
    stranger.send(code=code)
    assert stranger.heading == "Do you want to act for Copper Kettle?"
    assert stranger.problems == []
    stranger.send(answer="yes")
    assert stranger.path == "/me"
    assert stranger.open(f"/organisations/{cafe.ref}/board").answer.status_code == 200


def test_an_invitation_is_over_after_so_many_wrong_codes(
    app: Flask, place: BuiltPlace, cafe: BuiltOrganisation, person: Someone
) -> None:
    path = invite(app, place, sign_in(app, person(), cafe.owner), cafe)
    code = newest_code(app, place, "+447700900971")
    with app.app_context():
        other = a_member(place, "Olga Other")
    stranger = sign_in(app, person(), other)
    for _ in range(5):
        stranger.open(path).send(code=f"{(int(code) + 1) % 1_000_000:06d}")
    assert "This is over" in stranger.open(path).words
    assert "Copper Kettle" not in stranger.answer.text


def removes_mail(app: Flask, place: BuiltPlace, someone: Person, member: BuiltMember) -> None:
    """By the code that comes to the phone."""
    someone.open("/me/details").open("/me/details/mail/remove")
    assert someone.heading == "Remove your email address?"
    someone.send()
    assert someone.send(code="12").error_at("code")
    someone.send(code=newest_code(app, place, phone_of(app, member)))


def test_a_mail_address_is_removed_and_the_last_way_is_not(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long", mail=True)
    someone = sign_in(app, person(), rosa)
    removes_mail(app, place, someone, rosa)
    assert someone.path == "/me/details"
    assert "@example.org" not in someone.words
    someone.open("/me/details/mail/remove")
    assert someone.answer.status_code == 409
    assert "We have no email address of yours." in someone.words


def test_the_desk_changes_the_number_of_who_lost_it(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long", address="12 North Street")
    staff = sign_in_staff(app, person(), place).open("/desk").open("/desk/numbers")
    assert "Choose why" in staff.send(who="07700 900998").error_at("reason")
    assert "We know nobody" in staff.send(who="07700 900998", reason="asked").error_at("who")
    staff.send(who=phone_of(app, rosa), reason="asked")
    assert "12 North Street" in staff.words
    assert "Say how you know" in staff.send(phone="07700 900972").error_at("words")
    staff.send(words="She came with her bus pass.", phone="07700 900972")
    with staff.client.session_transaction() as cookie:
        assert not any("972" in str(value) or "bus pass" in str(value) for value in cookie.values())
    code_page = staff.path
    back = staff.open(code_page.removesuffix("/code")).typed()
    assert (back["words"], back["phone"]) == ("She came with her bus pass.", "07700 900972")
    assert staff.open(code_page).send(code="12").error_at("code")
    staff.send(code=newest_code(app, place, "+447700900972"))
    assert staff.heading == "The number is changed"
    assert phone_of(app, rosa) == "+447700900972"
    assert sign_in(app, person(), rosa).path == "/me"


def test_a_colleague_at_the_same_computer_does_not_see_what_was_typed(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        rosa = a_member(place, "Rosa Long", address="12 North Street")
    page = f"/desk/numbers/{rosa.ref}"
    staff = sign_in_staff(app, person(), place).open(page)
    assert staff.path == "/desk/numbers", "first they say why they look"
    staff.send(who=rosa.ref, reason="asked")
    staff.send(words="She came with her bus pass.", phone="07700 900972")
    sign_in_staff(app, staff, place, Role.SAFEGUARDING_LEAD)
    staff.open(page).send(who=rosa.ref, reason="asked")
    assert staff.open(f"{page}/code").path == page, "none was asked for by them"
    assert staff.typed()["words"].strip() == staff.typed()["phone"] == ""


def test_an_administrator_sees_that_reports_wait_and_not_what_they_say(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        set_scene(place)
    chief = sign_in_staff(app, person(), place, Role.ADMINISTRATOR).open("/desk")
    assert "2 reports wait for those who may read them." in chief.words
    assert "The house was very cold." not in chief.answer.text
    assert "lost their phone" not in chief.words
