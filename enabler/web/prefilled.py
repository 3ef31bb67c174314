"""What was asked for or offered, as answers to the questions: for changing it, or asking again."""

from typing import Any
from zoneinfo import ZoneInfo

from enabler.services.needs import NeedDraft
from enabler.services.offers import OfferDraft
from enabler.web.forms.each_week import answers_for as week_answers
from enabler.web.forms.exceptions import answers_for as exception_answers
from enabler.web.forms.meeting import answers_for as meeting_answers
from enabler.web.forms.when import MOST_ROWS, answers_for, answers_for_every
from enabler.web.journey import Answers


def of_need(
    draft: NeedDraft, zone: ZoneInfo, *, timed: bool = True, anew: bool = False
) -> Answers:  # fmt: skip
    """The answers of a need. Without ``timed`` the time is left to be answered; ``anew``: it is
    to stand by itself, so that times which the questions cannot say are left out too."""
    first = draft.preferences[0] if draft.preferences else ""
    answers: dict[str, Any] = {
        "what": {"category": [draft.category]},
        "words": {"words": [draft.words]},
        "meeting": meeting_answers(draft.setting, draft.circumstances),
        "how-much": {
            "duration_minutes": [str(draft.duration_minutes)], "slots": [str(draft.slots)],
        },
        "anything-else": {
            "language": [*draft.languages_required, ""][:1],
            "within": [str(draft.reach_metres or "")], "wish": [first],
        },
    }  # fmt: skip
    answers |= _where(draft)
    if (anew or not timed) and draft.setting is None:
        del answers["meeting"]  # nobody was asked then
    if draft.organisation_ref is not None:
        answers["who"] = {"organisation": [draft.organisation_ref]}
    if not timed:
        return answers
    if draft.every is not None:
        every = draft.every
        said = answers_for_every(every.weekly, every.last_on, skips=every.skips_bank_holidays)
        return answers | {"when": said}
    said = answers_for(draft.windows, zone)
    if not anew:
        return answers | {"when": said}
    if not draft.windows:
        return answers | {"when": {"when": ["any"]}}
    if len(draft.windows) <= MOST_ROWS and "day" in said:
        return answers | {"when": said | {"when": ["day"]}}
    return answers


def _where(draft: NeedDraft) -> Answers:
    """Nothing where it stays as it is: who changes it does not read it, of another one it is
    asked."""
    if draft.as_it_is:
        return {}
    spot = "home" if draft.at_home else "elsewhere"
    return {"where": {
        "spot": [spot], "postcode": [draft.postcode or ""], "address": [draft.address or ""],
    }}  # fmt: skip


def of_offer(draft: OfferDraft) -> Answers:
    """The answers of an offer."""
    week = week_answers(
        draft.weekly, any_time=draft.any_time, capacity=draft.capacity,
        per_day=draft.capacity_per_day,
    )  # fmt: skip
    public = ["y"] if draft.words_public else []
    return {
        "what": {"categories": list(draft.categories)},
        "words": {"words": [draft.words], "words_public": public},
        "how-far": {"reach_metres": [str(draft.reach_metres)]},
        "when": week,
        "exceptions": exception_answers(draft.exceptions),
        "terms": {"terms": [draft.terms.value], "stated_terms": [draft.stated_terms or ""]},
        "who": {
            "languages": list(draft.languages), "organisation": [draft.organisation_ref or ""],
            "wish": [*draft.meets, ""][:1],
        },
    }  # fmt: skip
