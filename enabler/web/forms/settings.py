"""What members say of themselves and choose: one question a form."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.domain.consents import ACCESS, NEWS
from enabler.domain.notices import WAYS_OF, Kind, Wishes
from enabler.domain.vocabulary import Way
from enabler.doors.words.settings import ACCESS_NEEDS, access_need, way_words
from enabler.services.notices import Times
from enabler.services.views import DetailsView, NoticesView
from enabler.web.forms.agreeing import words_of
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import Clock, Line, Number, One, Required, Some, Tick, Words
from enabler.web.forms.languages import LANGUAGES, language_choices


class Spoken(KeyedForm):
    """The languages you speak with others."""

    languages = Some(
        _("Which languages do you speak?"),
        description=_("We tell nobody. We use it when somebody asks for a helper who speaks one."),
        choices=language_choices,
    )


class Reading(KeyedForm):
    """The language of pages and messages."""

    language = One(
        _("In which language should we write to you?"),
        choices=list,
        validators=[Required(message=_("Choose a language."))],
    )

    def offer(self, codes: Iterable[str]) -> None:
        """Let one choose among the place's languages."""
        self.language.choose_among((code, LANGUAGES.get(code, code)) for code in codes)


class Home(KeyedForm):
    """Where you live."""

    postcode = Line(
        _("Your postcode"), most=20,
        validators=[Required(message=_("Type your postcode."))],
        render_kw={"autocomplete": "postal-code", "class": "govuk-input--width-10"},
    )  # fmt: skip
    address = Line(
        _("Your house number and street"), most=300,
        description=_("Only somebody who said yes to helping you sees this."),
        validators=[Required(message=_("Type your house number and street."))],
        render_kw={"autocomplete": "street-address"},
    )  # fmt: skip


class Access(KeyedForm):
    """What helps you when somebody comes."""

    needs = Some(
        _("What should your helper know?"),
        description=_("Choose all that fit. Only somebody who said yes to helping you sees this,"
                      " and we write down each time."),
        choices=lambda: [(code, access_need(code)) for code in ACCESS_NEEDS],
    )  # fmt: skip
    words = Words(
        _("Anything else that helps you (optional)"), most=300, validators=[Optional()],
        render_kw={"rows": 3},
    )  # fmt: skip
    consented = Tick(words_of(ACCESS))


def _way(kind: Kind, label: Any, hint: Any) -> One:
    return One(
        label, description=hint,
        choices=lambda: [(way.value, way_words(way)) for way in WAYS_OF[kind]],
        validators=[Required(message=_("Choose how we tell you."))],
    )  # fmt: skip


class Ways(KeyedForm):
    """How we tell you of things."""

    asks = _way(
        Kind.ASKS, _("When we ask you to help"),
        _("Do you want a break? Pause your offers on your page."),
    )  # fmt: skip
    news = _way(
        Kind.NEWS, _("News of what you asked for and what you agreed"),
        _("Who said yes, when you meet, and when something changes."),
    )  # fmt: skip
    reminders = _way(Kind.REMINDERS, _("Reminders"), _("Shortly before you meet."))
    bulletins = _way(Kind.BULLETINS, _("News of your area"), words_of(NEWS))

    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(*(Way(str(self[kind.value].data)) for kind in Kind))


def ways_of(view: NoticesView) -> dict[str, str]:
    """What was chosen before, to be shown in the form."""
    return {
        "asks": view.asks.value, "news": view.news.value, "reminders": view.reminders.value,
        "bulletins": view.bulletins.value,
    }  # fmt: skip


