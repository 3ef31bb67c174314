"""What else can lie in a place that no page of the world makes, and what is asked about such."""

import inspect
from collections import OrderedDict
from datetime import timedelta
from typing import Any

from shapely import box
from sqlalchemy import insert, select

from enabler.domain.complaints import clock_of
from enabler.domain.vocabulary import Channel, CredentialKind, MemberState, OutboxState, Priority
from enabler.persistence.complaints import Complaints
from enabler.persistence.decisions import Decisions
from enabler.persistence.denials import Denials
from enabler.persistence.looks import Looks
from enabler.persistence.members import Members
from enabler.persistence.place_imports import PlaceImports
from enabler.persistence.proofs import Proofs
from enabler.persistence.reports import Reports
from enabler.persistence.rule_trials import RuleTrials
from enabler.persistence.tables.audit import AuditRow
from enabler.persistence.tables.credentials import CredentialGapRow
from enabler.persistence.tables.erasure import ErasureRow
from enabler.persistence.tables.looks import LookQuestionRow, OddLookRow
from enabler.persistence.tables.mandates import MandateLookRow
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.safeguarding import HiddenMemberRow
from enabler.persistence.unit_of_work import UnitOfWork, unit_of_work
from tests.authorisation.asked_of_a_place import Asked, Repository
from tests.authorisation.people import full_name
from tests.authorisation.whose import Refs
from tests.authorisation.worlds import World
from tests.builders import LONG_AGO, NOW, an_organisation

PROOF_LISTS = 2
"""In so many lists the entries of the world's proofs lie at the most."""
DAY = timedelta(days=1)


def the_rest(world: World) -> list[Asked]:
    """Makes it; what nobody asks by a page or by the clock is told back as questions. Needs the
    app's context."""
    place_id, refs = world.here.id, world.refs
    shown, alone = (an_organisation(world.here, name, at=(900, 900)) for name in ("Show", "Alone"))
    with unit_of_work() as uow:
        asker, helper = (
            _member(uow, place_id, refs["member", name]) for name in ("ward", "beyond")
        )
        uow.organisations.change(shown.id, about_waiting="We sing.", can_show=["insurance"])
        uow.members.change(alone.owner.id, state=MemberState.SUSPENDED)
        _of_members(uow, place_id, asker, helper)
        _of_visits(uow, place_id, refs)
        _of_letters(uow, place_id, asker)
        asked = _of_looks(uow, place_id, asker, helper)
        asked += _of_proofs(uow, place_id, asker)
        told = uow.session.scalars(select(ReportRow.about_ref).filter_by(place_id=place_id))
        asked += [
            question(Reports, method, place_id=place_id, about_ref=ref)
            for ref in set(told) - {None} for method in ("about", "open_about")
        ]  # fmt: skip
        uow.commit()
    return asked + _more(world)


def _member(uow: UnitOfWork, place_id: int, ref: str) -> int:
    found = uow.members.by_ref(place_id, ref)
    assert found is not None
    return found.id


def _of_members(uow: UnitOfWork, place_id: int, asker: int, helper: int) -> None:
    """Somebody is hidden, somebody is half erased, a stranger complained."""
    add = uow.session.execute
    add(insert(HiddenMemberRow).values(
        member_id=helper, place_id=place_id, words="Nobody may know.", by_member_id=asker,
        since=NOW, readers=[],
    ))  # fmt: skip
    add(insert(ErasureRow).values(
        place_id=place_id, member_id=asker, by_kind="self", asked_at=NOW, kept={"name": "Ask"},
    ))  # fmt: skip
    clock = clock_of(NOW, "Europe/London")
    uow.complaints.add(
        place_id=place_id, ref=uow.refs.new(place_id, "complaint"), how="page", kept_from=[],
        words="It was late.", made_at=NOW, answer_by=clock.answer_by, due_at=clock.due_at,
        tell_next_at=clock.alarm_at, state="open",
    )  # fmt: skip


