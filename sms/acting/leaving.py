"""``CAN'T A``: whoever said yes gives it up, whoever asked says what they want instead."""

from collections.abc import Mapping

from enabler.domain.vocabulary import MatchState, NeedState, OfferState
from enabler.services import offers
from sms.acting.answers_to_asks import decline, give_up
from sms.acting.belongings import ASKER, Belongings, before, belongings, named, which_one
from sms.acting.meeting import asker_cannot, take_back
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Say

_OPEN_NEEDS = (NeedState.HELD, NeedState.OPEN)
_OPEN_OFFERS = (OfferState.HELD, OfferState.OPEN, OfferState.PAUSED)
_SAID = {
    "matches.decline": "ask_declined", "matches.release": "released", "needs.withdraw":
    "need_withdrawn", "offers.ended": "offer_ended", "board.hand_back": "handed_back",
}  # fmt: skip


def cannot(deed: Deed, scene: Scene) -> Came:
    """What it means depends on whose it is: help that was promised or is only asked for, a need, an
    offer. Without a letter it is the help that was agreed, where there is one alone."""
    known = before(scene)
    if known is not None and known[0] in _SAID:
        return Came(says=(_said(*known),))
    found = belongings(scene)
    ref, words = named(deed, found)
    meant = found.which(ref, lambda one: "release" in one.may or "hand_back" in one.may)
    meant = meant or found.which(ref, lambda one: one.state is MatchState.ASKED)
    if len(meant) > 1 or (not meant and ref is None):
        waiting = [one for one in found.needs if one.state in _OPEN_NEEDS]
        return which_one(meant, () if meant else waiting)
    if not meant:
        return _thing(ref or "", found, scene)
    (match,) = meant
    if match.side == ASKER:
        return asker_cannot(match, words, scene)
    act = decline if match.state is MatchState.ASKED else give_up
    return act(Deed(deed.name, match.ref, words, deed.facts), scene)


def _said(service: str, ref: str) -> Say:
    code = _SAID[service]
    return Say(code, {"match": ref} if code == "handed_back" else {})


def _thing(ref: str, found: Belongings, scene: Scene) -> Came:
    """A need or an offer, by its own ref."""
    if any(one.ref == ref and one.state in _OPEN_NEEDS for one in found.needs):
        return take_back(ref, scene)
    if any(one.ref == ref and one.state in _OPEN_OFFERS for one in found.offers):
        return end_offer(ref, scene)
    return which_one(())


def end_offer(ref: str, scene: Scene) -> Came:
    """They offer it no more; what was promised stays promised."""
    offers.end(actor=scene.actor, ref=ref, key=scene.key, now=scene.now)
    return Came(says=(Say("offer_ended"),))


LEAVING: Mapping[str, Act] = {"cannot": cannot}