class QuietTimes(KeyedForm):
    """When you want no texts, and how many asks."""

    fields_of: ClassVar[Mapping[str, str]] = {"asks_per_week": "asks_per_week"}
    quiet_from = Clock(
        _("No texts from (optional)"), most=20, validators=[Optional()],
        render_kw={"class": "govuk-input--width-5"},
    )  # fmt: skip
    quiet_until = Clock(
        _("No texts until (optional)"), most=20, validators=[Optional()],
        render_kw={"class": "govuk-input--width-5"},
    )  # fmt: skip
    night_asks = Tick(
        _("You may ask me to help at night too, when it cannot wait"),
    )
    asks_per_week = Number(
        _("How many times a week may we ask you, at most? (optional)"), least=1, largest=999,
        most=3, validators=[Optional()],
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-2"},
    )  # fmt: skip

    def times(self) -> Times:
        """What was chosen."""
        return Times(
            _minute(self.quiet_from), _minute(self.quiet_until), bool(self.night_asks.data),
            self.asks_per_week.number,
        )  # fmt: skip


def _minute(field: Clock) -> int | None:
    return None if field.clock is None else field.clock.hour * 60 + field.clock.minute


def times_of(view: NoticesView) -> dict[str, Any]:
    """What was chosen before, to be shown in the form."""
    most = view.asks_per_week
    return {
        "quiet_from": _written(view.quiet_from), "quiet_until": _written(view.quiet_until),
        "night_asks": view.night_asks, "asks_per_week": "" if most is None else str(most),
    }  # fmt: skip


def _written(minute: int | None) -> str:
    return "" if minute is None else time(*divmod(minute, 60)).strftime("%H:%M")


class NewPhone(KeyedForm):
    """The new phone number."""

    phone = Line(
        _("Your new mobile number"), most=60,
        description=_("We send a code to it, and one to what we have now."),
        validators=[Required(message=_("Type your new mobile number."))],
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )  # fmt: skip


class NewMail(KeyedForm):
    """The new mail address."""

    fields_of: ClassVar[Mapping[str, str]] = {"mail": "email"}
    email = Line(
        _("Your email address"), most=254,
        description=_("We send a code to it."),
        validators=[Required(message=_("Type your email address."))],
        render_kw={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    )  # fmt: skip


_CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
}


class NewCode(KeyedForm):
    """The code that came to the new one."""

    code = Line(_("The code we sent to the new one"), most=40, render_kw=_CODE)


class BothCodes(NewCode):
    """That, and the one that came to the old one."""

    old_code = Line(_("The code we sent to the old one"), most=40, render_kw=_CODE)


class OldCode(KeyedForm):
    """The code that came to the phone, for what is taken away."""

    code = Line(
        _("The code we sent to your phone"), most=40, description=_("6 digits."), render_kw=_CODE
    )


class LostCode(KeyedForm):
    """The code that came by mail."""

    code = Line(
        _("Your code"), most=40, description=_("6 digits, from the email we sent you."),
        render_kw=_CODE,
    )  # fmt: skip


class LostMail(NewMail):
    """The mail address that the code goes to."""

    email = Line(
        _("Which email address did you give us?"), most=254,
        description=_("We send a code to it. It works if we have had the address for 3 days."),
        validators=[Required(message=_("Type your email address."))],
        render_kw={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"},
    )  # fmt: skip


class TellDesk(KeyedForm):
    """For somebody without a mail address here: to the desk."""

    name = Line(
        _("Your name"),
        validators=[Required(message=_("Type your name."))],
        render_kw={"autocomplete": "name"},
    )
    phone = Line(
        _("The number that you have lost"), most=60,
        validators=[Required(message=_("Type the number that you used here."))],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )  # fmt: skip
    words = Words(
        _("How can we reach you now?"), most=500,
        description=_("For example the number of a friend, or when you are at home."),
        validators=[Required(message=_("Tell us how we can reach you."))], render_kw={"rows": 3},
    )  # fmt: skip


class OneBrowser(KeyedForm):
    """Which browser is signed out."""

    which = HiddenField()


def of_details(view: DetailsView) -> dict[str, Any]:
    """What the member said before, to be shown in the forms."""
    first = view.name.split()[0]
    return {
        "name": view.name, "shown_name": "" if view.shown_name == first else view.shown_name,
        "languages": list(view.languages), "language": view.language,
        "postcode": view.postcode or "", "address": view.address or "",
        "needs": list(view.access_needs), "words": view.access_words or "",
    }  # fmt: skip
