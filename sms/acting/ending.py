"""Help that was given: said to be done, agreed or put right; and thanks for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from enabler.domain.conversation import LONGEST_SAID
from enabler.domain.errors import NotAllowed, WrongMoment
from enabler.domain.vocabulary import MatchState
from enabler.services import matches, visits
from enabler.services.views import MatchView
from sms.acting.belongings import (
    ASKER,
    before,
    belongings,
    letters_about,
    named,
    open_talk,
    which_one,
)
from sms.acting.passing import minutes_in, pass_on, says_something, settled, to_people
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say
from sms.tongues import tongues

_RECEIPT_FIRST = "receipt_first"


def done(deed: Deed, scene: Scene) -> Came:
    """``DONE A 1h30``: of help that nobody said was done, or of what the other side said."""
    found = belongings(scene)
    ref, words = named(deed, found)
    minutes = deed.facts.get("minutes") or minutes_in(words, scene.language)
    known = before(scene)
    if known is not None:
        return _finished(scene, known[1], minutes, words)
    meant = found.which(ref, lambda one: bool({"done", "confirm"} & one.may))
    if not meant:  # said by their own side already, perhaps
        meant = found.which(ref, lambda one: one.state is MatchState.DONE)
    if len(meant) != 1:
        return which_one(meant)
    (match,) = meant
    if minutes is None and "done" in match.may:
        return _how_long(match)
    return _finished(scene, match.ref, minutes, words)


def _how_long(match: MatchView) -> Came:
    """As long as was asked for, or as they say."""
    facts = {"minutes": match.duration_minutes}
    asked = Opening("done-said", ("yes",), facts, takes_words=True, ref=match.ref)
    return Came(opens=(asked,))


def _finished(scene: Scene, ref: str, minutes: int | None, words: str = "") -> Came:
    """Said first by us, or agreed with what the other said: which of the two, the services know.
    Each call has its own key, so that the text comes to the same when it is worked anew."""
    said: dict[str, Any] = {"actor": scene.actor, "match_ref": ref, "now": scene.now}
    try:
        if minutes is None:
            return _agreed(matches.confirm(**said, key=scene.key + ":b"), scene)
        matches.done(**said, minutes=minutes, key=scene.key)
    except WrongMoment as error:
        if error.code == _RECEIPT_FIRST:
            asked = Opening("no-money", ("no", "yes"), {"minutes": minutes}, ref=ref)
            return Came(opens=(asked,), closes=letters_about(scene, ref))
        if minutes is None or not error.code.startswith("cannot_done_when"):
            return settled(error)
        return _corrected(scene, ref, minutes, ":b")
    except NotAllowed as error:
        return _theirs_to_say(error, ref)
    told = (Say("done_said", {"match": ref, "minutes": minutes}),)
    said_beside = pass_on(scene, ref, _beside(words, scene), ":c")
    return Came(says=told + said_beside, closes=letters_about(scene, ref))


def _beside(words: str, scene: Scene) -> str:
    """What was written beside a length."""
    return "" if minutes_in(words, scene.language) else words


def _corrected(scene: Scene, ref: str, minutes: int, nth: str) -> Came:
    """So many minutes: agreed where the other side said the same, else they are asked."""
    try:
        match = matches.correct(
            actor=scene.actor, match_ref=ref, minutes=minutes, key=scene.key + nth, now=scene.now
        )
    except WrongMoment as error:
        return settled(error)
    except NotAllowed as error:
        return _theirs_to_say(error, ref)
    if match.state is MatchState.CONFIRMED:
        return _agreed(match, scene)
    said = Say("minutes_corrected", {"match": ref, "minutes": minutes})
    return Came(says=(said,), closes=letters_about(scene, ref))


def _agreed(match: MatchView, scene: Scene) -> Came:
    code = "done_agreed" if match.side == ASKER else "done_agreed_helper"
    facts = {"match": match.ref, "minutes": match.minutes or 0}
    return Came(says=(Say(code, facts),), closes=letters_about(scene, match.ref))


def _theirs_to_say(error: NotAllowed, ref: str) -> Came:
    """Said already, by their own side: the other is asked."""
    if error.code != "confirm_by_other_side":
        raise error
    return Came(says=(Say("done_waits", {"match": ref}),))


def right(deed: Deed, scene: Scene) -> Came:
    """What the other side said is right; of other minutes than were asked about nobody said so."""
    ref, asked = deed.ref or "", deed.facts.get("minutes")
    match = belongings(scene).match(ref)
    if match is not None and asked is not None and match.minutes not in (None, asked):
        return Came(says=(Say("minutes_changed", {"match": ref, "minutes": match.minutes}),))
    came = _finished(scene, ref, None)
    return replace(came, says=came.says + pass_on(scene, ref, deed.words, ":c"))


def not_right(deed: Deed, scene: Scene) -> Came:
    """It took another time, if they say which; else they are asked."""
    minutes = minutes_in(deed.words, scene.language)
    if minutes:
        return _corrected(scene, deed.ref or "", minutes, "")
    facts = {"words": deed.words[:LONGEST_SAID]} if says_something(deed.words) else {}
    return Came(opens=(_length(deed.ref or "", facts),))


def _length(ref: str, facts: Mapping[str, Any]) -> Opening:
    return Opening("done-length", ("none",), facts, takes_words=True, ref=ref)


def other_length(deed: Deed, scene: Scene) -> Came:
    """How long it took; words that say none are kept with the question, which comes again."""
    minutes = minutes_in(deed.words, scene.language)
    if minutes:
        return _corrected(scene, deed.ref or "", minutes, "")
    if deed.facts.get("words"):
        return Came(says=to_people(scene))
    facts = {"words": deed.words[:LONGEST_SAID], "again": True}
    return Came(opens=(_length(deed.ref or "", facts),))


def was_otherwise(deed: Deed, scene: Scene) -> Came:
    """Nobody came, or it was no help: somebody at the council looks at it, with what they write."""
    words = " ".join(filter(None, (str(deed.facts.get("words", "")), deed.words)))
    if not says_something(words):
        return Came(opens=(Opening("done-why", takes_words=True, ref=deed.ref),))
    try:
        matches.dispute(
            actor=scene.actor, match_ref=deed.ref or "", words=words, key=scene.key, now=scene.now
        )
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("dispute_kept"),), closes=letters_about(scene, deed.ref))


def as_proposed(deed: Deed, scene: Scene) -> Came:
    """As long as was asked for, or what they say instead; words that say no length are asked about
    once more."""
    minutes = minutes_in(deed.words, scene.language)
    if deed.name == "done-said.yes":
        minutes = minutes or int(deed.facts["minutes"])
    if minutes is None:
        facts = {"minutes": deed.facts["minutes"], "again": True}
        asked = Opening("done-said", ("yes",), facts, takes_words=True, ref=deed.ref)
        return Came(opens=(asked,))
    return _finished(scene, deed.ref or "", minutes)


def no_money(deed: Deed, scene: Scene) -> Came:
    """No money was spent, so that there is no receipt."""
    ref = deed.ref or ""
    visits.no_money(actor=scene.actor, match_ref=ref, key=scene.key + ":money", now=scene.now)
    return _finished(scene, ref, int(deed.facts["minutes"]))


def money(deed: Deed, scene: Scene) -> Came:
    """The receipt has to be seen first."""
    return Came(says=(Say("receipt_needed", {"match": deed.ref}),))


def thanks(deed: Deed, scene: Scene) -> Came:
    """Thanks go to the other side of the help that was given: in their words, after ours."""
    found = belongings(scene)
    ref, words = named(deed, found)
    meant = found.which(ref, lambda one: open_talk(one, scene))
    if ref is None:
        helped = tuple(one for one in meant if one.side == ASKER)
        meant = helped if helped or not says_something(words) else meant
    if ref is None and not meant:
        return Came(says=to_people(scene) if says_something(words) else (Say("welcome"),))
    if len(meant) != 1:
        return which_one(meant)
    word = tongues(scene.language)[0].facts["commands"]["thanks"][1].capitalize()
    said = f"{word}. {words}".strip() if says_something(words) else f"{word}!"
    passed = pass_on(scene, meant[0].ref, said, "")
    if [one.code for one in passed] == ["passed_on"]:
        return Came(says=(Say("thanked", {"match": meant[0].ref}),))
    return Came(says=passed)


ENDING: Mapping[str, Act] = {
    "done": done, "no-time.done": done, "was-done.yes": done, "done.yes": right,
    "done.no": not_right, "done-said": as_proposed,
    "done-said.yes": as_proposed, "done-length": other_length, "done-length.none": was_otherwise,
    "done-why": was_otherwise, "no-money.no": no_money, "no-money.yes": money, "thanks": thanks,
}  # fmt: skip
