"""What became of an offer when a need was worked, in a sentence: for custodians."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.times import moment_words
from enabler.services.explanations import Finding

VERDICTS: dict[str, str] = {
    "asked": N_("It was asked."),
    "beyond": N_("It was not asked: those before it were enough for this wave."),
    "late": N_("It was not asked: a text could not have reached its giver in time."),
    "cap": N_("It was not asked: its giver was asked elsewhere meanwhile, as often as may be."),
    "full": N_("It was not asked: its giver had no room left on any day on which it could be."),
    "not-chosen": N_("It was not asked: this way more people found help in the round."),
    "changed": N_("It was chosen, and something had changed before it could be asked."),
}
KEPT_BACK = N_("Kept back: the last round needs them more elsewhere.")
IN_PLACE = N_("Somebody said no or did not answer: we looked for others in their place.")
REFUSED: dict[str, str] = {
    "category": N_("It is for other kinds of help."),
    "reach": N_("It is too far away: for its giver, or for the person who asks."),
    "time": N_("Its giver is not free then."),
    "away": N_("Its giver is away then."),
    "credential": N_("Its giver had not had a check that this needs."),
    "capacity": N_("Its giver had said yes as often as they can in that week."),
    "language": N_("Its giver does not speak the language."),
    "cap": N_("Its giver had been asked as often as may be for the time being."),
    "same_person": N_("It is the offer of the person who asks."),
    "same_household": N_("Its giver lives in the same home as the person who asks."),
    "blocked": N_("The two are not to be brought together."),
    "held": N_("It was being checked."),
    "place": N_("It is of another area that does not share."),
    "asked": N_("Its giver had been asked for this already."),
    "other-offer": N_("Another offer of the same giver suits better."),
    "too-new": N_("It was not there yet."),
    "not-open": N_("It was not open."),
    "not-kept": N_("It was one of many of whom only the number was kept."),
}
_UNMET = N_("It does not meet what was wished for.")


def verdict_words(code: str) -> str:
    """What became of an offer that could be asked."""
    return shown(VERDICTS, code)


def kept_back_words() -> str:
    """Why an offer stands further down than its score."""
    return str(gettext(KEPT_BACK))


def in_place_words() -> str:
    """Why others were looked for while a wave still had its time."""
    return str(gettext(IN_PLACE))


def finding_words(finding: Finding) -> str:
    """What became of an offer, with its place among those who could be asked."""
    if finding.place is None:
        return str(gettext(REFUSED.get(finding.code, _UNMET)))
    placed = gettext(
        "It was number %(place)d of %(possible)d who could be asked.",
        place=finding.place, possible=finding.possible,
    )  # fmt: skip
    said = f"{placed} {verdict_words(finding.code)}"
    return f"{in_place_words()} {said}" if finding.in_place else said


def occasion_words(at: datetime, wave: int, by_round: bool, zone: ZoneInfo) -> str:
    """When a need was worked, and how: Tuesday 24 November, 2pm: wave 1."""
    moment = moment_words(at, zone)
    if by_round:
        return str(gettext("%(moment)s, in a round", moment=moment))
    return str(gettext("%(moment)s, wave %(wave)d", moment=moment, wave=wave + 1))
