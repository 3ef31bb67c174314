"""What happens next with a match or an offer of mine, and when, in a sentence."""

from zoneinfo import ZoneInfo

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import moment_words
from enabler.services.views import MatchView

OFFERS: dict[str, str] = {
    "held": N_("A person at the council looks at it. We tell you when it is open."),
    "open": N_("We tell you when somebody near you needs this."),
    "paused": N_("We do not ask you until you start again."),
}


def match_next_words(match: MatchView, zone: ZoneInfo) -> str:
    """What comes next with help that was agreed; nothing where nothing is to come."""
    state = match.state.value
    if state == "accepted":
        return str(gettext("Next: agree a time with each other."))
    if state == "arranged" and match.visit_start and match.visit_end:
        return str(
            gettext("Next: you meet on %(when)s. When it is over, tell us that it was done.",
                    when=moment_words(match.visit_start, zone))
        )  # fmt: skip
    if state == "done" and match.confirm_by:
        return _confirming(match, moment_words(match.confirm_by, zone))
    if state == "disputed":
        return str(gettext("Next: a person at the council looks at it."))
    return ""


def _confirming(match: MatchView, when: str) -> str:
    if "confirm" in match.may:
        return str(gettext("Next: please say whether it was done, by %(when)s.", when=when))
    return str(gettext("Next: the other person says whether it was done, by %(when)s.", when=when))


def offer_next_words(state: str) -> str:
    """What comes next with an offer."""
    return shown(OFFERS, state) if state in OFFERS else ""
