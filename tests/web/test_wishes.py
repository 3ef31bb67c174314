"""What an asker may wish of a helper: how near, and where the place lists it, who comes."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.needs import Need
from enabler.domain.vocabulary import CredentialKind
from enabler.persistence.unit_of_work import reading
from enabler.services import moderation
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, new_rules
from tests.builders import an_offer as gives
from tests.services.deeds import a_key, asks_of, the_ask
from tests.web.people import Person
from tests.web.signing import sign_in

Someone = Callable[[], Person]
ALL_CHECKS = tuple(CredentialKind)
REASON = "This help is care inside the home. So you may ask for a woman or a man."


@pytest.fixture
def rosa(app: Flask, place: BuiltPlace) -> BuiltMember:
    with app.app_context():
        return a_member(place, "Rosa")


@pytest.fixture
def asker(app: Flask, person: Someone, rosa: BuiltMember) -> Person:
    """Rosa, signed in."""
    return sign_in(app, person(), rosa)


def to_the_last_question(asker: Person, category: str) -> Person:
    asker.open("/needs/new/what").send(category=category).send(words="A hand, please.")
    asker.send(spot="home")
    no = dict.fromkeys(("alone", "child", "money", "care"), "no")
    asker.send(**no)  # the usual place is chosen
    return asker.send(when="any").send(duration_minutes="60", slots="1")


def posted(app: Flask, asker: Person) -> Need:
    asker.send()
    assert asker.heading == "You have asked for help", asker.words
    with app.app_context(), reading() as uow:
        return uow.needs.by_ref(None, asker.path.rsplit("/", 1)[-1])


def test_how_near_a_helper_lives_is_the_askers_to_say(
    app: Flask, place: BuiltPlace, asker: Person
) -> None:
    with app.app_context():
        near, far = a_helper(place, "Near", at=(600, 600)), a_helper(place, "Far", at=(2500, 500))
    to_the_last_question(asker, "shopping")
    assert "How far away may a helper live?" in asker.words
    asker.send(within="800")
    assert "Half a mile: about 10 minutes on foot" in asker.words
    need = posted(app, asker)
    assert need.reach_metres == 800
    with app.app_context():
        assert the_ask(near)
        assert asks_of(far) == []
    assert "Half a mile" in asker.open(f"/needs/{need.ref}").words


def test_who_comes_is_asked_with_the_reason_where_the_place_lists_it(
    app: Flask, place: BuiltPlace, asker: Person
) -> None:
    with app.app_context():
        fits, other, silent = (
            a_member(place, name, credentials=ALL_CHECKS) for name in ("Fay", "Max", "Sam")
        )
        for helper, meets in ((fits, ["woman"]), (other, ["man"]), (silent, [])):
            gives(helper, "respite", meets=meets)
        custodian = a_custodian(place)
    to_the_last_question(asker, "respite")
    assert REASON in asker.words
    asker.send(wish="woman")
    assert "Who should come A woman" in asker.words
    need = posted(app, asker)
    assert (need.preferences, need.reach_metres) == (("woman",), None)
    with app.app_context():
        moderation.approve(actor=custodian.actor, ref=need.ref, key=a_key(), now=NOW)
        assert the_ask(fits)
        assert asks_of(other) == asks_of(silent) == []
    assert "Who should come A woman" in asker.open(f"/needs/{need.ref}").words


def test_nobody_is_asked_who_should_come_where_no_reason_is_listed(asker: Person) -> None:
    to_the_last_question(asker, "shopping")
    assert "Who should come?" not in asker.words
    asker.send(wish="woman")
    assert asker.problems == ["Choose from the list."]


def test_a_wish_goes_with_the_kind_of_help_for_which_it_was_listed(
    app: Flask, asker: Person
) -> None:
    to_the_last_question(asker, "respite").send(wish="man")
    asker.open("/needs/new/what?change=1").send(category="shopping")
    assert asker.heading == "Check your answers", asker.problems
    assert "Who should come" not in asker.words
    assert posted(app, asker).preferences == ()


def test_a_giver_says_what_they_are_where_it_can_matter(
    app: Flask, place: BuiltPlace, asker: Person
) -> None:
    for kinds, wish, meets in (
        (["respite", "shopping"], "woman", ("woman",)), (["respite"], "", ()),
        (["shopping"], None, ()),
    ):  # fmt: skip
        asker.open("/offers/new").open("/offers/new/what").send(categories=kinds)
        asker.send(words="I sit with people.").send(reach_metres="1600")
        asker.send(mostly="any", capacity="1").send(terms="free")
        assert ("may ask for a woman or a man" in asker.words) == (wish is not None)
        asker.send(**({} if wish is None else {"wish": wish}))
        assert asker.heading == "Check your answers", asker.problems
        assert ("You are A woman" in asker.words) == bool(meets)
        asker.send()
        assert asker.heading == "Thank you for offering help"
        ref = asker.path.rsplit("/", 1)[-1]
        with app.app_context(), reading() as uow:
            assert uow.offers.by_ref(None, ref).meets == meets


def test_a_place_lists_its_own(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        new_rules(place, {"preferences": {"befriending": {"woman": "alone-together"}}})
    someone = person().open("/needs/new/what").send(category="befriending")
    someone.open("/needs/new/anything-else")
    assert "With this help two people are alone together." in someone.words
    choices = [each["value"] for each in someone.page.select("input[name=wish]")]
    assert choices == ["", "woman"]
