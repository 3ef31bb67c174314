"""Parts in an organisation: read, and written down in the audit."""

from datetime import datetime

from enabler.domain.errors import Invalid
from enabler.domain.members import Colleague, Organisation
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import ORGANISATION_ROLES, Role
from enabler.persistence.unit_of_work import UnitOfWork


def checked_role(typed: str) -> Role:
    """A part in an organisation. Raises Invalid("role", code)."""
    if typed not in ORGANISATION_ROLES:
        raise Invalid("role", "role_unknown")
    return Role(typed)


def record(
    uow: UnitOfWork, actor: Actor, organisation: Organisation, one: Colleague, what: str,
    role: Role, now: datetime,
) -> None:  # fmt: skip
    """The audit of a role in an organisation: whose, which, for which organisation."""
    uow.audit.record(
        actor, what, place_id=organisation.place_id, subject=("member", one.member_id, one.ref),
        now=now, columns=("role",), why=role.value, on_behalf_of=organisation.ref,
    )  # fmt: skip
