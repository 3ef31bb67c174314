"""What somebody agreed to, complained of and was looked at for: pages of members, administrators,
a councillor and a lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    carrying,
    complaints,
    councillors,
    details,
    looked,
    new_numbers,
    odd_looks,
)
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_organisation
from tests.services.deeds import a_key, post
from tests.web.tour import Stop

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RightsScene:
    """Who is there, and the refs of what there is to see."""

    asker: BuiltMember
    unasked: BuiltMember  # whose needs were kept before anybody asked
    councillor: BuiltMember
    need: str
    other_need: str
    complaint: str
    answered: str
    stranger: str  # the token of a stranger's complaint
    mark: str  # of a look
    question: str  # the case about another
    odd: str  # the case about an odd look


def set_rights_scene(place: BuiltPlace, *, said: str = "You keep my old address.") -> RightsScene:
    """Somebody who let others see things, and others who looked."""
    asker = a_member(place, "Rita Own", at=(2600, 600), mail=True, address="7 Orchard Row")
    unasked = a_member(place, "Uma Early", at=(2600, 700))
    councillor = a_member(
        place, "Cora Vote", at=(2700, 700), credentials=(), roles=(Role.COUNCILLOR,),
        ward_id=place.ward_at(2600),
    )  # fmt: skip
    chief = a_member(place, "Ada Chief", roles=(Role.ADMINISTRATOR,))
    carol = a_custodian(place, "Carol Own")
    need, other = (post(asker, each).ref for each in ("gardening", "repairs"))
    _agree(place, asker, need, councillor, said)
    with unit_of_work() as uow:
        uow.wishes.choose(place.id, unasked.id, access_needs=["bsl"])
        uow.commit()
    made = [
        complaints.make(actor=asker.actor, words=f"{said} {number}", key=a_key(), now=at)
        for number, at in ((1, NOW), (2, NOW - 25 * DAY), (3, NOW - 40 * DAY))
    ]
    complaints.answer(
        actor=chief.actor, ref=made[1], outcome="right", words=said, key=a_key(), now=NOW - DAY
    )
    stranger = complaints.make(
        actor=Actor.anonymous(place.id), words=said, call_back="07700 900123", key=a_key(), now=NOW
    )
    questions, odd = _looked_at(asker, carol, said)
    return RightsScene(
        asker=asker, unasked=unasked, councillor=councillor, need=need, other_need=other,
        complaint=made[0], answered=made[1], odd=odd, question=questions[1], mark=questions[0],
        stranger=complaints.link_of(ref=stranger, secrets=wiring().secrets),
    )  # fmt: skip


def _agree(
    place: BuiltPlace, asker: BuiltMember, need: str, councillor: BuiltMember, said: str
) -> None:
    for needs in (("bsl",), (), ("wheelchair",)):
        details.need_access(actor=asker.actor, needs=needs, words=said if needs else None,
                            consented=True, key=a_key(), now=NOW - DAY)  # fmt: skip
    shop = an_organisation(place, "Corner Hall")
    with reading() as uow:
        check = uow.credentials.of_holder((asker.id, None))[0].ref
    carrying.let_see(actor=asker.actor, ref=check, to=shop.ref, until=NOW + 9 * DAY, key=a_key(),
                     now=NOW - DAY)  # fmt: skip
    councillors.let_see(actor=asker.actor, need_ref=need, councillor_ref=councillor.ref,
                        key=a_key(), now=NOW - DAY)  # fmt: skip


def _looked_at(asker: BuiltMember, carol: BuiltMember, said: str) -> tuple[tuple[str, str], str]:
    """The mark of a look that can be asked about, the case about another, and an odd one."""
    secrets = wiring().secrets
    for at, reason in ((NOW - 2 * DAY, "other"), (NOW - DAY, "asked")):
        new_numbers.find(
            actor=carol.actor, typed=asker.ref, reason=reason, now=at,
            words=said if reason == "other" else None,
        )  # fmt: skip
        new_numbers.show(actor=carol.actor, ref=asker.ref, now=at)
    odd_looks.look_over(actor=odd_looks.WATCHER, now=NOW)
    days = [one for one in looked.show(actor=asker.actor, secrets=secrets, now=NOW).days
            if one.may_ask]  # fmt: skip
    asked = looked.ask_why(actor=asker.actor, mark=days[-1].mark, words=said, secrets=secrets,
                           key=a_key(), now=NOW)  # fmt: skip
    with reading() as uow:
        found = uow.reports.unsettled(asker.place.id)
        odd = next(one.ref for one in found if one.kind == "odd-look")
    return (days[0].mark, asked), odd


def rights_strangers_tour(scene: RightsScene) -> Iterator[Stop]:
    """Pages for everybody."""
    yield Stop("your-data", "/your-data")
    yield Stop("complain-stranger", "/your-data/complain")
    yield Stop("complain-stranger-empty", "/your-data/complain", {})
    yield Stop("complaint-by-link", f"/your-data/complaints/at/{scene.stranger}")
    yield Stop("complain-made", "/your-data/complain", {"words": "900"})


def rights_members_tour(scene: RightsScene) -> Iterator[Stop]:
    """Pages of whom it is about."""
    yield Stop("your-data-member", "/your-data")
    yield Stop("consents", "/me/consents")
    yield Stop("consent-receipt", "/me/consents/access-needs/1")
    yield Stop("consent-receipt-standing", "/me/consents/councillor/1")
    yield Stop("consent-receipt-sent", "/me/consents/access-needs/2?sent=1")
    yield Stop("need-with-councillor", f"/needs/{scene.need}")
    yield Stop("councillor-sees", f"/needs/{scene.need}/councillor")
    yield Stop("councillor-choose", f"/needs/{scene.other_need}/councillor")
    yield Stop("councillor-choose-empty", f"/needs/{scene.other_need}/councillor", {})
    yield Stop("looked-often", "/me/looked")
    yield Stop("looked-why", f"/me/looked/why?mark={scene.mark}")
    yield Stop("looked-asked", f"/reports/{scene.question}")
    yield Stop("complain", "/your-data/complain")
    yield Stop("complain-empty", "/your-data/complain", {})
    yield Stop("complaints", "/your-data/complaints")
    yield Stop("complaint-own", f"/your-data/complaints/{scene.complaint}")
    yield Stop("complaint-own-empty", f"/your-data/complaints/{scene.complaint}", {})
    yield Stop("complaint-answered", f"/your-data/complaints/{scene.answered}")
    yield Stop("access-agreed", "/me/details/access")
    yield Stop("access-not-agreed", "/me/details/access", {"needs": ["bsl"]})


def rights_unasked_tour(_scene: RightsScene) -> Iterator[Stop]:
    """What is asked at the next sign-in."""
    yield Stop("consents-again", "/me/consents/again")
    yield Stop("consents-again-empty", "/me/consents/again", {})


def rights_chiefs_tour(scene: RightsScene) -> Iterator[Stop]:
    """Pages of who answers complaints."""
    yield Stop("desk-complaints", "/desk/complaints")
    yield Stop("desk-complaint", f"/desk/complaints/{scene.complaint}")
    yield Stop("desk-complaint-empty", f"/desk/complaints/{scene.complaint}", {})
    yield Stop("desk-complaint-answered", f"/desk/complaints/{scene.answered}")
    yield Stop("desk-complaint-answer", f"/desk/complaints/{scene.complaint}/answer")
    yield Stop("desk-complaint-answer-empty", f"/desk/complaints/{scene.complaint}/answer", {})


def rights_leads_tour(scene: RightsScene) -> Iterator[Stop]:
    """Cases about looks."""
    yield Stop("desk-odd-look", f"/desk/reports/{scene.odd}")
    yield Stop("desk-look-question", f"/desk/reports/{scene.question}")


def rights_councillors_tour(_scene: RightsScene) -> Iterator[Stop]:
    """What people let their councillor see."""
    yield Stop("ward-with-cases", "/ward")
