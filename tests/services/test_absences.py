"""When givers are away: nobody asks them for anything then, and again when they are back."""

from datetime import timedelta

import pytest

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.vocabulary import NextStep, OfferState
from enabler.domain.windows import Window
from enabler.persistence.unit_of_work import reading
from enabler.services import absences, needs, offers, rounds
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, an_offer, an_organisation
from tests.services.deeds import a_key, asks_of, post, the_ask

DAY = timedelta(days=1)
WEEK = Window(NOW - DAY, NOW + 7 * DAY)


def goes(giver: BuiltMember, ref: str, away: Window = WEEK, key: str | None = None) -> None:
    absences.be_away(actor=giver.actor, offer_ref=ref, away=away, key=key or a_key(), now=NOW)


def test_whoever_is_away_is_asked_for_nothing_that_they_offer(place: BuiltPlace) -> None:
    helper = a_member(place, "Hal")
    ref, other = an_offer(helper), an_offer(helper, "gardening", state=OfferState.PAUSED)
    ended = an_offer(helper, state=OfferState.ENDED)
    goes(helper, ref)

    tomorrow = (Window(NOW + DAY, NOW + 2 * DAY),)
    assert post(a_member(place), windows=tomorrow).nobody.refused == {"away": 1}  # type: ignore[union-attr]

    assert asks_of(helper) == []
    for shown, away in ((ref, (WEEK,)), (other, (WEEK,)), (ended, ())):
        assert offers.show(actor=helper.actor, ref=shown, now=NOW).away == away
    view = offers.show(actor=helper.actor, ref=ref, now=WEEK.end)
    assert (view.away, "back" in view.may) == ((), False)


def test_whoever_is_back_is_asked_again_for_what_still_waits(place: BuiltPlace) -> None:
    helper, asker = a_member(place, "Hal"), a_member(place)
    ref = an_offer(helper)
    goes(helper, ref, Window(NOW, NOW + 20 * DAY))
    need = post(asker)
    assert need.next_step is NextStep.BROKER
    assert "back" in offers.show(actor=helper.actor, ref=ref, now=NOW).may

    view = absences.be_back(actor=helper.actor, offer_ref=ref, key=a_key(), now=NOW)
    rounds.work_due_needs(now=NOW)

    assert view.away == ()
    assert the_ask(helper)
    assert needs.show(actor=asker.actor, ref=need.ref, now=NOW).asked == 1


def test_of_an_organisation_is_for_whoever_leads_it_to_say(place: BuiltPlace) -> None:
    pantry, stranger = an_organisation(place), a_member(place, "Stranger")
    ref = an_offer(pantry)
    with pytest.raises(NotAllowed):
        goes(stranger, ref)
    goes(pantry.owner, ref)
    assert post(a_member(place), windows=(Window(NOW + DAY, NOW + 2 * DAY),)).asked == 0


def test_said_twice_with_one_key_is_one_absence_with_its_audit(place: BuiltPlace) -> None:
    helper, key = a_member(place, "Hal"), a_key()
    ref = an_offer(helper)
    for _ in range(2):
        goes(helper, ref, key=key)
    with reading() as uow:
        offer = uow.offers.by_ref(place.id, ref)
        assert offer.away == (WEEK,)
        assert [entry.what for entry in uow.audit.of("offer", offer.id)] == ["offer.away"]


@pytest.mark.parametrize(
    ("away", "code"),
    [
        (Window(NOW - 2 * DAY, NOW), "window_in_the_past"),
        (Window(NOW, NOW + 400 * DAY), "window_too_far_ahead"),
    ],
)
def test_that_cannot_be_meant_is_refused(place: BuiltPlace, away: Window, code: str) -> None:
    helper = a_member(place, "Hal")
    with pytest.raises(Invalid) as wrong:
        goes(helper, an_offer(helper), away)
    assert (wrong.value.field, wrong.value.code) == ("away", code)


def test_too_many_are_refused(place: BuiltPlace) -> None:
    helper = a_member(place, "Hal")
    many = [Window(NOW + n * DAY, NOW + (n + 1) * DAY) for n in range(50)]
    with pytest.raises(Invalid, match="away_too_many"):
        goes(helper, an_offer(helper, away=many))
