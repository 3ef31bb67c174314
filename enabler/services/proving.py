"""A member who is signed in proves once more who they are: before what shows or ends everything."""

from datetime import datetime

from enabler.domain.contact_changes import Contact
from enabler.domain.errors import WrongMoment
from enabler.domain.members import Member
from enabler.domain.permissions import Action, Actor
from enabler.domain.sign_in import read_code
from enabler.domain.vocabulary import CodeFor
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services import _digests
from enabler.services._codes import CodeAsked, Proof, prove, send_code
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._proved import proved_until, session_of
from enabler.services._reached import reached_by
from enabler.services.ports import Secrets
from enabler.services.views.my_data import ProofView


def state(*, actor: Actor, token: str, secrets: Secrets, now: datetime) -> ProofView:
    """Whether they have proved it of late in this browser, and where a code would go to.

    Raises NotAllowed, WrongMoment (it is no session of theirs).
    """
    with reading() as uow:
        member = own(uow, actor, Action.SEE_OWN)
        session = session_of(uow, member, token=token, secrets=secrets, now=now)
        to = reached_by(uow, member)
        return ProofView(proved_until(session, now), None if to is None else to.kind)


def ask_code(
    *, actor: Actor, browser: str, from_address: str, secrets: Secrets, key: str, now: datetime
) -> None:  # fmt: skip
    """Send a code to the phone, or by mail where no text reaches them.

    Raises NotAllowed, WrongMoment("nothing_reaches_you"), LimitReached, KeyReused.
    """
    browser_hash = _digests.of_browser(secrets, browser)
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        to = _require_reached(uow, member)
        uow.sessions.take_turns(member.place_id)
        asked = CodeAsked(member.place_id, to.kind, to.value, browser_hash, from_address)
        once(
            uow, "proving.ask_code", actor=actor, key=key, now=now,
            arguments={"browser": browser_hash},
            act=lambda: {"code": send_code(uow, secrets, asked, CodeFor.PROOF, now)},
        )  # fmt: skip
        uow.commit()


def prove_it(
    *, actor: Actor, code: str, token: str, browser: str, secrets: Secrets, now: datetime
) -> None:
    """The code that came: for five minutes this browser may do what asks for a fresh proof.

    The same form again changes nothing more. Raises Invalid("code", code_…), NotAllowed,
    WrongMoment.
    """
    with unit_of_work() as uow:
        member = own(uow, actor, Action.CHANGE_OWN)
        uow.sessions.take_turns(member.place_id)
        session = session_of(uow, member, token=token, secrets=secrets, now=now)
        read_code(code)
        if proved_until(session, now) is not None:
            return
        proof = Proof("code", _require_reached(uow, member).value, CodeFor.PROOF, code)
        prove(uow, member.place_id, [proof], _digests.of_browser(secrets, browser), secrets, now)
        uow.sessions.prove(session.id, now)
        uow.audit.record(
            actor, "session.proved", place_id=member.place_id, now=now,
            subject=("session", session.id, None),
        )  # fmt: skip
        uow.commit()


def _require_reached(uow: UnitOfWork, member: Member) -> Contact:
    to = reached_by(uow, member)
    if to is None:
        raise WrongMoment("nothing_reaches_you")
    return to
