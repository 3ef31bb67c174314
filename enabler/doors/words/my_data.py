"""What is kept about somebody, in words to that person: parts, columns, grounds, and why not.
What the values themselves say is in ``held``."""

from collections.abc import Iterable

from enabler.doors.words.marking import N_, shown
from enabler.services.views.my_data import HeldKindView, RowView, ValueView

PARTS: dict[str, str] = {
    "you": N_("You"),
    "reach": N_("How we reach you"),
    "asked": N_("What you asked for"),
    "offered": N_("What you offer"),
    "visits": N_("Your visits"),
    "hours": N_("Your hours"),
    "shown": N_("Checks, and what you let others see"),
    "safety": N_("Safety"),
    "decided": N_("What was decided and changed"),
    "signed": N_("Signing in"),
}
BASES: dict[str, str] = {
    "public-task": N_("it is part of the council's public work"),
    "legal-obligation": N_("the law asks it of the council"),
}
CONDITIONS: dict[str, str] = {
    "explicit-consent": N_("you wrote it yourself for this, and can take it back"),
    "safeguarding": N_("it keeps people safe who could be harmed"),
    "legal-claims": N_("it may be needed to show who was right"),
}
CANNOT: dict[str, str] = {
    "record": N_("It says what happened, so it stays as it was written."),
    "said": N_("It was sent to somebody, so it stays as it was sent."),
    "made": N_("Enabler worked it out from the rest. Put the rest right and it follows."),
    "staff": N_("It is of your work at the council. Your manager can put it right."),
}
WITHHELD: dict[str, str] = {
    "proof": N_("It proves who you are. Whoever had a copy could sign in as you."),
    "others": N_("It tells of other people more than of you."),
    "work": N_("You wrote it at work, about the people of a case."),
    "safety": N_("If we told it, somebody who was removed for safety could find a way back."),
}
COLUMNS: dict[str, str] = {
    "phrase": N_("Words"),
    "folded": N_("The same words in small letters"),
    "access_needs": N_("What your helper should know"),
    "access_words": N_("What your helper should know, in your words"),
    "address": N_("Address"),
    "adult_declared_at": N_("You said you are 18 or over"),
    "answer": N_("Answer"),
    "answer_words": N_("Answer"),
    "answers": N_("What you typed"),
    "appeal_reason": N_("Why, after you asked again"),
    "appeal_words": N_("What you said to it"),
    "asked_at": N_("Asked on"),
    "asks_by": N_("We ask you by"),
    "asks_per_week": N_("Most asks in a week"),
    "at": N_("When"),
    "attorney": N_("For what the power of attorney is"),
    "basis": N_("How you agreed"),
    "body": N_("Words"),
    "browser_hash": N_("Mark of the browser"),
    "bulletins_by": N_("News of the place by"),
    "call_back": N_("How to reach you"),
    "caution_until": N_("You see no addresses until"),
    "cell_id": N_("Number of the area"),
    "circumstance": N_("How much it weighs that you have nobody else"),
    "circumstances": N_("What is so where the help happens"),
    "cleared_words": N_("How it ended"),
    "code": N_("Why a person looked"),
    "content": N_("Picture or paper"),
    "decided_words": N_("Why it was decided so"),
    "digest": N_("Mark"),
    "easting": N_("Point on the map, metres east"),
    "end_at": N_("Until"),
    "end_minute": N_("Until"),
    "ended_at": N_("Ended"),
    "ended_because": N_("Why it ended"),
    "ended_words": N_("How it ended"),
    "evidence": N_("How it was shown"),
    "facts": N_("What was counted"),
    "first_on": N_("First day"),
    "for_whom": N_("For whom"),
    "from_address_hash": N_("Mark of the network"),
    "from_at": N_("From"),
    "given_at": N_("Given on"),
    "hears": N_("How much you hear of it"),
    "home_id": N_("Number of your home"),
    "kept": N_("Kept because of a duty"),
    "kind": N_("Kind"),
    "kinds": N_("By what"),
    "known_by": N_("How it is known"),
    "language": N_("Language we write in"),
    "languages": N_("Languages"),
    "last_characters": N_("Last letters or numbers of the paper"),
    "last_on": N_("Last day"),
    "last_seen_at": N_("Last used"),
    "last_used_on": N_("Last used"),
    "made_at": N_("Made on"),
    "mail": N_("Email address"),
    "mail_stopped_at": N_("You stopped our emails"),
    "meant": N_("What you mean"),
    "meets": N_("What you can do where you help"),
    "member_id": N_("Number of your account"),
    "minute": N_("When"),
    "name": N_("Name"),
    "network_hash": N_("Mark of the network"),
    "new": N_("After"),
    "new_value": N_("After"),
    "news_by": N_("News of your help by"),
    "night_asks": N_("May be asked at night"),
    "northing": N_("Point on the map, metres north"),
    "note": N_("Note"),
    "noted_at": N_("Noted on"),
    "number": N_("Phone number"),
    "old": N_("Before"),
    "old_value": N_("Before"),
    "outcome": N_("What came of it"),
    "outcome_reason": N_("Why it ended so"),
    "parameters": N_("What it is about"),
    "password_hash": N_("Your password, so that nobody can read it"),
    "phone": N_("Phone number or email address"),
    "postcode": N_("Postcode"),
    "preferences": N_("What you would like"),
    "print": N_("Mark of your words"),
    "proved_at": N_("You proved who you are"),
    "quiet_from": N_("No texts from"),
    "quiet_until": N_("No texts until"),
    "ranked": N_("Who could help, best first"),
    "reason": N_("Why"),
    "reason_words": N_("Why, in their words"),
    "refused": N_("Who could not help, and why"),
    "reminders_by": N_("Reminders by"),
    "revoked_because": N_("Why it does not count any more"),
    "role": N_("What you do"),
    "scopes": N_("In what they may act"),
    "seen_on": N_("Seen on"),
    "settled_words": N_("How it was settled"),
    "shown_name": N_("Name that others see"),
    "since": N_("Since"),
    "start_at": N_("From"),
    "start_minute": N_("From"),
    "stated_terms": N_("What you ask for it"),
    "stopped_at": N_("You stopped our texts"),
    "to_value": N_("Sent to"),
    "totp_secret": N_("Your second key to sign in"),
    "until_at": N_("Until"),
    "valid_until": N_("Holds until"),
    "value": N_("Phone number or email address"),
    "verified_at": N_("You proved that it is yours"),
    "verified_phone": N_("Phone number"),
    "visit_words": N_("What was agreed about the visit"),
    "ward_id": N_("Number of the ward"),
    "weekday": N_("Day of the week"),
    "where_words": N_("Where"),
    "withdrawn_at": N_("Taken back"),
    "words": N_("Words"),
}
_OF_THE_HOUSE = frozenset({
    "home_id", "member_id", "cell_id", "ward_id", "browser_hash", "network_hash", "print",
    "from_address_hash", "digest", "parameters", "facts", "easting", "northing", "content",
    "circumstance",
})  # fmt: skip


