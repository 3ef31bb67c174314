"""Words about safety: reports and how they stand, worries, what was said of a visit."""

from collections.abc import Callable, Mapping
from typing import Any

from enabler.doors.words.marking import N_, shown

TEXTS: dict[str, str] = {
    "worry_waits_lead": N_(
        "%(place)s: somebody is worried about someone, and nobody has said yet that they have seen"
        " it. It was due %(needed_by)s. Please read it now: %(link)s"
    ),
    "hidden_met_staff": N_(
        "Help is agreed with somebody who is hidden, and neither side knows the other yet. Please"
        " ring both and introduce them: %(link)s"
    ),
    "report_unread_staff": N_(
        "A report waits at %(place)s that nobody at the desk may read. Whoever runs Enabler must"
        " make somebody else a safeguarding lead: %(link)s"
    ),
    "account_waits_lead": N_(
        "An account at %(place)s waits for you. Until you have looked nothing of it goes on."
        " Please look at it: %(link)s"
    ),
    "report_passed_lead": N_(
        "A colleague at %(place)s council asks you to look at a report. Please read it: %(link)s"
    ),
    "report_yours_staff": N_("A report is yours to look at now: %(link)s"),
    "report_answered_lead": N_("Somebody has answered you. Please read it: %(link)s"),
    "report_outcome": N_("There is an answer to what you told %(place)s council: %(link)s"),
    "report_released": N_(
        "%(place)s council has written to you. You can read it and answer here: %(link)s"
    ),
    "conduct_said": N_(
        "The other person says that something went wrong with a visit. You can say how you see it"
        " until %(needed_by)s: %(link)s%(ring)s"
    ),
    "conduct_answered": N_("The other person has answered what you said of a visit: %(link)s"),
    "conduct_taken_back": N_("What was said of a visit of yours was taken back: %(link)s"),
    "conduct_counts": N_(
        "Nobody answered what was said of a visit that went wrong, so it counts for a year. See it,"
        " and say if it is not right: %(link)s%(ring)s"
    ),
    "conduct_decided": N_(
        "Somebody at %(place)s council has decided about a visit that went wrong: %(link)s"
    ),
}
SUBJECTS: dict[str, str] = {
    "worry_waits_lead": N_("A worry waits to be seen"),
    "hidden_met_staff": N_("Two people wait for you"),
    "report_unread_staff": N_("A report needs a reader"),
    "account_waits_lead": N_("An account waits for you"),
    "report_passed_lead": N_("Please look at a report"),
    "report_yours_staff": N_("A report is yours"),
    "report_answered_lead": N_("You have an answer"),
    "report_outcome": N_("An answer from the council"),
    "report_released": N_("The council has written to you"),
    "conduct_said": N_("About a visit"),
    "conduct_answered": N_("About a visit"),
    "conduct_taken_back": N_("About a visit"),
    "conduct_counts": N_("About a visit"),
    "conduct_decided": N_("About a visit"),
}
"""What each mail is called. A subject tells nobody what it is about."""

SENTENCES: dict[str, str] = {
    "worry_not_seen": N_("Say first that you have seen it."),
    "report_seen_already": N_("Somebody has said already that they have seen it."),
    "report_not_settled": N_("It is still open."),
    "report_with_leads": N_("The safeguarding lead has it already."),
    "cannot_read_this": N_("Choose somebody who may read this."),
    "call_unknown": N_("Choose from the call list."),
    "call_outcome_unknown": N_("Say how the call went."),
    "not_concerned": N_("This does not concern them."),
    "released_already": N_("They have been told already."),
    "answered_already": N_("You have answered already. Thank you."),
    "working_hours_empty": N_("Choose at least one day on which somebody works."),
    "working_hours_wrong": N_("Work must end after it begins."),
    "leads_missing": N_("Choose who hears of a worry first."),
    "lead_unknown": N_("Choose from the list of safeguarding leads."),
    "lead_twice": N_("Choose somebody else as the second."),
    "conduct_no_visit": N_("There was no visit of which you could say this."),
    "conduct_too_early": N_("The visit has not begun yet."),
    "conduct_too_late": N_("That is too long ago. If it still matters, tell the council."),
    "conduct_not_late": N_("It was not called off late, or not by the other person."),
    "conduct_said_already": N_("You have said this already."),
    "conduct_ended": N_("It has come to its end already."),
    "reader_unknown": N_("Choose from the list."),
    "match_not_theirs": N_("This was not agreed by the person who is hidden."),
    "plan_unknown": N_("Nothing waits to be agreed."),
}

