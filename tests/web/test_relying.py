"""A lead asks on the page of a proof; whose it is answers, and takes it back, on theirs."""

from collections.abc import Callable

from flask import Flask

from enabler.domain.vocabulary import Role
from tests.builders import BuiltPlace, a_member, an_organisation
from tests.proofs.scene import K, a_holder
from tests.services.acting import acting
from tests.web.people import Person
from tests.web.signing import sign_in
from tests.web.test_proofs import UNTIL, code_of, link_of

Someone = Callable[[], Person]


def both(app: Flask, place: BuiltPlace, person: Someone) -> tuple[Person, Person, str]:
    """Who leads the organisation, at the page of a proof, and whose it is; the organisation."""
    with app.app_context():
        member, check = a_holder(place, "Rosa Long", K.DBS_BASIC)
        shop = an_organisation(place, "Corner Care")
        acting(member, shop, Role.ORGANISATION_HELPER)
        lead = acting(a_member(place, "Cora Lead"), shop, Role.ORGANISATION_COORDINATOR)
    rosa = sign_in(app, person(), member).open(f"/me/facts/{check}/prove")
    rosa.send(for_whom="Them", until=UNTIL)
    cora = sign_in(app, person(), lead).open(link_of(rosa).replace("/elmford/", "/"))
    assert "Rely on this" not in cora.words
    assert "Rely on this for the visits of Corner Care" in cora.send(code=code_of(rosa)).words
    return rosa, cora, shop.ref


def test_it_counts_from_their_yes_until_they_take_it_back(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    rosa, cora, shop = both(app, place, person)
    assert cora.send("/rely").path == f"/organisations/{shop}/people"
    assert "They have not answered yet, so it does not count." in cora.words
    rosa.open("/me/shared")
    assert "They ask you. Nothing counts until you say yes." in rosa.words
    answer = rosa.page.select_one("a[href^='/me/relied/']")
    assert answer is not None
    rosa.open(str(answer["href"]))
    assert rosa.heading == "May Corner Care count on your proof?"
    assert "Choose yes or no." in rosa.send().error_at("agrees")
    assert rosa.send(agrees="yes").path == "/me/shared"
    assert "Rosa : Basic DBS check. It counts until" in cora.open(cora.path).words
    assert "An organisation counts on a proof of yours: Corner Care" in (
        rosa.open("/me/consents").words
    )
    assert "because you let them count on a proof of it" in rosa.open("/me/looked").words
    rosa.open("/me/shared").send("/take-back")
    assert "Proofs that you count on" not in cora.open(cora.path).words
    assert "You took it back. They do not count on it any more." in rosa.open("/me/shared").words


def test_nobody_else_is_offered_it(app: Flask, place: BuiltPlace, person: Someone) -> None:
    rosa, cora, _ = both(app, place, person)
    stranger = person().open(link_of(rosa))
    assert "Rely on this" not in stranger.send(code=code_of(rosa)).words
    with app.app_context():
        neighbour = a_member(place, "Nell Near")
    nell = sign_in(app, person(), neighbour).open(link_of(rosa).replace("/elmford/", "/"))
    assert "Rely on this" not in nell.send(code=code_of(rosa)).words
    assert "The code is not right any more." in cora.send("/rely", code="000000").error_at("code")
