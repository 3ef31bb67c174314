"""Asking for help, or offering it, question by question: what is missing is asked, one thing at a
time, and before anything is posted it is said back once.

A draft is a mapping that a question carries: ``words`` as they were written, ``category``,
``postcode`` and ``address`` (empty: at home), ``landmark`` (its id, with ``landmark_name`` and
``landmark_metres``: near it) or ``places`` (several that may be meant), ``start`` and ``end`` (ISO,
UTC), ``any_time``, ``tries`` at the question that was asked last.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from enabler.domain.categories import TREE, category
from enabler.domain.landmarks import Landmark
from sms.dialogue.turns import Caller, Deed, Facts, Opening, Question, Say, Turn
from sms.reading import Said, read
from sms.tongues import Tongue
from sms.understanding import Understood, understand

NEED, OFFER = "need", "offer"
OTHER, HOME, ANY, YES, SO, NO = "other", "home", "any", "yes", "so", "no"
_NOWHERE: dict[str, object] = {"places": [], "landmark": 0}
NOT_SO = ("not-care", "not-child", "not-money")
"""What is said back with the rest of a need, so that yes says it: nobody under 18 is there, no
washing, dressing or medicines, no money to look after. ``SO`` says that one of these is so, or may
be: then helpers are asked for the most, as where nobody said anything."""
MOST_TRIES = 2
"""After so many answers that say nothing people go on."""
USUAL_LENGTH = timedelta(hours=1)
MOST_KINDS = 4
"""Of so many kinds one is asked which it is: more do not fit."""
MOST_PLACES = 4
"""Of so many of one name one is asked which it is; a postcode says it as well."""


def begin(
    what: str, said: Said, caller: Caller, tongues: Sequence[Tongue], now: datetime
) -> Turn:  # fmt: skip
    """The first text of a need or an offer."""
    found = understand(said, tongues, now)
    draft: dict[str, object] = {"words": said.text}
    if len(found.kinds) == 1:
        draft["category"] = found.kinds[0]
    elif found.kinds:
        draft["kinds"] = list(found.kinds[:MOST_KINDS])
    draft |= _where(found) | _time(found)
    if what == NEED and caller.landmarks and _is_open(draft, caller):
        draft |= _near(caller.landmarks)
    return _next(what, draft, caller)


def answered(
    question: Question, option: str | None, words: str, caller: Caller,
    tongues: Sequence[Tongue], now: datetime,
) -> Turn:  # fmt: skip
    """An answer to a question of a draft: a code of its options, or words of one's own."""
    what, _, asked = question.kind.partition("-")
    draft = {name: value for name, value in question.facts.items() if name != "tries"}
    closed = Turn(closes=(question.letter,))
    if asked == "confirm":
        draft["letter"] = question.letter
        return closed + _confirmed(what, draft, option, words, caller, tongues, now)
    more = _answer(asked, option, words, caller, tongues, now)
    if asked == "place":
        more = _one_of(draft, option) or more
    if more is None:
        tries = int(question.facts.get("tries", 0)) + 1
        said = [str(draft["words"]), words]
        told = {**draft, "words": " / ".join(filter(None, said))}
        if tries >= MOST_TRIES:
            return closed + Turn(deeds=(Deed("to_people", words=told["words"], facts=told),))
        return closed + _next(what, {**told, "tries": tries}, caller)
    return closed + _next(what, draft | more, caller)


def _answer(
    asked: str,
    option: str | None,
    words: str,
    caller: Caller,
    tongues: Sequence[Tongue],
    now: datetime,
) -> dict[str, object] | None:
    """What the answer adds to the draft; None where it says nothing of what was asked."""
    if asked == "kind":
        found = understand(read(words), tongues, now).kinds
        slug = option or (found[0] if len(found) == 1 else None)
        return {"category": slug} if slug in TREE or slug == OTHER else None
    if asked in ("where", "place"):
        if option == HOME:
            return {"postcode": "", "part": False, **_NOWHERE}
        found_here = understand(read(words), tongues, now)
        if found_here.is_whole:
            return _where(found_here) | _NOWHERE
        return _near(caller.landmarks) if caller.landmarks else None
    if asked == "address":
        return {"address": words} if words else None
    when = _time(understand(read(words), tongues, now))
    return {"any_time": True} if option == ANY else when or None


