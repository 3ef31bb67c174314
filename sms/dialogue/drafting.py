"""Asking for help, or offering it, question by question: what is missing is asked, one thing at a
time, and before anything is posted it is said back once.

A draft is a mapping that a question carries: ``words`` as they were written, ``category``,
``postcode`` and ``address`` (empty: at home), ``landmark`` (its id, with ``landmark_name`` and
``landmark_metres``: near it) or ``places`` (several that may be meant), ``start`` and ``end`` (ISO,
UTC), ``any_time``, ``tries`` at the question that was asked last; ``learn``: the words whose kind
we did not surely know, or were told that we had wrong, ``guess``: what we took that for.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from enabler.domain.categories import TREE, category
from sms.dialogue.confirming import (
    KIND,
    OTHER,
    SO,
    YES,
    agreed,
    ask,
    confirm,
    finished,
    housed,
    may_need_door,
    said_alone,
    with_kinds,
    with_setting,
)
from sms.dialogue.confirming import NEED as NEED
from sms.dialogue.confirming import OFFER as OFFER
from sms.dialogue.placing import NOWHERE, near, one_of, placed, spot
from sms.dialogue.turns import Caller, Deed, Facts, Question, Say, Turn
from sms.houses import house_alone, house_in, house_of
from sms.reading import Said, read
from sms.tongues import Tongue
from sms.understanding.drafted import Understood

HOME, ANY = "home", "any"
NOT_SO = ("not-care", "not-child", "not-money")
"""What is said back with the rest of a need, so that yes says it: nobody under 18 is there, no
washing, dressing or medicines, no money to look after. Where one of these is so, or may be, helpers
are asked for the most, as where nobody said anything."""
MOST_TRIES = 2
"""After so many answers that say nothing people go on."""
USUAL_LENGTH = timedelta(hours=1)
MOST_KINDS = 4
"""Of so many kinds one is asked which it is: more do not fit."""


def begin(
    what: str, said: Said, caller: Caller, tongues: Sequence[Tongue], now: datetime, *,
    before: Facts | None = None,
) -> Turn:  # fmt: skip
    """The first text of a need or an offer; or, after the draft ``before``, what is right."""
    house = house_in(said)
    seen = said if house is None else read(said.without([house.span]))
    found = caller.understood(seen, tongues, now)
    draft: dict[str, object] = {"words": said.text}
    if found.is_sure:
        draft["category"] = found.kinds[0]
    elif found.kinds:
        draft["kinds"] = list(found.kinds[:MOST_KINDS])
    draft |= _to_learn(draft, before)
    draft |= _time(found) | (placed(seen, house, found, caller) if what == NEED else spot(found))
    return _next(what, draft, caller)


def _to_learn(draft: Facts, before: Facts | None) -> dict[str, object]:
    """What somebody wrote first, where we are not sure of it or had it wrong."""
    if before is not None:
        first = before if "learn" in before else {
            "learn": before["words"], "guess": before.get("category")
        }  # fmt: skip
        return {name: first[name] for name in ("learn", "guess") if name in first}
    return {} if "category" in draft else {"learn": draft["words"]}


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
        more = one_of(draft, option) or more
    if more is None:
        tries = int(question.facts.get("tries", 0)) + 1
        said = [str(draft["words"]), words]
        told = {**draft, "words": " / ".join(filter(None, said))}
        if tries >= MOST_TRIES:
            return closed + Turn(deeds=(Deed("to_people", words=told["words"], facts=told),))
        again = {**told, "tries": tries}
        if draft.get("confirmed"):
            return closed + ask(what, asked, question.options, again)
        return closed + _next(what, again, caller)
    if draft.get("confirmed"):
        draft["letter"] = question.letter
        return closed + _after_yes(what, asked, draft | more, words)
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
        found = caller.understood(read(words), tongues, now).kinds
        slug = option or (found[0] if len(found) == 1 else None)
        return {"category": slug} if slug in TREE or slug == OTHER else None
    if asked in ("where", "place"):
        if option == HOME:
            return {"postcode": "", "part": False, **NOWHERE}
        found_here = caller.understood(read(words), tongues, now)
        if found_here.is_whole:
            house = house_in(read(words))
            return spot(found_here) | NOWHERE | ({"address": house.typed} if house else {})
        return near(caller.landmarks) if caller.landmarks else None
    if asked == "address":
        return {"address": words} if words else None
    when = _time(caller.understood(read(words), tongues, now))
    return {"any_time": True} if option == ANY else when or None


def _after_yes(what: str, asked: str, facts: Facts, words: str) -> Turn:
    """The one thing that was open after a yes: its answer posts, unless it says more."""
    if asked == "address":
        return housed(what, facts, house_of(words)[0], words, "")
    return finished(what, with_setting(facts), "")


def _confirmed(
    what: str, draft: Facts, option: str | None, words: str, caller: Caller,
    tongues: Sequence[Tongue], now: datetime,
) -> Turn:  # fmt: skip
    """Yes, with what is open beside it; or no, with what is wrong."""
    if option is not None and option.partition(":")[0] in (YES, SO, KIND):
        return agreed(what, draft, option, words)
    if not words:
        return Turn(says=(Say("not_posted"),))
    house = house_alone(read(f"no {words}")) if draft.get("doorless") else None
    if house is not None:  # *no 12 Mill Lane* is a number
        return said_alone(what, draft, house)
    return begin(what, read(words), caller, tongues, now, before=draft)


def house_said(said: Said, questions: Sequence[Question]) -> Turn | None:
    """A house and nothing else, while the question that was asked last wants to know it."""
    if not questions or questions[-1].kind != "need-confirm":
        return None
    question = questions[-1]
    house = house_alone(said) if question.facts.get("doorless") else None
    if house is None:
        return None
    return Turn(closes=(question.letter,)) + said_alone(NEED, question.facts, house)


def _next(what: str, draft: Facts, caller: Caller) -> Turn:
    """The next question: what is missing, or whether it is right."""
    kinds = tuple(str(one) for one in draft.get("kinds", ()))
    if "category" not in draft and (what == OFFER or with_kinds(draft) is None):
        return ask(what, "kind", (*kinds, OTHER) if kinds else (), draft)
    if what == OFFER:
        return confirm(what, draft)
    if draft.get("places"):
        return ask(what, "place", tuple(f"at:{one[0]}" for one in draft["places"]), draft)
    if "postcode" not in draft and not caller.has_home:
        return ask(what, "where", (), draft)
    if draft.get("part"):
        return ask(what, "where", (HOME,) if caller.has_home else (), draft)
    if not (draft.get("start") or draft.get("end") or draft.get("any_time")):
        return ask(what, "when", (ANY,), draft)
    return confirm(what, _with_door(draft, caller))


def _with_door(draft: Facts, caller: Caller) -> Facts:
    """The draft with whether its door is still to be said. A postcode that was typed wants one
    whoever's it is: an answer that knew a home by its postcode would tell where somebody lives."""
    elsewhere = draft.get("postcode") or draft.get("landmark")
    if "category" not in draft:
        draft = with_kinds(draft) or draft
    if not elsewhere and caller.has_address:
        return {name: each for name, each in draft.items() if name != "address"}
    if "address" in draft or not may_need_door(draft):
        return draft
    return {**draft, "doorless": True}


def asked_again(what: str, asked: str, draft: Facts) -> Turn:
    """One question of a draft anew, where its answer could not be used; whoever is asked where is
    a member, and may be at home after all."""
    return ask(what, asked, {"where": (HOME,), "when": (ANY,)}.get(asked, ()), draft)


def confirm_again(what: str, draft: Facts) -> Turn:
    """All of a draft said back once more."""
    return confirm(what, draft)


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
