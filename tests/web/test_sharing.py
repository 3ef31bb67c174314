"""The page of an offer that anybody may open: nothing of a person, what an organisation shows."""

from collections.abc import Callable

from flask import Flask

from enabler.domain.vocabulary import OfferState
from enabler.domain.windows import Weekly
from tests.builders import BuiltPlace, a_member, a_place, an_offer, an_organisation
from tests.web.people import Person
from tests.web.signing import sign_in

Someone = Callable[[], Person]
WORDS = "I am Ben of 3 Mill Lane and I have a car."


def test_a_neighbours_offer_shows_no_more_than_its_kind(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        ben = a_member(place, "Ben Near")
        quiet = an_offer(ben, "transport", words=WORDS, weekly=(Weekly(1, 540, 720),))
        told = an_offer(ben, "transport", words=WORDS, words_public=True)
    stranger = person().open(f"/o/{quiet}")
    assert stranger.heading == "A lift"
    for secret in ("Ben", "Mill Lane", "West End", "Tuesday", "a car"):
        assert secret not in stranger.words
    assert WORDS in stranger.open(f"/o/{told}").words
    assert "Ben Near" not in stranger.words


def test_only_what_is_open_here_is_shown(app: Flask, place: BuiltPlace, person: Someone) -> None:
    with app.app_context():
        ben = a_member(place)
        hidden = [
            an_offer(ben, state=state) for state in OfferState if state is not OfferState.OPEN
        ]
        elsewhere = an_offer(a_member(a_place("noiseham", area="NE")))
    for ref in hidden:
        assert person().open(f"/elmford/o/{ref}").answer.status_code == 404, ref
    assert person().open(f"/elmford/o/{elsewhere}").answer.status_code == 404
    assert person().open(f"/noiseham/o/{elsewhere}").answer.status_code == 200


def test_an_organisation_has_a_link_a_code_and_a_poster(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        cafe = an_organisation(place, "Corner Café")
        ref = an_offer(cafe, "meals", words="Soup at noon.", weekly=(Weekly(0, 720, 840),))
        neighbour = a_member(place)
        own = an_offer(neighbour, "shopping")
    owner = sign_in(app, person(), cafe.owner)
    owner.open(f"/offers/{ref}/share")
    address = owner.page.select_one(".address")
    assert address is not None
    assert address.get_text() == f"http://localhost/elmford/o/{ref}"
    assert owner.page.select_one(".qr svg title").get_text() == "QR code of this offer"  # type: ignore[union-attr]
    assert "Soup at noon." in owner.open(f"/offers/{ref}/poster").words
    assert "style=" not in str(owner.page.find("main"))
    stranger = person().open(f"/o/{ref}")
    for words in ("Corner Café in West End", "Soup at noon.", "Monday, midday to 2pm"):
        assert words in stranger.words
    someone = sign_in(app, person(), neighbour)
    assert someone.open(f"/offers/{ref}/share").answer.status_code == 403
    assert someone.open(f"/offers/{own}/poster").answer.status_code == 404
