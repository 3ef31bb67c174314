"""When two meet: a time is agreed or another is said, somebody will be there or cannot."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from enabler.domain.errors import WrongMoment
from enabler.services import conversations, matches, needs
from enabler.services.views import MatchView
from sms.acting.answers_to_asks import give_up, when_question
from sms.acting.belongings import ASKER, belongings, letters_about
from sms.acting.passing import pass_on, settled
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say
from sms.reading import read
from sms.times import read_when
from sms.tongues import tongues

LONGEST_TO_MEET = timedelta(hours=4)
"""*Tuesday* is no time to meet: what is longer than this is asked about."""
_USUAL_MINUTES = 60
_MOST_TRIES = 1


def agree(deed: Deed, scene: Scene) -> Came:
    """The time that was proposed suits; another one that was proposed since is another question."""
    ref = deed.ref or ""
    try:
        conversations.agree(
            actor=scene.actor, match_ref=ref, number=int(deed.facts.get("number", 0)),
            key=scene.key, now=scene.now,
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    return Came(
        says=(Say("agreed", {"match": ref}), *pass_on(scene, ref, deed.words, ":b")),
        closes=letters_about(scene, ref),
    )


def another_time(deed: Deed, scene: Scene) -> Came:
    """It does not suit: the time that was said instead, or a question for one."""
    return _proposed(deed, scene) if deed.words else Came(opens=(when_question(deed.ref or ""),))


def _proposed(deed: Deed, scene: Scene) -> Came:
    ref = deed.ref or ""
    stretch = _to_meet(deed.words, scene, ref)
    if stretch is None:
        tries = int(deed.facts.get("tries", 0)) + 1
        if tries > _MOST_TRIES:  # the other one is a person, and makes more of it than we do
            return Came(says=pass_on(scene, ref, deed.words, ""))
        return Came(opens=(when_question(ref, tries),))
    try:
        match = conversations.propose(
            actor=scene.actor, match_ref=ref, meeting=conversations.Meeting(*stretch),
            key=scene.key, now=scene.now,
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    agreed = (match.visit_start, match.visit_end) == stretch
    said = Say("agreed" if agreed else "time_proposed", {
        "match": ref, "until": stretch[0].strftime("%Y-%m-%dT%H:%MZ"),
    })  # fmt: skip
    return Came(says=(said,), closes=letters_about(scene, ref))


def _to_meet(words: str, scene: Scene, ref: str) -> tuple[datetime, datetime] | None:
    """Both ends of a time to meet; None where the words say none that is exact enough."""
    found = read_when(read(words), tongues(scene.language), scene.now.astimezone(scene.zone))
    if found is None or found.start is None:
        return None
    start = found.start.astimezone(UTC)
    end = found.end.astimezone(UTC) if found.end else start + _length(scene, ref)
    return (start, end) if end - start <= LONGEST_TO_MEET else None


def _length(scene: Scene, ref: str) -> timedelta:
    match = belongings(scene).match(ref)
    return timedelta(minutes=match.duration_minutes if match else _USUAL_MINUTES)


def will_be_there(deed: Deed, scene: Scene) -> Came:
    """Nothing changes; it is good to know."""
    ref = deed.ref or ""
    return Came(says=(Say("see_you", {"match": ref}), *pass_on(scene, ref, deed.words, "")))


def cannot_be_there(deed: Deed, scene: Scene) -> Came:
    """Whoever goes gives it up; whoever asked is asked what they want instead."""
    found = belongings(scene).match(deed.ref)
    if found is not None and found.side == ASKER and "release" in found.may:
        return asker_cannot(found, deed.words, scene)
    return give_up(deed, scene)


def asker_cannot(match: MatchView, words: str, scene: Scene) -> Came:
    """Another time, somebody else, or nothing any more? What they wrote their helper reads at
    once."""
    ways = ("time", "other", "none")
    return Came(
        says=pass_on(scene, match.ref, words, ""),
        opens=(Opening("not-then", ways, {"need": match.need_ref}, ref=match.ref),),
        closes=letters_about(scene, match.ref),
    )


def was_not_done(deed: Deed, scene: Scene) -> Came:
    """Its time is over and nothing came of it: whoever asked says what they want instead, whoever
    goes says when they can."""
    found = belongings(scene).match(deed.ref)
    if found is not None and found.side == ASKER:
        return asker_cannot(found, deed.words, scene)
    ref = deed.ref or ""
    return Came(says=pass_on(scene, ref, deed.words, ""), opens=(when_question(ref),))


def somebody_else(deed: Deed, scene: Scene) -> Came:
    """The asker wants another helper."""
    try:
        matches.release(
            actor=scene.actor, match_ref=deed.ref or "", words=deed.words or None, key=scene.key,
            now=scene.now,
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("released_by_asker"),))


def nothing_any_more(deed: Deed, scene: Scene) -> Came:
    """The asker wants no help any more: everybody who was asked is told."""
    return take_back(str(deed.facts["need"]), scene)


def take_back(need_ref: str, scene: Scene) -> Came:
    """A need is taken back."""
    try:
        needs.withdraw(actor=scene.actor, ref=need_ref, key=scene.key, now=scene.now)
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("need_withdrawn"),), closes=letters_about(scene, need_ref))


MEETING: Mapping[str, Act] = {
    "time.yes": agree, "time.other": another_time, "time-when": _proposed,
    "visit.yes": will_be_there, "visit.no": cannot_be_there,
    "no-time.yes": another_time, "no-time.no": cannot_be_there, "was-done.no": was_not_done,
    "not-then.time": another_time, "not-then.other": somebody_else,
    "not-then.none": nothing_any_more,
}  # fmt: skip
