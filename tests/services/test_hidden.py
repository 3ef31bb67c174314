"""Somebody under threat appears to nobody but the leads and the staff who are named: on no list, in
no letter, by no reference."""

from datetime import timedelta

import pytest

from enabler.domain.errors import EnablerError, Invalid, NotAllowed, NotFound
from enabler.domain.vocabulary import CredentialKind, OutboxState, Role
from enabler.doors.wiring import wiring
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from enabler.services import (
    cases,
    hidden,
    hours,
    leaving,
    looked,
    matches,
    messages,
    moderation,
    near,
    needs,
    new_numbers,
    offers,
    sharing,
)
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    an_offer,
    an_organisation,
)
from tests.services.acting import acting, assign, refreshed, said_yes
from tests.services.contacting import secrets
from tests.services.deeds import a_key, accept, post, the_ask
from tests.services.test_asking import texts
from tests.services.test_giving_hours import give
from tests.services.test_reports import a_lead, tell_council

SOON = NOW + timedelta(hours=30)
NAME = "Zebedina"


@pytest.fixture
def lead(place: BuiltPlace) -> BuiltMember:
    return a_lead(place)


def hide(lead: BuiltMember, who: BuiltMember, *readers: BuiltMember) -> None:
    hidden.mark(
        actor=lead.actor, ref=who.ref, words="Somebody looks for her.",
        readers=[one.ref for one in readers], key=a_key(), now=NOW,
    )  # fmt: skip


def letters() -> str:
    while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=NOW):
        pass
    with reading() as uow:
        return " ".join(row.body for row in uow.session.query(SimulatedMessageRow))


