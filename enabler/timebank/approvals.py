"""Where one person of the staff is not enough: whoever asks and whoever agrees are two."""

from dataclasses import dataclass

from enabler.domain.errors import NotAllowed
from enabler.timebank.limits import HoursPolicy
from enabler.timebank.transfers import Reason


@dataclass(frozen=True, slots=True)
class Approval:
    """Who asked for a movement and who agreed, by their members' keys; None: not a person.

    The system and the command line's operator are no persons here: neither is ever the second.
    """

    asked_by: int | None
    agreed_by: int | None = None


def needs_two(reason: Reason, policy: HoursPolicy) -> bool:
    """Whether a place wants a second person for it when staff do it."""
    return reason in policy.two_people


def require_two(
    reason: Reason, policy: HoursPolicy, approval: Approval, parties: frozenset[int]
) -> None:
    """Let a movement by staff pass. ``parties``: members who own, or act for, its accounts.

    Raises NotAllowed: party_to_it (nobody decides of their own hours, second person or not),
    second_person_needed, second_person_same.
    """
    if {approval.asked_by, approval.agreed_by} & parties:
        raise NotAllowed("party_to_it")
    if not needs_two(reason, policy):
        return
    if approval.agreed_by is None:
        raise NotAllowed("second_person_needed")
    if approval.agreed_by == approval.asked_by:
        raise NotAllowed("second_person_same")
