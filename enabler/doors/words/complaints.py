"""Words about complaints: letters, how one stands, what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from enabler.domain.complaints import COMPLAINT, CORRECTION
from enabler.doors.words.marking import N_, shown

TEXTS: dict[str, str] = {
    "complaint_noted": N_(
        "We have what you told us about your data. %(place)s council answers you by %(day)s. See"
        " where it stands, or add something: %(link)s%(ring)s"
    ),
    "complaint_answered": N_(
        "%(place)s council has answered what you told us about your data. Read it, and what you"
        " can do if you do not agree: %(link)s%(ring)s"
    ),
    "complaint_staff": N_(
        "Somebody has complained to %(place)s about their data, or asks to put it right. The answer"
        " is due by %(day)s: %(link)s"
    ),
    "complaint_added_staff": N_(
        "Somebody has added to what they told us about their data. The answer is due by %(day)s:"
        " %(link)s"
    ),
    "complaint_waits_staff": N_(
        "What somebody told us of their data has waited for 20 days at %(place)s. The answer is due"
        " by %(day)s: %(link)s"
    ),
    "complaint_late_staff": N_(
        "What somebody told %(place)s of their data should have been answered by %(day)s. The law"
        " gives 30 days. Please answer now: %(link)s"
    ),
    "complaint_unread_staff": N_(
        "A complaint about data waits at %(place)s that nobody here may read. Whoever runs Enabler"
        " must make somebody else an administrator: %(link)s"
    ),
    "odd_look_lead": N_(
        "Somebody who works at %(place)s looked at a person in a way that you should know of."
        " Please look into it: %(link)s"
    ),
    "look_question_lead": N_(
        "Somebody asks %(place)s council why their details were looked at. Please look into it and"
        " answer them: %(link)s"
    ),
    "consent_receipt": N_(
        "What you agreed to at Enabler, %(place)s, on %(day)s: %(about)s, version %(version)s. The"
        " mark of the words that you read begins with %(digest)s. Read them here: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "complaint_noted": N_("We have what you told us"),
    "complaint_answered": N_("An answer about your data"),
    "complaint_staff": N_("A complaint about data"),
    "complaint_added_staff": N_("A complaint about data"),
    "complaint_waits_staff": N_("A complaint waits for 20 days"),
    "complaint_late_staff": N_("A complaint is late"),
    "complaint_unread_staff": N_("A complaint needs a reader"),
    "odd_look_lead": N_("Please look at a report"),
    "look_question_lead": N_("Please look at a report"),
    "consent_receipt": N_("What you agreed to"),
}
SENTENCES: dict[str, str] = {
    "complaint_unknown": N_("We cannot find that complaint. Check the reference."),
    "complaint_answered": N_("This has been answered. You can complain again if it is not over."),
    "complaints_too_many": N_(
        "Very many complaints came in the last hour. What you wrote is still here. Wait (minutes to"
        " wait: %(minutes)s) and send it again, or ring us now."
    ),
    "consent_unknown": N_("We cannot find that. Open the page again."),
    "consent_no_mail": N_("Give us an email address first."),
    "terms_end_with_account": N_(
        "This ends when your account is deleted. Ask the people at the foot of this page."
    ),
    "not_of_your_ward": N_("Choose a councillor of your own ward."),
    "no_home": N_("Tell us first where you live."),
    "need_over": N_("This is over, so there is nothing to see any more."),
    "share_unknown": N_("We cannot find that. Open the page again."),
    "look_reason_missing": N_("Say first why you look them up."),
    "look_unknown": N_("We cannot find that look. Open the page again."),
    "look_asked_already": N_("You have asked about this already. You get an answer."),
}
STATES: dict[str, str] = {
    "open": N_("With us"),
    "looking": N_("Somebody looks into it"),
    "answered": N_("Answered"),
}
OUTCOMES: dict[str, str] = {
    "right": N_("You are right"),
    "partly": N_("You are right in part"),
    "not-right": N_("We do not agree"),
    "taken-back": N_("You took it back"),
}
CHOICES: dict[str, str] = {
    "right": N_("They are right"),
    "partly": N_("They are right in part"),
    "not-right": N_("We do not agree with them"),
    "taken-back": N_("They took it back"),
}
COUNTED: dict[str, str] = {
    "right": N_("Who complained was right"),
    "partly": N_("Right in part"),
    "not-right": N_("We did not agree"),
    "taken-back": N_("Taken back"),
}
PUT_RIGHT: dict[str, str] = {
    "right": N_("We put it right"),
    "partly": N_("We put it right in part"),
    "not-right": N_("We keep it as it is, because of what we say below"),
    "taken-back": N_("You took it back"),
}
TO_PUT_RIGHT: dict[str, str] = PUT_RIGHT | {
    "not-right": N_("We keep it as it is, because of what I say below"),
    "taken-back": N_("They took it back"),
}
COUNTED_RIGHT: dict[str, str] = {
    "right": N_("Put right"),
    "partly": N_("Put right in part"),
    "not-right": N_("Kept as it was, with our reason"),
    "taken-back": N_("Taken back"),
}
TITLES: dict[str, str] = {
    COMPLAINT: N_("Complaint %(ref)s"),
    CORRECTION: N_("To put right: %(ref)s"),
}
ANSWERS: dict[str, str] = {
    COMPLAINT: N_("Answer complaint %(ref)s"),
    CORRECTION: N_("Answer what is to be put right: %(ref)s"),
}
STEPS: dict[str, str] = {
    "made": N_("Told to us, and acknowledged"),
    "added": N_("They added"),
    "note": N_("Note"),
    "taken": N_("Somebody looks into it"),
    "told": N_("Told that it waits"),
    "answered": N_("Answered"),
}
HOW: dict[str, str] = {
    "page": N_("On this website"),
    "text": N_("By text"),
    "desk": N_("At a desk or on the phone"),
}


def outcome_choice(code: str, kind: str = COMPLAINT) -> str:
    """What came of it, for whoever answers."""
    return shown(TO_PUT_RIGHT if kind == CORRECTION else CHOICES, code)


def _by_kind(complaints: dict[str, str], corrections: dict[str, str]) -> Callable[..., str]:
    return lambda code, kind: shown(corrections if kind == CORRECTION else complaints, code)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "complaint_state": lambda code: shown(STATES, code),
    "complaint_outcome": _by_kind(OUTCOMES, PUT_RIGHT),
    "complaint_counted": _by_kind(COUNTED, COUNTED_RIGHT),
    "complaint_title": lambda kind, ref: gettext(TITLES[kind], ref=ref),
    "complaint_to_answer": lambda kind, ref: gettext(ANSWERS[kind], ref=ref),
    "complaint_step": lambda code: shown(STEPS, code),
    "complaint_how": lambda code: shown(HOW, code),
}
