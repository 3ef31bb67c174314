"""Words that make somebody look, messages that wait, accounts that wait: a place on a worse day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from enabler.domain.meeting import NONE_SO
from enabler.domain.vocabulary import Role
from enabler.domain.windows import Window
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import _denying, conversations, denied, held_messages, inbound, needs, offers
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import a_key, accept, post
from tests.web.tour import Stop

DAY = timedelta(days=1)
SCAM = "Please pay into this bank account today, then I come."
UNCLEAR = "the blue one please, not the other"
BESIDE = "It is the one with the handle."
LATER = (Window(NOW + 5 * DAY, NOW + 6 * DAY),)


@dataclass(frozen=True)
class SignalsScene:
    """Who is there, and the refs of what there is to see."""

    asker: BuiltMember
    helper: BuiltMember
    held_need: str  # for a link in it
    held_offer: str  # for a number that everybody would read
    match: str
    message: str
    other: str  # a second message that waits
    waits: BuiltMember  # whose account may be that of somebody who was removed
    denial: str
    text: str  # which nobody but people can answer


def set_signals_scene(place: BuiltPlace) -> SignalsScene:
    """Let it happen, by the services that pages use."""
    asker = a_member(place, "Rosa Linked", address="14 North Street")
    helper = a_helper(place, "Ben Scammer", "shopping", at=(900, 900))
    post(asker)
    match = accept(helper).ref
    for words in (SCAM, f"{SCAM} Do not tell anybody."):
        conversations.say(
            actor=helper.actor, match_ref=match, words=words, key=a_key(), now=NOW
        )  # fmt: skip
    lead = a_member(place, "Lena Lead", credentials=(), roles=(Role.SAFEGUARDING_LEAD,))
    message, other = (one.ref for one in held_messages.waiting(actor=lead.actor))
    removed = a_member(place, "Basil Gone", at=(1200, 1200), address="7 Mill Lane")
    denied.remove(
        actor=lead.actor, ref=removed.ref, reason="theft", words="He took her purse.",
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip
    waits = a_member(place, "Basil Gone", at=(1200, 1200), address="7, Mill Lane")
    with unit_of_work() as uow:
        _denying.check_member(uow, waits.actor, waits.id, wiring().secrets, NOW)
        uow.commit()
    need = needs.NeedDraft(
        category="gardening", words="It is like bit.ly/3hedge", windows=LATER, circumstances=NONE_SO
    )
    offer = offers.OfferDraft(
        categories=("gardening",), words="Ring 07700 900123", any_time=True, words_public=True
    )
    return SignalsScene(
        asker=asker, helper=helper, match=match, message=message, other=other, waits=waits,
        held_need=needs.post(actor=asker.actor, draft=need, key=a_key(), now=NOW).ref,
        held_offer=offers.post(actor=helper.actor, draft=offer, key=a_key(), now=NOW).ref,
        denial=denied.overview(actor=lead.actor, now=NOW).denied[0].ref, text=_text(place, asker),
    )  # fmt: skip


def _text(place: BuiltPlace, asker: BuiltMember) -> str:
    """The asker texted what nobody can make out."""
    with unit_of_work() as uow:
        number = uow.contacts.of(asker.id)["phone"].value
        phone = uow.phones.of(place.id, number, NOW)
        uow.inbound.keep(phone, provider_ref="SM1", body=UNCLEAR, received_at=NOW)
        found = uow.inbound.oldest(phone.id)
        assert found is not None
        uow.inbound.keep(phone, provider_ref="SM2", body=BESIDE, received_at=NOW)
        uow.commit()
    return inbound.set_aside(text_id=found.id, now=NOW)


def writers_tour(scene: SignalsScene) -> Iterator[Stop]:
    """Pages of somebody whose words are looked at."""
    yield Stop("signals-need", f"/needs/{scene.held_need}")
    yield Stop("signals-need-posted", f"/needs/new/posted/{scene.held_need}")
    yield Stop("signals-need-edit", f"/needs/{scene.held_need}/edit")
    yield Stop("signals-asking", "/needs/new/what", {"category": "shopping"})
    yield Stop("signals-asking-words", "/needs/new/words",
               {"words": "I want to die. Ring 07700 900123 or see bit.ly/3abc"})  # fmt: skip
    yield Stop("signals-asking-where", "/needs/new/where", {"spot": "home"})
    yield Stop("signals-asking-meeting", "/needs/new/meeting", {"setting": "doorstep"})
    day = {"when": "day", "day": ["19", "3", "2026"], "start": "2pm", "end": "5pm"}
    yield Stop("signals-asking-when", "/needs/new/when", day)
    yield Stop("signals-asking-much", "/needs/new/how-much",
               {"duration_minutes": "60", "slots": "1"})  # fmt: skip
    yield Stop("signals-asking-else", "/needs/new/anything-else", {"language": ""})
    yield Stop("signals-asking-check", "/needs/new/check")
    yield Stop("signals-match", f"/matches/{scene.match}")


def leads_tour(scene: SignalsScene) -> Iterator[Stop]:
    """Pages of the safeguarding lead."""
    yield Stop("denied", "/desk/denied")
    yield Stop("denied-wrong", "/desk/denied", {"who": "ZZZZ"})
    yield Stop("denied-remove", f"/desk/denied/{scene.helper.ref}/remove")
    yield Stop("denied-remove-empty", f"/desk/denied/{scene.helper.ref}/remove", {})
    yield Stop("denied-let-in", f"/desk/denied/{scene.waits.ref}/let-in")
    yield Stop("denied-let-in-empty", f"/desk/denied/{scene.waits.ref}/let-in", {})
    yield Stop("denied-let-in-none", f"/desk/denied/{scene.asker.ref}/let-in")
    yield Stop("text-aside", f"/desk/texts/{scene.text}")
    yield Stop("messages-wait", "/desk/said")
    yield Stop("message-waits", f"/desk/said/{scene.message}")
    yield Stop("message-waits-empty", f"/desk/said/{scene.message}", {})
    yield Stop("message-stopped", f"/desk/said/{scene.other}", {"decision": "stop"})
    yield Stop("message-stopped-seen", f"/desk/said/{scene.other}")
