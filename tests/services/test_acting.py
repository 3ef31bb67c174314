"""A supporter acts for a member: on whose side, in what, who reads of it, and how it ends."""

from datetime import UTC, datetime, timedelta

import pytest

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.mandates import Hears, Scope
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.quiet import next_at
from enabler.domain.vocabulary import MemberState, Outcome
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.members import BlockRow, MemberRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.unit_of_work import unit_of_work
from enabler.services import (
    acting,
    conversations,
    details,
    looked,
    mandate_asks,
    mandates,
    matches,
    mine,
    needs,
)
from enabler.services.needs import NeedDraft
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, an_organisation
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, the_ask
from tests.services.mandating import DAY, a_mandate, as_for, rows

DRAFT = NeedDraft(category="shopping", words="Milk, please.", circumstances=NONE_SO)


def test_a_need_is_the_members_and_says_who_wrote_it(rose: BuiltMember, sam: BuiltMember) -> None:
    mandate = a_mandate(rose, sam)
    view = needs.post(actor=as_for(sam, mandate), draft=DRAFT, key=a_key(), now=NOW)
    (row,) = rows(NeedRow, ref=view.ref)
    assert (row.asker_id, row.posted_by) == (rose.id, sam.id)
    (posted,) = rows(AuditRow, what="need.posted", subject_ref=view.ref)
    assert (posted.actor_name, posted.on_behalf_of) == (sam.ref, rose.ref)
    assert {one.viewer for one in rows(SightRow, member_id=rose.id, why="need")} == {sam.ref}
    assert (view.mine, view.asker_name, view.address) == (True, "Rose", None)
    assert view.by_name == "Sam"
    assert needs.show(actor=rose.actor, ref=view.ref, now=NOW).by_name == "Sam"


def test_the_member_is_told_of_each_thing_as_they_chose(
    rose: BuiltMember, sam: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam)
    actor, ben = as_for(sam, mandate), a_helper(rose.place, "Ben Near", "shopping", at=(900, 900))
    ref = needs.post(actor=actor, draft=DRAFT, key=a_key(), now=NOW).ref
    accept(ben)
    (told,) = rows(OutboxRow, template="acted", member_id=rose.id)
    assert told.parameters == {"mandate": mandate.ref, "deed": "needs.post"}
    mandates.hear(actor=rose.actor, ref=mandate.ref, hears="daily", key=a_key(), now=NOW)
    needs.one_more(actor=actor, ref=ref, key=a_key(), now=NOW)
    assert len(rows(OutboxRow, template="acted")) == 1
    assert len(rows(OutboxRow, template="acted_today", member_id=rose.id)) == 1
    mandates.hear(actor=rose.actor, ref=mandate.ref, hears=Hears.BIG, key=a_key(), now=NOW)
    needs.enough(actor=actor, ref=ref, key=a_key(), now=NOW)
    assert len(rows(OutboxRow, template="acted")) == 1
    needs.withdraw(actor=actor, ref=ref, key=a_key(), now=NOW)
    assert len(rows(OutboxRow, template="acted")) == 2
    assert rows(OutboxRow, template="acted", member_id=sam.id) == []


def test_the_days_letter_goes_at_five_by_the_places_clocks_and_nothing_is_left_out(
    rose: BuiltMember, sam: BuiltMember
) -> None:
    """On the days on which the clocks change, and for what is done after the letter has gone."""
    spring = datetime(2027, 3, 28, 12, tzinfo=UTC)
    mandate = a_mandate(rose, sam, days=180, now=spring - 2 * DAY)
    mandates.hear(actor=rose.actor, ref=mandate.ref, hears="daily", key=a_key(), now=spring - DAY)
    for at in (spring - DAY, spring, spring + timedelta(hours=8)):
        needs.post(actor=as_for(sam, mandate, at), draft=DRAFT, key=a_key(), now=at)
    told = sorted(one.due_at for one in rows(OutboxRow, template="acted_today"))
    assert [one.strftime("%d %H:%M") for one in told] == ["27 17:00", "28 16:00", "29 16:00"]
    autumn = datetime(2026, 10, 24, 16, 30, tzinfo=UTC)  # half past five, summer time
    assert next_at(autumn, 17, "Europe/London") == datetime(2026, 10, 25, 17, tzinfo=UTC)


