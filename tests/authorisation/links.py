"""Links that open without signing in, a neighbour's; and the browsers of whoever is signed in."""

from enabler.persistence.calendars import Feed
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _digests, _links
from enabler.services._sessions import begin
from enabler.services.ports import Secrets
from tests.authorisation.checks import nonce_of
from tests.authorisation.desk import a_decision
from tests.authorisation.whose import NO_THING, Owner, Refs
from tests.builders import NOW


def links(uow: UnitOfWork, owner: Owner, secrets: Secrets) -> Refs:
    """Tokens of a calendar and a proof, links in a mail and in what is told of a new contact."""
    member = owner.asker
    token = secrets.token_of("a calendar")
    feed = Feed(member.id, member.place.id, "a calendar")
    uow.calendars.keep(feed, secrets.digest(token), NOW)
    change = uow.contacts.keep_change(
        place_id=member.place.id, ref=uow.refs.new(member.place.id, "contact-change"),
        member_id=member.id, kind="mail", old_value="before@example.org",
        new_value=f"{member.ref.lower()}@example.org", now=NOW,
    )  # fmt: skip
    found = {
        "proof link": secrets.token_of(nonce_of(owner)),
        "calendar": token, "stop link": _links.sign(secrets, _links.STOP, member.ref),
        "decision link": _links.sign(secrets, _links.DECISION, a_decision(uow, owner)),
        "refuse link": _links.sign(secrets, _links.REFUSE, change.ref),
    }  # fmt: skip
    return {(kind, NO_THING): value for kind, value in found.items()}


def browsers(uow: UnitOfWork, owner: Owner, secrets: Secrets) -> Refs:
    """The mark by which a member names a browser in which they are signed in."""
    member = owner.asker
    if not uow.sessions.of(member.id):
        begin(
            uow, secrets=secrets, place_id=member.place.id, member=uow.members.by_id(member.id),
            replacing=None, now=NOW,
        )  # fmt: skip
    session = uow.sessions.of(member.id)[0]
    return {("browser", owner.name): _digests.of_session_row(secrets, session.id)}
