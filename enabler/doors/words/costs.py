"""Money beside a match, in words: what it was for, how far it is, what is refused."""

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown

KINDS: dict[str, str] = {
    "materials": N_("Things that were bought"),
    "fare": N_("Fare or petrol"),
    "other": N_("Something else"),
}
HELPERS: dict[str, str] = {
    "noted": N_("They have not said yet whether it is right"),
    "agreed": N_("They say it is right"),
    "disputed": N_("They say it is not right"),
    "settled": N_("You have the money"),
    "withdrawn": N_("You took it back"),
}
ASKERS: dict[str, str] = {
    "noted": N_("Please say whether it is right"),
    "agreed": N_("You said it is right"),
    "disputed": N_("You said it is not right"),
    "settled": N_("It is paid"),
    "withdrawn": N_("The helper took it back"),
}
STAFF = ASKERS | {"disputed": N_("Whoever asked says it is not right")}
"""Staff see it only where the two do not agree."""
NEXT: dict[tuple[str, str], str] = {
    ("helper", "noted"): N_("We have told them. You hear from us when they have answered."),
    ("helper", "agreed"): N_(
        "They pay you as you two agreed. Press the button below when you have the money."
    ),
    ("helper", "disputed"): N_(
        "Talk about it with each other: you can write to them on the page of this help."
    ),
    ("asker", "agreed"): N_(
        "Please pay them as you two agreed, for example in cash. They tell us when they have it."
    ),
    ("asker", "disputed"): N_(
        "Your helper reads what you wrote. Talk about it with each other: you can write to them on"
        " the page of this help."
    ),
}
"""What happens next, by whose side reads it and how far it is."""
SENTENCES: dict[str, str] = {
    "cost_is_agreed": N_("They have said already that it is right."),
    "cost_is_disputed": N_("You said already that it is not right."),
    "cost_is_noted": N_("Nobody has said yet whether it is right."),
    "cost_is_settled": N_("This is paid already."),
    "cost_is_withdrawn": N_("This was taken back."),
    "cost_not_met": N_("You can write down money once it is agreed that you help."),
    "cost_of_other_side": N_("This is for the other side to say."),
    "cost_too_late": N_(
        "That help is over for more than %(days)s days: money for it cannot be written down any"
        " more. Is some still open? Ring the council."
    ),
    "cost_unknown": N_("We cannot find what was written down under this reference."),
    "costs_too_many": N_("You have written down %(most)s things for this already. That is all."),
    "money_nothing": N_("Type more than £0."),
    "money_too_much": N_("That is too much for one thing. The most is %(most)s."),
    "money_unreadable": N_("Type pounds and pence, like 3.40, or pence, like 90p."),
    "receipt_broken": N_("We cannot read this file. Take the photo again, or choose another."),
    "receipt_missing": N_("Choose a photo or a PDF first."),
    "receipt_there": N_("There is a receipt already."),
    "receipt_too_big": N_(
        "This file is too big. The most is %(most)s MB. Take the photo again with a smaller size."
    ),
    "receipt_unknown": N_("Choose a photo (JPEG or PNG) or a PDF."),
}


def kind_words(kind: str) -> str:
    """What the money was for."""
    return shown(KINDS, kind)


def state_words(cost_state: str, side: str) -> str:
    """How far it is, to whoever reads it: the helper, the asker, or staff."""
    return shown({"helper": HELPERS, "asker": ASKERS}.get(side, STAFF), cost_state)


def next_words(cost_state: str, side: str) -> str:
    """What happens next; nothing where nothing does."""
    words = NEXT.get((side, cost_state))
    return str(gettext(words)) if words else ""
