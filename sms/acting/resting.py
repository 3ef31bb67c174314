"""Away, and back: somebody is asked nothing for a while."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from enabler.doors.local_time import start_of_day
from enabler.services import absences, mine, offers, pausing
from sms.acting.scene import Act, Came, Scene
from sms.dialogue.turns import Deed, Say
from sms.reading import read
from sms.times import read_when
from sms.tongues import tongues


def away(deed: Deed, scene: Scene) -> Came:
    """Ask nothing of them up to the end of the day that they name, or until they are back; what
    they agreed to and what they ask for themselves stands."""
    last = _last_day(deed.words, scene)
    until = None if last is None else start_of_day(last + timedelta(days=1), _zone(scene))
    known = pausing.show(actor=scene.actor, now=scene.now)
    if not (known.paused and known.since == scene.now):  # else it is done, by this very text
        pausing.pause(
            actor=scene.actor, until=until, kept=[one.ref for one in known.needs], key=scene.key,
            now=scene.now,
        )  # fmt: skip
    if last is None:
        return Came(says=(Say("away_until_back"),))
    return Came(says=(Say("away", {"until": last.isoformat()}),))


def back(deed: Deed, scene: Scene) -> Came:
    """They are asked again, also where they had said of what they offer that they are away."""
    pausing.come_back(actor=scene.actor, key=scene.key, now=scene.now)
    for one in mine.everything(actor=scene.actor, now=scene.now).offers:
        offer = offers.show(actor=scene.actor, ref=one.ref, now=scene.now)
        if offer.organisation_ref is None and any(gap.start <= scene.now for gap in offer.away):
            absences.be_back(
                actor=scene.actor, offer_ref=one.ref, key=f"{scene.key}:b", now=scene.now
            )  # fmt: skip
            break  # it holds for all that they offer
    return Came(says=(Say("back"),))


def _last_day(words: str, scene: Scene) -> date | None:
    """The last day of which they say that they are away; None where they say none."""
    zone = _zone(scene)
    when = read_when(read(words), tongues(scene.language), scene.now.astimezone(zone))
    last = None if when is None else when.end or when.start
    return None if last is None else (last - timedelta(seconds=1)).astimezone(zone).date()


def _zone(scene: Scene) -> ZoneInfo:
    return ZoneInfo(str(scene.zone))


ACTS_OF_RESTING: Mapping[str, Act] = {"away": away, "back": back}
