"""What somebody is told about their own words before they are posted."""

from dataclasses import dataclass

from enabler.domain.signals import Finding


@dataclass(frozen=True, slots=True)
class SignsView:
    """``found``: what its writer can put right, each with the stretch of their words that shows it.
    ``waits``: posted as it is, a person looks at it first. ``comfort``: the words are of somebody
    who may be in danger, and are answered kindly."""

    found: tuple[Finding, ...] = ()
    waits: bool = False
    comfort: bool = False
