"""Proofs that people carry elsewhere, in words: what each says, how it stands, what is wrong."""

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown
from enabler.doors.words.states import CREDENTIALS

STATES: dict[str, str] = {
    "good": N_("Good"),
    "early": N_("Not yet good"),
    "ended": N_("Ended by you"),
    "over": N_("Has run out"),
    "void": N_("The council does not stand by it any more"),
}
NOT_BELIEVED: dict[str, str] = {
    "early": N_("It does not count yet. Check the date on your device, or ask again later."),
    "over": N_("It has run out. Ask the person for a new one."),
    "void": N_("It does not count any more. Ask the person for a new one."),
    "proof_unreadable": N_(
        "This is not a proof, or a part of it is missing. Copy all of it and try again."
    ),
    "proof_too_long": N_("This is too long for a proof. Copy the proof alone and try again."),
    "proof_of_something_else": N_("This is signed, but it is not a proof of a check that we know."),
    "proof_issuer_unknown": N_(
        "We do not know who signed this. It may be good: ask the place that it names."
    ),
    "proof_forged": N_(
        "Do not rely on this. It was changed after it was signed, or somebody else has made it."
    ),
}
TRUST: dict[str, str] = {
    "holds": N_("We believe them"),
    "ended": N_("Ended"),
    "over": N_("Has run out"),
}
SENTENCES: dict[str, str] = {
    code: words for code, words in NOT_BELIEVED.items() if code.startswith("proof_")
} | {
    "leave_unknown": N_("We know of nothing that is shared under this reference."),
    "shown_to_unknown": N_(
        "We know nobody by this reference to whom you can show it. Ask them for the reference of"
        " their organisation, or for their own."
    ),
    "proof_unknown": N_("We know no such proof. Check that you have the whole link."),
    "for_whom_missing": N_("Say for whom it is."),
    "until_missing": N_("Type the last day."),
    "proof_end_wrong": N_(
        "Choose a day from today on, at most %(days)d days ahead. You can make a new proof then."
    ),
    "check_cannot_be_proved": N_(
        "No proof can be made of this: it has ended, or the paper was not seen here."
    ),
    "too_many_proofs": N_(
        "You have %(most)d proofs that count. End some that you do not need any more."
    ),
    "no_signing_key": N_("The council cannot sign proofs at the moment. Please try again later."),
    "status_list_unknown": N_("There is no such list."),
    "key_unknown": N_("This place has no such key, or it is known to be lost already."),
    "issuer_not_found": N_("We know no such place."),
    "proof_early": N_("It does not count yet."),
    "proof_over": N_("It has run out. Ask the person for a new one."),
    "proof_void": N_("It does not count any more. Ask the person for a new one."),
    "proof_not_sure": N_("Make sure who they are first, then tick this."),
    "proof_of_this_place": N_("This is a proof of your own place. You have the check already."),
    "proof_not_taken": N_("Your place does not take this kind of check from there."),
    "proof_without_name": N_(
        "There is no name in this proof, so nobody can tell whose it is. Ask them to make one with"
        " their name in it."
    ),
    "proof_of_another_name": N_("The name in this proof is not the name of this person here."),
    "proof_taken": N_("This proof was taken over here before. Ask the person for a new one."),
    "issuer_missing": N_("The file does not say whose keys these are. Type it here."),
    "issuer_differs": N_("The file says that these keys are somebody else's."),
    "issuer_malformed": N_(
        "Type it as they gave it to you, such as did:web:help.example.org:farby."
    ),
    "issuer_is_here": N_("This place is on the same Enabler: it is believed without this."),
    "issuer_trusted_already": N_("You believe them already. End that first."),
    "trust_end_wrong": N_("Choose a day from today on, at most 3 years ahead."),
    "keys_unreadable": N_(
        "There is no public key in this that we can use. Paste the whole file did.json of the"
        " other place."
    ),
    "keys_private": N_(
        "This has a private key in it, which nobody but its owner may have. Do not keep it, and"
        " tell the other place at once."
    ),
}


def fact_words(kind: str, detail: str | None = None) -> str:
    """What a proof says: the check and, where there is one, which."""
    said = shown(CREDENTIALS, kind)
    return said if not detail else str(gettext("%(check)s: %(which)s", check=said, which=detail))


def state_words(state: str) -> str:
    """How a proof stands, for its owner."""
    return shown(STATES, state)


def not_believed_words(state: str) -> str:
    """Why a proof is not to be relied on, for whoever was shown it."""
    return shown(NOT_BELIEVED, state if state in NOT_BELIEVED else "proof_unreadable")


def trust_words(state: str) -> str:
    """Whether another place is believed."""
    return shown(TRUST, state)
