"""``MY``: what is open, each under the letter or ref by which it is spoken of; ``WHY``."""

from collections.abc import Mapping

from enabler.domain.vocabulary import MatchState, NeedState, OfferState
from enabler.services.views import MatchView
from sms.acting.belongings import ASKER, Belongings, belongings, named, which_one
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say

_MOST = 8
_MOST_REASONS = 2
_NEEDS = {NeedState.HELD: "my_need_held", NeedState.OPEN: "my_need"}
_OFFERS = {
    OfferState.HELD: "my_offer_held", OfferState.OPEN: "my_offer",
    OfferState.PAUSED: "my_offer_paused",
}  # fmt: skip
_HELPING = {
    MatchState.ACCEPTED: "my_promise", MatchState.ARRANGED: "my_promise",
    MatchState.DONE: "my_said_done", MatchState.DISPUTED: "my_disputed",
}  # fmt: skip
_HELPED = {**_HELPING, MatchState.ACCEPTED: "my_helper", MatchState.ARRANGED: "my_helper"}
WHY = {
    "nearness": "why_nearness", "time_fit": "why_time_fit", "asked_least": "why_asked_least",
    "acceptance": "why_acceptance", "reciprocity": "why_reciprocity",
    "language": "why_language", "rotation": "why_rotation",
}  # fmt: skip
"""Reasons that may be told before anything is agreed, as pages tell them."""


def my(deed: Deed, scene: Scene) -> Came:
    """All that is open. What waits for their answer is asked once more, where no letter stands."""
    found = belongings(scene)
    says = [*_asked(found, scene), *_agreed(found, scene), *_things(found, scene)][:_MOST]
    unasked = [one for one in found.asks if _letter(one.ref, scene) == one.ref]
    opens = tuple(Opening("ask", ("yes", "no"), ref=one.ref) for one in unasked[:1])
    if not says and not opens:
        return Came(says=(Say("my_nothing"),))
    how = "my_how" if found.helping or found.helped else "my_how_else"
    return Came(says=(*says, Say(how)) if says else (), opens=opens)


def _asked(found: Belongings, scene: Scene) -> list[Say]:
    return [
        _say("my_ask", "match", one.ref, scene) for one in found.asks
        if _letter(one.ref, scene) != one.ref
    ]  # fmt: skip


def _agreed(found: Belongings, scene: Scene) -> list[Say]:
    said = []
    for one in (*found.helping, *found.helped):
        code = (_HELPED if one.side == ASKER else _HELPING).get(one.state)
        if code == "my_said_done" and "confirm" in one.may:
            code = "my_confirm"
        if code is not None:
            said.append(_say(code, "match", one.ref, scene))
    return said


def _things(found: Belongings, scene: Scene) -> list[Say]:
    needs = [
        _say(_NEEDS[one.state], "need", one.ref, scene)
        for one in found.needs if one.state in _NEEDS
    ]  # fmt: skip
    offers = [
        _say(_OFFERS[one.state], "offer", one.ref, scene)
        for one in found.offers if one.state in _OFFERS
    ]  # fmt: skip
    return needs + offers


def _say(code: str, kind: str, ref: str, scene: Scene) -> Say:
    return Say(code, {kind: ref, "letter": _letter(ref, scene)})


def _letter(ref: str, scene: Scene) -> str:
    """The letter of the newest open question about it; its own ref where there is none."""
    asked = [one.letter for one in scene.questions if one.ref == ref and not one.closed]
    return asked[-1] if asked else ref


def why(deed: Deed, scene: Scene) -> Came:
    """Why they were asked: as their page tells it."""
    found = belongings(scene)
    ref, _ = named(deed, found)
    meant = found.which(ref, lambda one: one.state is MatchState.ASKED)
    meant = meant or found.which(ref, lambda one: one.side != ASKER and (
        ref is not None or one in found.helping
    ))  # fmt: skip
    if len(meant) != 1:
        return which_one(meant)
    (match,) = meant
    return Came(says=(Say("why_asked", {"match": match.ref}), *_reasons(match)))


def _reasons(match: MatchView) -> tuple[Say, ...]:
    codes = [WHY[one.factor] for one in match.reasons if one.factor in WHY]
    return tuple(Say(code) for code in codes[:_MOST_REASONS]) or (Say("why_offer"),)


LISTING: Mapping[str, Act] = {"my": my, "why": why}
