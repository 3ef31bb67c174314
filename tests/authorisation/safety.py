"""Reports at each stage, what was said of visits, what the council wrote: each owner has theirs."""

from datetime import timedelta

from enabler.domain.members import NewMember
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _links
from enabler.services.own_reports import OF_A_REPORT
from enabler.services.ports import Secrets
from tests.authorisation.whose import HOUR, NEIGHBOURS, NO_THING, Owner, Refs
from tests.builders import NOW

KINDS = (
    "report", "worry", "settled report", "told", "conduct", "conduct as sayer", "disputed conduct",
    "lead", "whom", "settled worry", "erasure", "duty",
)  # fmt: skip
_SAID = "Of {}, the stairs are afraid"


def safety(uow: UnitOfWork, owner: Owner, other: Owner, match_ref: str) -> Refs:
    """Of an owner, with somebody else on the other side of what was agreed."""
    place_id, them = owner.asker.place.id, other.helper
    due = {"due_at": NOW + HOUR, "tell_next_at": NOW + HOUR}
    done = {"settled_at": NOW, "settled_words": "Done.", "state": "settled"}
    seen = {"acknowledged_at": NOW, "acknowledged_by": them.id}
    found = {
        "report": _report(uow, owner, "unsafe", ("member", them.ref)),
        "worry": _report(uow, owner, "worried", **due),
        "settled report": _report(uow, owner, "unsafe", **done),
        "settled worry": _report(uow, owner, "worried", **done, **seen),
        "told": _told(uow, owner, other), "lead": "", "whom": them.ref,
        "erasure": _erasure(uow, owner, other), "duty": _duty(uow, owner, other),
    }  # fmt: skip
    match_id = uow.matches.by_ref(None, match_ref).id
    for kind, by, about, state in (
        ("conduct", them.id, owner.asker.id, "open"),
        ("conduct as sayer", owner.asker.id, them.id, "open"),
        ("disputed conduct", them.id, owner.asker.id, "disputed"),
    ):
        ref = uow.refs.new(place_id, "conduct")
        uow.conducts.add(
            place_id=place_id, ref=ref, match_id=match_id, by_member_id=by, about_member_id=about,
            kind="was-rude" if state == "open" else "left-early", said_at=NOW - HOUR,
            answer_by=NOW + timedelta(days=7),
        )  # fmt: skip
        if state == "disputed":
            one = uow.conducts.by_ref(place_id, ref)
            uow.conducts.change(one.id, state=state, answered_at=NOW, answer="Not so.")
        found[kind] = ref
    return {(kind, owner.name): ref for kind, ref in found.items()}


def _report(
    uow: UnitOfWork, owner: Owner, kind: str, about: tuple[str, str | None] = ("other", None),
    **values: object,
) -> str:  # fmt: skip
    place_id = owner.asker.place.id
    return uow.reports.add(
        place_id=place_id, ref=uow.refs.new(place_id, "report"), kind=kind,
        by_member_id=owner.asker.id, about_kind=about[0], about_ref=about[1],
        words=_SAID.format(owner.name), reported_at=NOW, **values,
    ).ref  # fmt: skip


def _told(uow: UnitOfWork, owner: Owner, other: Owner) -> str:
    place_id = owner.asker.place.id
    report = uow.reports.by_ref(None, _report(uow, other, "rude"))
    ref = uow.refs.new(place_id, "release")
    uow.cases.release(
        place_id=place_id, ref=ref, report_id=report.id, member_id=owner.asker.id,
        words="About Tuesday.", by_member_id=other.asker.id, at=NOW,
    )  # fmt: skip
    return ref


def _erasure(uow: UnitOfWork, owner: Owner, other: Owner) -> str:
    """They asked at the desk to be deleted; of neighbours, somebody of theirs for whom nothing has
    to come first."""
    place_id, whose = owner.asker.place.id, owner.asker.id
    if owner.name in NEIGHBOURS:
        ref = uow.refs.new(place_id, "member")
        leaver = NewMember(place_id, ref, "Lee Leaver", "Lee", "en", adult=True)
        whose = uow.members.add(leaver, now=NOW).id
    made = uow.refs.new(place_id, "erasure")
    writer = other.helper.id if other.helper.id != whose else other.asker.id
    uow.erasure_desk.propose(
        place_id=place_id, ref=made, member_id=whose, words="By letter.", asked_by=writer,
        asked_at=NOW,
    )  # fmt: skip
    return made


def _duty(uow: UnitOfWork, owner: Owner, other: Owner) -> str:
    """A court keeps something of theirs."""
    if uow.erasure_desk.hold(owner.helper.id) is None:
        uow.erasure_desk.put_hold(
            place_id=owner.helper.place.id, member_id=owner.helper.id, words="A court's order.",
            tells=False, by_member_id=other.asker.id, since=NOW,
        )  # fmt: skip
    return owner.helper.ref


def plan_that_waits(uow: UnitOfWork, owner: Owner, lead_id: int) -> None:
    """A neighbour was an administrator, and asked for an order of the leads."""
    uow.safeguarding.propose(
        place_id=owner.asker.place.id, hands=[lead_id], hours={"0": [540, 1020]}, duty_line=None,
        proposed_by=owner.asker.id, proposed_at=NOW,
    )  # fmt: skip


def link_to_report(refs: Refs, secrets: Secrets) -> Refs:
    """The link of a stranger's report."""
    token = _links.sign(secrets, OF_A_REPORT, refs["report", "ward"])
    return {("report link", NO_THING): token}
