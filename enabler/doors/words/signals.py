"""Why somebody looks at a thing, in a sentence each: for staff, and for whoever wrote it."""

from collections.abc import Iterable

from flask_babel import gettext, ngettext

from enabler.domain.signals import Finding, Signal
from enabler.doors.words.categories import category_name
from enabler.doors.words.distance import reach_words
from enabler.doors.words.marking import N_, P_, shown

SAID: dict[str, str] = {
    "contact.phone": N_("There is a phone number in the words."),
    "contact.mail": N_("There is an email address in the words."),
    "contact.handle": N_("They want to be reached on another service."),
    "link": N_("There is a link in the words."),
    "money.amount": N_("It names an amount of money."),
    "money.pay": N_("It speaks of money."),
    "payment.asked": N_("It speaks of bank details, gift cards or sending money."),
    "payment.card": N_("There is a bank card number in the words."),
    "worry_self": N_("Somebody may be in danger from themselves: “%(word)s”."),
    "worry_abuse": N_("Somebody may be hurt by another person: “%(word)s”."),
    "worry_children": N_("It may be about harm to a child: “%(word)s”."),
    "worry_danger": N_("Somebody in it may be in danger now."),
    "worry_weapons": N_("It speaks of a weapon: “%(word)s”."),
    "worry_drugs": N_("It speaks of drugs: “%(word)s”."),
    "worry_hate": N_("It has words of hate: “%(word)s”."),
    "worry_sexual": N_("It has sexual words: “%(word)s”."),
    "worry_scam": N_("It reads like a scam: “%(word)s”."),
    "worry_place": N_("It has a word of your own list: “%(word)s”."),
    "too_far": N_("It reaches far: %(metres)s. %(usual)s is usual here."),
    "copy": N_("It is a copy of what somebody else wrote: %(ref)s."),
    "copy_own": N_("They wrote the same before: %(ref)s."),
    "disagree": N_("They chose %(said)s. The words are more about %(meant)s."),
    "disagree_riskier": N_(
        "They chose %(said)s. The words are about %(meant)s, where more can go wrong."
    ),
}
COUNTED: dict[str, tuple[str, str]] = {
    "too_many.1": P_("They posted %(num)d thing in a day.", "They posted %(num)d things in a day."),
    "too_many.7": P_(
        "They posted %(num)d thing in a week.", "They posted %(num)d things in a week."
    ),
    "many_accounts": P_(
        "%(num)d account was made on this device in 30 days.",
        "%(num)d accounts were made on this device in 30 days.",
    ),
    "many_on_network": P_(
        "%(num)d account was made from this network in 30 days.",
        "%(num)d accounts were made from this network in 30 days.",
    ),
    "hurry": P_(
        "They are new and posted %(num)d thing straight away.",
        "They are new and posted %(num)d things straight away.",
    ),
}
TO_WRITER: dict[str, str] = {
    "contact.phone": N_("There is a phone number in your words: “%(found)s”."),
    "contact.mail": N_("There is an email address in your words: “%(found)s”."),
    "contact.handle": N_("Your words ask people to write to you elsewhere: “%(found)s”."),
    "link": N_("There is a link in your words: “%(found)s”."),
    "money.amount": N_("Your words name an amount of money: “%(found)s”."),
    "money.pay": N_("Your words speak of money: “%(found)s”."),
    "payment.asked": N_(
        "Your words speak of bank details, gift cards or sending money: “%(found)s”."
    ),
    "payment.card": N_("There is a bank card number in your words."),
    "disagree": N_("Your words sound more like %(meant)s. You chose %(said)s."),
    "disagree_riskier": N_("Your words sound more like %(meant)s. You chose %(said)s."),
}
NAMES: dict[str, str] = {
    "contact": N_("a phone number or address"),
    "contact_public": N_("a phone number or address that everybody could read"),
    "link": N_("a link"),
    "money": N_("money"),
    "payment": N_("bank details, gift cards or sending money"),
    "worry_self": N_("words about harm to oneself"),
    "worry_abuse": N_("words about being hurt"),
    "worry_children": N_("words about harm to a child"),
    "worry_danger": N_("words that sound like danger"),
    "worry_weapons": N_("words about weapons"),
    "worry_drugs": N_("words about drugs"),
    "worry_hate": N_("words of hate"),
    "worry_sexual": N_("sexual words"),
    "worry_scam": N_("words as in a scam"),
    "worry_place": N_("words that the council looks at"),
    "too_many": N_("many posts in a short time"),
    "too_far": N_("how far it reaches"),
    "copy": N_("words that somebody else had posted"),
    "copy_own": N_("words that were posted before"),
    "disagree": N_("words about another kind of help"),
    "disagree_riskier": N_("words about another kind of help"),
    "many_accounts": N_("many accounts on one device"),
    "many_on_network": N_("many accounts from one network"),
    "hurry": N_("many posts by somebody new"),
}
OTHER = N_("something unusual")
REASONS: dict[str, str] = {
    "violence": N_("Violence, or threats of it"),
    "sexual": N_("Sexual harm or harassment"),
    "theft": N_("Theft or fraud"),
    "exploitation": N_("Taking advantage of somebody"),
    "hate": N_("Hate"),
    "false-identity": N_("Pretending to be somebody else"),
    "other": N_("Another danger to people"),
}
SENTENCES: dict[str, str] = {
    "denial_reason_unknown": N_("Choose why they are removed."),
    "denial_unknown": N_("Nobody on the list has that reference."),
    "denial_lifted_already": N_("They were taken off the list already."),
    "staff_role_first": N_("They work here. An administrator ends their role first."),
    "lead_decides": N_("The safeguarding lead decides about this person."),
    "account_does_not_wait": N_("This account does not wait any more. Somebody may have decided."),
    "own_account_waits": N_("We look at your account first. Please try again when we have."),
    "account_waits": N_("Their account is looked at first, by the safeguarding lead."),
    "message_decided_already": N_("Somebody has decided about this message already."),
}
MARKS: dict[str, str] = {
    "phone": N_("phone number"),
    "mail": N_("email address"),
    "name-postcode": N_("name and postcode"),
    "name-home": N_("name and front door"),
}


