"""The design system's components for our fields, with every word from the catalogue."""

import re
from typing import Any

from flask import url_for
from flask_babel import gettext
from govuk_frontend_wtf import wtforms_widgets as gov
from markupsafe import Markup


class _Marked:
    """Gives a component the words and settings that its port leaves in English or out."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if "errorMessage" in params:
            params["errorMessage"]["visuallyHiddenText"] = gettext("Error")
        if not field.description:
            params["hint"] = None
        attributes = params.get("attributes", {})
        for setting in ("autocomplete", "inputmode", "spellcheck", "rows"):
            if setting in attributes:
                params[setting] = attributes.pop(setting)
        if "class" in attributes:
            params["classes"] = f"{params.get('classes', '')} {attributes.pop('class')}".strip()
        attributes.pop("required", None)  # the server says what is missing, in plain words
        attributes.pop("maxlength", None)
        return params


class Text(_Marked, gov.GovTextInput):
    """One line."""


class File(_Marked, gov.GovFileInput):
    """A file to choose."""


class Password(_Marked, gov.GovPasswordInput):
    """A secret, with a button that shows it."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """With the words of the button."""
        params = super().map_gov_params(field, **kwargs)
        params |= {
            "showPasswordText": gettext("Show"),
            "hidePasswordText": gettext("Hide"),
            "showPasswordAriaLabelText": gettext("Show password"),
            "hidePasswordAriaLabelText": gettext("Hide password"),
            "passwordShownAnnouncementText": gettext("Your password is visible"),
            "passwordHiddenAnnouncementText": gettext("Your password is hidden"),
        }
        return params


class Words(_Marked, gov.GovCharacterCount):
    """Several lines, with a count of what is left."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """With the limit and the words of the count."""
        params = super().map_gov_params(field, **kwargs)
        params |= {
            "maxlength": field.most,
            "threshold": 75,
            "textareaDescriptionText": gettext("You can use up to %{count} characters"),
            "charactersUnderLimitText": {
                "one": gettext("You have %{count} character left"),
                "other": gettext("You have %{count} characters left"),
            },
            "charactersAtLimitText": gettext("You have no characters left"),
            "charactersOverLimitText": {
                "one": gettext("You have %{count} character too many"),
                "other": gettext("You have %{count} characters too many"),
            },
        }
        return params


def _pictured(name: str, words: str) -> Markup:
    """A choice's words after their picture, which says no more than they do."""
    address = url_for("static", filename="pictures.svg")
    return Markup(
        '<svg class="picture choice-picture" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg>{}'
    ).format(address, name, words)


class _Choices(_Marked):
    """Hints at choices and headings between them."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        params["idPrefix"] = field.id
        rows = []
        for each in params["items"]:
            if each.get("value") in field.headings:
                rows.append({"divider": field.headings[each["value"]]})
            if each.get("value") in field.hints:
                each["hint"] = {"text": field.hints[each["value"]]}
            if each.get("value") in field.pictures:
                each["html"] = _pictured(field.pictures[each["value"]], each.pop("text"))
            rows.append(each)
        params["items"] = rows
        return params


_SCRIPTED = re.compile(r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden')


class Select(_Marked, gov.GovSelect):
    """One of many, folded away."""


class Radios(_Choices, gov.GovRadioInput):
    """One of several. What belongs to one answer is shown by the stylesheet when it is chosen:
    the port's script would put aria-expanded on a radio, which ARIA does not allow."""

    def render(self, params: dict[str, Any]) -> Markup:
        """The component, without the marks that its script goes by."""
        return Markup(_SCRIPTED.sub("", super().render(params)))  # noqa: S704


class Checkboxes(_Choices, gov.GovCheckboxesInput):
    """Any of several."""


class Tick(_Marked, gov.GovCheckboxInput):
    """Yes, or nothing."""


class Day(_Marked, gov.GovDateInput):
    """Day, month and year, each in a box of its own."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """With marked labels and what was typed."""
        params = super().map_gov_params(field, **kwargs)
        params.pop("value", None)
        words = (gettext("Day"), gettext("Month"), gettext("Year"))
        wrong = " govuk-input--error" if field.errors else ""
        params["items"] = [
            {
                "label": word,
                "id": f"{field.id}-{part}",
                "name": field.name,
                "value": typed,
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}{wrong}",
            }
            for word, part, typed in zip(
                words, ("day", "month", "year"), field.typed(), strict=True
            )
        ]
        return params


class Length(_Marked, gov.GovDateInput):
    """Hours and minutes, each in a box of its own."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """With marked labels and what was typed."""
        typed = field.typed()
        field.raw_data = [*typed, ""]
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        params.pop("value", None)
        wrong = " govuk-input--error" if field.errors else ""
        params["items"] = [
            {
                "label": word,
                "id": f"{field.id}-{part}",
                "name": field.name,
                "value": each,
                "classes": f"govuk-input--width-{wide}{wrong}",
            }
            for word, part, each, wide in zip(
                (gettext("Hours"), gettext("Minutes")), ("hours", "minutes"), typed, (4, 2),
                strict=True,
            )
        ]  # fmt: skip
        return params
