"""What people are told: danger, a worry, a report, a complaint; whom to ring, whom to keep away."""

from collections.abc import Mapping

from enabler.domain.errors import EnablerError, LimitReached, NotAllowed, NotFound
from enabler.domain.reports import WORRIED
from enabler.services import complaints, inbound, keeping_apart, reports
from sms.acting.people import as_kept, given
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Question, Say

_OF_A_MATCH = frozenset({
    "ask", "time", "visit", "changed", "going", "done", "arrived", "left", "wrote",
    "no-time", "was-done",
})  # fmt: skip
"""Kinds of questions that are about two people."""
_WORDS_TOO = frozenset({"a", "i", "I", "my", "he", "it", "so", "we", "me", "an", "on", "in"})
"""Letters that are words as well, as people write those."""


def danger(deed: Deed, scene: Scene) -> Came:
    """The safeguarding lead hears of it at once, as a worry: of the highest kind there is. Whatever
    keeps it from them puts it before people; a stranger's is there as well, with the number."""
    try:
        _report(WORRIED, as_kept(deed.words, "999"), scene)
    except EnablerError:
        inbound.set_aside(text_id=scene.text_id, now=scene.now)
    if scene.actor.member_id is None:
        inbound.set_aside(text_id=scene.text_id, now=scene.now)
    return Came()


def worried(deed: Deed, scene: Scene) -> Came:
    """A worry about somebody: also where nothing more is said, the lead rings."""
    _report(WORRIED, as_kept(deed.words, WORRIED), scene)
    return Came(says=(Say("worry_told"),))


def report(deed: Deed, scene: Scene) -> Came:
    """Something went wrong: of the help whose letter stands first, else of anything. Every word is
    kept, as what looks like a letter may be none: ``a man`` is no question A."""
    if not deed.words:
        return Came(says=(Say("say_report"),))
    first, _, more = deed.words.partition(" ")
    question = _lettered(first.strip(".,:;"), scene) if more.strip() else None
    _report("went-wrong", as_kept(deed.words), scene, question)
    return Came(says=(Say("reported"),))


def complain(deed: Deed, scene: Scene) -> Came:
    """A complaint about what is done with their data: the same as on the page, with its clock."""
    if not deed.words:
        return Came(says=(Say("say_complain"),))
    try:
        complaints.make(
            actor=scene.actor, words=as_kept(deed.words), how="text", key=scene.key, now=scene.now,
            call_back=_way_back(scene),
        )  # fmt: skip
    except LimitReached:
        return given(scene)
    by = complaints.answer_by(
        actor=scene.actor, place_id=scene.actor.place_id or 0, made_at=scene.now
    )  # fmt: skip
    return Came(says=(Say("complained", {"until": by.isoformat()}),))


def block(deed: Deed, scene: Scene) -> Came:
    """Never bring the two together again. Whom is not guessed; what cannot be done so is done by
    people."""
    if deed.ref is None:
        letters = [one.letter for one in scene.questions if _is_of_two(one)]
        if letters:
            return Came(says=(Say("block_which", {"letters": letters}),))
        return given(scene)
    try:
        keeping_apart.keep_apart(
            actor=scene.actor, match_ref=deed.ref, key=scene.key, now=scene.now
        )  # fmt: skip
    except EnablerError:
        return given(scene)
    return Came(says=(Say("blocked"),))


def call(deed: Deed, scene: Scene) -> Came:
    """Somebody at the desk rings them: their text is there, with the number."""
    known = inbound.give_to_people(text_id=scene.text_id, now=scene.now)
    return Came(says=(Say("will_call"),) if known else ())


def to_people(deed: Deed, scene: Scene) -> Came:
    """Nobody but people can tell what it asks for."""
    return given(scene)


def unknown(deed: Deed, scene: Scene) -> Came:
    """A stranger of whom nothing is understood: they hear how to join, and people read it."""
    inbound.give_to_people(text_id=scene.text_id, now=scene.now)
    return Came(says=(Say("how_to_join"),))


def _report(kind: str, words: str, scene: Scene, question: Question | None = None) -> None:
    """Tell those who look after safety, of the thing that a question is about where they may know
    of it. Each try is a transaction of its own: none that failed has kept anything."""
    kinds = ("match", "need", "offer") if question is not None else ()
    for about in kinds:
        try:
            _told(kind, words, scene, about, question.ref if question else None)
            return
        except (NotFound, NotAllowed):
            continue
    _told(kind, words, scene, "other", None)


def _told(kind: str, words: str, scene: Scene, about: str, ref: str | None) -> None:
    reports.report(
        actor=scene.actor, about_kind=about, about_ref=ref, kind=kind, words=words,
        call_back=_way_back(scene), key=scene.key, now=scene.now,
    )  # fmt: skip


def _way_back(scene: Scene) -> str | None:
    """Of whoever has no account the number is all that there is."""
    return scene.number if scene.actor.member_id is None else None


def _lettered(letter: str, scene: Scene) -> Question | None:
    if letter in _WORDS_TOO:
        return None
    return next(
        (one for one in scene.questions if one.letter == letter.upper() and one.ref), None
    )  # fmt: skip


def _is_of_two(question: Question) -> bool:
    return question.kind in _OF_A_MATCH and question.ref is not None


ACTS_OF_TELLING: Mapping[str, Act] = {
    "danger": danger, "worried": worried, "report": report, "complain": complain, "block": block,
    "call": call, "to_people": to_people, "unknown": unknown,
}  # fmt: skip
