"""A need or an offer that was said back and is right: posted, as the pages post it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from enabler.domain.answering import USUAL_REACH
from enabler.domain.categories import TREE, category
from enabler.domain.errors import Invalid, NotFound, WrongMoment
from enabler.domain.meeting import Setting
from enabler.domain.vocabulary import NeedState, OfferState
from enabler.domain.windows import Window
from enabler.services import details, landmarks, needs, offers
from enabler.services.needs import NeedDraft
from enabler.services.offers import OfferDraft
from enabler.services.views import NeedView
from sms.acting.learning import asked_after
from sms.acting.people import as_kept, given
from sms.acting.refusing import refused
from sms.acting.scene import Act, Came, Scene
from sms.dialogue import drafting
from sms.dialogue.turns import Deed, Facts, Say
from sms.houses import without_house
from sms.reading import read
from sms.where import whole_postcodes_in

MOST_TURNS = 3
_SHORTEST = 5
_ASKED_AGAIN: Mapping[str, str] = {"postcode": "where", "address": "address", "windows": "when"}
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "where": ("postcode", "part", "landmark", "places"), "address": ("address",),
    "when": ("start", "end", "any_time"),
}  # fmt: skip
_OF_ONE_ANSWER = ("letter", "setting", "so", "confirmed")


def post_need(deed: Deed, scene: Scene) -> Came:
    """Ask for it; what is wrong with it is asked again. What we have no kind of, people read."""
    slug = str(deed.facts["category"])
    if scene.actor.member_id is None or slug not in TREE:
        return given(scene)
    try:
        need = needs.post(
            actor=scene.actor, draft=_need(deed, scene, slug), key=scene.key, now=scene.now
        )  # fmt: skip
    except Invalid as error:
        return _again(drafting.NEED, deed.facts, error, scene)
    except WrongMoment as error:
        return _later(drafting.NEED, deed.facts, error)
    about = {"need": need.ref}
    return Came(says=(Say(_posted(need), about),), ref=need.ref, opens=asked_after(deed, scene))


def _posted(need: NeedView) -> str:
    """What is said at once. Where a letter beside it tells what comes next (people look for
    somebody, or nobody is asked at night), no more than that we have it."""
    if need.state is NeedState.HELD:
        return "held"
    return "posted_only" if need.with_people or need.asks_wait else "posted"


def post_offer(deed: Deed, scene: Scene) -> Came:
    """Offer it, with what the page begins with for all that was not asked: at any time, within a
    mile, for nothing."""
    slug = str(deed.facts["category"])
    if scene.actor.member_id is None or slug not in TREE:
        return given(scene)
    spoken = details.show(actor=scene.actor, now=scene.now).languages
    draft = OfferDraft(
        categories=(slug,), words=_words(deed), reach_metres=USUAL_REACH, any_time=True,
        languages=spoken or (scene.language,),
    )  # fmt: skip
    try:
        offer = offers.post(actor=scene.actor, draft=draft, key=scene.key, now=scene.now)
    except Invalid as error:
        return _again(drafting.OFFER, deed.facts, error, scene)
    except WrongMoment as error:
        return _later(drafting.OFFER, deed.facts, error)
    about = {"offer": offer.ref}
    held = offer.state is OfferState.HELD
    said = Say("offer_held", about) if held else Say("offered", about)
    return Came(says=(said,), ref=offer.ref, opens=asked_after(deed, scene))


def _need(deed: Deed, scene: Scene, slug: str) -> NeedDraft:
    postcode, address = _where(deed.facts, scene)
    windows = _windows(deed.facts, scene.now)
    setting = deed.facts.get("setting")
    return NeedDraft(
        category=slug, words=_words(deed), at_home=postcode is None, postcode=postcode,
        address=address, windows=windows,
        duration_minutes=min([category(slug).minutes, *(one.minutes for one in windows)]),
        setting=None if setting is None else Setting(setting),
        circumstances=() if deed.facts.get("so") else drafting.NOT_SO,
    )  # fmt: skip


def _where(facts: Facts, scene: Scene) -> tuple[str | None, str | None]:
    """Postcode and address of where it is; none where that is their home. A door that was asked
    for beside no postcode is that of a home of which no more than the postcode is known."""
    address = facts.get("address")
    if facts.get("landmark"):
        return _near(facts, scene)
    if facts.get("postcode"):
        return str(facts["postcode"]), None if address is None else as_kept(str(address))
    home = details.show(actor=scene.actor, now=scene.now)
    if address is not None:
        return home.postcode, as_kept(str(address))
    doorless = not home.address and facts.get("setting") in (Setting.PUBLIC, Setting.ONLINE)
    return (home.postcode, None) if doorless else (None, None)


def _near(facts: Facts, scene: Scene) -> tuple[str, str]:
    """The postcode that is nearest to a landmark, and what was said of the spot behind its name.
    Raises Invalid("postcode", code) where the place no longer knows it."""
    try:
        found = landmarks.locate(
            place_id=scene.place_id, landmark_id=int(facts["landmark"])
        )  # fmt: skip
    except (NotFound, Invalid) as error:
        raise Invalid("postcode", "postcode_unknown") from error
    name, spot = str(facts["landmark_name"]), str(facts.get("address") or "")
    said = spot if name.lower() in spot.lower() else ": ".join(filter(None, (name, spot)))
    return found.postcode.text, as_kept(said)


def _windows(facts: Facts, now: datetime) -> tuple[Window, ...]:
    """When: both ends; a deadline alone begins now. Raises Invalid("windows", code)."""
    start, end = _moment(facts.get("start")), _moment(facts.get("end"))
    if start is None and end is None:
        return ()
    start = start or now
    end = end or start + timedelta(hours=1)
    if end <= max(start, now):
        raise Invalid("windows", "window_in_the_past")
    if (end - start).total_seconds() < _SHORTEST * 60:
        raise Invalid("windows", "window_too_short", minutes=_SHORTEST)
    return (Window(start, end),)


def _moment(text: Any) -> datetime | None:
    return None if not text else datetime.fromisoformat(str(text))


def _words(deed: Deed) -> str:
    """What was written, with what was said beside the answer. Helpers read it who may never come:
    the postcode and the door are not theirs."""
    typed, *later = str(deed.facts["words"]).split(" / ")
    if deed.facts.get("address"):
        typed = without_house(read(typed), str(deed.facts["address"]))
    said = " / ".join(filter(None, (typed, *later, deed.words)))
    seen = read(said)
    codes = whole_postcodes_in(seen)
    left = seen.without([one.span for one in codes]) if codes else said
    return as_kept(" ".join(left.split()), "-")


def _again(what: str, facts: Facts, error: Invalid, scene: Scene) -> Came:
    """Say what is wrong and ask for that anew; what cannot be put right by an answer, or was tried
    often enough, goes to people."""
    asked, turns = _ASKED_AGAIN.get(error.field), int(facts.get("turns", 0)) + 1
    if asked is None or what == drafting.OFFER or turns >= MOST_TURNS:
        return Came(says=(refused(error), *given(scene).says))
    left = {
        name: value for name, value in facts.items()
        if name not in (*_TOLD_BY[asked], *_OF_ONE_ANSWER)
    }  # fmt: skip
    turn = drafting.asked_again(what, asked, {**left, "turns": turns})
    return Came(says=(refused(error),), opens=turn.opens)


def _later(what: str, facts: Facts, error: WrongMoment) -> Came:
    """Not now, as while they rest: the question stands, to be answered when they can."""
    left = {name: value for name, value in facts.items() if name not in _OF_ONE_ANSWER}
    return Came(says=(refused(error),), opens=drafting.confirm_again(what, left).opens)


ACTS_OF_POSTING: Mapping[str, Act] = {"need.post": post_need, "offer.post": post_offer}