STANDS: dict[str, str] = {
    "open": N_("Not looked at yet"),
    "looking": N_("Somebody looks into it"),
    "with-police": N_("With the police"),
    "with-partner": N_("With a partner, for example social care"),
    "settled": N_("Closed"),
}
NOTES: dict[str, str] = {
    "note": N_("Note"),
    "seen": N_("Seen"),
    "called": N_("Call"),
    "stands": N_("Where it stands"),
    "assigned": N_("Whose it is"),
    "passed": N_("Passed to the safeguarding lead"),
    "outcome": N_("Answer to whoever told us"),
    "released": N_("Told whom it concerns"),
    "answered": N_("Answer of whom it concerns"),
    "settled": N_("Closed"),
    "reopened": N_("Opened again"),
    "told": N_("Told that nobody has seen it"),
}
CALLED: dict[str, str] = {
    "spoke": N_("We spoke"),
    "no-answer": N_("No answer"),
    "voicemail": N_("Left a message"),
    "wrong-number": N_("Wrong number"),
}
TO_CALL: dict[str, str] = {
    "reporter": N_("Who told us"),
    "concerned": N_("Whom it concerns"),
    "lead": N_("Another safeguarding lead"),
    "duty-line": N_("Duty line of the council"),
}
ABOUT: dict[str, str] = {
    "match": N_("Something agreed"),
    "need": N_("Something asked for"),
    "offer": N_("An offer"),
    "member": N_("A person"),
    "organisation": N_("An organisation"),
    "message": N_("A message"),
    "conversation": N_("What two people wrote to each other"),
    "staff": N_("Somebody who works for the council"),
    "place": N_("This website or how it is run"),
    "look": N_("How somebody here looked at a person"),
    "other": N_("Something else"),
}


CONDUCT: dict[str, str] = {
    "did-not-come": N_("Did not come"),
    "called-off-late": N_("Called off late"),
    "left-early": N_("Left early"),
    "was-rude": N_("Was rude"),
}
CONDUCT_STATES: dict[str, str] = {
    "open": N_("Waits for the other side"),
    "disputed": N_("Somebody at the council decides"),
    "counts": N_("It counts"),
    "does-not-count": N_("It does not count"),
    "taken-back": N_("Taken back"),
}


def conduct_kind(kind: str) -> str:
    """What was said of a visit."""
    return shown(CONDUCT, kind)


def conduct_state(state: str) -> str:
    """Where it stands."""
    return shown(CONDUCT_STATES, state)


def report_stands(state: str) -> str:
    """Where a report stands."""
    return shown(STANDS, state)


def report_note(kind: str) -> str:
    """What a step of a case is called."""
    return shown(NOTES, kind)


def call_went(outcome: str) -> str:
    """How a call went."""
    return shown(CALLED, outcome)


def to_call(who: str) -> str:
    """Whom a number of the call list belongs to."""
    return shown(TO_CALL, who)


def report_about(kind: str) -> str:
    """What a report is about."""
    return shown(ABOUT, kind)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "report_stands": report_stands, "report_note": report_note, "call_went": call_went,
    "to_call": to_call, "report_about": report_about,
    "conduct_kind": conduct_kind, "conduct_state": conduct_state,
}  # fmt: skip
