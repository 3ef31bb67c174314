"""The desk in words: what waits and why, what was decided, what a decision rests on."""

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.sentences import OTHER_SUBJECT, SUBJECTS
from enabler.doors.words.signals import signal_name
from enabler.doors.words.states import CREDENTIALS
from enabler.doors.words.steps import held_for_staff
from enabler.services.statements import StatementView
from enabler.services.undelivered import Undelivered
from enabler.services.views import EntryView
from enabler.services.views.desk import HappenedView

SENTENCES: dict[str, str] = {
    "not_low_risk": N_("Decide about this one by itself: more can go wrong in it."),
    "decided_meanwhile": N_(
        "Somebody else decided about it while you had it before you. What they did stands below."
        " Your words are kept with it."
    ),
    "changed_at_desk": N_(
        "It was changed while you had it before you. Look at it again. Your words are kept below."
    ),
    "claimed_meanwhile": N_("Somebody else took it at the same moment."),
    "say_why_you_take_over": N_("Somebody has it in hand. Say in a word why you take it over."),
    "text_unknown": N_("There is no text of this reference that somebody is to look at."),
    "text_looked_at_already": N_("Somebody has looked at this text already."),
    "not_waiting": N_("It does not wait any more. Somebody may have decided already."),
    "asked_already": N_("They have been asked and have not answered yet."),
    "question_over": N_("This question is closed. Somebody may have answered or decided already."),
    "nobody_to_ask": N_("There is nobody whom we could ask."),
    "undo_too_late": N_("It is too late to take that back. You can hold or suspend it."),
    "something_followed": N_(
        "Help has been agreed since, so it cannot be taken back. You can suspend it."
    ),
    "days_out_of_range": N_("Type a number of days from 1 to %(most)d."),
    "nothing_to_edit": N_("There is nothing in it that you can change."),
    "answer_name_taken": N_("There is an answer of this name already. Choose another name."),
    "wording_too_short": N_("Type %(least)d letters at least."),
    "wording_known": N_("These words count already for this kind of help."),
    "wording_ended": N_("These words were taken away already."),
    "wordings_too_many": N_("There are %(most)d already. Take one away first."),
    "answers_too_many": N_("There are %(most)d answers already. Take one away first."),
    "choose_one_at_least": N_("Choose at least one."),
    "appealed_already": N_("You have told us already that you do not agree. We look at it once."),
    "decision_over": N_("This decision does not hold any more, so you need not do anything."),
    "appeal_too_late": N_("The time to say that you do not agree is over: it was %(days)d days."),
    "appeal_goes_to_another": N_("Somebody else has to decide about this: you decided before."),
    "appeal_is_for_custodians": N_("A custodian or the safeguarding lead decides about this."),
    "not_appealed": N_("Nobody has said that they do not agree with this decision."),
    "appeal_decided_already": N_("Somebody has decided about this already."),
    **{
        f"cannot_moderate_when_{state}": N_(
            "That cannot be done as it stands now. Somebody may have decided already. Your words"
            " are kept with it."
        )
        for state in ("open", "filled", "arranged", "paused", "active", "refused", "suspended",
                      "held", "ended", "withdrawn", "closed", "done", "erased", "draft")
    },
}  # fmt: skip
KINDS: dict[str, str] = {
    "need": N_("Need"), "offer": N_("Offer"), "organisation": N_("Organisation"),
    "review": N_("Suspension"), "report": N_("Report"), "credential": N_("Check to see"),
    "dispute": N_("Two who do not agree"), "match": N_("Agreed help"), "message": N_("Message"),
    "text": N_("Text"), "unmet": N_("Need without helper"), "appeal": N_("Appeal"),
    "mandate": N_("Who acts for somebody"), "member": N_("Person"),
    "untold": N_("Letter or call"),
    "said": N_("Message between two people"),
}  # fmt: skip
MANY: dict[str, str] = {
    "need": N_("Needs"), "offer": N_("Offers"), "organisation": N_("Organisations"),
    "review": N_("Suspensions"), "report": N_("Reports"), "credential": N_("Checks to see"),
    "dispute": N_("People who do not agree"), "match": N_("Agreed help"),
    "message": N_("Messages"), "text": N_("Texts"), "unmet": N_("Needs without helper"),
    "appeal": N_("Appeals"), "mandate": N_("Who acts for whom"),
    "untold": N_("Letters or calls"),
    "said": N_("Messages between people"),
}  # fmt: skip
RISKS: dict[str, str] = {
    "high": N_("High risk"), "medium": N_("Medium risk"), "low": N_("Low risk"),
}  # fmt: skip
BECAUSE: dict[str, str] = {
    "nobody_found": N_("Nobody was found for it so far, or the time is short."),
    "stale": N_(
        "Its time was over more than a week ago. We asked four times whether it is still needed,"
        " and nobody has said. Ring them."
    ),
    "no_time_agreed": N_(
        "Somebody said yes, but they have agreed no time, though we asked both. Ring them."
    ),
    "not_said_done": N_(
        "Its time is over and nobody has said whether it was done, though we asked both. Ring them."
    ),
    "mandate_look": N_("There is a reason to look at it. Speak to neither of the two before."),
    "untold": N_("Somebody whom we cannot text or email is to be told something."),
    "untold_urgent": N_("Somebody whom we cannot text or email is to be told something important."),
    "untold_again": N_("Somebody was not reached, and is to be told something."),
    "disputed": N_("The two sides do not say the same."),
    "suspended": N_("Somebody in it is suspended."),
    "expires_soon": N_("It runs out soon and nothing follows."),
    "can_show": N_("They say that they can show it. Nobody has seen it."),
    "text_unclear": N_("Somebody texted us, and it was not clear what they want."),
    "text_failed": N_("Somebody texted us, and it could not be answered."),
    "said_waits": N_("It reads like a scam. The other side has not read it yet."),
    "undone": N_("A decision about it was taken back."),
    "appeal": N_("Its author appealed with success."),
    "refuse": N_("Against a refusal."), "hold": N_("Against being held again."),
    "suspend": N_("Against a suspension."), "edit": N_("Against a change of words."),
}  # fmt: skip
DECISIONS: dict[str, str] = {
    "refuse": N_("We did not accept it"), "hold": N_("We look at it once more"),
    "suspend": N_("We stopped it for now"), "edit": N_("We changed it and let it through"),
    "ask": N_("We ask you something"),
}  # fmt: skip
SCOPES: dict[str, str] = {
    "thing": N_("This alone: nothing else of yours."),
    "words": N_("What is written in it: it is open, with the changes below."),
    "organisation": N_("The organisation, with all that it asks for and offers."),
    "account": N_("Your account, with all that you ask for and offer. You cannot sign in."),
}
RULES: dict[str, str] = {
    "category": N_("Some kinds of help are always looked at by a person first."),
    "first_offer": N_("The first offer of somebody new is looked at by a person."),
    "organisation": N_("Offers of organisations are looked at by a person."),
    "organisation_new": N_("A new organisation is looked at before what it offers."),
    "organisation_register": N_("New organisations are looked at by a person."),
    "signal": N_("Words in which something stands out are looked at by a person first."),
    "custodian": N_("Those who keep the market may stop what could do harm."),
}
COLUMNS: dict[str, str] = {
    "words": N_("Words"), "about": N_("About it"), "categories": N_("Kinds of help"),
    "reach_metres": N_("How far"),
}  # fmt: skip
HAPPENED: dict[str, str] = {
    "held-open": N_("Approved"), "held-active": N_("Approved"), "held-refused": N_("Refused"),
    "open-held": N_("Held again"), "paused-held": N_("Held again"),
    "active-held": N_("Held again"), "refused-held": N_("Taken back"),
    "suspended-open": N_("Suspension ended"), "suspended-active": N_("Suspension ended"),
    "suspended-held": N_("Suspension ended"),
    "neglected": N_("Opened by itself, as nobody had looked at it in time"),
}  # fmt: skip
MAY: dict[str, str] = {
    "approve": N_("Approve it"), "refuse": N_("Refuse it"), "ask": N_("Ask the author something"),
    "hold": N_("Hold it again until somebody has looked at it"),
    "suspend": N_("Suspend it: stop it for now"), "lift": N_("End the suspension"),
    "undo": N_("Take the last decision back"),
}  # fmt: skip
CHANNELS: dict[str, str] = {"text": N_("Text"), "mail": N_("Email")}
DELIVERY: dict[str, str] = {
    "failed": N_("It did not arrive."), "unknown": N_("Nobody knows whether it arrived."),
}  # fmt: skip


