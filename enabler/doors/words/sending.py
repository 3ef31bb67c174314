"""How messages go and why they did not arrive, for those at the desk."""

from enabler.doors.words.marking import N_, shown

CHANNELS: dict[str, str] = {"text": N_("Texts"), "mail": N_("Mails")}
FAILURES: dict[str, str] = {
    "": N_("we do not know why"),
    "could_not_be_made": N_("we could not write it"),
    "in_doubt": N_("we do not know whether it arrived"),
    "restored": N_("the database was restored from a copy"),
    "opted_out": N_("they said STOP"),
    "mail_server_down": N_("the mail server does not answer"),
    "mail_no_answer": N_("the mail server broke off"),
    "mail_refused": N_("the mail was refused"),
    "mail_without_tls": N_("the mail server has no safe line"),
    "mail_has_no_record": N_("the mail server keeps no record"),
}


def channel_words(channel: str) -> str:
    """Texts, or mails."""
    return shown(CHANNELS, channel)


def failure_words(code: str) -> str:
    """Why a message did not arrive; a provider's own code as it is."""
    return shown(FAILURES, code) if code in FAILURES else code.replace("_", " ")
