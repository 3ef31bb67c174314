"""Hours: what there is, what moved last, and giving some to another."""

from collections.abc import Mapping
from typing import Any

from enabler.domain.errors import LimitReached, NotAllowed, NotFound
from enabler.domain.words import LONGEST_LINE
from enabler.services import hours
from enabler.services.views.hours import HoursLine
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say

_LAST = 2
_NOT_HERE = "hours_not_here"


def balance(deed: Deed, scene: Scene) -> Came:
    """What there is, and what moved last."""
    try:
        found = hours.balance(actor=scene.actor, now=scene.now)
        lines = hours.last(actor=scene.actor, count=_LAST, now=scene.now)
    except NotFound as error:
        return _without_hours(error)
    has = found.posted
    code = "hours_owed" if has < 0 else "hours_are" if has else "hours_none"
    said = [Say(code, {"minutes": abs(has)} if has else {})]
    if found.promised:
        said.append(Say("hours_promised", {"minutes": found.promised}))
    return Came(says=(*said, *(_moved(line) for line in lines)))


def _moved(line: HoursLine) -> Say:
    """One movement: of help, which it was, where it is theirs to know."""
    ref = line.help.match_ref if line.help else None
    facts: dict[str, Any] = {"minutes": abs(line.minutes)}
    came_in = line.minutes > 0
    if ref is None:
        return Say("hours_in" if came_in else "hours_out", facts)
    return Say("hours_in_for" if came_in else "hours_out_for", {**facts, "match": ref})


def _without_hours(error: NotFound) -> Came:
    if error.code != _NOT_HERE:
        raise error
    return Came(says=(Say("hours_not_here"),))


def give(deed: Deed, scene: Scene) -> Came:
    """To whom and how much is said back first: a ref that is wrong in one letter is a stranger."""
    number = deed.facts.get("number")
    minutes = int(number or deed.facts.get("minutes", 0))
    try:
        gift = hours.check_gift(
            actor=scene.actor, to=deed.ref or "", minutes=minutes, now=scene.now
        )  # fmt: skip
    except NotFound as error:
        return _without_hours(error)
    except (NotAllowed, LimitReached) as error:
        return _too_much(error)
    facts: dict[str, Any] = {"member": gift.to.ref, "minutes": minutes}
    if deed.words:
        facts["words"] = deed.words[:LONGEST_LINE]
    if number is not None:
        facts["longer"] = 60 * minutes
        return Came(opens=(Opening("give-which", ("minutes", "hours", "no"), facts),))
    return Came(opens=(Opening("give-confirm", ("yes", "no"), facts),))


def _too_much(error: NotAllowed | LimitReached) -> Came:
    """A text proves too little for more than a small amount."""
    if error.code != "more_than_by_text":
        raise error
    return Came(says=(Say("give_too_much", {"minutes": error.facts["most"]}),))


def given(deed: Deed, scene: Scene) -> Came:
    """Yes, that is whom they mean."""
    return _give(deed, scene, int(deed.facts["minutes"]))


def given_as_hours(deed: Deed, scene: Scene) -> Came:
    """The number that they said was hours."""
    return _give(deed, scene, int(deed.facts["longer"]))


def _give(deed: Deed, scene: Scene, minutes: int) -> Came:
    """Asked a day ago it is asked anew."""
    asked = [one for one in scene.questions if one.letter == deed.facts["letter"]]
    if not any(one.is_fresh(scene.now) for one in asked):
        return Came(says=(Say("settled"),))
    member = str(deed.facts["member"])
    try:
        hours.give(
            actor=scene.actor, to=member, minutes=minutes, words=deed.facts.get("words"),
            key=scene.key, now=scene.now,
        )  # fmt: skip
    except (NotAllowed, LimitReached) as error:
        return _too_much(error)
    return Came(says=(Say("gave", {"member": member, "minutes": minutes}),))


def not_given(deed: Deed, scene: Scene) -> Came:
    """They did not mean it."""
    return Came(says=(Say("gave_nothing"),))


HOURS: Mapping[str, Act] = {
    "hours": balance, "give": give, "give-confirm.yes": given, "give-confirm.no": not_given,
    "give-which.minutes": given, "give-which.hours": given_as_hours, "give-which.no": not_given,
}  # fmt: skip
