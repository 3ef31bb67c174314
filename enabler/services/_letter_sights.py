"""What a message shows of another person, and the sight that it gives (law 7)."""

from collections.abc import Mapping
from datetime import datetime

from enabler.domain.letters import TEMPLATES, About, Party
from enabler.domain.messages import Outgoing, Receiver
from enabler.domain.permissions import Actor
from enabler.persistence.unit_of_work import UnitOfWork


def shown_of(uow: UnitOfWork, row: Outgoing, about: About) -> dict[str, tuple[Party, str]]:
    """What the message shows of another person: {what: (whose, value)}."""
    sees = TEMPLATES[row.template].sees
    if not sees or about.asker is None:
        return {}
    if row.member_id in about.askers:
        other = about.helper if about.organisation is None else None
    else:
        other = about.asker
    if other is None or (
        uow.hidden.of(other.member_id) and other.member_id not in about.introduced
    ):
        return {}
    address, postcode = about.spot
    known = {"name": other.shown_name, "address": address, "postcode": postcode}
    shown = {what: (other, known[what]) for what in sees}
    if other is about.asker and about.through is not None and about.through.shown_name:
        shown["through"] = (about.through, about.through.shown_name)
    return shown


def log_sight(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, about: About,
    shown: Mapping[str, tuple[Party, str]], now: datetime,
) -> None:  # fmt: skip
    """The receiver reads of others by it: a sight of each."""
    if not shown or receiver.member_id is None or receiver.ref is None:
        return
    viewer = Actor(
        "member", receiver.ref, member_id=receiver.member_id, place_id=row.place_id
    )  # fmt: skip
    seen: dict[int, list[str]] = {}
    for what, (whose, _) in shown.items():
        seen.setdefault(whose.member_id, []).append("name" if what == "through" else what)
    for member_id, facts in seen.items():
        uow.sights.log(
            viewer, member_id, tuple(facts), place_id=row.place_id, why="message", now=now,
            subject_ref=about.ref,
        )  # fmt: skip
