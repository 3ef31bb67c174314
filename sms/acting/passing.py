"""What was written beside an answer goes to whom it is meant for; and what comes too late."""

from collections.abc import Mapping

from enabler.domain.conversation import LONGEST_SAID
from enabler.domain.errors import EnablerError, WrongMoment
from enabler.domain.prompts import TALK
from enabler.services import conversations, inbound
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Say
from sms.durations import minutes_at
from sms.reading import Said, read
from sms.tongues import TONGUES, tongues

_LATE = ("cannot_", "need_", "offer_", "proposal_", "event_")
_WITH_PEOPLE = Say("with_people")


def answered(deed: Deed, scene: Scene) -> Came:
    """What answers the other side's own words: passed on whatever it says, a thank-you as well."""
    ref = deed.ref or ""
    code = "passed_bare" if deed.facts.get("bare") else "passed_to"
    says = _passed(scene, ref, deed.words, "", code)
    talks = [one.letter for one in scene.questions if (one.kind, one.ref) == (TALK, deed.ref)]
    return Came(says=says, closes=tuple(talks))


def pass_on(scene: Scene, match_ref: str, words: str, nth: str) -> tuple[Say, ...]:
    """To the other side of the match; where that is closed, to people. Nothing is passed on that
    is only polite. ``nth`` tells this call from the others of its deed."""
    if not says_something(words):
        return ()
    return _passed(scene, match_ref, words, nth, "passed_on")


def _passed(
    scene: Scene, match_ref: str, words: str, nth: str, code: str
) -> tuple[Say, ...]:  # fmt: skip
    said = words[:LONGEST_SAID].strip()
    try:
        view = conversations.say(
            actor=scene.actor, match_ref=match_ref, words=said, key=scene.key + nth, now=scene.now
        )
    except EnablerError:
        return to_people(scene)
    held = () if view.conversation is None else view.conversation.not_passed
    waits = any(one.mine and one.state == "waits" and one.words == said for one in held)
    return (Say("words_wait" if waits else code, {"match": match_ref}),)


def to_people(scene: Scene) -> tuple[Say, ...]:
    """Somebody at the council reads the whole text."""
    inbound.set_aside(text_id=scene.text_id, now=scene.now)
    return (_WITH_PEOPLE,)


def says_something(words: str) -> bool:
    """Whether there is more than a *please* and a kiss."""
    phrases = (one for each in TONGUES.values() for one in each.of("polite", "words"))
    polite = {word for phrase in phrases for word in phrase}
    return bool(words.strip()) and not set(read(words).words) <= polite


def settled(error: WrongMoment) -> Came:
    """A late answer is told so, kindly. Raises what is something else."""
    if not error.code.startswith(_LATE):
        raise error
    return Came(says=(Say("settled"),))


TALKING: Mapping[str, Act] = {TALK: answered}


def minutes_in(words: str, language: str) -> int | None:
    """The first length that words speak of; a number alone is one where nothing else is said."""
    said, words_of = read(words), tongues(language)
    for at in range(len(said.tokens)):
        took = minutes_at(said, at, words_of)
        if took and (took[1] - at == len(said.tokens) or not _is_number(said, at, took[1])):
            return took[0]
    return None


def _is_number(said: Said, begin: int, end: int) -> bool:
    return end == begin + 1 and said.words[begin].replace(".", "").isdigit()