class TestOnTheMap:
    def test_nothing_of_theirs_stands_below_the_ward(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        who = a_member(place, NAME, at=(3500, 3500))
        an_offer(who, "gardening", words="Roses.", words_public=True)
        post(who, "shopping")
        wanted = near.Wanted()

        def shown() -> list[tuple[str, int, int]]:
            view = near.around(actor=a_member(place).actor, place_id=place.id, wanted=wanted,
                               now=NOW)  # fmt: skip
            return [(one.code, one.asks, one.offers) for one in view.spots]

        def by_ward() -> int:
            view = near.around(actor=lead.actor, place_id=place.id, wanted=wanted, now=NOW)
            return sum(ward.asks for ward in view.wards)

        (before,) = shown()
        hide(lead, who)
        assert shown() == []
        assert by_ward() == 1
        page = near.at_spot(
            actor=a_member(place).actor, place_id=place.id, code=before[0], wanted=wanted, now=NOW
        )
        assert page.things == ()

    def test_their_offer_has_no_public_page(self, place: BuiltPlace, lead: BuiltMember) -> None:
        who = a_member(place, NAME)
        ref = an_offer(who)
        sharing.public(actor=a_member(place).actor, ref=ref, now=NOW)
        hide(lead, who)
        with pytest.raises(NotFound):
            sharing.public(actor=a_member(place).actor, ref=ref, now=NOW)


@pytest.mark.parametrize("helping", [True, False])
def test_a_match_names_them_once_a_lead_has_introduced_them(
    place: BuiltPlace, lead: BuiltMember, helping: bool
) -> None:
    asker, helper = (a_member(place, "Anna" if helping else NAME),
                     a_helper(place, NAME if helping else "Hallam"))  # fmt: skip
    who, other = (helper, asker) if helping else (asker, helper)
    hide(lead, who)
    post(asker)
    ref = accept(helper).ref
    matches.arrange(
        actor=asker.actor, match_ref=ref, start=SOON, end=SOON + timedelta(hours=1), key=a_key(),
        now=NOW,
    )  # fmt: skip
    view = matches.show(actor=other.actor, ref=ref, now=NOW)
    assert (view.other_name, view.address, view.postcode) == (None, None, None)
    said = letters()
    assert NAME not in said
    assert "Mill Lane" not in said
    for wrong in (ref[:-1] + "0", post(a_member(place, "Una"), words="Else.").ref):
        with pytest.raises((Invalid, NotFound)):
            hidden.introduce(actor=lead.actor, ref=who.ref, match_ref=wrong, key=a_key(), now=NOW)
    hidden.introduce(actor=lead.actor, ref=who.ref, match_ref=ref, key=a_key(), now=NOW)
    view = matches.show(actor=other.actor, ref=ref, now=SOON - timedelta(hours=2))
    assert view.other_name == NAME
    assert (view.address is not None) == (not helping)


@pytest.mark.parametrize("helping", [True, False])
def test_leads_hear_that_help_is_agreed_and_bring_the_two_together(
    place: BuiltPlace, lead: BuiltMember, helping: bool
) -> None:
    """Else the helper never learns where, nobody comes, and whoever hides gets no help."""
    a_custodian(place)
    asker, helper = a_member(place, "Anna"), a_helper(place, "Hallam")
    who, other = (helper, asker) if helping else (asker, helper)
    hide(lead, who)
    post(asker)
    ref = accept(helper).ref
    (letter,) = texts("hidden_met_staff")
    assert letter.member_id == lead.id
    assert matches.show(actor=other.actor, ref=ref, now=NOW).by_council
    assert not matches.show(actor=who.actor, ref=ref, now=NOW).by_council
    assert "Help is agreed with somebody who is hidden" in letters()

    def waiting() -> tuple[str, ...]:
        return hidden.everybody(actor=lead.actor, now=NOW).hidden[0].waiting

    assert waiting() == (ref,)
    hidden.introduce(actor=lead.actor, ref=who.ref, match_ref=ref, key=a_key(), now=NOW)
    assert waiting() == ()
    assert not matches.show(actor=other.actor, ref=ref, now=NOW).by_council


def test_whoever_goes_instead_is_introduced_anew(place: BuiltPlace, lead: BuiltMember) -> None:
    """A lead was sure of one person of the organisation, not of all who may be sent."""
    pantry, asker = an_organisation(place), a_member(place, NAME)
    an_offer(pantry)
    hide(lead, asker)
    ref = said_yes(asker, pantry)
    hidden.introduce(actor=lead.actor, ref=asker.ref, match_ref=ref, key=a_key(), now=NOW)
    other = acting(a_member(place, "Hetty"), pantry, Role.ORGANISATION_HELPER)
    assign(pantry.owner, ref, other)
    assert matches.show(actor=refreshed(other).actor, ref=ref, now=NOW).other_name is None
    assert [row.member_id for row in texts("hidden_met_staff")] == [lead.id, lead.id]


def test_of_two_who_are_hidden_introducing_one_does_not_give_away_the_other(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    asker, helper = a_member(place, NAME), a_helper(place, "Hallam")
    hide(lead, asker)
    hide(lead, helper)
    post(asker)
    ref = accept(helper).ref
    hidden.introduce(actor=lead.actor, ref=helper.ref, match_ref=ref, key=a_key(), now=NOW)
    assert matches.show(actor=asker.actor, ref=ref, now=NOW).other_name == "Hallam"
    assert matches.show(actor=helper.actor, ref=ref, now=NOW).other_name is None
    assert NAME not in letters()
    # A lead who has rung both introduces the other, too.
    hidden.introduce(actor=lead.actor, ref=asker.ref, match_ref=ref, key=a_key(), now=NOW)
    assert matches.show(actor=asker.actor, ref=ref, now=NOW).other_name == "Hallam"
    assert matches.show(actor=helper.actor, ref=ref, now=NOW).other_name == NAME.split()[0]


def test_their_address_goes_by_no_letter_even_then(place: BuiltPlace, lead: BuiltMember) -> None:
    asker, helper = a_member(place, NAME), a_helper(place, "Hallam")
    hide(lead, asker)
    post(asker)
    ref = accept(helper).ref
    hidden.introduce(actor=lead.actor, ref=asker.ref, match_ref=ref, key=a_key(), now=NOW)
    said = letters()
    assert "Mill Lane" not in said
    with reading() as uow:
        rows = uow.session.query(OutboxRow).filter_by(template="address")
        assert all(row.state is not OutboxState.ACCEPTED for row in rows)


class TestStaff:
    def test_who_are_not_named_see_a_hidden_person(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        who, custodian = a_member(place, NAME), a_custodian(place)
        need, offer = post(who).ref, an_offer(who)
        hide(lead, who)
        seen = needs.show(actor=custodian.actor, ref=need, now=NOW)
        assert (seen.asker_name, seen.postcode, seen.address) == (None, None, None)
        assert offers.show(actor=custodian.actor, ref=offer, now=NOW).giver_name is None
        seen = needs.show(actor=lead.actor, ref=need, now=NOW)
        assert seen.asker_name == NAME
        hide(lead, who, custodian)
        assert needs.show(actor=custodian.actor, ref=need, now=NOW).asker_name == NAME

    def test_find_them_by_no_reference_and_no_number(
        self, place: BuiltPlace, lead: BuiltMember
    ) -> None:
        who, custodian = a_member(place, NAME), a_custodian(place)
        with reading() as uow:
            phone = uow.contacts.of(who.id)["phone"].value
        hide(lead, who)
        does = custodian.actor
        nobody = [self.said(does, typed) for typed in ("ZZZZ", "+447700900000")]
        assert [self.said(does, typed) for typed in (who.ref, phone)] == nobody
        assert "found" in self.said(lead.actor, who.ref)

    def said(self, actor: object, typed: str) -> list[object]:
        """What each search by a reference answers."""
        found: list[object] = []
        for act in (
            lambda: new_numbers.find(actor=actor, typed=typed, reason="asked", now=NOW),  # type: ignore[arg-type]
            lambda: new_numbers.show(actor=actor, ref=typed, now=NOW),  # type: ignore[arg-type]
            lambda: hours.of_member(actor=actor, ref=typed, now=NOW),  # type: ignore[arg-type]
            lambda: leaving.at_desk(actor=actor, ref=typed, now=NOW),  # type: ignore[arg-type]
            lambda: moderation.record_credential(
                actor=actor, holder_ref=typed, kind=CredentialKind.IDENTITY, seen_on=NOW,  # type: ignore[arg-type]
                valid_until=NOW + timedelta(days=9), key=a_key(), now=NOW,
            ),
        ):  # fmt: skip
            try:
                act()
                found.append("found")
            except EnablerError as wrong:
                found.append(type(wrong))
        return found


def test_neighbours_cannot_give_to_them_nor_report_by_reference(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    who, other = a_member(place, NAME), a_member(place)
    hide(lead, who)
    for ref in (who.ref, "ZZZZ"):
        with pytest.raises(Invalid):
            give(other, ref)
        with pytest.raises(NotFound):
            tell_council(other.actor, about="member", ref=ref)


def test_the_mark_and_each_look_are_written_down_and_only_leads_make_it(
    place: BuiltPlace, noise: BuiltPlace, lead: BuiltMember
) -> None:
    who, custodian = a_member(place, NAME), a_custodian(place)
    for actor in (custodian, who, a_member(place)):
        with pytest.raises(NotAllowed):
            hidden.everybody(actor=actor.actor, now=NOW)
        with pytest.raises(NotAllowed):
            hide(actor, who)
    with pytest.raises(NotFound):
        hide(a_lead(noise), who)
    with pytest.raises(Invalid):
        hide(lead, who, a_member(place))
    hide(lead, who)
    assert [one.ref for one in hidden.everybody(actor=lead.actor, now=NOW).hidden] == [who.ref]
    with reading() as uow:
        assert [one.what for one in uow.audit.of("member", who.id)] == ["member.hidden"]
    assert [one.why for one in looked.show(actor=who.actor, secrets=secrets(), now=NOW).days] == [
        "hidden"
    ]
    hidden.unmark(actor=lead.actor, ref=who.ref, key=a_key(), now=NOW)
    assert hidden.everybody(actor=lead.actor, now=NOW).hidden == ()


def test_a_report_about_them_names_them_to_leads_alone(
    place: BuiltPlace, lead: BuiltMember
) -> None:
    asker, helper = a_member(place, "Anna"), a_helper(place, NAME)
    hide(lead, helper)
    post(asker)
    ref = accept(helper, the_ask(helper)).ref
    report = tell_council(asker.actor, about="match", ref=ref)
    calls = cases.show(actor=lead.actor, ref=report, now=NOW).calls
    assert NAME in [call.name for call in calls]
