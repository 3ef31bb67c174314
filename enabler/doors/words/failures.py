"""What a page says when it cannot be shown."""

from enabler.doors.words.marking import N_, shown

HEADINGS: dict[str, str] = {
    "400": N_("We could not read that"),
    "403": N_("You cannot see this page"),
    "404": N_("We cannot find that page"),
    "405": N_("That is not how this page works"),
    "409": N_("That cannot be done now"),
    "413": N_("That is too much at once"),
    "429": N_("Please wait a little"),
    "500": N_("Sorry, something is wrong on our side"),
    "503": N_("Sorry, this is not working just now"),
}
ADVICE: dict[str, str] = {
    "400": N_("Go back, check what you typed and try again."),
    "403": N_("You may be signed in as somebody else, or this may not be yours to see."),
    "404": N_("Check the address. If you typed a reference, check each letter."),
    "405": N_("Go back and use the buttons on the page."),
    "409": N_("It may have changed since you opened the page. Go to your page to see how it is."),
    "413": N_("Please send less: shorter words, or no files."),
    "429": N_("If it cannot wait, ring the people named at the foot of this page."),
    "500": N_("What you did last may not be saved. Please try again in a few minutes."),
    "503": N_("Please try again in a few minutes."),
}


def heading(status: int) -> str:
    """The page's heading."""
    return shown(HEADINGS, str(status))


def what_to_do(status: int) -> str:
    """How the reader can go on."""
    return shown(ADVICE, str(status))