def signal_name(code: str) -> str:
    """A signal by its plain name, to whoever wrote it."""
    return str(gettext(NAMES.get(code, OTHER)))


def signal_said(signal: Signal | Finding) -> str:
    """A reason to look, to those who look. A code that is not known is said plainly, too."""
    facts = dict(signal.facts)
    counted = COUNTED.get(_key(signal, COUNTED))
    if counted is not None:
        return str(ngettext(*counted, int(facts.get("count", 0))))
    key = _key(signal, SAID)
    if key not in SAID:
        return str(gettext("Something in it is unusual."))
    return str(gettext(SAID[key], **_worded(facts)))


def to_writer(found: Finding) -> str:
    """The same to whoever wrote it."""
    facts = _worded({**found.facts, "found": found.found})
    return str(gettext(TO_WRITER[_key(found, TO_WRITER)], **facts))


def can_take_out(found: Iterable[Finding]) -> bool:
    """Whether it is there to be taken out, and not another kind of help."""
    return any(not one.code.startswith("disagree") for one in found)


def denial_reason(code: str) -> str:
    """Why somebody was removed."""
    return shown(REASONS, code)


def mark_words(kinds: Iterable[str]) -> str:
    """By what an account may be somebody's."""
    return ", ".join(shown(MARKS, kind) for kind in kinds)


def _key(signal: Signal | Finding, table: object) -> str:
    for fact in ("kind", "days"):
        key = f"{signal.code}.{signal.facts.get(fact)}"
        if key in table:  # type: ignore[operator]
            return key
    return signal.code


def _worded(facts: dict[str, str | int]) -> dict[str, str]:
    """Facts as they stand in a sentence: kinds of help by their names, distances in words."""
    said = {name: str(value) for name, value in facts.items()}
    said |= {name: category_name(said[name]).lower() for name in ("said", "meant") if name in said}
    return said | {
        name: reach_words(int(facts[name])) for name in ("metres", "usual") if name in facts
    }
