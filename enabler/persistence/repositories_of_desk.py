"""The repositories of the desk, a part of all repositories."""

from functools import cached_property

from sqlalchemy.orm import Session

from enabler.persistence.decisions import Decisions
from enabler.persistence.desk import Desk
from enabler.persistence.rule_trials import RuleTrials
from enabler.persistence.ruleset_endings import RulesetEndings


class RepositoriesOfDesk:
    """What the cellar keeps of the custodians' desk."""

    session: Session

    @cached_property
    def desk(self) -> Desk:
        """What waits for those who keep the market."""
        return Desk(self.session)

    @cached_property
    def decisions(self) -> Decisions:
        """What they decided against somebody, asked and often say."""
        return Decisions(self.session)

    @cached_property
    def ruleset_endings(self) -> RulesetEndings:
        """Rules that are to end before their time."""
        return RulesetEndings(self.session)

    @cached_property
    def rule_trials(self) -> RuleTrials:
        """What policies are tried on."""
        return RuleTrials(self.session)
