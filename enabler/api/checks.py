"""Your own checks: what was seen, what you ask for, whom you let see it."""

from datetime import date

from enabler.api.calls import actor
from enabler.api.resource import Resource
from enabler.api.schemas.checks import ChecksSchema, ShareSent, WantSent
from enabler.domain.consents import Shown
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import CredentialKind
from enabler.doors.wiring import now
from enabler.services import carrying, my_checks
from enabler.services.views.credentials import MyChecksView

resource = Resource("checks", "What the council has seen of you.")


def _mine() -> MyChecksView:
    return my_checks.mine(actor=actor(), now=now())


@resource.read("/me/credentials", action=Action.SEE_OWN, gives=ChecksSchema)
def mine() -> MyChecksView:
    """Your checks, those you ask for, and who may see them."""
    return my_checks.mine(actor=actor(), now=now())


@resource.write("/me/credentials/ask", action=Action.CHANGE_OWN, takes=WantSent, gives=ChecksSchema)
def ask(kind: CredentialKind, words: str | None, key: str) -> MyChecksView:
    """Ask that somebody looks at a paper of yours."""
    my_checks.want(actor=actor(), kind=kind, words=words, key=key, now=now())
    return _mine()


@resource.write(
    "/me/credentials/asked/<ref:ref>/withdraw", action=Action.CHANGE_OWN, gives=ChecksSchema
)
def withdraw(ref: str, key: str) -> MyChecksView:
    """You do not ask for it any more."""
    my_checks.no_longer_want(actor=actor(), ref=ref, key=key, now=now())
    return _mine()


@resource.write(
    "/me/credentials/<ref:ref>/share", action=Action.CHANGE_OWN, takes=ShareSent,
    gives=ChecksSchema,
)  # fmt: skip
def share(ref: str, to: str, until: date, key: str) -> MyChecksView:
    """Let an organisation, or another place, see one until a day."""
    carrying.let_see(
        actor=actor(), ref=ref, to=to, until=until, shown=Shown(page="api"), key=key, now=now()
    )
    return _mine()


@resource.write(
    "/me/credentials/shares/<ref:ref>/end", action=Action.CHANGE_OWN, gives=ChecksSchema
)
def unshare(ref: str, key: str) -> MyChecksView:
    """They see it no more, and what another place took over counts no more."""
    carrying.end_leave(actor=actor(), ref=ref, key=key, now=now())
    return _mine()