def because_words(entry: EntryView) -> str:
    """Why it waits, the plainest reason first."""
    if entry.kind == "credential":
        kinds = ", ".join(shown(CREDENTIALS, kind) for kind in entry.kinds)
        return f"{kinds}. {shown(BECAUSE, entry.because[0])}"
    if entry.kind in ("report", "message"):
        return ""
    return " ".join(
        shown(BECAUSE, code) if code in BECAUSE else held_for_staff(code) for code in entry.because
    )


def decided_words(last: HappenedView) -> str:
    """What was decided last."""
    words = HAPPENED.get(last.what)
    return str(gettext(words)) if words else str(gettext("Suspended"))


def by_words(happened: HappenedView) -> str:
    """Who: the reader, a colleague by name, the command line, or the house itself."""
    if happened.mine:
        return str(gettext("by you"))
    if happened.by is None:
        house = happened.kind == "system"
        return str(gettext("by the house itself") if house else gettext("by an operator"))
    return str(gettext("by %(ref)s", ref=happened.by))


def automatic_words(statement: StatementView) -> str:
    """Whether a machine had a part in it: a person always decides."""
    if not statement.signals:
        return str(gettext("A person decided it. No program did, and none pointed at it."))
    return str(gettext(
        "A person decided it. A program had pointed at it first: %(signals)s.",
        signals=", ".join(signal_name(code) for code in statement.signals),
    ))  # fmt: skip


def message_words(one: Undelivered) -> str:
    """A message that may not have arrived: how, what it was called, to whose ref."""
    subject = str(gettext(SUBJECTS.get(one.template, OTHER_SUBJECT)))
    to = one.to_ref or str(gettext("somebody who has no account"))
    return str(gettext(
        "%(channel)s “%(subject)s” to %(to)s", channel=shown(CHANNELS, one.channel),
        subject=subject, to=to,
    ))  # fmt: skip
