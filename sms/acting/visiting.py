"""On the day of a visit: on the way, arrived, not yet, out again, longer, not all right."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from enabler.domain.conversation import ON_THE_WAY_AFTER, ON_THE_WAY_BEFORE
from enabler.domain.errors import EnablerError, WrongMoment
from enabler.domain.vocabulary import MatchState
from enabler.services import on_the_day, visits
from enabler.services.views import MatchView
from enabler.services.visits import LONGEST_STAY, SHORTEST_STAY
from sms.acting.belongings import HELPER, before, belongings, named, which_one
from sms.acting.passing import minutes_in, pass_on, says_something, settled, to_people
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Say

USUAL_STAY = 30
"""Minutes, where nobody says how much longer they stay."""


def _said(call: Callable[..., Any], code: str) -> Act:
    """One word of whoever goes, and what else they wrote is passed on."""

    def act(deed: Deed, scene: Scene) -> Came:
        ref = deed.ref or ""
        try:
            call(actor=scene.actor, match_ref=ref, key=scene.key, now=scene.now)
        except WrongMoment as error:
            return settled(error)
        return Came(says=(Say(code, {"match": ref}), *pass_on(scene, ref, deed.words, ":b")))

    return act


def not_yet(deed: Deed, scene: Scene) -> Came:
    """They are late: whoever waits for them reads what they wrote."""
    ref = deed.ref or ""
    return Came(says=(Say("not_there_yet"), *pass_on(scene, ref, deed.words, "")))


def stay(deed: Deed, scene: Scene) -> Came:
    """They stay so much longer."""
    minutes = minutes_in(deed.words, scene.language) or USUAL_STAY
    minutes = min(max(minutes, SHORTEST_STAY), LONGEST_STAY)
    visits.stay(
        actor=scene.actor, match_ref=deed.ref or "", minutes=minutes, key=scene.key, now=scene.now
    )
    until = scene.now + timedelta(minutes=minutes)
    return Came(says=(Say("staying", {"until": until.strftime("%Y-%m-%dT%H:%MZ")}),))


def not_all_right(deed: Deed, scene: Scene) -> Came:
    """The alarm, at once. Whatever keeps it from ringing, people read that somebody is not well."""
    said: tuple[Say, ...] = (Say("help_called"),)
    try:
        visits.stuck(
            actor=scene.actor, match_ref=deed.ref or "", key=scene.key, now=scene.now
        )  # fmt: skip
    except EnablerError:
        return Came(says=(Say("danger"), *to_people(scene)))
    if says_something(deed.words):
        to_people(scene)
    return Came(says=said)


def on_way(deed: Deed, scene: Scene) -> Came:
    """Whoever goes sets off: the visit of now, where no other is named."""
    known = before(scene)
    if known is not None:
        return _said(on_the_day.on_way, "on_way")(replace(deed, ref=known[1]), scene)
    found = belongings(scene)
    ref, words = named(deed, found)
    going = found.which(ref, lambda one: one.side == HELPER and one.state is MatchState.ARRANGED)
    now = tuple(one for one in going if _is_time(one, scene)) or going
    if len(now) != 1:
        return which_one(now)
    (match,) = now
    if not _is_time(match, scene):
        return Came(says=(Say("on_way_later", {"match": match.ref}),))
    return _said(on_the_day.on_way, "on_way")(replace(deed, ref=match.ref, words=words), scene)


def _is_time(match: MatchView, scene: Scene) -> bool:
    if match.visit_start is None or match.visit_end is None:
        return False
    earliest, latest = match.visit_start - ON_THE_WAY_BEFORE, match.visit_end + ON_THE_WAY_AFTER
    return earliest <= scene.now <= latest


VISITING: Mapping[str, Act] = {
    "arrived.yes": _said(visits.arrive, "arrived"), "arrived.no": not_yet,
    "left.yes": _said(visits.leave, "left"), "left.longer": stay, "left.no": not_all_right,
    "on-way": on_way,
}  # fmt: skip
