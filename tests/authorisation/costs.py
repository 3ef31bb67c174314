"""Money beside a match, each with its receipt."""

from enabler.domain.receipts import PDF, Receipt
from enabler.persistence.unit_of_work import UnitOfWork
from tests.builders import NOW

PAPER = Receipt(PDF, b"%PDF-1.7\nmilk 3.40\n%%EOF\n")


def a_cost(uow: UnitOfWork, match_ref: str, helper_id: int, asker_id: int, state: str) -> str:
    """What a helper spent, as far as it is; its ref."""
    match = uow.matches.by_ref(None, match_ref)
    cost = uow.costs.add(
        place_id=match.place_id, match_id=match.id, ref=uow.refs.new(match.place_id, "cost"),
        by_member_id=helper_id, kind="materials", pence=340, words="Milk and bread", noted_at=NOW,
    )  # fmt: skip
    if state == "disputed":
        words = "I had no bread."
        uow.costs.change(cost.id, state=state, answered_by=asker_id, answer_words=words)
    if state != "bare":
        uow.costs.add_receipt(cost.id, helper_id, PAPER, NOW)
    return cost.ref
