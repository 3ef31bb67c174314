"""What somebody says of a visit, how the other sees it, and whether it counts."""

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.conduct import KINDS
from enabler.doors.words.safeguarding import conduct_kind
from enabler.web.forms.base import KeyedForm
from enabler.web.forms.fields import One, Required, Words

_MOST = 1_000


class SayHow(KeyedForm):
    """What went wrong with the visit."""

    kind = One(
        _("What happened?"), choices=lambda: [(kind, conduct_kind(kind)) for kind in KINDS],
        validators=[Required(message=_("Choose what happened."))],
    )  # fmt: skip
    words = Words(
        _("Would you like to say more? (optional)"),
        description=_("The other person reads what you write here."), most=_MOST,
        validators=[Optional()], render_kw={"rows": 3},
    )  # fmt: skip


class HowISeeIt(KeyedForm):
    """The side of whom it is about."""

    agrees = One(
        _("Was it so?"),
        choices=lambda: [("yes", _("Yes, it was so")), ("no", _("No, it was otherwise"))],
        validators=[Required(message=_("Choose whether it was so."))],
    )
    words = Words(
        _("How do you see it?"),
        description=_("If it was otherwise, say how. The other person and people at the council"
                      " read it."),
        most=_MOST, validators=[Optional()], render_kw={"rows": 3},
    )  # fmt: skip


class WhetherItCounts(KeyedForm):
    """A custodian decides."""

    counts = One(
        _("Does it count?"),
        choices=lambda: [("yes", _("It counts")), ("no", _("It does not count"))],
        validators=[Required(message=_("Choose whether it counts."))],
    )
    words = Words(
        _("Your reason"), description=_("Both of them read it."), most=_MOST,
        validators=[Required(message=_("Say why you decide so."))], render_kw={"rows": 3},
    )  # fmt: skip
