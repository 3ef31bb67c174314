"""People who act for an organisation, and what they do, in short words."""

from enabler.domain.vocabulary import MatchState, Role
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading
from enabler.services import board
from tests.builders import NOW, BuiltMember, BuiltOrganisation, BuiltPlace, a_member
from tests.services.deeds import a_key, accept, post, the_ask
from tests.web.organisation_scene import acting, refreshed

__all__ = ["acting", "assign", "goes_to", "refreshed", "said_yes", "staffed", "state_of", "told"]


def staffed(place: BuiltPlace, pantry: BuiltOrganisation) -> dict[str, BuiltMember]:
    """One of each part in the organisation, a stranger, and the owner of another's."""
    return {
        "owner": pantry.owner,
        "coordinator": acting(a_member(place, "Cora Lead"), pantry, Role.ORGANISATION_COORDINATOR),
        "helper": acting(a_member(place, "Hetty Hands"), pantry, Role.ORGANISATION_HELPER),
        "stranger": a_member(place, "Stan Strange"),
    }


def said_yes(asker: BuiltMember, pantry: BuiltOrganisation, **draft: object) -> str:
    """The pantry was asked for shopping and its owner said yes; the match."""
    post(asker, **draft)  # type: ignore[arg-type]
    return accept(pantry.owner, the_ask(pantry.owner)).ref


def assign(lead: BuiltMember, match: str, who: BuiltMember) -> None:
    """Say who goes."""
    board.assign(actor=lead.actor, match_ref=match, who=who.ref, key=a_key(), now=NOW)


def goes_to(match_ref: str) -> int | None:
    """The id of who goes."""
    with reading() as uow:
        return uow.matches.by_ref(None, match_ref).helper_id


def state_of(match_ref: str) -> MatchState:
    """Where a match stands."""
    with reading() as uow:
        return uow.matches.by_ref(None, match_ref).state


def told(member: BuiltMember) -> list[str]:
    """What was queued for a member, by template, oldest first."""
    with reading() as uow:
        rows = uow.session.query(OutboxRow).filter_by(member_id=member.id).order_by(OutboxRow.id)
        return [row.template for row in rows]
