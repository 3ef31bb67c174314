"""Somebody without phone and mail is told by people what could not be sent to them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.members import ContactRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.untold import UntoldLetterRow, UntoldRow
from enabler.persistence.tables.wishes import MemberWishRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import (
    hidden,
    mandates,
    messages,
    moderation,
    needs,
    pausing,
    untold,
    untold_clock,
)
from enabler.services.views.untold import UntoldView
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post
from tests.services.mandating import DAY, a_mandate, as_for, rows

SOON = timedelta(minutes=1)
CLOCK = Actor.system(untold_clock.JOB)


@pytest.fixture
def rose(place: BuiltPlace) -> BuiltMember:
    """She has neither phone nor mail."""
    return a_member(place, "Rose Long", phone=False)


@pytest.fixture
def cal(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Cal Desk", at=(2500, 2500), roles=(Role.CALL_HANDLER,))


@pytest.fixture
def kit(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Kit Keeper", at=(3500, 2500), roles=(Role.CUSTODIAN,))


def the_one(who: BuiltMember, now: datetime = NOW) -> str:
    """The ref of the only one who waits."""
    (found,) = untold.listed(actor=who.actor, now=now)
    return found.ref


def show(who: BuiltMember, ref: str, now: datetime = NOW) -> UntoldView:
    return untold.show(actor=who.actor, ref=ref, secrets=secrets(), now=now)


def note(
    who: BuiltMember, ref: str, came_of: str, *, seen: int | None = None, key: str | None = None,
    now: datetime = NOW,
) -> None:  # fmt: skip
    mark = show(who, ref, now).seen if seen is None else seen
    untold.note(
        actor=who.actor, ref=ref, came_of=came_of, seen=mark, secrets=secrets(),
        key=key or a_key(), now=now,
    )  # fmt: skip


def said(view: UntoldView) -> list[str]:
    return [each.template for each in view.letters]


def test_what_cannot_be_sent_is_one_thing_to_do_at_the_desk(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember, kit: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    post(rose)
    needs.post(
        actor=as_for(sam, mandate), key=a_key(), now=NOW,
        draft=needs.NeedDraft(category="phone-chat", words="A talk, please."),
    )  # fmt: skip
    assert [row.member_id for row in rows(OutboxRow) if row.member_id == rose.id] == []
    (kept,) = rows(UntoldRow)
    view = show(cal, the_one(cal))
    assert (view.ref, view.member_ref, view.name) == (kept.ref, rose.ref, "Rose Long")
    assert {"mandate_begun", "acted"} <= set(said(view))
    # who acts for her is named in it, as in a letter, and may know that it was read
    seen = {(row.viewer, row.what, row.why) for row in rows(SightRow, member_id=sam.id)}
    assert (cal.ref, "name", "untold") in seen
    desk = moderation.desk(actor=kit.actor, now=NOW)
    (entry,) = [one for one in desk.entries if one.kind == "untold"]
    assert (entry.risk, entry.because, entry.words) == ("high", ("untold_urgent",), "")


def test_once_told_it_is_over_and_a_second_press_does_nothing(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    a_mandate(rose, sam)
    ref, key = the_one(cal), a_key()
    seen = show(cal, ref).seen
    for _ in range(2):
        note(cal, ref, "call", seen=seen, key=key)
    assert untold.listed(actor=cal.actor, now=NOW) == ()
    (kept,) = rows(UntoldRow)
    assert (kept.came_of, kept.ended_by) == ("call", cal.id)
    assert len(rows(AuditRow, what="untold.call")) == 1
    with pytest.raises(WrongMoment, match="untold_over"):
        show(cal, ref)


def test_what_came_while_somebody_rang_waits_on(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    ref = the_one(cal)
    seen = show(cal, ref).seen
    needs.post(
        actor=as_for(sam, mandate), key=a_key(), now=NOW,
        draft=needs.NeedDraft(category="phone-chat", words="A talk, please."),
    )  # fmt: skip
    note(cal, ref, "call", seen=seen)
    assert "mandate_begun" not in said(show(cal, ref))
    assert "acted" in said(show(cal, ref))


def test_nobody_reached_comes_back_later_and_after_three_times_is_a_custodians(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember, kit: BuiltMember
) -> None:
    a_mandate(rose, sam)
    ref, moment = the_one(cal), NOW
    for tries in (1, 2, 3):
        note(cal, ref, "not-reached", now=moment)
        assert untold.listed(actor=cal.actor, now=moment) == ()
        moment += tries * DAY
        if tries < 3:
            assert the_one(cal, moment) == ref
    assert untold.listed(actor=cal.actor, now=moment) == ()
    with pytest.raises(NotAllowed, match="untold_for_custodians"):
        show(cal, ref, moment)
    assert the_one(kit, moment) == ref
    note(kit, ref, "not-reached", now=moment)
    (kept,) = rows(UntoldRow)
    assert (kept.came_of, kept.tries) == ("not-reached", 3)


def test_never_by_the_member_nor_by_who_acts_for_them(
    place: BuiltPlace, sam: BuiltMember, cal: BuiltMember
) -> None:
    rose = a_member(place, "Rose Long", phone=False, roles=(Role.CUSTODIAN,))
    a_mandate(rose, sam)
    a_mandate(rose, cal)
    for who in (rose, cal):
        assert untold.listed(actor=who.actor, now=NOW) == ()
    assert [
        e for e in moderation.desk(actor=rose.actor, now=NOW).entries if e.kind == "untold"
    ] == []
    (kept,) = rows(UntoldRow)
    for who in (rose, cal):
        with pytest.raises(NotAllowed, match="own_case"):
            show(who, kept.ref)
        with pytest.raises(NotAllowed, match="own_case"):
            note(who, kept.ref, "call", seen=9)
    with pytest.raises(NotAllowed):
        untold.listed(actor=sam.actor, now=NOW)


def test_where_they_live_is_told_for_a_reason_and_is_a_sight(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    a_mandate(rose, sam)
    ref = the_one(cal)
    assert show(cal, ref).address is None
    with pytest.raises(Invalid, match="look_reason_missing"):
        untold.look(actor=cal.actor, ref=ref, reason="", now=NOW)
    untold.look(actor=cal.actor, ref=ref, reason="delivery", now=NOW)
    address = show(cal, ref).address
    assert address is not None
    assert address.endswith("Mill Lane")
    told = {(row.what, row.why, row.reason) for row in rows(SightRow, member_id=rose.id)}
    assert ("address,postcode", "untold-where", "delivery") in told
    assert show(cal, ref, NOW + timedelta(hours=1)).address is None


def test_a_way_that_is_not_safe_is_not_offered_and_not_taken(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    a_mandate(rose, sam)
    ref = the_one(cal)
    untold.never(
        actor=cal.actor, ref=ref, calls=False, letters=True, words="He opens my post.",
        key=a_key(), now=NOW,
    )  # fmt: skip
    view = show(cal, ref)
    assert (view.no_calls, view.no_letters, view.not_by) == (False, True, "He opens my post.")
    assert "letter" not in view.offered
    assert "call" in view.offered
    with pytest.raises(Invalid, match="way_barred"):
        note(cal, ref, "letter")
    with pytest.raises(WrongMoment, match="way_barred"):
        untold.look(actor=cal.actor, ref=ref, reason="delivery", now=NOW)
    untold.never(actor=cal.actor, ref=ref, calls=True, letters=True, key=a_key(), now=NOW)
    with pytest.raises(Invalid, match="way_barred"):
        note(cal, ref, "call")
    note(cal, ref, "here")


def test_what_is_past_leaves_by_itself(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    assert untold_clock.look(actor=CLOCK, now=NOW) == 0
    assert said(show(cal, the_one(cal))) == ["mandate_begun"]
    mandates.end(actor=rose.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert said(show(cal, the_one(cal))) == []
    assert untold_clock.look(actor=CLOCK, now=NOW) == 1
    assert untold_clock.look(actor=CLOCK, now=NOW) == 0
    (kept,) = rows(UntoldRow)
    assert (kept.came_of, kept.ended_by) == ("past", None)


def test_whoever_gets_a_phone_gets_what_waits_there_once(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    a_mandate(rose, sam)
    with unit_of_work() as uow:
        uow.session.add(ContactRow(
            place_id=place.id, member_id=rose.id, kind="phone", value="+447700900999",
            verified_at=NOW,
        ))  # fmt: skip
        uow.commit()
    assert [untold_clock.look(actor=CLOCK, now=NOW) for _ in range(2)] == [1, 0]
    assert [one.template for one in rows(OutboxRow, member_id=rose.id)] == ["mandate_begun"]
    assert untold.listed(actor=cal.actor, now=NOW) == ()


def test_both_sides_of_a_match_are_told_without_an_address(
    place: BuiltPlace, rose: BuiltMember, cal: BuiltMember
) -> None:
    helper = a_helper(place, "Hal Helper")
    post(rose)
    accept(helper)
    view = show(cal, the_one(cal))
    assert "accepted_asker" in said(view)
    kept = rows(UntoldLetterRow)
    assert all("Mill Lane" not in str(one.parameters) for one in kept)


def test_somebody_hidden_is_nobody_to_who_may_not_know(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    lead = a_member(place, "Lena Lead", at=(3500, 3500), roles=(Role.SAFEGUARDING_LEAD,))
    a_mandate(rose, sam)
    ref = the_one(cal)
    hidden.mark(actor=lead.actor, ref=rose.ref, words="She is looked for.", key=a_key(), now=NOW)
    assert untold.listed(actor=cal.actor, now=NOW) == ()
    with pytest.raises(NotFound):
        show(cal, ref)
    assert the_one(lead) == ref


def test_what_waited_to_be_sent_when_the_last_number_went_is_told(
    place: BuiltPlace, sam: BuiltMember, cal: BuiltMember
) -> None:
    anna = a_member(place, "Anna Gone")
    a_mandate(anna, sam)
    with unit_of_work() as uow:
        uow.session.execute(delete(ContactRow).where(ContactRow.member_id == anna.id))
        uow.commit()
    for _ in range(2):
        messages.deliver_outbox(gateway=wiring().gateway, secrets=secrets(), now=NOW + SOON)
    assert said(show(cal, the_one(cal, NOW + SOON), NOW + SOON)) == ["mandate_begun"]
    assert len(rows(UntoldLetterRow)) == 1


def test_who_wants_it_on_their_page_alone_and_who_said_stop_are_not_rung(
    place: BuiltPlace, sam: BuiltMember, cal: BuiltMember
) -> None:
    paul, stan = a_member(place, "Paul Page", phone=False), a_member(place, "Stan Stop")
    with unit_of_work() as uow:
        uow.session.add(MemberWishRow(
            member_id=paul.id, place_id=place.id, asks_by="text", news_by="page",
            reminders_by="page", bulletins_by="page",
        ))  # fmt: skip
        uow.telling.stop(stan.id, NOW)
        uow.commit()
    a_mandate(stan, sam)
    helper = a_helper(place)
    post(paul)
    accept(helper)
    assert untold.listed(actor=cal.actor, now=NOW) == ()
    a_mandate(paul, sam)  # whatever they chose, they hear who may act for them
    assert said(show(cal, the_one(cal))) == ["mandate_begun"]


def test_whoever_rests_is_rung_for_what_they_kept_and_for_what_cannot_wait(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    helper = a_helper(place)
    need = post(rose).ref
    accept(helper)
    a_mandate(rose, sam)
    ref = the_one(cal)
    pausing.pause(actor=rose.actor, until=None, kept=(need,), key=a_key(), now=NOW)
    assert said(show(cal, ref)) == ["accepted_asker", "mandate_begun"]
    pausing.come_back(actor=rose.actor, key=a_key(), now=NOW)
    pausing.pause(actor=rose.actor, until=None, kept=(), key=a_key(), now=NOW)
    assert said(show(cal, ref)) == ["mandate_begun"]
    assert untold_clock.look(actor=CLOCK, now=NOW) == 0
