"""Is it still so? A need whose time is over, an offer of long ago, hours that were written down."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from enabler.domain.errors import WrongMoment
from enabler.domain.windows import Window
from enabler.services import hours_events, needs, resting
from sms.acting.belongings import before, letters_about
from sms.acting.leaving import end_offer
from sms.acting.meeting import take_back
from sms.acting.passing import says_something, settled, to_people
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Opening, Say
from sms.reading import read
from sms.times import read_when
from sms.tongues import tongues

ANY = "any"
_MOST_TRIES = 1
_LEAST_MINUTES = 60


def still_needed(deed: Deed, scene: Scene) -> Came:
    """Its time is over: when would it be now?"""
    if deed.words:
        return _then(deed, scene)
    return Came(opens=(_when(deed.ref or ""),))


def _when(ref: str, tries: int = 0) -> Opening:
    facts = {"tries": tries} if tries else {}
    return Opening("still-when", (ANY,), facts, takes_words=True, ref=ref)


def _then(deed: Deed, scene: Scene) -> Came:
    """The same need at the time that they say; what says none is people's in the end."""
    found = read_when(read(deed.words), tongues(scene.language), scene.now.astimezone(scene.zone))
    if found is None or (found.end is None and found.start is None):
        tries = int(deed.facts.get("tries", 0)) + 1
        if tries > _MOST_TRIES:
            return Came(says=to_people(scene))
        return Came(opens=(_when(deed.ref or "", tries),))
    return _change(deed.ref or "", found.start, found.end, scene)


def any_time(deed: Deed, scene: Scene) -> Came:
    """Any time would do."""
    return _change(deed.ref or "", None, None, scene)


def _change(
    ref: str, start: datetime | None, end: datetime | None, scene: Scene
) -> Came:  # fmt: skip
    changed = Came(says=(Say("need_changed", {"need": ref}),), closes=letters_about(scene, ref))
    if before(scene) is not None:
        return changed
    now = needs.to_change(actor=scene.actor, ref=ref, now=scene.now)
    windows: tuple[Window, ...] = ()
    if start or end:
        begin = (start or scene.now).astimezone(UTC)
        usual = timedelta(minutes=max(now.draft.duration_minutes, _LEAST_MINUTES))
        windows = (Window(begin, end.astimezone(UTC) if end else begin + usual),)
    try:
        needs.change(
            actor=scene.actor, ref=ref, draft=replace(now.draft, windows=windows),
            version=now.version, key=scene.key, now=scene.now,
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    return changed


def not_needed(deed: Deed, scene: Scene) -> Came:
    """Then it is taken back."""
    return take_back(deed.ref or "", scene)


def still_right(deed: Deed, scene: Scene) -> Came:
    """The offer stands."""
    try:
        resting.still_right(
            actor=scene.actor, ref=deed.ref or "", key=scene.key, now=scene.now
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("offer_stands", {"offer": deed.ref}),))


def not_right_any_more(deed: Deed, scene: Scene) -> Came:
    """Then nobody is asked by it any more."""
    try:
        return end_offer(deed.ref or "", scene)
    except WrongMoment as error:
        return settled(error)


def noted_right(deed: Deed, scene: Scene) -> Came:
    """Hours that were written down count by themselves."""
    return Came(says=(Say("noted_right"),))


def noted_otherwise(deed: Deed, scene: Scene) -> Came:
    """Somebody who is said to have been there says that it was otherwise, and how."""
    if not says_something(deed.words):
        return Came(opens=(Opening("noted-why", takes_words=True, ref=deed.ref),))
    try:
        hours_events.dispute(
            actor=scene.actor, ref=deed.ref or "", words=deed.words[:500], key=scene.key,
            now=scene.now,
        )  # fmt: skip
    except WrongMoment as error:
        return settled(error)
    return Came(says=(Say("dispute_kept"),))


STANDING: Mapping[str, Act] = {
    "still-needed.yes": still_needed, "still-needed.no": not_needed, "still-when": _then,
    "still-when.any": any_time, "still-right.yes": still_right,
    "still-right.no": not_right_any_more, "hours-noted.yes": noted_right,
    "hours-noted.no": noted_otherwise, "noted-why": noted_otherwise,
}  # fmt: skip
