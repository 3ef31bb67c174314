"""By telephone: a member's word ends who acts for them, and the supporter sees a lapse."""

import pytest

from enabler.domain.errors import Invalid, NotAllowed, WrongMoment
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import AuditRow, AuditValueRow, SightRow
from enabler.persistence.tables.mandates import MandateRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.services import acting, look_ups, looked, mandate_calls, mandates
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, an_organisation
from tests.services.contacting import contacts_of, secrets
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, rows

pytestmark = pytest.mark.prove("7.3")


@pytest.fixture
def cal(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Cal Desk", at=(2500, 2500), roles=(Role.CALL_HANDLER,))


def look_up(who: BuiltMember, whom: BuiltMember) -> str:
    typed = contacts_of(whom)["phone"]
    return mandate_calls.find(actor=who.actor, typed=typed, reason="asked", now=NOW)


def end(who: BuiltMember, whom: BuiltMember, *which: str) -> None:
    mandate_calls.end(
        actor=who.actor, ref=whom.ref, which=which, words="She rang from her number.", key=a_key(),
        now=NOW,
    )  # fmt: skip


def test_the_one_that_they_name_is_over_and_the_other_goes_on(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    his, other = a_mandate(rose, sam), a_mandate(rose, an_organisation(place, "Library"))
    look_up(cal, rose)
    shown = mandate_calls.show(actor=cal.actor, ref=rose.ref, now=NOW)
    assert {one.ref for one in shown.given} == {his.ref, other.ref}
    end(cal, rose, his.ref)
    ended = {one.ref: (one.ended_because, one.ended_by) for one in rows(MandateRow)}
    assert ended == {his.ref: ("word", cal.id), other.ref: (None, None)}
    (taken,) = rows(AuditRow, what="mandate.word-taken")
    (said,) = rows(AuditValueRow, audit_id=taken.id)
    assert (taken.actor_name, said.new) == (cal.ref, "She rang from her number.")


def test_the_member_is_told_and_the_supporter_hears_and_reads_nothing(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    told = len(rows(OutboxRow, member_id=sam.id))
    look_up(cal, rose)
    mandate_calls.show(actor=cal.actor, ref=rose.ref, now=NOW)
    # that staff looked would tell him
    assert looked.show(actor=sam.actor, secrets=secrets(), now=NOW).days == ()
    end(cal, rose, mandate.ref)
    assert [one.template for one in rows(OutboxRow, member_id=rose.id)][-1] == "mandate_word"
    assert len(rows(OutboxRow, member_id=sam.id)) == told
    assert acting.whom(actor=sam.actor, now=NOW) == ()
    (mine,) = mandates.mine(actor=rose.actor, now=NOW).before
    assert mine.ended_because == "word"


def test_first_they_say_why_they_look_and_the_member_reads_of_it(
    rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    with pytest.raises(WrongMoment, match="look_reason_missing"):
        mandate_calls.show(actor=cal.actor, ref=rose.ref, now=NOW)
    with pytest.raises(WrongMoment, match="look_reason_missing"):
        end(cal, rose, mandate.ref)
    assert rows(SightRow, member_id=rose.id) == []
    look_up(cal, rose)
    mandate_calls.show(actor=cal.actor, ref=rose.ref, now=NOW)
    assert [one.viewer for one in rows(SightRow, member_id=rose.id)] == [cal.ref]


def test_none_or_somebody_elses_is_none(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, cal: BuiltMember
) -> None:
    a_mandate(rose, sam)
    theirs = a_mandate(a_member(place, "Ann Else"), sam)
    look_up(cal, rose)
    for which in ((), (theirs.ref,)):
        with pytest.raises(Invalid, match="choose_one"):
            end(cal, rose, *which)
    assert {one.ended_at for one in rows(MandateRow)} == {None}


def test_never_for_oneself_nor_where_one_acts_or_is_acted_for(
    place: BuiltPlace, rose: BuiltMember, cal: BuiltMember
) -> None:
    for_rose = a_mandate(rose, cal)
    with pytest.raises(NotAllowed, match="own_case"):
        end(cal, rose, for_rose.ref)
    ben = a_member(place, "Ben Helps")
    a_mandate(cal, ben)
    of_ben = a_mandate(ben, a_member(place, "Ada Other"))
    for whom, which in ((cal, for_rose), (ben, of_ben)):
        with pytest.raises(NotAllowed, match="own_case"):
            end(cal, whom, which.ref)


def test_whoever_is_no_staff_of_the_council_may_not(rose: BuiltMember, sam: BuiltMember) -> None:
    mandate = a_mandate(rose, sam)
    with pytest.raises(NotAllowed):
        look_ups.begin(actor=sam.actor, typed=rose.ref, reason="asked", now=NOW)
    with pytest.raises(NotAllowed):
        end(sam, rose, mandate.ref)
