"""A place on an ordinary morning, with something on every page: who is there and what they did."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from enabler.domain.api_tokens import Scope
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import OfferState, Role
from enabler.domain.windows import Weekly, Window
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import (
    api_tokens,
    conversations,
    costs,
    leaving,
    matches,
    mine,
    moderation,
    needs,
    offers,
    questions,
    reports,
    series,
    statements,
)
from enabler.services.needs import NeedDraft
from enabler.services.offers import OfferDraft
from enabler.timebank.transfers import Reason, Transfer
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.deeds import earn, owe

_keys = count(1)
HOUR = timedelta(hours=1)
TOMORROW = Window(NOW + 28 * HOUR, NOW + 31 * HOUR)
LIFT = "Could somebody take me to the eye clinic and wait with me?\nI walk slowly."


@dataclass(frozen=True)
class Scene:
    """Who is there, and the refs of what there is to see."""

    asker: BuiltMember
    helper: BuiltMember
    custodian: Actor
    asked: str  # a match that waits for the helper's answer
    asked_need: str
    agreed: str  # a match with a time and an address
    agreed_need: str
    done: str  # a match that the asker is to confirm
    disputed: str  # one of which they do not agree
    unmet_need: str
    offer: str
    held_offer: str
    held_need: str
    report: str
    series: str
    cafe: BuiltMember  # acts for an organisation
    cafe_offer: str
    token: str  # a key of the asker's program
    cost: str  # what the helper spent in what is agreed
    decision: str  # against the helper, who does not agree
    question: str  # to the asker
    wording: str  # words of the asker's that the desk may learn from
    leaver: BuiltMember  # below zero, and waits to leave the time bank


def key() -> str:
    """A key that nothing has had."""
    return f"scene:{next(_keys)}"


def set_scene(place: BuiltPlace, *, said: str | None = None) -> Scene:
    """Let the morning happen, by the services that pages use."""
    asker = a_member(place, "Rosa Long", address="12 North Street")
    earn(asker, 600)
    helper = a_helper(place, "Ben Near", "transport", "shopping", at=(900, 900))
    asked_need = _post(asker, "transport", LIFT, (TOMORROW,))
    asked = _ask_of(helper)
    agreed_need = _post(asker, "shopping", "Milk, bread and a newspaper, please.")
    agreed = _agree(helper)
    _write(asker, helper, agreed)
    _post(asker, "shopping", "A bag of potatoes is too heavy for me.")
    done = _agree(helper)
    _finish(helper, done)
    custodian = a_member(place, "Carol Desk", credentials=(), roles=(Role.CUSTODIAN,)).actor
    cafe = an_organisation(place, "Corner Café")
    token = api_tokens.make(
        actor=asker.actor, name="The café's till", scope=Scope.READ, days=30,
        secrets=wiring().secrets, key=key(), now=NOW,
    )  # fmt: skip
    return Scene(
        leaver=_leaver(place, cafe.owner), decision=_decide(place, helper, said),
        question=_question(place, asker), wording=_wording(asker),
        cafe=cafe.owner, cafe_offer=an_offer(cafe, "meals", words="Soup at noon, every day."),
        token=token.ref, cost=_spend(helper, agreed),
        asker=asker, helper=helper, custodian=custodian, asked=asked, asked_need=asked_need,
        disputed=_disagree(place, asker),
        agreed=agreed, agreed_need=agreed_need, done=done,
        unmet_need=_post(asker, "gardening", "The hedge has grown over the path."),
        offer=mine.everything(actor=helper.actor, now=NOW).offers[-1].ref,
        held_offer=_offer(asker), held_need=_post(helper, "childcare", "Two hours on Friday."),
        series=_series(asker),
        report=reports.report(
            actor=helper.actor, about_kind="match", about_ref=done, kind="unsafe",
            words="The house was very cold.", key=key(), now=NOW,
        ),
    )  # fmt: skip


def _wording(asker: BuiltMember) -> str:
    """What they texted, and let us learn from."""
    with unit_of_work() as uow:
        ref = uow.refs.new(asker.place.id, "given-wording")
        uow.own_wordings.propose(
            place_id=asker.place.id, member_id=asker.id, ref=ref, phrase="my weekly messages",
            folded="my weekly messages", category="shopping", language="en", given_at=NOW,
        )  # fmt: skip
        uow.commit()
    return ref


def _leaver(place: BuiltPlace, to: BuiltMember) -> BuiltMember:
    """Somebody who has had an hour more than they gave, and leaves."""
    leaver = a_member(place, "Lea Gone", at=(900, 600))
    owe(leaver, to, 60)
    with unit_of_work() as uow:
        if not uow.purses.pots(place.id):
            ref, issue = uow.refs.new(place.id, "pot"), uow.purses.issue(place.id).number
            pot = uow.purses.open_pot(place.id, ref=ref, now=NOW, kind="community", pays=True)
            grant = Transfer(key(), place.id, issue, pot.account, 1200, Reason.GRANT)
            uow.ledger.post(grant, NOW)
        uow.commit()
    leaving.leave(actor=leaver.actor, to=None, key=key(), now=NOW)
    return leaver


def _post(asker: BuiltMember, category: str, words: str, windows: tuple[Window, ...] = ()) -> str:
    draft = NeedDraft(category=category, words=words, windows=windows, circumstances=NONE_SO)
    return needs.post(actor=asker.actor, draft=draft, key=key(), now=NOW).ref


def _series(asker: BuiltMember) -> str:
    """Every Tuesday: the kind of help is one that nobody in the scene gives."""
    every = Repeat((Weekly(1, 14 * 60, 16 * 60),), date(2026, 6, 30))
    draft = NeedDraft(
        category="tech-help", words="My tablet, once a week.", every=every, circumstances=NONE_SO
    )
    return series.begin(actor=asker.actor, draft=draft, key=key(), now=NOW).ref


def _ask_of(helper: BuiltMember) -> str:
    return mine.everything(actor=helper.actor, now=NOW).asks[-1].ref


def _agree(helper: BuiltMember) -> str:
    waiting = mine.everything(actor=helper.actor, now=NOW).asks
    match = next(each for each in waiting if each.category == "shopping").ref
    matches.accept(actor=helper.actor, match_ref=match, key=key(), now=NOW)
    matches.arrange(
        actor=helper.actor, match_ref=match, start=NOW + 2 * HOUR, end=NOW + 3 * HOUR,
        words="I ring twice.", key=key(), now=NOW,
    )  # fmt: skip
    return match


def _write(asker: BuiltMember, helper: BuiltMember, match: str) -> None:
    """They have written to each other, and the asker suggests another time."""
    for who, words in ((asker, "Could it be a little later?"), (helper, "Yes: 07700 900123.")):
        conversations.say(actor=who.actor, match_ref=match, words=words, key=key(), now=NOW)
    meeting = conversations.Meeting(
        NOW + 4 * HOUR, NOW + 5 * HOUR, where="The library, at the door"
    )
    conversations.propose(
        actor=asker.actor, match_ref=match, meeting=meeting, key=key(), now=NOW
    )  # fmt: skip


def _finish(helper: BuiltMember, match: str) -> None:
    matches.done(actor=helper.actor, match_ref=match, minutes=50, key=key(), now=NOW)


def _disagree(place: BuiltPlace, asker: BuiltMember) -> str:
    """A walk of the dog that one of the two remembers otherwise."""
    walker = a_helper(place, "Nia Walks", "dog-walking", at=(900, 900))
    _post(asker, "dog-walking", "Bob pulls, and my wrist is sprained.")
    match = _ask_of(walker)
    matches.accept(actor=walker.actor, match_ref=match, key=key(), now=NOW)
    _finish(walker, match)
    matches.dispute(
        actor=asker.actor, match_ref=match, words="It was much shorter.", key=key(), now=NOW
    )
    return match


def _spend(helper: BuiltMember, match: str) -> str:
    return costs.note(
        actor=helper.actor, match_ref=match, kind="materials", pence=340, words="Milk and bread",
        key=key(), now=NOW,
    ).ref  # fmt: skip


def _offer(giver: BuiltMember) -> str:
    draft = OfferDraft(
        categories=("phone-chat", "transport"), words="I like to talk and I have a car.",
        any_time=True,
    )  # fmt: skip
    return offers.post(actor=giver.actor, draft=draft, key=key(), now=NOW).ref


def _decide(place: BuiltPlace, helper: BuiltMember, said: str | None) -> str:
    """An offer of the helper's is refused by somebody who has left since; they appeal."""
    other = a_member(place, "Dora Desk", credentials=(), roles=(Role.CUSTODIAN,)).actor
    ref = an_offer(helper, "childcare", state=OfferState.HELD, held_because="category")
    words = said or "We need to see your DBS check first. Bring it to the town hall, please."
    moderation.refuse(actor=other, ref=ref, words=words, key=key(), now=NOW)
    (own,) = statements.mine(actor=helper.actor)
    statements.appeal(
        actor=helper.actor, ref=own.ref, words=said or "I have shown it in May.", key=key(), now=NOW
    )
    return own.ref


def _question(place: BuiltPlace, asker: BuiltMember) -> str:
    """The asker has an offer that waits, and is asked about it."""
    other = a_member(place, "Dan Desk", credentials=(), roles=(Role.CUSTODIAN,)).actor
    ref = an_offer(asker, "skills", state=OfferState.HELD, held_because="first_offer")
    questions.ask(actor=other, ref=ref, words="Which skills are they?", key=key(), now=NOW)
    (own,) = statements.mine(actor=asker.actor)
    return own.ref
