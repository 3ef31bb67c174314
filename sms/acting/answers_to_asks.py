"""Answers of whoever was asked to help, and of who goes for an organisation."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from enabler.domain.errors import AlreadyFilled, EnablerError, NotAllowed, WrongMoment
from enabler.services import board, conversations, matches
from enabler.services.views import MatchView
from sms.acting.passing import pass_on, says_something, settled, to_people
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say

_EXACT = timedelta(hours=1)
"""A time that was asked for and is so little longer than the help: when to come is said by it."""

_FIRST_MEETINGS = {"meet-public": "meet_in_public", "meet-doorstep": "meet_at_the_door"}
"""Where the two meet, as whoever is new is told with their yes."""


def accept(deed: Deed, scene: Scene) -> Came:
    """Yes, I can: the first one takes it. What else was said goes to whoever asked."""
    ref = deed.ref or ""
    try:
        match = matches.accept(actor=scene.actor, match_ref=ref, key=scene.key, now=scene.now)
    except AlreadyFilled:
        return Came(says=(Say("ask_filled"),))
    except WrongMoment as error:
        return settled(error)
    agreed = _agreed(match, scene)
    steps = () if match.day is None else match.day.steps
    says = (
        Say("accepted", {"match": match.ref}),
        *(Say(code) for step, code in _FIRST_MEETINGS.items() if step in steps),
        *pass_on(scene, match.ref, deed.words, ":b"),
    )
    return Came(says=says, opens=() if agreed else (when_question(match.ref),))


def _agreed(match: MatchView, scene: Scene) -> bool:
    """Whether a time to meet stands. One exact time that was asked for does from the yes on:
    both are reminded of it, and nobody has to say it once more."""
    if match.visit_start is not None:
        return True
    exact = timedelta(minutes=match.duration_minutes) + _EXACT
    times = [one for one in match.windows if one.end - one.start <= exact]
    if len(times) != 1 or len(match.windows) != 1:
        return bool(times)
    meeting = conversations.Meeting(times[0].start, times[0].end)
    with suppress(EnablerError):  # not yet, as where two go together: they talk about it
        conversations.propose(
            actor=scene.actor, match_ref=match.ref, meeting=meeting, key=scene.key + ":t",
            now=scene.now,
        )  # fmt: skip
    return True


def when_question(ref: str, tries: int = 0) -> Opening:
    """When can you meet? In words."""
    return Opening("time-when", facts={"tries": tries} if tries else {}, takes_words=True, ref=ref)


def decline(deed: Deed, scene: Scene) -> Came:
    """Not this time; they hear no more of it."""
    words = deed.words if says_something(deed.words) else None
    try:
        matches.decline(
            actor=scene.actor, match_ref=deed.ref or "", words=words, key=scene.key, now=scene.now
        )
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("ask_declined"),))


def give_up(deed: Deed, scene: Scene) -> Came:
    """Whoever said yes cannot, after all: who goes for an organisation hands it back to it, others
    are asked in place of a neighbour."""
    ref = deed.ref or ""
    words = deed.words if says_something(deed.words) else None
    said: dict[str, Any] = {
        "actor": scene.actor,
        "match_ref": ref,
        "words": words,
        "now": scene.now,
    }
    try:
        board.hand_back(**said, key=scene.key)
    except NotAllowed:
        pass
    except WrongMoment as error:
        return settled(error)
    else:
        return Came(says=(Say("handed_back", {"match": ref}),))
    try:
        matches.release(**said, key=scene.key + ":b")
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("released"),))


def _stays_so(code: str) -> Act:
    """A yes to what is so already: it is said kindly, and what else was written passed on."""

    def act(deed: Deed, scene: Scene) -> Came:
        ref = deed.ref or ""
        return Came(says=(Say(code, {"match": ref}), *pass_on(scene, ref, deed.words, "")))

    return act


def know_somebody(deed: Deed, scene: Scene) -> Came:
    """A councillor knows somebody: people at the desk read who."""
    if says_something(deed.words):
        return Came(says=to_people(scene))
    return Came(opens=(Opening("know-who", takes_words=True),))


def know_who(deed: Deed, scene: Scene) -> Came:
    """Who it is that could help."""
    return Came(says=to_people(scene))


def know_nobody(deed: Deed, scene: Scene) -> Came:
    """Then others look."""
    return Came(says=(Say("knows_nobody"),))


ANSWERS_TO_ASKS: Mapping[str, Act] = {
    "ask.yes": accept, "ask.no": decline,
    "changed.yes": _stays_so("still_coming"), "changed.no": give_up,
    "going.yes": _stays_so("still_coming"), "going.no": give_up,
    "know-somebody.yes": know_somebody, "know-somebody.no": know_nobody, "know-who": know_who,
}  # fmt: skip