def _confirmed(
    what: str, draft: Facts, option: str | None, words: str, caller: Caller,
    tongues: Sequence[Tongue], now: datetime,
) -> Turn:  # fmt: skip
    """Yes, with the place where it happens if there are several; or no, with what is wrong."""
    said, _, setting = (option or "").partition(":")
    if said == SO:
        facts = {**draft, "setting": _only_setting(str(draft["category"])), "so": True}
        return Turn(deeds=(Deed(f"{what}.post", words=words, facts=facts),))
    if said == YES:
        facts = {**draft, "setting": setting or _only_setting(str(draft["category"]))}
        return Turn(deeds=(Deed(f"{what}.post", words=words, facts=facts),))
    if words:
        return begin(what, read(words), caller, tongues, now)
    return Turn(says=(Say("not_posted"),))


def _next(what: str, draft: Facts, caller: Caller) -> Turn:
    """The next question: what is missing, or whether it is right."""
    if "category" not in draft:
        kinds = tuple(str(one) for one in draft.get("kinds", ()))
        return _ask(what, "kind", (*kinds, OTHER) if kinds else (), draft)
    if what == OFFER:
        return confirm_again(what, draft)
    if draft.get("places"):
        return _ask(what, "place", tuple(f"at:{one[0]}" for one in draft["places"]), draft)
    if "postcode" not in draft and not caller.has_home:
        return _ask(what, "where", (), draft)
    if draft.get("part"):
        return _ask(what, "where", (HOME,) if caller.has_home else (), draft)
    if "address" not in draft and (
        draft.get("postcode") or draft.get("landmark") or not caller.has_address
    ):
        return _ask(what, "address", (), draft)
    if not (draft.get("start") or draft.get("end") or draft.get("any_time")):
        return _ask(what, "when", (ANY,), draft)
    return confirm_again(what, draft)


def asked_again(what: str, asked: str, draft: Facts) -> Turn:
    """One question of a draft anew, where its answer could not be used; whoever is asked where is
    a member, and may be at home after all."""
    return _ask(what, asked, {"where": (HOME,), "when": (ANY,)}.get(asked, ()), draft)


def confirm_again(what: str, draft: Facts) -> Turn:
    """All of a draft said back once more."""
    ways = (YES,) if what == OFFER else (*_ways(str(draft["category"])), SO)
    return _ask(what, "confirm", (*ways, NO), draft)


def _ask(what: str, asked: str, options: tuple[str, ...], draft: Facts) -> Turn:
    words = asked != "confirm"
    return Turn(opens=(Opening(f"{what}-{asked}", options, dict(draft), takes_words=words),))


def _ways(slug: str) -> tuple[str, ...]:
    """Yes, once for each place where such help can happen: it is asked with the rest."""
    settings = category(slug).settings if slug in TREE else ()
    return tuple(f"{YES}:{one.value}" for one in settings[:3]) if len(settings) > 1 else (YES,)


def _only_setting(slug: str) -> str | None:
    settings = category(slug).settings if slug in TREE else ()
    return settings[0].value if len(settings) == 1 else None


def _where(found: Understood) -> dict[str, object]:
    if found.postcode is None:
        return {}
    return {"postcode": found.postcode if found.is_whole else "", "part": not found.is_whole}


def _is_open(draft: Facts, caller: Caller) -> bool:
    """Whether it is not known where: a need that names no postcode is at home where that is
    known, whatever else it names."""
    return bool(draft.get("part")) or ("postcode" not in draft and not caller.has_home)


def _near(found: Sequence[Landmark]) -> dict[str, object]:
    """The rough place that is named; of several each with its ward, to be asked which it is."""
    places = [[one.id, one.name, one.ward, one.precision_metres] for one in found[:MOST_PLACES]]
    if len(found) > 1:
        return {**_NOWHERE, "places": places, "landmark_name": found[0].name}
    return _near_one(places[0])


def _near_one(place: Sequence[object]) -> dict[str, object]:
    return {
        "postcode": "", "part": False, "places": [], "landmark": place[0],
        "landmark_name": place[1], "landmark_metres": place[3],
    }  # fmt: skip


def _one_of(draft: Facts, option: str | None) -> dict[str, object] | None:
    """What was chosen of several places."""
    chosen = [one for one in draft.get("places", ()) if f"at:{one[0]}" == option]
    return _near_one(chosen[0]) if chosen else None


def _time(found: Understood) -> dict[str, object]:
    """Both ends, in UTC. A beginning alone lasts as long as such help usually does."""
    if found.when is None:
        return {}
    start, end = found.when.start, found.when.end
    if start and not end:
        minutes = category(found.kinds[0]).minutes if len(found.kinds) == 1 else 60
        end = start + max(USUAL_LENGTH, timedelta(minutes=minutes))
    ends = {"start": start, "end": end}
    return {
        name: one.astimezone(UTC).isoformat(timespec="minutes")
        for name, one in ends.items() if one
    }  # fmt: skip
