"""The desk of hours as custodians see it: from the first page to a decision and back."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace
from tests.web.hours_scene import HoursScene, set_hours_scene
from tests.web.people import Person
from tests.web.signing import phone_of, sign_in, sign_in_staff, texts

Someone = Callable[[], Person]
pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)
"""What these pages keep is tried on both by the tests of their services."""


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> HoursScene:
    """Something of each kind."""
    with app.app_context():
        return set_hours_scene(place)


@pytest.fixture
def staff(app: Flask, place: BuiltPlace, scene: HoursScene, person: Someone) -> Person:
    """A custodian who has proposed nothing."""
    return sign_in_staff(app, person(), place)


def minutes_of(app: Flask, ref: str) -> int:
    """What is in a pot."""
    with app.app_context(), reading() as uow:
        place_id = uow.refs.place_of(ref) or 0
        return uow.ledger.account(uow.purses.pot(place_id, ref).account).posted


def test_what_waits_is_on_the_first_page_with_its_age(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    assert (
        "4 things about hours , the oldest since Tuesday 10 March, 10am"
        in staff.open("/desk").words
    )
    staff.open("/desk/hours")
    assert staff.heading == "Desk of hours"
    assert "Shopping for 6 hours on Tuesday 10 March" in staff.words
    assert "Nobody had hours for 1 hour of it." in staff.words
    assert "Hours went round in a circle" in staff.words
    assert f"Your colleague {scene.carol.ref} asks." in staff.words
    assert "Ann" not in staff.words
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD).open("/desk")
    assert "about hours" not in lead.words


def test_help_that_nobody_could_pay_is_paid_by_a_pot(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    path = f"/desk/hours/flags/{scene.unpaid}"
    assert staff.open(path).send().error_at("decision") == "Choose what you decide."
    assert staff.send(decision="paid").error_at("pot") == "Choose which pot pays."
    assert "The community pot, with" in staff.words
    with app.app_context(), reading() as uow:
        (pot, *_) = [one.ref for one in uow.purses.pots(scene.asker.place.id)]
    before = minutes_of(app, pot)
    assert staff.send(decision="paid", pot=pot).path == "/desk/hours"
    assert minutes_of(app, pot) == before - 60
    assert "Paid by a pot : Shopping for 6 hours" in staff.words
    assert "by you" in staff.words
    assert "It has been dealt with." in staff.open(path).words
    told = texts(app, place, phone_of(app, scene.helper))[-1]
    assert "Shopping: a pot has given you the hours that were missing." in told
    helper = sign_in(app, person(), scene.helper).open("/hours")
    assert "The community pot gave you 1 hour for your help" in helper.words


def test_help_that_counts_as_a_gift_is_thanked_for(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person
) -> None:
    staff.open(f"/desk/hours/flags/{scene.unpaid}").send(decision="gift")
    assert "Counted as a gift : Shopping for 6 hours" in staff.words
    told = texts(app, place, phone_of(app, scene.helper))[-1]
    assert "the rest counts as your gift. Thank you, that was kind!" in told


def test_hours_are_asked_for_by_one_and_allowed_by_another(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    staff.open("/desk/hours/grants/new").send(to=scene.ward_pot, hours="2", words=" ")
    assert staff.error_at("words") == "Say why."
    staff.send(to="member", member="", hours="2", words="For the fête.")
    assert staff.error_at("member") == "Type the reference of whoever you want to give to."
    staff.send(to=scene.ward_pot, hours="", words="For the fête.")
    assert staff.error_at("hours") == "Type more than 0."
    assert "For the fête." in staff.words
    staff.send(to=scene.ward_pot, hours="2", minutes="30")
    assert staff.heading == "2 hours 30 minutes from the council for the pot of East End"
    assert "You asked for this, so a colleague decides." in staff.words
    assert staff.page.find("main").find("form") is None  # type: ignore[union-attr]
    other = sign_in_staff(app, person(), place, nth="-two").open(staff.path)
    assert other.send(decision="allow", words="").error_at("words") == "Say why you decide so."
    assert other.send(decision="allow", words="Yes.").path == "/desk/hours"
    assert minutes_of(app, scene.ward_pot) == 150
    assert "Allowed" in staff.open(staff.path).words


def test_a_member_is_told_of_a_grant_once_it_is_allowed(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    staff.open("/desk/hours/grants/new").send(
        to="member", member=scene.asker.ref.lower(), hours="1", words="She has just moved here."
    )
    asked, before = staff.path, texts(app, place, phone_of(app, scene.asker))
    sign_in_staff(app, person(), place, nth="-two").open(asked).send(decision="allow", words="Yes.")
    after = texts(app, place, phone_of(app, scene.asker))
    assert len(after) == len(before) + 1
    assert "The council gave you 1 hour of help." in after[-1]


def test_a_movement_is_undone_by_its_number(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    statement = sign_in(app, person(), scene.asker).open("/hours").words
    assert f"Number {scene.movement}" in statement
    staff.open("/desk/hours/undo").send(number="999999")
    assert staff.error_at("number") == "We cannot find what should be undone."
    staff.send(number=str(scene.movement))
    assert f"The member {scene.asker.ref}" in staff.words
    staff.send(words="It was a mistake.")
    assert staff.heading.startswith(f"Undo movement {scene.movement}: 30 minutes go back")
    path = staff.path
    staff.open("/desk/hours/undo").send(number=str(scene.movement))
    assert "Somebody has asked for this to be undone already." in staff.error_at("number")
    other = sign_in_staff(app, person(), place, nth="-two").open(path)
    assert "a pot pays for them" in other.words
    assert other.send(decision="allow", words="Yes.").path == "/desk/hours"
    assert "something was undone" in sign_in(app, person(), scene.asker).open("/hours").words
    told = texts(app, place, phone_of(app, scene.asker))[-1]
    assert "The council has put something right in your hours: 30 minutes went back." in told


def test_whoever_rings_can_be_looked_up_and_that_is_logged(
    app: Flask, scene: HoursScene, staff: Person, person: Someone
) -> None:
    staff.open("/desk/hours/members").send(who="ZZZZ", reason="asked")
    assert "We know nobody" in staff.error_at("who")
    staff.send(who=scene.asker.ref.lower(), reason="asked")
    assert staff.heading == f"The hours of {scene.asker.ref}"
    assert f"Number {scene.movement}" in staff.words
    assert "Ben" not in staff.words
    looked = sign_in(app, person(), scene.asker).open("/me/looked").words
    assert "to look you up" in looked
    staff.open("/desk/hours/members").send(who=phone_of(app, scene.asker), reason="asked")
    assert staff.heading == f"The hours of {scene.asker.ref}"


def test_a_decision_that_comes_too_late_says_so(
    app: Flask, place: BuiltPlace, scene: HoursScene, staff: Person, person: Someone
) -> None:
    path = f"/desk/hours/proposals/{scene.granting}"
    late = sign_in_staff(app, person(), place, nth="-two").open(path)
    assert staff.open(path).send(decision="refuse", words="No.").path == "/desk/hours"
    late.send(decision="allow", words="Yes, gladly.")
    assert late.problems == ["This has been decided, or its time has run out."]
    assert "Refused" in late.words


def test_pots_are_opened_changed_and_closed(app: Flask, scene: HoursScene, staff: Person) -> None:
    staff.open("/desk/hours/pots")
    assert "Corner Café" in staff.words
    assert "The council: 20 hours" in staff.words
    assert "Enough for about" in staff.words
    staff.open("/desk/hours/pots/new").send(whose="fund", organisation="ZZZZ", about="Ours")
    assert "We cannot find an open organisation" in staff.error_at("organisation")
    assert "Ours" in staff.words
    staff.send(whose="ward-W0", about="For the West.", pays="y")
    assert staff.path == "/desk/hours/pots"
    assert "The pot of West End" in staff.words
    fund = f"/desk/hours/pots/{scene.fund}"
    staff.open(fund).send(name="The till", pays=[])
    assert "The till" in staff.words
    assert staff.open(f"{fund}/close").heading == "Close this pot?"
    assert "Closed" in staff.send().words
    ward = staff.open(f"/desk/hours/pots/{scene.ward_pot}/close").words
    assert "A pot of the community or of a ward stays." in ward
