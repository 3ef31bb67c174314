"""What the law wants in a record of processing beside the list of what is kept (Article 30(1))."""

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown

HEADS: dict[str, str] = {
    "controller": N_("Who answers for it"),
    "people": N_("Whose data it is"),
    "recipients": N_("Who else gets it"),
    "abroad": N_("Outside the United Kingdom"),
    "safe": N_("How it is kept safe"),
    "kept": N_("What is kept, why, on what ground and how long"),
}
SAID: dict[str, tuple[str, ...]] = {
    "people": (
        N_("People who ask for help or give it, and people who act for them"),
        N_("People who act for organisations"),
        N_("Councillors, and people who work for the council here"),
        N_("People without an account who report something or complain"),
    ),
    "recipients": (
        N_("The two sides of a visit: what they need to meet, from the yes until two days after"),
        N_("Those who carry our texts and emails: only what they carry"),
        N_("Whoever a person lets see something, or lets act for them, until they end it"),
        N_("Councils near by who share their helpers with us: what a match needs"),
        N_("A councillor, of one person's ask, where that person agreed"),
        N_("The police or a court, where the law asks it of the council"),
    ),
    "abroad": (
        N_("The program itself sends nothing abroad. Ask the council where those are who carry"
           " texts and emails, and where the machines stand."),
    ),
    "safe": (
        N_("A home is shown as an area of 100 homes or more, until its owner accepts somebody"),
        N_("Each look at a person is written down, and that person reads it"),
        N_("Staff sign in with two proofs of who they are; the strongest acts need two people"),
        N_("What has been kept long enough goes each night, and the program counts what has not"),
        N_("Codes and passwords are kept as digests; keys are apart from the database"),
    ),
}  # fmt: skip


def sections() -> list[tuple[str, list[str]]]:
    """Each heading with its lines, in the order of the law, without the list itself."""
    return [
        (shown(HEADS, code), [str(gettext(line)) for line in lines])
        for code, lines in SAID.items()
    ]  # fmt: skip


def head(code: str) -> str:
    """The heading of one part."""
    return shown(HEADS, code)
