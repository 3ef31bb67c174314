"""Bad input: a clear message at its field, nothing lost, and never a 5xx."""

from collections.abc import Callable

from flask import Flask

from tests.builders import BuiltPlace, a_member
from tests.web.conftest import Clock
from tests.web.people import Person
from tests.web.signing import sign_in

Someone = Callable[[], Person]


def at_where(person: Person) -> Person:
    """Two questions answered."""
    return person.open("/needs/new/what").send(category="transport").send(words="To the clinic")


def at_when(person: Person, place: BuiltPlace) -> Person:
    """Four questions answered."""
    at_where(person).send(postcode=place.postcode_at(500, 500), address="1 High Street")
    return person.send(setting="car", alone="no", child="no", appointment="yes")


def test_a_wrong_postcode_is_told_at_its_field(place: BuiltPlace, person: Someone) -> None:
    asker = at_where(person())
    for typed, said in (
        ("", "postcode"), ("nonsense", "postcode"), ("ZZ9 9ZZ", "postcode"),
        ("BS1\x00 1AA", "hidden character"), ("NE1 1AA", "postcode"), ("😀" * 9, "postcode"),
    ):  # fmt: skip
        asker.send(postcode=typed, address="1 High Street")
        assert asker.path.endswith("/where"), typed
        assert said in asker.error_at("postcode").lower(), typed
        assert asker.typed()["address"] == "1 High Street"
        assert asker.typed()["postcode"] == typed.replace("\x00", "")


WRONG_TIMES = [
    ({"day": ["31", "2", "2026"]}, "day", "not a day"),
    ({"day": ["", "", ""]}, "day", "Type the day"),
    ({"day": ["9", "3", "2026"]}, "day", "is past"),
    ({"day": ["99", "99", "99999999999"]}, "day", "not a day"),
    ({"day": ["x", "\x00", "²"]}, "day", "not a day"),
    ({"day": ["11", "3", "2099"]}, "day", "too far ahead"),
    ({"day": ["31", "12", "9999"], "end": "midnight"}, "day", "not a day"),
    ({"when": "by", "by": ["31", "12", "9999"]}, "by", "not a day"),
    ({"start": "2"}, "start", "morning or afternoon"),
    ({"start": "25:00"}, "start", "cannot read"),
    ({"start": "soon"}, "start", "cannot read"),
    ({"start": ""}, "start", "Type when it starts"),
    ({"start": "5pm", "end": "2pm"}, "end", "after the start"),
    ({"start": "2pm", "end": "2pm"}, "end", "after the start"),
    ({"start": "8am", "end": "9am", "day": ["10", "3", "2026"]}, "end", "is past"),
    ({"start": "2pm", "end": "2.10pm"}, "end", "less than"),
    ({"day": ["29", "3", "2026"], "start": "1:30am"}, "start", "go forward"),
    ({"day": ["25", "10", "2026"], "start": "1:30am"}, "start", "go back"),
    ({"day": ["25", "10", "2026"], "start": "00:30", "end": "01:15"}, "end", "go back"),
]


def test_a_wrong_time_is_told_at_its_field(place: BuiltPlace, person: Someone) -> None:
    right = {"when": "day", "day": ["11", "3", "2026"], "start": "2pm", "end": "5pm"}
    asker = at_when(person(), place)
    for answers, field, said in WRONG_TIMES:
        asker.send(**{**right, **answers})
        assert asker.path.endswith("/when"), answers
        assert said in asker.error_at(field), answers


def test_wrong_words_are_told_at_their_field(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what").send(category="shopping")
    for typed, said in (
        ("", "in a sentence"), ("   \n ", "in a sentence"), ("a" * 10_000, "10000 characters"),
        ("Milk\x00bread", "hidden character"), ("\u200b\u200b", "in a sentence"),
    ):  # fmt: skip
        asker.send(words=typed)
        assert said in asker.error_at("words"), typed[:20]
        assert asker.typed()["words"] == typed.replace("\x00", "")


def test_any_writing_is_taken_and_shown_as_it_is(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what").send(category="shopping")
    for typed in ("🥛🍞 please 👵🏽", "אני צריך עזרה", "<b>&amp;</b>", "%(x)s {{7*7}}", "é́́́́"):
        asker.open("/needs/new/words").send(words=typed)
        assert not asker.problems
        assert asker.open("/needs/new/words").typed()["words"] == typed


def test_what_was_typed_stays_on_the_way_back(place: BuiltPlace, person: Someone) -> None:
    asker = at_when(person(), place)
    assert asker.open("/needs/new/what").typed()["category"] == "transport"
    assert asker.open("/needs/new/words").typed()["words"] == "To the clinic"
    assert asker.open("/needs/new/where").typed()["address"] == "1 High Street"


def test_codes_that_came_are_still_to_be_used_when_no_more_are_sent(
    place: BuiltPlace, person: Someone
) -> None:
    someone = person()
    for _ in range(3):
        someone.open("/sign-in").send(phone="07700 900963")
        assert someone.path.endswith("/sign-in/code")
    someone.open("/sign-in").send(phone="07700 900963")
    assert "Use the newest one" in someone.error_at("phone")
    assert someone.typed()["phone"] == "07700 900963"
    targets = [link.get("href") for link in someone.page.select("main a")]
    assert "/sign-in/code" in targets


def test_a_choice_that_is_none_is_told(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what").send(category="gold")
    assert asker.error_at("category") == "Choose from the list."
    assert asker.send().error_at("category") == "Choose what you need help with."


def test_a_question_that_is_none_is_not_found(place: BuiltPlace, person: Someone) -> None:
    assert person().open("/needs/new/never").answer.status_code == 404


def test_strange_addresses_are_not_found(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        sam = a_member(place)
    someone = sign_in(app, person(), sam)
    for path in ("/needs/%00%00%00%00", "/needs/IIIIIIIIII", "/matches/....", "/me%00", "/%FF",
                 "/offers/%F0%9F%98%80", "/needs/ABCD", "/matches/ABCD/done"):  # fmt: skip
        assert someone.open(path).answer.status_code == 404, path


def test_strange_hidden_fields_do_no_harm(place: BuiltPlace, person: Someone) -> None:
    asker = person().open("/needs/new/what")
    asker.send(category="transport", so_far="x\x00y")
    assert asker.path.endswith("/words")


def test_a_giant_form_is_refused_with_a_page(
    app: Flask, place: BuiltPlace, person: Someone, clock: Clock
) -> None:
    asker = person().open("/needs/new/words").send(words="x" * 1_200_000)
    assert asker.answer.status_code == 413
    assert asker.heading == "That is too much at once"
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = app.test_client().post("/needs/new/words", data={"words": "x" * 2000})
    assert answer.status_code == 413


def test_a_day_in_more_or_fewer_boxes_is_told_at_its_field(
    place: BuiltPlace, person: Someone
) -> None:
    asker = at_when(person(), place)
    for typed in (["1"], ["1", "2"], ["1", "2", "3", "4"], [], ["x"] * 50):
        asker.send(when="by", by=typed)
        assert asker.error_at("by"), typed


def test_a_question_that_was_never_answered_has_nothing_wrong_with_it(
    place: BuiltPlace, person: Someone
) -> None:
    someone = person()
    for journey, names in (("needs", ("what", "words", "where", "meeting", "when", "how-much")),
                           ("offers", ("what", "words", "how-far", "when", "terms"))):  # fmt: skip
        for name in names:
            answer = someone.open(f"/{journey}/new/{name}?wrong=1").answer
            assert answer.status_code == 200, (journey, name)