def _of_visits(uow: UnitOfWork, place_id: int, refs: Refs) -> None:
    """A mandate that a lead has to look at, a yes without its check."""
    add = uow.session.execute
    mandate = uow.mandates.by_ref(place_id, refs["mandate", "ward"])
    add(insert(MandateLookRow).values(
        place_id=place_id, mandate_id=mandate.id, code="same_number", at=NOW
    ))  # fmt: skip
    match = uow.matches.by_ref(None, refs["agreed match", "ward"])
    add(insert(CredentialGapRow).values(
        match_id=match.id, place_id=place_id, kinds=["training"], since=NOW,
        release_at=NOW + 90 * DAY,
    ))  # fmt: skip


def _of_letters(uow: UnitOfWork, place_id: int, member: int) -> None:
    """A letter that could not be sent; a thing that opened because nobody looked at it in time."""
    uow.session.add_all([
        OutboxRow(
            place_id=place_id, member_id=member, channel=Channel.TEXT, template="match.asked",
            parameters={}, language="en", priority=Priority.MATCH, dedupe_key="the rest",
            state=OutboxState.FAILED, queued_at=NOW, due_at=NOW, expires_at=NOW + DAY,
        ),
        AuditRow(
            at=NOW, place_id=place_id, actor_kind="system", actor_name="clock", what="offer.opened",
            subject_kind="offer", subject_id=-1, subject_ref="WXYZ", state_before="held",
            state_after="open", columns=[], why="neglected",
        ),
    ])  # fmt: skip


def _of_looks(uow: UnitOfWork, place_id: int, member: int, viewer: int) -> list[Asked]:
    """A look that was odd, and one that was asked about."""
    ref, day = uow.refs.new(place_id, "look"), NOW.date()
    uow.session.add_all([
        OddLookRow(
            place_id=place_id, ref=ref, viewer_id=viewer, member_id=member, day=day,
            reasons=["same-street"], noted_at=NOW, report_ref="WXYZ",
        ),
        LookQuestionRow(
            place_id=place_id, ref=ref, member_id=member, viewer="desk", day=day,
            report_ref="WXYZ", asked_at=NOW,
        ),
    ])  # fmt: skip
    about = {"place_id": place_id, "ref": ref}
    return [question(Looks, "odd", **about), question(Looks, "question", **about)]


def _of_proofs(uow: UnitOfWork, place_id: int, member: int) -> list[Asked]:
    """A check that ends soon; it was taken over by a proof."""
    check = uow.credentials.add(
        place_id=place_id, holder=(member, None), kind=CredentialKind.FOOD_HYGIENE,
        seen_on=LONG_AGO, valid_until=NOW + 12 * DAY, checked_by="somebody", note="",
    )  # fmt: skip
    signed = {"place_id": place_id, "issuer": "did:web:far.example.org", "number": "7"}
    uow.proofs.take(credential_id=check.id, issuer_name="Far", **signed)
    later = NOW + 400 * DAY
    lists = [
        question(Proofs, "void", place_id=place_id, number=number, now=later)
        for number in range(PROOF_LISTS)
    ]
    return [question(Proofs, "is_taken", **signed), *lists]


def _more(world: World) -> list[Asked]:
    """What is asked about what lies there anyhow."""
    here, refs = {"place_id": world.here.id}, world.refs
    marks = [f"digest-{ref}" for (kind, _), ref in refs.items() if kind == "denial"]
    place = world.here
    around = box(place.west - 9000, place.south - 9000, place.west + 9000, place.south + 9000)
    return [
        question(Denials, "meeting", digests=marks, now=NOW, **here),
        question(Decisions, "counts", since=LONG_AGO, until=NOW + DAY, **here),
        question(Complaints, "nth_newest_of_strangers", nth=1, **here),
        question(Members, "living_at", postcode=place.postcode_at(1600, 600), **here),
        question(Looks, "namesakes", surname=full_name("ask-ward").split()[-1].lower(), **here),
        question(Proofs, "owners_before", before=NOW + DAY, now=NOW + DAY, **here),
        question(RuleTrials, "cells_in", area=around, **here),
        question(PlaceImports, "_latest_of_files", **here),
    ]  # fmt: skip


def question(of: Repository, method: str, **given: Any) -> Asked:
    """One question; the values are the method's by their names."""
    signature = inspect.signature(getattr(of, method))
    return Asked(of, method, inspect.BoundArguments(signature, OrderedDict(given)))
