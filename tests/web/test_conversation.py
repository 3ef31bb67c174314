"""Two people write to each other, agree a time, meet; on pages without JavaScript."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.services import matches
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import phone_of, sign_in, texts

Someone = Callable[[], Person]
TIME = {"day": ["12", "3", "2026"], "start": "11am", "end": "midday", "words": ""}


@pytest.fixture
def two(app: Flask, place: BuiltPlace) -> tuple[BuiltMember, BuiltMember, str]:
    """Rosa, Ben, and the page of what Ben said yes to."""
    with app.app_context():
        rosa, ben = a_member(place, "Rosa Long"), a_helper(place, "Ben Near")
        post(rosa)
        return rosa, ben, f"/matches/{accept(ben).ref}"


def test_they_agree_a_time_by_messages(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock,
    two: tuple[BuiltMember, BuiltMember, str],
) -> None:  # fmt: skip
    rosa, ben, match = two
    asker, helper = sign_in(app, person(), rosa), sign_in(app, person(), ben)
    asker.open(match).send("/say", words="Is Thursday good?\nI am up early.")
    assert asker.path == match
    assert 'Rosa (Shopping): "Is Thursday good? I am up early." http' in texts(
        app, place, phone_of(app, ben)
    )[-1]  # fmt: skip

    assert "1 new message" in helper.open("/me").words
    helper.open(match)
    assert "Is Thursday good? I am up early." in helper.words
    helper.send("/say", words="Yes. My number is 07700 900321.")
    assert "You need not give your phone number." in helper.words
    helper.open(f"{match}/arrange").send(**TIME, where="The corner shop")
    assert "Only suggested Thursday 12 March, 11am to midday" in helper.words
    assert "It is agreed when Rosa says yes." in helper.words

    asker.open(match)
    assert "No time is agreed yet." in asker.words
    assert "You need not give" not in asker.words
    assert "suggests a time: Shopping, Thu 12 Mar 11am to midday" in texts(
        app, place, phone_of(app, rosa)
    )[-1]  # fmt: skip
    asker.send("/agree")
    assert "Agreed Thursday 12 March, 11am to midday" in asker.words
    assert "Where: The corner shop" in asker.words
    assert "Your next visit Thursday 12 March" in helper.open("/me").words

    clock.pass_by(days=2)
    asker, helper = sign_in(app, person(), rosa), sign_in(app, person(), ben)
    helper.open(match).send("/on-way")
    assert "You said that you are on your way." in helper.words
    assert "Ben is on the way to you now." in asker.open(match).words
    helper.open(f"{match}/cannot-find").send()
    assert "We told Rosa" in helper.words
    assert "Ben is there and cannot find you." in asker.open(match).words


def test_the_page_offers_first_what_comes_next(
    app: Flask, person: Someone, clock: Clock, two: tuple[BuiltMember, BuiltMember, str]
) -> None:
    rosa, ben, match = two
    asker, helper = sign_in(app, person(), rosa), sign_in(app, person(), ben)
    for each in (asker, helper):
        way = each.open(match).page.select_one("section.next a.govuk-button")
        assert way is not None
        assert way["href"] == f"{match}/arrange"
    asker.open(asker.page.select_one(".govuk-back-link")["href"])  # type: ignore[index,arg-type]
    assert asker.page.select_one(f"main .card a[href='{match}#visit']")
    helper.open(f"{match}/arrange").send(**TIME)
    asker.open(match).send("/agree")
    assert "govuk-button--secondary" in done_button(helper.open(match)), "it has not begun"
    clock.pass_by(days=2, hours=2)
    helper = sign_in(app, person(), ben)
    assert "govuk-button--secondary" not in done_button(helper.open(match))


def done_button(someone: Person) -> str:
    """The classes of the button that says that it is done."""
    (button,) = [one for one in someone.page.select("main a.govuk-button")
                 if one.get_text() == "It is done"]  # fmt: skip
    return " ".join(button["class"])


def test_nothing_written_is_lost(
    app: Flask, person: Someone, two: tuple[BuiltMember, BuiltMember, str]
) -> None:
    rosa, ben, match = two
    asker = sign_in(app, person(), rosa).open(match)
    assert asker.send("/say", words=" ").error_at("words") == "Write something first."
    asker.send("/say", words="x" * 1001)
    assert "1001 characters" in asker.error_at("words")
    assert asker.typed("/say")["words"].strip() == "x" * 1001
    with app.app_context():
        matches.release(
            actor=ben.actor, match_ref=match[-4:], key=a_key(), now=NOW
        )  # fmt: skip
    asker.send("/say", words="Are you coming?")
    assert asker.problems == [
        "You can no longer write to each other here. If you need something, ring the council."
    ]
    assert "Are you coming?" in asker.words


def test_a_button_of_an_old_page_agrees_to_nothing_else(
    app: Flask, person: Someone, two: tuple[BuiltMember, BuiltMember, str]
) -> None:
    rosa, ben, match = two
    helper = sign_in(app, person(), ben).open(f"{match}/arrange").send(**TIME)
    asker = sign_in(app, person(), rosa).open(match)
    helper.open(f"{match}/arrange").send(**{**TIME, "start": "9am"})
    asker.send("/agree")
    assert asker.answer.status_code == 409
    assert "Another time was suggested meanwhile." in asker.words
    assert "Only suggested Thursday 12 March, 9am to midday" in asker.open(match).words
    asker.send("/agree", number="no number")
    assert asker.answer.status_code == 409


def test_before_the_yes_and_to_others_there_is_no_conversation(
    app: Flask, place: BuiltPlace, person: Someone, two: tuple[BuiltMember, BuiltMember, str]
) -> None:
    _, _, match = two
    with app.app_context():
        other = a_member(place, "Olga Other")
    stranger = sign_in(app, person(), other)
    token = stranger.open("/report").typed()["csrf_token"]
    for path in ("say", "agree", "on-way", "cannot-find"):
        answer = stranger.client.post(
            f"{match}/{path}", data={"csrf_token": token, "words": "Hello", "number": "1"}
        )
        assert answer.status_code == 403, path
