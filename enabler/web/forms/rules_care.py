"""What help asks of whoever gives it: the rules that stay, and one more."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Optional

from enabler.domain.errors import Invalid
from enabler.domain.meeting import Circumstance, Setting
from enabler.domain.risk import MOST_RULES, STEPS, Rule
from enabler.domain.ruleset import Ruleset
from enabler.domain.ruleset_keys import path_of_rule, rule_at
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.words import safety
from enabler.doors.words.marking import shown
from enabler.doors.words.risk_rules import RISKS, rule_words
from enabler.doors.words.rules import label_words, means_words
from enabler.doors.words.states import credential_name
from enabler.web.forms.fields import Some
from enabler.web.forms.rule_fields import OfRules
from enabler.web.forms.rules import EditForm


class CareForm(EditForm):
    """Which rules stay, what a new one says, and how often somebody new helps among others."""

    listed = HiddenField()
    first_helps = OfRules(
        _("How often somebody new helps where others are about"), key="first_helps",
        render_kw={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"},
    )  # fmt: skip
    stay = Some(
        _("Which rules stay?"), choices=list, validators=[Optional()],
        description=_("Take the tick away from a rule that should go."),
    )  # fmt: skip
    settings = Some(
        _("Where does the new rule hold?"), validators=[Optional()],
        choices=lambda: [(one.value, shown(safety.SETTINGS, one)) for one in Setting],
        description=_("Nothing ticked: everywhere."),
    )  # fmt: skip
    circumstances = Some(
        _("What must be so?"), validators=[Optional()],
        choices=lambda: [(one.value, shown(safety.CIRCUMSTANCES, one)) for one in Circumstance],
        description=_("All that is ticked must be so."),
    )  # fmt: skip
    risks = Some(
        _("For which help?"), validators=[Optional()],
        choices=lambda: [(one, shown(RISKS, one)) for one in RISKS],
        description=_("Nothing ticked: for all of it."),
    )  # fmt: skip
    credentials = Some(
        _("What must a helper have had checked then?"), validators=[Optional()],
        choices=lambda: [(one.value, credential_name(one)) for one in CredentialKind],
    )  # fmt: skip
    steps = Some(
        _("What must helpers do then?"), validators=[Optional()],
        choices=lambda: [(one, shown(safety.STEPS, one)) for one in STEPS],
    )  # fmt: skip

    def know(self, rules: Ruleset) -> None:
        """The rules that there are."""
        self.first_helps.description = means_words("first_helps")
        self.first_helps.label.text = label_words("first_helps")
        there = {path_of_rule(rule): rule for rule in rules.risk_rules}
        if self.is_submitted() and self.listed.data:  # as the page showed them: pressed twice, it
            there = self._as_listed()  # says the same twice
        self.known = {path: rule_words(rule) for path, rule in there.items()}
        self.stay.choose_among(self.known.items())

    def _as_listed(self) -> dict[str, Rule]:
        rules = (rule_at(of) for of in str(self.listed.data).splitlines()[:MOST_RULES])
        return {path_of_rule(rule): rule for rule in rules if rule is not None}

    def write(self, rules: Ruleset) -> None:
        """Show what the rules say."""
        self.listed.data = "\n".join(path.partition(".")[2] for path in self.known)
        self.first_helps.data = OfRules.written(rules.first_helps)
        self.stay.data = list(self.known)

    def values(self) -> dict[str, Any]:
        """What was answered, by path. Raises Invalid for a new rule that asks for nothing."""
        kept = set(self.stay.data or ())
        found: dict[str, Any] = {path: path in kept for path in self.known}
        new = self._new()
        if new is not None:
            found[path_of_rule(new)] = True
        return {"first_helps": self.first_helps.value, **found}

    def _new(self) -> Rule | None:
        where = (self.settings.data, self.circumstances.data, self.risks.data)
        steps, checks = set(self.steps.data or ()), frozenset(self.credentials.data or ())
        if not steps and not checks:
            if any(where):
                raise Invalid("credentials", "rules_new_rule_asks_nothing")
            return None
        settings, circumstances, risks = (frozenset(some or ()) for some in where)
        return Rule(
            settings, circumstances, risks, credentials=checks, pair="pair" in steps,
            call_first="call_first" in steps, receipt="receipt" in steps,
            check_in="check_in" in steps,
        )  # fmt: skip

    def show(self, wrong: Invalid) -> bool:
        """A refusal of a rule stands at the rules."""
        field = "stay" if wrong.field == "ruleset.risk_rules" else wrong.field
        return super().show(Invalid(field, wrong.code, **wrong.facts))
