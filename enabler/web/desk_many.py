"""Several things of the desk's list are decided about at once."""

from dataclasses import dataclass
from hashlib import sha256

from flask import request

from enabler.domain.errors import EnablerError
from enabler.doors.wiring import now
from enabler.doors.words import sentence
from enabler.services import moderation
from enabler.web.access import actor
from enabler.web.forms.deciding import Many

MOST = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one of many: its ref, its state now, or why it was not done."""

    ref: str
    state: str | None
    problem: str | None


def act_on(form: Many) -> list[Told]:
    """What came of each that was ticked."""
    moderation.begin_many(actor=actor())
    key = form.the_key()
    chosen = request.form.getlist("chosen")[:MOST]
    return [_decide_one(form, key, *one.partition(":")[::2]) for one in chosen]


def _key(key: str, name: str, ref: str) -> str:
    """A key of its own for each of them, the same when the same form comes twice."""
    return sha256(f"{key}:{name}:{ref}".encode()).hexdigest()


def _decide_one(form: Many, key: str, ref: str, seen: str) -> Told:
    approving = request.form.get("do") == "approve"
    try:
        decide = moderation.approve if approving else moderation.refuse
        done = decide(
            actor=actor(), ref=ref[:20], words=form.reason(), seen=seen[:60] or None, low_only=True,
            key=_key(key, "approve" if approving else "refuse", ref), now=now(),
        )  # fmt: skip
    except EnablerError as refused:  # of each it is said by itself; the others go on
        return Told(ref, None, sentence(refused))
    return Told(done.ref, done.state, None)
