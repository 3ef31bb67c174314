"""What of hours is somebody's: a fund, a movement, a flag about it, what they propose."""

from datetime import timedelta

from enabler.persistence.unit_of_work import UnitOfWork
from enabler.timebank.transfers import Reason, Transfer
from tests.authorisation.whose import Owner
from tests.builders import NOW

KINDS = ("pot", "movement", "hours flag", "hours proposal")


def hours_of(uow: UnitOfWork, owner: Owner, organisation_ref: str) -> dict[str, str]:
    """Their refs; of a movement its number, by which staff find it."""
    asker = owner.asker
    place_id = asker.place.id
    issue = uow.purses.issue(place_id).number
    account = uow.purses.for_member(place_id, asker.id, 0).number
    pot, flag, asked = (
        uow.refs.new(place_id, kind) for kind in ("pot", "hours-flag", "hours-proposal")
    )
    organisation = uow.organisations.by_ref(place_id, organisation_ref)
    fund = uow.purses.open_pot(
        place_id, ref=pot, now=NOW, kind="fund", organisation_id=organisation.id
    )
    granted = Transfer(f"to-begin:{pot}", place_id, issue, account, 15, Reason.GRANT)
    number = uow.ledger.post(granted, NOW).seq
    uow.help_hours.flag(
        dedupe_key=f"covered:{flag}", place_id=place_id, kind="covered", ref=flag,
        facts={"minutes": 15, "account": account}, raised_at=NOW,
    )  # fmt: skip
    uow.hours_proposals.add(
        place_id=place_id, ref=asked, kind="grant", debit_id=issue, credit_id=fund.account,
        minutes=60, reverses=None, words="For an afternoon in the park.", asked_by=asker.id,
        asked_at=NOW, answer_by=NOW + timedelta(days=14),
    )  # fmt: skip
    return {"pot": pot, "movement": str(number), "hours flag": flag, "hours proposal": asked}
