"""What became of a text that a provider took: its reports come twice, late and in any order."""

from datetime import datetime

from enabler.domain.deliveries import goes_up, id_of, state_of
from enabler.domain.vocabulary import OutboxState
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services._reaching import number_failed, text_arrived
from enabler.services._stopping import OPTED_OUT, remember_stop


def report(
    *, status: str, now: datetime, reference: str | None = None, provider_ref: str | None = None,
    error: str | None = None,
) -> bool:  # fmt: skip
    """A report of one text, by our ``reference`` or by the provider's name for it; whether it
    moved the text. Only upward: the same report again, an older one, one of another try of the
    same text and one of no text of ours change nothing.

    A report proves that the text was taken, also where nobody knew. One that failed goes to the
    desk's list; the second one after the other for a reason of the number marks the number, and
    one that arrived ends that. ``error`` is our code for why; ``opted_out``: the receiver wants
    no texts.
    """
    state, identity = state_of(status), id_of(reference)
    if state is None or (identity is None and not provider_ref):
        return False
    with reading() as uow:  # most reports say nothing new, and need no turn to write
        row = uow.outbox.reported(identity, provider_ref)
    if row is None or not goes_up(row.state, state, named=row.provider_ref is not None):
        return False
    with unit_of_work() as uow:
        row = uow.outbox.reported(identity, provider_ref, lock=True)
        if row is None or not goes_up(row.state, state, named=row.provider_ref is not None):
            return False
        failure = (error or "undelivered") if state is OutboxState.FAILED else None
        uow.outbox.report(row.id, state, provider_ref=provider_ref, failure=failure)
        if failure == OPTED_OUT:
            remember_stop(uow, row, now)
        elif failure is not None:
            number_failed(uow, row, failure, now)
        elif state is OutboxState.DELIVERED:
            text_arrived(uow, row, now)
        uow.commit()
    return True