def test_nothing_is_done_beyond_the_scopes(rose: BuiltMember, sam: BuiltMember) -> None:
    helper = a_helper(rose.place, "Ben Near", "shopping", at=(900, 900))
    only = as_for(sam, a_mandate(rose, sam, Scope.POST_NEED))
    ref = needs.post(actor=only, draft=DRAFT, key=a_key(), now=NOW).ref
    match = accept(helper, the_ask(helper)).ref
    assert needs.show(actor=only, ref=ref, now=NOW).matches == ()
    for refused in (
        lambda: matches.show(actor=only, ref=match, now=NOW),
        lambda: conversations.say(actor=only, match_ref=match, words="Hello", key=a_key(), now=NOW),
        lambda: mine.everything(actor=only, now=NOW),
        lambda: details.show(actor=only, now=NOW),
        lambda: mandates.mine(actor=only, now=NOW),
        lambda: needs.close(
            actor=only, ref=ref, outcome=Outcome.HELPED, key=a_key(), now=NOW
        ),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="beyond_mandate"):
            refused()


def test_a_supporter_stands_on_no_side_but_the_askers(rose: BuiltMember, sam: BuiltMember) -> None:
    """What Rose does for others is hers alone."""
    asker = a_member(rose.place, "Ann Asks", at=(900, 900))
    helper = a_helper(rose.place, "Rita Gives", "shopping", at=(900, 900))
    needs.post(actor=asker.actor, draft=DRAFT, key=a_key(), now=NOW)
    match = accept(helper, the_ask(helper)).ref
    acts = as_for(sam, a_mandate(helper, sam))
    with pytest.raises(NotAllowed):
        matches.show(actor=acts, ref=match, now=NOW)


def test_whoever_helps_does_not_say_for_the_asker_that_it_was_given(
    rose: BuiltMember, place: BuiltPlace
) -> None:
    helper = a_helper(place, "Ben Near", "shopping", at=(900, 900))
    acts = as_for(helper, a_mandate(rose, helper))
    needs.post(actor=acts, draft=DRAFT, key=a_key(), now=NOW)
    match = accept(helper, the_ask(helper)).ref
    matches.done(actor=helper.actor, match_ref=match, minutes=60, key=a_key(), now=NOW)
    with pytest.raises(NotAllowed):
        matches.confirm(actor=acts, match_ref=match, key=a_key(), now=NOW)


def test_it_ends_to_the_second_and_at_once_when_it_is_ended(
    rose: BuiltMember, sam: BuiltMember
) -> None:
    mandate = a_mandate(rose, sam, days=10)
    last = NOW + 10 * DAY
    find = lambda now: acting.as_whom(actor=sam.actor, mandate_id=mandate.id, now=now)  # noqa: E731
    assert find(last - DAY / 86_400) is not None
    assert find(last) is None
    assert find(NOW) is not None
    mandates.end(actor=rose.actor, ref=mandate.ref, key=a_key(), now=NOW)
    assert find(NOW) is None
    assert acting.whom(actor=sam.actor, now=NOW) == ()
    assert {row.template for row in rows(OutboxRow, member_id=sam.id)} == {"mandate_yours"}


@pytest.mark.parametrize("what", ["apart", "suspended", "held", "erased", "hidden"])
def test_it_stands_only_while_both_do(what: str, rose: BuiltMember, sam: BuiltMember) -> None:
    mandate = a_mandate(rose, sam)
    with unit_of_work() as uow:
        if what == "apart":
            uow.session.add(
                BlockRow(place_id=rose.place.id, member_id=rose.id, blocked_id=sam.id, since=NOW)
            )
        elif what == "hidden":
            uow.hidden.add(
                member_id=rose.id, place_id=rose.place.id, words="Threat", by_member_id=rose.id,
                since=NOW, readers=[],
            )  # fmt: skip
        else:
            whose = rose.id if what == "erased" else sam.id
            uow.session.get(MemberRow, whose).state = MemberState(what)  # type: ignore[union-attr]
        uow.commit()
    assert acting.as_whom(actor=sam.actor, mandate_id=mandate.id, now=NOW) is None
    assert acting.whom(actor=sam.actor, now=NOW) == ()


def test_an_organisations_leads_act_for_it_and_nobody_else(
    rose: BuiltMember, sam: BuiltMember, place: BuiltPlace
) -> None:
    library = an_organisation(place, "Central Library")
    mandate = a_mandate(rose, library)
    acts = as_for(library.owner, mandate)
    assert acts.by is not None
    assert acts.by.organisation_id == library.id
    assert acts.organisations() == frozenset()
    assert acting.as_whom(actor=sam.actor, mandate_id=mandate.id, now=NOW) is None
    assert [one.organisation for one in acting.whom(actor=library.owner.actor, now=NOW)] == [
        "Central Library"
    ]


