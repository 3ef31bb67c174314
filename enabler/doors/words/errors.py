"""A sentence for each code of an error. ``N_`` marks a message for translation."""


def N_(message: str) -> str:
    """The message itself, marked for the translators."""
    return message


SENTENCES: dict[str, str] = {
    "not_found": N_("We cannot find that. Check the reference and try again."),
    "not_allowed": N_("You cannot do that here."),
    "wrong_moment": N_("That cannot be done now."),
    "already_filled": N_("Somebody else has said yes already. Thank you all the same."),
    "key_reused": N_("This form was sent before with other answers. Open it again and send it."),
    "limit_reached": N_("That is too many for now. Please try again later."),
    "provider_failed": N_("We could not send the message just now. We will try again."),
}
