"""Checks in words: why a role may be asked for one, how one stands, whom an alarm is about."""

from enabler.doors.words.marking import N_, shown

ELIGIBLE_AS: dict[str, str] = {
    "named-role": N_("A role that the law names for this check, such as in a law firm"),
    "personal-care": N_("They wash, dress or feed somebody who is ill, old or disabled"),
    "health-care": N_("They give health care, or are led by somebody who does"),
    "money-for-somebody": N_("They pay bills or shop with the money of somebody who cannot"),
    "driving-to-care": N_("They drive people to health care or care, for an organisation"),
    "with-children-often": N_("They are often with children, and somebody looks on"),
    "teaching-children": N_("They often teach or train children, and nobody looks on"),
    "caring-for-children": N_("They often look after children, and nobody looks on"),
    "driving-children": N_("They often drive children, for an organisation"),
    "children-and-adults": N_("They look after children and care for adults, both as above"),
}
STATES: dict[str, str] = {
    "holds": N_("Counts"),
    "ended": N_("Has run out"),
    "revoked": N_("Taken back"),
    "to-come": N_("Counts later"),
}
NOTES: dict[str, str] = {"name": N_("Which training"), "rating": N_("Rating, 0 to 5")}
STEPS: dict[str, str] = {
    "pair": N_("Two helpers go together. Nobody sees the address before both have said yes."),
    "call-first": N_("Talk with each other before you meet."),
    "check-in": N_("Say when you arrive and when you leave, so that we know that all is well."),
    "receipt": N_("Keep the receipt for anything that is bought, and add it here."),
    "meet-public": N_("Meet in a public place first. You go into homes when you have helped more."),
    "meet-doorstep": N_("Stay at the door. You go into homes when you have helped more."),
}
FOR_ASKER: dict[str, str] = {
    "pair": N_("Two helpers come together."),
    "call-first": N_("Your helper talks with you before you meet."),
    "check-in": N_("Your helper tells us when they arrive and when they leave."),
    "receipt": N_("Your helper adds the receipt for anything that is bought."),
    "meet-public": N_("Meet in a public place first, not at home: where you meet matters."),
    "meet-doorstep": N_("Meet at the door, not inside: where you meet matters."),
}
WHO: dict[str, str] = {
    "helper": N_("The helper"),
    "mate": N_("The other helper"),
    "lead": N_("Who leads the organisation of the helper"),
    "asker": N_("Who asked for the help"),
    "knows": N_("A safeguarding lead, who knows whom to ring and where it is"),
}
BECAUSE: dict[str, str] = {
    "overdue": N_("Nobody has said that they have left"),
    "stuck": N_("Somebody pressed that they need you now"),
}
SINCE: dict[str, str] = {
    "stuck": N_("Somebody pressed that they need you now"),
    "wrong_word": N_("Whoever is at the door does not know the word"),
    "arrive": N_("The helper says that they have arrived"),
    "leave": N_("The helper says that they have left"),
    "stay": N_("The helper says that they stay longer"),
    "cleared": N_("A colleague has seen to it"),
    "changed": N_("Something about the help has changed"),
}
WHY_GONE: dict[str, str] = {
    "original": N_("The place that saw it first has taken it back."),
    "leave-ended": N_("Its owner does not share it any more."),
    "moved": N_("You moved, and this was seen of your home before."),
}


def eligible_words(code: str) -> str:
    """Why a role may be asked for a check."""
    return shown(ELIGIBLE_AS, code)


def check_state(state: str) -> str:
    """How a check stands."""
    return shown(STATES, state)


def step_words(step: str, side: str) -> str:
    """What the help asks of whoever comes, for either side."""
    return shown(FOR_ASKER if side == "asker" else STEPS, step)


def call_words(who: str) -> str:
    """Who it is that can be rung."""
    return shown(WHO, who)


def since_words(what: str) -> str:
    """What was said of a visit while somebody at the desk had it before them."""
    return shown(SINCE, what if what in SINCE else "changed")


def because_words(because: str) -> str:
    """Why the desk is to see to a visit."""
    return shown(BECAUSE, because)


def gone_words(because: str) -> str:
    """Why a check was taken back: in words of ours, or in somebody's."""
    return shown(WHY_GONE, because) if because in WHY_GONE else because
