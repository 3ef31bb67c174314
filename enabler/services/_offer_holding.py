"""Why a custodian looks at an offer before it opens."""

from collections.abc import Collection

from enabler.domain.judging import OfferFacts, judge_offer
from enabler.domain.members import Member, Organisation
from enabler.domain.vocabulary import MemberState
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._ground import Ground
from enabler.services._offer_drafts import OfferDraft


def why_held(
    uow: UnitOfWork, giver: Member, organisation: Organisation | None, draft: OfferDraft,
    here: Ground, signals: Collection[str] = (),
) -> str | None:  # fmt: skip
    """Why a custodian looks at it first, with these ``signals`` (codes of what holds it), as a
    code; None when it opens at once."""
    alone = organisation is None
    facts = OfferFacts(
        tuple(draft.categories), None if organisation is None else organisation.state,
        known=alone and uow.offers.has_been_open(giver.id),
        account_waits=alone and giver.state is MemberState.HELD, signals=tuple(signals),
    )  # fmt: skip
    off = dict.fromkeys(draft.categories, False)  # that they are here was checked, or will be
    return judge_offer(facts, off, here.ruleset).held_because