def part_words(part: str) -> str:
    """A part of the page."""
    return shown(PARTS, part)


def bases_words(bases: Iterable[str]) -> str:
    """On what grounds of law it is kept."""
    return _sentence(shown(BASES, basis) for basis in bases)


def conditions_words(conditions: Iterable[str]) -> str:
    """Why it may be kept where it tells of health or the like."""
    return _sentence(shown(CONDITIONS, condition) for condition in conditions)


def _sentence(parts: Iterable[str]) -> str:
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def basis_words(kind: HeldKindView) -> str:
    """On what grounds the law lets us keep it, as one sentence."""
    conditions = dict.fromkeys(one.condition for one in kind.columns if one.condition != "none")
    grounds = [shown(BASES, basis) for basis in kind.bases]
    return _sentence([*grounds, *(shown(CONDITIONS, one) for one in conditions)])


def cannot_words(kind: HeldKindView) -> str | None:
    """Why it cannot be changed, where it cannot."""
    return shown(CANNOT, kind.correct) if kind.correct in CANNOT else None


def withheld_words(reasons: Iterable[str]) -> list[str]:
    """Why the values themselves are not given."""
    return [shown(WITHHELD, reason) for reason in reasons]


def for_the_page(row: RowView) -> list[ValueView]:
    """The values that say something to a reader: the others are numbers and marks of the house,
    and stand in the copy."""
    return [
        one for one in row.values
        if one.column not in _OF_THE_HOUSE and (one.withheld or one.value is not None)
    ]  # fmt: skip


def column_words(value: ValueView) -> str:
    """What a value is."""
    return shown(COLUMNS, value.column)
