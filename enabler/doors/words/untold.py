"""Words for those who tell a member what could not be sent to them: the letters as they are read
aloud or printed, and what came of trying."""

import re

from flask_babel import force_locale, gettext

from enabler.doors.words.marking import N_, shown
from enabler.services.ports import MessageGateway
from enabler.services.views.untold import SayView

SENTENCES: dict[str, str] = {
    "untold_unknown": N_("There is nothing of this reference that waits to be told."),
    "untold_over": N_("Somebody has told them already, or there is nothing left to tell."),
    "untold_for_custodians": N_(
        "We tried three times. Somebody who looks after this service tries now."
    ),
    "way_barred": N_("They do not want to be reached in this way, or it is not safe for them."),
}
CAME_OF: dict[str, str] = {
    "call": N_("I rang them, and told them"),
    "here": N_("They rang or came, and I told them"),
    "letter": N_("I sent the letter"),
    "not-reached": N_("I could not reach them"),
    "moved": N_("They do not live there any more"),
}
"""What came of it, for whoever tried."""
BEFORE: dict[str, str] = {
    "call": N_("We told them on the phone."),
    "here": N_("They rang or came, and we told them."),
    "letter": N_("We sent a letter."),
    "not-reached": N_("We could not reach them."),
    "moved": N_("They did not live there any more."),
    "past": N_("There was nothing left to tell."),
    "sent": N_("They had a phone or an email address for a while, and we wrote to that."),
}
"""The same, of the last time."""
_LINK = re.compile(r"https?://\S+")
"""In every letter it ends a sentence."""


def said_aloud(gateway: MessageGateway, letter: SayView, language: str) -> str:
    """A letter in the member's language, to be read to them or printed. A link is of no use to
    whoever has no phone and no mail address: they ask us."""
    body = gateway.render(letter.template, letter.values, language).body
    with force_locale(language):
        return _LINK.sub(str(gettext("ask us.")), body)


def came_of_before(code: str) -> str:
    """What came of it the last time."""
    return shown(BEFORE, code)
