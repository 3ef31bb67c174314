"""Staff who are not named learn nothing of somebody hidden at their own desk either: not from an
alarm, a check, a case of its own, nor what is counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed, NotFound
from enabler.domain.vocabulary import CredentialKind, Role
from enabler.persistence.tables.audit import SightRow
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    carrying,
    cases,
    conduct,
    credential_desk,
    credentials,
    matches,
    members,
    moderation,
    my_checks,
    statements,
    suspensions,
    undelivered,
    visits,
    watching,
)
from enabler.services.views.visits import WatchedCaseView
from tests.builders import (
    LONG_AGO,
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, assign, said_yes
from tests.services.deeds import a_key, accept, post
from tests.services.test_hidden import NAME, SOON, hide
from tests.services.test_reports import a_lead, tell_council

HOUR = timedelta(hours=1)


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place)


@pytest.fixture
def who(place: BuiltPlace) -> BuiltMember:
    return a_member(place, NAME, address="77 Secret Close")


def stuck(asker: BuiltMember, helper: BuiltMember) -> str:
    """A visit under way from which somebody needs help now."""
    post(asker)
    ref = accept(helper).ref
    matches.arrange(
        actor=asker.actor, match_ref=ref, start=SOON, end=SOON + HOUR, key=a_key(), now=NOW
    )
    visits.stuck(actor=helper.actor, match_ref=ref, key=a_key(), now=SOON)
    return ref


def alarm(staff: BuiltMember, ref: str) -> WatchedCaseView:
    return watching.show(actor=staff.actor, match_ref=ref, now=SOON)


class TestAnAlarm:
    def test_shows_where_to_leads_and_named_staff_alone(
        self, place: BuiltPlace, lead: BuiltMember, who: BuiltMember
    ) -> None:
        helper, named, other = a_helper(place, "Hallam"), a_custodian(place), a_custodian(place)
        ref = stuck(who, helper)
        hide(lead, who, named)
        for staff in (lead, named):
            shown = alarm(staff, ref)
            assert shown.address == "77 Secret Close"
            assert [call.who for call in shown.calls] == ["helper", "asker"]
        shown = alarm(other, ref)
        assert (shown.address, shown.postcode) == (None, None)
        assert [call.who for call in shown.calls] == ["helper", "knows"]
        assert NAME not in repr(shown)
        with reading() as uow:
            seen = uow.session.query(SightRow).filter_by(member_id=who.id, viewer=other.ref)
            assert seen.count() == 0

    def test_names_no_helper_who_is_hidden(self, place: BuiltPlace, lead: BuiltMember) -> None:
        helper = a_helper(place, NAME)
        ref = stuck(a_member(place, "Anna"), helper)
        hide(lead, helper)
        shown = alarm(a_custodian(place), ref)
        assert [call.who for call in shown.calls] == ["asker", "knows"]
        assert shown.address is not None

    def test_that_was_seen_to_shows_nobodys_address_any_more(
        self, place: BuiltPlace, who: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        ref = stuck(who, a_helper(place, "Hallam"))
        watching.clear(actor=custodian.actor, match_ref=ref, words="Well.", key=a_key(), now=SOON)
        shown = alarm(custodian, ref)
        assert (shown.cleared, shown.address, shown.calls) == (True, None, ())

    def test_is_no_custodians_who_leads_the_organisation_that_goes(self, place: BuiltPlace) -> None:
        pantry = an_organisation(place)
        an_offer(pantry)
        match = said_yes(a_member(place, "Anna"), pantry)
        assign(pantry.owner, match, pantry.owner)
        matches.arrange(actor=pantry.owner.actor, match_ref=match, start=SOON, end=SOON + HOUR,
                        key=a_key(), now=NOW)  # fmt: skip
        visits.stuck(actor=pantry.owner.actor, match_ref=match, key=a_key(), now=SOON)
        custodian = a_custodian(place)
        leading = acting(custodian, pantry, Role.ORGANISATION_COORDINATOR).actor
        grants = (*custodian.actor.grants, *leading.grants)
        both = replace(custodian, actor=replace(custodian.actor, grants=grants))
        with pytest.raises(NotAllowed, match="party_to_it"):
            alarm(both, match)
        calls = alarm(a_custodian(place), match).calls
        assert [call.who for call in calls] == ["helper", "lead", "asker"]  # the owner once


def test_the_case_of_a_thing_does_not_say_whose_it_is(
    place: BuiltPlace, lead: BuiltMember, who: BuiltMember
) -> None:
    custodian = a_custodian(place)
    need, offer = post(who).ref, an_offer(who)
    hide(lead, who)
    for ref in (need, offer):
        seen = moderation.look(actor=custodian.actor, ref=ref, now=NOW)
        assert seen is not None
        assert seen.giver_ref is None
        seen = moderation.look(actor=lead.actor, ref=ref, now=NOW)
        assert seen is not None
        assert seen.giver_ref == who.ref


def test_nobody_is_found_or_stopped_by_their_ref(
    place: BuiltPlace, lead: BuiltMember, who: BuiltMember
) -> None:
    custodian = a_custodian(place)
    hide(lead, who)
    assert moderation.look(actor=custodian.actor, ref=who.ref, now=NOW) is None
    with pytest.raises(NotFound):
        members.by_ref(actor=custodian.actor, ref=who.ref, now=NOW)
    stop = {"ref": who.ref, "words": "Wait.", "key": a_key(), "now": NOW}
    with pytest.raises(NotFound):
        suspensions.suspend(actor=custodian.actor, **stop)
    assert members.by_ref(actor=lead.actor, ref=who.ref, reason="check", now=NOW).name == NAME
    suspensions.suspend(actor=lead.actor, **stop | {"key": a_key()})
    desk = moderation.desk(actor=custodian.actor, now=NOW + timedelta(days=400))
    assert "review" not in desk.counts
    desk = moderation.desk(actor=lead.actor, now=NOW + timedelta(days=400))
    assert desk.counts["review"] == 1
    (stopped,) = [one for one in statements.mine(actor=who.actor) if one.kind == "suspend"]
    statements.appeal(actor=who.actor, ref=stopped.ref, words="No.", key=a_key(), now=NOW)
    assert moderation.desk(actor=custodian.actor, now=NOW).counts["appeal"] == 1


class TestChecks:
    def test_stand_on_no_list_and_open_by_no_ref(
        self, place: BuiltPlace, lead: BuiltMember, who: BuiltMember
    ) -> None:
        custodian = a_custodian(place)
        wanted = my_checks.want(
            actor=who.actor, kind=CredentialKind.INSURANCE, words="At 77 Secret Close.",
            key=a_key(), now=NOW,
        )  # fmt: skip
        waiver = credential_desk.ask_to_waive(
            actor=a_custodian(place).actor, holder_ref=who.ref, kind=CredentialKind.REFERENCE,
            until=NOW + timedelta(days=9), words="New here.", key=a_key(), now=NOW,
        ).ref  # fmt: skip
        with reading() as uow:
            check = uow.credentials.of_holder((who.id, None))[0].ref
        hide(lead, who)
        late = NOW + timedelta(days=360)
        for now in (NOW, late):
            desk = credential_desk.desk(actor=custodian.actor, now=now)
            assert who.ref not in repr(desk)
            assert who.ref in repr(credential_desk.desk(actor=lead.actor, now=now))
        assert who.ref not in repr(moderation.desk(actor=custodian.actor, now=late))
        for look, ref in ((credentials.show, check), (credentials.wanted, wanted),
                          (credential_desk.waiver, waiver)):  # fmt: skip
            with pytest.raises(NotFound):
                look(actor=custodian.actor, ref=ref, now=NOW)
            look(actor=lead.actor, ref=ref, now=NOW)
        said = {"words": "No.", "key": a_key(), "now": NOW}
        for change, ref in ((credentials.revoke, check), (credentials.refuse_wanted, wanted)):
            with pytest.raises(NotFound):
                change(actor=custodian.actor, ref=ref, **said)
        with pytest.raises(NotFound):
            credential_desk.decide_waiver(
                actor=custodian.actor, ref=waiver, agrees=True, key=a_key(), now=NOW
            )

    def test_that_they_once_showed_name_them_to_nobody(
        self, place: BuiltPlace, noise: BuiltPlace, lead: BuiltMember, who: BuiltMember
    ) -> None:
        pantry, elsewhere = an_organisation(place), a_custodian(noise)
        with reading() as uow:
            check = uow.credentials.of_holder((who.id, None))[0].ref
        leaves = [
            carrying.let_see(actor=who.actor, ref=check, to=to, until=NOW + timedelta(days=9),
                             key=a_key(), now=NOW)
            for to in (pantry.ref, noise.slug)
        ]  # fmt: skip
        assert carrying.shown_to_place(actor=elsewhere.actor, now=NOW)
        hide(lead, who)
        assert carrying.shown_to_place(actor=elsewhere.actor, now=NOW) == ()
        assert carrying.shown_to_organisation(
            actor=pantry.owner.actor, ref=pantry.ref, now=NOW
        ) == ()  # fmt: skip
        with pytest.raises(NotFound):
            carrying.take_over(actor=elsewhere.actor, ref=leaves[1], key=a_key(), now=NOW)


def test_visits_that_went_wrong_are_not_counted_by_their_ref(
    place: BuiltPlace, lead: BuiltMember, who: BuiltMember
) -> None:
    custodian, other = a_custodian(place), a_member(place, "Anna")
    helper = a_helper(place, "Hallam")
    ref = stuck(other, helper)
    with unit_of_work() as uow:
        match = uow.matches.by_ref(None, ref)
        for kind in ("was-rude", "left-early", "did-not-come"):
            uow.conducts.add(
                place_id=place.id, ref=uow.refs.new(place.id, "conduct"), match_id=match.id,
                by_member_id=other.id, about_member_id=who.id, kind=kind, words=None,
                said_at=NOW, answer_by=LONG_AGO,
            )  # fmt: skip
        for one in uow.conducts.about(who.id):
            uow.conducts.change(one.id, state="counts", ended_at=NOW)
        uow.commit()
    assert [one.ref for one in conduct.desk(actor=custodian.actor, now=NOW).often] == [who.ref]
    hide(lead, who)
    assert conduct.desk(actor=custodian.actor, now=NOW).often == ()
    assert [one.ref for one in conduct.desk(actor=lead.actor, now=NOW).often] == [who.ref]


def test_neither_a_lost_message_nor_a_decision_nor_a_case_says_their_ref(
    place: BuiltPlace, lead: BuiltMember, who: BuiltMember
) -> None:
    custodian = a_custodian(place)
    helper = a_helper(place, "Hallam")
    post(who)
    ref = accept(helper).ref
    suspensions.suspend(actor=lead.actor, ref=who.ref, words="For now.", key=a_key(), now=NOW)
    report = tell_council(helper.actor, "Rude.", kind="rude", about="match", ref=ref)
    hide(lead, who)
    with unit_of_work() as uow:
        (decision,) = uow.decisions.of_subject("member", who.id)
        uow.session.query(OutboxRow).filter_by(member_id=who.id).update({"state": "unknown"})
        uow.commit()
    lost = [one.to_ref for one in undelivered.show(actor=custodian.actor, now=NOW)]
    assert lost
    assert who.ref not in lost
    assert who.ref in [one.to_ref for one in undelivered.show(actor=lead.actor, now=NOW)]
    for look in (statements.show, statements.to_decide):
        assert look(actor=lead.actor, ref=decision.ref, now=NOW).subject_ref == who.ref
        with pytest.raises(NotFound):
            look(actor=custodian.actor, ref=decision.ref, now=NOW)
    case = cases.show(actor=custodian.actor, ref=report, now=NOW)
    assert who.ref not in repr(case)
    assert who.ref in repr(cases.show(actor=lead.actor, ref=report, now=NOW))


def test_the_call_list_of_a_worry_keeps_the_ref_of_somebody_hidden(
    place: BuiltPlace, who: BuiltMember
) -> None:
    """Where no lead is left somebody else of the desk reads it, who may not know of them."""
    lead, custodian = a_lead(place, "Lone Lead"), a_custodian(place)
    need = post(who).ref
    hide(lead, who)
    report = tell_council(who.actor, "Lone Lead told him where I am.", about="need", ref=need)
    case = cases.show(actor=custodian.actor, ref=report, now=NOW)
    assert [call.who for call in case.calls][:1] == ["reporter"]
    assert who.ref not in repr(case)
