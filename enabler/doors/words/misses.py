"""What would have to be otherwise for somebody to be found: "two, if you can also do Thursday"."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from flask_babel import ngettext

from enabler.domain.ruleset_bounds import LONGEST_REACH
from enabler.domain.windows import Window
from enabler.doors.words.distance import within_words
from enabler.doors.words.marking import P_
from enabler.doors.words.times import day_words
from enabler.services.views import WhyNobody

MOST = 2
"""So many ways out are told, the best ones: a list of seven days helps nobody to decide."""

_OTHER_DAY = P_(
    "%(num)d helper could come if you can also do %(day)s.",
    "%(num)d helpers could come if you can also do %(day)s.",
)
_OTHER_TIME = P_(
    "%(num)d helper could come on %(day)s at another time.",
    "%(num)d helpers could come on %(day)s at another time.",
)
_FURTHER = P_(
    "%(num)d helper could come if they may live up to %(distance)s away.",
    "%(num)d helpers could come if they may live up to %(distance)s away.",
)
_ANYWHERE = P_(
    "%(num)d helper could come if they may live anywhere in the area.",
    "%(num)d helpers could come if they may live anywhere in the area.",
)


def ways_out(why: WhyNobody, windows: Iterable[Window], zone: ZoneInfo) -> list[str]:
    """The best one or two: a day, and a distance or another day."""
    best_days = sorted(why.other_days.items(), key=lambda pair: (-pair[1], pair[0]))
    days = [_on(day, count, windows, zone) for day, count in best_days]
    further = [_within(metres, count) for metres, count in why.further.items()]
    return [*days[:1], *further[:1], *days[1:]][:MOST]


def _on(day: date, count: int, windows: Iterable[Window], zone: ZoneInfo) -> str:
    asked = any(
        one.start.astimezone(zone).date() <= day <= one.end.astimezone(zone).date()
        for one in windows
    )
    words = _OTHER_TIME if asked else _OTHER_DAY
    return str(ngettext(*words, count, day=day_words(day)))


def _within(metres: int, count: int) -> str:
    if metres >= LONGEST_REACH:
        return str(ngettext(*_ANYWHERE, count))
    return str(ngettext(*_FURTHER, count, distance=within_words(metres)))
