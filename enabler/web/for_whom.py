"""Whom somebody asks or offers for: for themself, or for an organisation that they act for."""

from typing import Any

from flask import request

from enabler.web.access import member
from enabler.web.journey import Answers, Journey


def theirs() -> tuple[tuple[str, str], ...]:
    """Ref and name of each organisation that the visitor acts for."""
    someone = member()
    return someone.signed.organisations if someone and someone.acting is None else ()


def ref_in(answers: Answers) -> str | None:
    """The ref of the organisation that was chosen, if one was."""
    return next(iter(answers.get("who", {}).get("organisation") or ()), None) or None


def name_in(answers: Answers) -> str | None:
    """The name of the organisation that was chosen, where the visitor acts for it."""
    return dict(theirs()).get(ref_in(answers) or "")


def begin(journey: Journey, **said: Any) -> str | None:
    """Begin a journey for whom the address says with ``for``: an organisation, or with nothing
    behind it the visitor themself; for whom it was begun before, where it says nothing. The
    organisation's name. ``said``: what else is said with it."""
    journey.begin_anew()
    answers, chosen = journey.read(), request.args.get("for")
    if chosen in dict(theirs()):
        journey.keep(answers := answers | {"who": {"organisation": [chosen], **said}})
    elif chosen == "" and ref_in(answers):
        answers.pop("who")
        journey.keep(answers)
    return name_in(answers)
