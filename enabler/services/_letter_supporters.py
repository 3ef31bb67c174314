"""By whom something was done in the asker's name, as a message to the other side says it: what the
pages of the need, the match and the conversation say, by the same checks, read when it is sent.

Whether the mandate still holds is not looked at: that it ended shows in no message.
"""

from dataclasses import replace

from enabler.domain.conversation import Line, last_agreed, standing_proposal
from enabler.domain.letters import TEMPLATES, About
from enabler.domain.matches import Match
from enabler.domain.messages import Outgoing, Receiver
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services._by_whom import known_party, lines_by_another

_ASKER = "asker"


def with_supporter(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About | None
) -> About | None:
    """With the supporter who wrote, agreed or asked, for a message that says the asker's name to
    the other side."""
    sees_asker = about is not None and row.member_id not in about.askers
    if about is None or not sees_asker or "name" not in TEMPLATES[row.template].sees:
        return about
    if receiver.ref is None or row.member_id is None:
        return about
    match = uow.matches.by_ref(None, about.ref)
    reader = Actor("member", receiver.ref, member_id=row.member_id, place_id=row.place_id)
    return replace(about, through=known_party(uow, reader, _by_whom(uow, row.template, match)))


def _by_whom(uow: UnitOfWork, template: str, match: Match) -> int | None:
    """The id of the supporter: of the line that is told of, else of whoever wrote the need."""
    line = _line(uow, template, match)
    if line is None and template == "wrote":
        return None
    if line is None:
        return uow.mandates.writer_of(match.need_id)
    ref = lines_by_another(uow, match.id).get(line.at)
    supporter = None if ref is None else uow.members.by_ref(match.place_id, ref)
    return None if supporter is None else supporter.id


def _line(uow: UnitOfWork, template: str, match: Match) -> Line | None:
    """The asker's line that the message is about, where it is about one."""
    if template not in ("wrote", "proposed", "arranged"):
        return None
    lines = uow.conversations.of_match(match.id)
    if template == "wrote":
        return next((line for line in reversed(lines) if line.side == _ASKER), None)
    found = standing_proposal(match, lines) if template == "proposed" else last_agreed(lines)
    return found if found is not None and found.side == _ASKER else None