def test_one_word_ends_all(rose: BuiltMember, sam: BuiltMember, place: BuiltPlace) -> None:
    for helper in (sam, an_organisation(place, "Central Library")):
        a_mandate(rose, helper)
    assert mandates.end_all_of(actor=rose.actor, key=a_key(), now=NOW) == 2
    assert mandates.mine(actor=rose.actor, now=NOW).now == ()
    with pytest.raises(NotFound):
        mandates.end(actor=sam.actor, ref=mandates.mine(actor=rose.actor, now=NOW).before[0].ref,
                     key=a_key(), now=NOW)  # fmt: skip


def test_what_is_written_for_her_says_by_whom_and_stays_unread_by_her(
    rose: BuiltMember, sam: BuiltMember
) -> None:
    ben = a_helper(rose.place, "Ben Near", "shopping", at=(900, 900))
    acts = as_for(sam, a_mandate(rose, sam))
    needs.post(actor=acts, draft=DRAFT, key=a_key(), now=NOW)
    match = accept(ben).ref
    conversations.say(actor=ben.actor, match_ref=match, words="Which milk?", key=a_key(), now=NOW)
    matches.show(actor=acts, ref=match, now=NOW)
    conversations.say(actor=acts, match_ref=match, words="The blue.", key=a_key(), now=NOW + DAY)
    seen = [matches.show(actor=who, ref=match, now=NOW + DAY) for who in (ben.actor, acts)]
    lines = [view.conversation.lines[-1] for view in seen if view.conversation]
    assert [(one.by, one.mine) for one in lines] == [("Sam", False), (None, True)]
    assert seen[0].by_name == "Sam"
    mine_now = mine.everything(actor=rose.actor, now=NOW + DAY)
    assert [one.unread for one in mine_now.unread] == [1]
    hers = matches.show(actor=rose.actor, ref=match, now=NOW + DAY).conversation
    assert hers is not None
    assert [one.by for one in hers.lines] == [None, "Sam"]
    assert "match.wrote" in {one.what for one in mandates.mine(actor=rose.actor, now=NOW).deeds}


def test_who_looked_says_that_it_was_a_supporter(rose: BuiltMember, sam: BuiltMember) -> None:
    ben = a_helper(rose.place, "Ben Near", "shopping", at=(900, 900))
    acts = as_for(sam, a_mandate(rose, sam))
    needs.post(actor=acts, draft=DRAFT, key=a_key(), now=NOW)
    match = accept(ben).ref
    matches.show(actor=acts, ref=match, now=NOW)
    matches.show(actor=ben.actor, ref=match, now=NOW)
    hers = {one.who for one in looked.show(actor=rose.actor, secrets=secrets(), now=NOW).days}
    assert hers == {"supporter", "helper"}
    his = {one.who for one in looked.show(actor=ben.actor, secrets=secrets(), now=NOW).days}
    assert his == {"askers-supporter"}


def test_what_was_over_before_the_mandate_is_not_shown(rose: BuiltMember, sam: BuiltMember) -> None:
    before = needs.post(actor=rose.actor, draft=DRAFT, key=a_key(), now=NOW - DAY).ref
    needs.withdraw(actor=rose.actor, ref=before, key=a_key(), now=NOW - DAY / 2)
    goes_on = needs.post(actor=rose.actor, draft=DRAFT, key=a_key(), now=NOW - DAY / 4).ref
    acts = as_for(sam, a_mandate(rose, sam))
    assert [one.ref for one in acting.asked_for(actor=acts, now=NOW)] == [goes_on]
    with pytest.raises(NotAllowed):
        needs.show(actor=acts, ref=before, now=NOW)


def test_is_for_members_alone(place: BuiltPlace) -> None:
    stranger = Actor.anonymous(place.id)
    with pytest.raises(NotAllowed):
        acting.any_at_all(actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        acting.asked_for(actor=stranger, now=NOW)


def test_only_whoever_leads_an_organisation_asks_for_it(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember
) -> None:
    library = an_organisation(place, "Elmford Library")
    asked = {"to": "+447700900999", "scopes": ("see-match",), "days": 30, "secrets": secrets(),
             "organisation_ref": library.ref, "now": NOW}  # fmt: skip
    with pytest.raises(NotAllowed):
        mandate_asks.ask(actor=sam.actor, key=a_key(), **asked)
    assert mandate_asks.ask(actor=library.owner.actor, key=a_key(), **asked)


def test_a_supporter_who_belongs_to_another_place_by_now_acts_no_more(
    noise: BuiltPlace, rose: BuiltMember, sam: BuiltMember
) -> None:
    a_mandate(rose, sam)
    assert acting.any_at_all(actor=sam.actor, now=NOW)
    with unit_of_work() as uow:
        uow.session.query(MemberRow).filter_by(id=sam.id).update({"place_id": noise.id})
        uow.commit()
    assert not acting.any_at_all(actor=sam.actor, now=NOW)
