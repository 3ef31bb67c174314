"""Where the two meet and what is so then: from it follows which helpers may be asked."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms.validators import Optional

from enabler.domain.demands import possible_of, settings_of
from enabler.domain.meeting import UNSEEN, answered, in_full
from enabler.doors.words.marking import shown
from enabler.doors.words.safety import ANSWERS, ASKED, SAID_BY_ASKERS, SETTINGS
from enabler.web.forms.base import Form
from enabler.web.forms.fields import One, Required, Some

_MEANT = {"yes": True, "no": False}


def _question(code: str) -> One:
    return One(
        _(ASKED[code]), validators=[Optional()],
        choices=lambda: [(each, shown(ANSWERS, each)) for each in ANSWERS],
    )  # fmt: skip


class Meeting(Form):
    """Where they meet and what is so then. Inside a home or a car, where nobody else sees what
    happens, each question is answered, also with "not sure"; elsewhere what is so is ticked."""

    fields_of: ClassVar[Mapping[str, str]] = {"setting": "setting", "circumstances": "so"}
    setting = One(
        _("Where will you meet?"),
        choices=lambda: [(code, shown(SETTINGS, code)) for code in SETTINGS],
        validators=[Required(message=_("Choose where you and the helper will meet."))],
    )
    alone = _question("alone")
    child = _question("child")
    money = _question("money")
    care = _question("care")
    appointment = _question("appointment")
    so = Some(
        _("Is any of this so?"),
        description=_("Tick what is so. Then we only ask helpers with the right checks."),
        choices=lambda: [(code, shown(SAID_BY_ASKERS, code)) for code in SAID_BY_ASKERS],
        validators=[Optional()],
    )
    kind = ""

    def among(self, kind: str) -> None:
        """Let the asker choose where help of this kind can be, the usual chosen, and say what may
        be so there."""
        self.kind = kind
        places = settings_of(kind)
        self.setting.choose_among([(code, shown(SETTINGS, code)) for code in places])
        seen = {one for each in places if each not in UNSEEN for one in possible_of(kind, each)}
        said = [code for code in SAID_BY_ASKERS if code in seen]
        self.so.choose_among([(code, shown(SAID_BY_ASKERS, code)) for code in said])
        if not self.is_submitted() and not self.setting.data:
            self.setting.data = places[0]

    @property
    def unseen(self) -> dict[str, list[One]]:
        """The questions that belong to a home or a car, by the place to meet."""
        return {
            choice.value: [self[code] for code in possible_of(self.kind, choice.value)]
            for choice in self.setting.choices if choice.value in UNSEEN
        }  # fmt: skip

    def _asked(self) -> Iterator[One]:
        yield from self.unseen.get(self.setting.data or "", ())

    def validate(self, extra_validators: Any = None) -> bool:
        """Each question of the place that was chosen has an answer."""
        fine = bool(super().validate(extra_validators))
        for field in self._asked():
            if not field.data:
                field.errors = [
                    str(_("%(question)s Choose yes, no, or that you are not sure.",
                          question=field.label.text))
                ]  # fmt: skip
                fine = False
        return fine

    def parts(self, **_context: Any) -> dict[str, Any]:
        """For the draft of a need."""
        setting = self.setting.data or None
        if setting in UNSEEN:
            said = answered((one.name, _MEANT.get(one.data)) for one in self._asked())
        else:
            said = in_full(self.so.data or ())
        return {"setting": setting, "circumstances": said}


def answers_for(setting: str | None, circumstances: tuple[str, ...]) -> dict[str, list[str]]:
    """The answers that say this; what nobody said is "not sure" where it is asked."""
    said: dict[str, list[str]] = {"setting": [setting or ""]}
    if setting not in UNSEEN:
        return said | {"so": [one for one in circumstances if one in SAID_BY_ASKERS]}
    for one in ASKED:
        no = "no" if f"not-{one}" in circumstances else "unsure"
        said[one] = ["yes" if one in circumstances else no]
    return said
