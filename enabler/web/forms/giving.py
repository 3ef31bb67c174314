"""What somebody says when they give hours: to whom, how many, with which words."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.doors.words import sentence
from enabler.doors.words.balances import side_words
from enabler.doors.words.times import length_words
from enabler.services.views.hours import ToWhomView
from enabler.web.forms.base import Form
from enabler.web.forms.fields import Line, Number, One, Required

OTHER = "other"
LENGTHS = (15, 30, 60, 90, 120)
"""Minutes that are offered to choose from."""


class ToWhom(Form):
    """A neighbour one has met, an organisation, a pot, or a reference that is typed."""

    to = One(
        _("Who do you want to give hours to?"),
        choices=list,
        validators=[Required(message=_("Choose who you want to give hours to."))],
    )
    other = Line(
        _("Their reference"),
        description=_("4 to 6 letters and digits. They see it on their page of hours."),
        most=20, validators=[Optional()],
        render_kw={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"},
    )  # fmt: skip

    def know(self, shown: ToWhomView) -> None:
        """Offer those to whom the visitor may give."""
        groups = ((_("People you have met"), shown.people), (_("Pots"), shown.pots),
                  (_("Organisations"), shown.organisations))  # fmt: skip
        pairs, headings = [], {}
        for heading, sides in groups:
            named = [(side.ref or "", side_words(side)) for side in sides]
            if named:
                headings[named[0][0]] = str(heading)
            pairs += [(ref, words[:1].upper() + words[1:]) for ref, words in named]
        if pairs:
            headings[OTHER] = str(_("Somebody else"))
        self.to.headings = headings
        self.to.choose_among([*pairs, (OTHER, _("Somebody else, by their reference"))])

    def show(self, wrong: Invalid) -> bool:
        """What is wrong with a typed reference stands where it was typed."""
        if wrong.field == "to" and self.to.data == OTHER:
            self.other.errors = [sentence(wrong)]
            return True
        return super().show(wrong)

    def parts(self) -> dict[str, Any]:
        """For the gift. Raises Invalid where no reference was typed."""
        if self.to.data != OTHER:
            return {"to": self.to.data or ""}
        typed = (self.other.data or "").strip()
        if not typed:
            raise Invalid("other", "receiver_missing")
        return {"to": typed}


class HowLong(Form):
    """How many hours and minutes."""

    length = One(
        _("How much do you want to give?"),
        choices=lambda: [
            *((str(minutes), length_words(minutes)) for minutes in LENGTHS),
            (OTHER, _("Another length")),
        ],
        validators=[Required(message=_("Choose how much you want to give."))],
    )  # fmt: skip
    hours = Number(
        _("Hours"), least=0, largest=24, validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-3"},
    )  # fmt: skip
    minutes = Number(
        _("Minutes"), least=0, largest=59, validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-3"},
    )  # fmt: skip

    def know(self, most: int) -> None:
        """Offer no more minutes than there are; what was chosen the service refuses, with why."""
        lengths = [m for m in LENGTHS if m <= most or str(m) == self.length.data]
        pairs = [(str(minutes), length_words(minutes)) for minutes in lengths]
        self.length.choose_among([*pairs, (OTHER, _("Another length"))])

    def show(self, wrong: Invalid) -> bool:
        """What is wrong with a length stands at the choice, or where the typing began."""
        if wrong.field == "minutes":
            at = self.hours if self.length.data == OTHER else self.length
            at.errors = [sentence(wrong)]
            return True
        return super().show(wrong)

    def parts(self) -> dict[str, Any]:
        """For the gift."""
        chosen = self.length.data or ""
        if chosen != OTHER:
            return {"minutes": int(chosen) if chosen.isdecimal() else 0}
        return {"minutes": 60 * (self.hours.number or 0) + (self.minutes.number or 0)}


class WithWords(Form):
    """A few words, if they like."""

    words = Line(
        _("Do you want to say something with it?"),
        description=_("You can leave this empty. For example: thank you for the soup."),
        validators=[Optional()],
    )  # fmt: skip

    def parts(self) -> dict[str, Any]:
        """For the gift."""
        return {"words": (self.words.data or "").strip() or None}
