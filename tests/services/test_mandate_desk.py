"""At a desk: by the code of the member's own phone, by what staff saw, with an account made."""

from dataclasses import replace
from typing import Any

import pytest

from enabler.domain.errors import Invalid, LimitReached, NotAllowed, WrongMoment
from enabler.domain.mandates import Basis
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.consents import ConsentRow
from enabler.persistence.tables.mandates import MandateAskRow, MandateRow
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.services import mandate_desk, mandate_witness
from enabler.services.mandate_desk import Person, Setting
from enabler.services.mandate_witness import Seen
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member, an_organisation
from tests.services.contacting import BROWSER, contacts_of, newest_code, secrets
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate, rows

NEW = "+447700900777"


@pytest.fixture
def rose(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Rose Long", address="12 North Street")


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


def setting(to: str, helper: str = "", **other: Any) -> Setting:
    values = {"scopes": ("post-need",), "days": 90, "why": "She is here.", "language": "en"}
    return Setting(to=to, helper=helper, **(values | other))  # type: ignore[arg-type]


def send(who: BuiltMember, what: Setting) -> str:
    """Send the code; it, as it came."""
    mandate_desk.ask_code(
        actor=who.actor, setting=what, browser=BROWSER, from_address="192.0.2.9",
        secrets=secrets(), key=a_key(), now=NOW,
    )  # fmt: skip
    return newest_code(what.to)


def begin(who: BuiltMember, what: Setting, code: str, person: Person | None = None) -> str | None:
    begun = mandate_desk.begin_by_code(
        actor=who.actor, setting=what, code=code, person=person, browser=BROWSER,
        secrets=secrets(), now=NOW,
    )  # fmt: skip
    return None if begun is None else begun.ref


def test_a_library_sets_it_up_by_the_code_that_the_member_reads_out(
    place: BuiltPlace, rose: BuiltMember
) -> None:
    library = an_organisation(place, "Central Library")
    what = setting(contacts_of(rose)["phone"], organisation_ref=library.ref)
    code = send(library.owner, what)
    assert rows(SightRow, member_id=rose.id, why="mandate") == []
    with pytest.raises(Invalid, match="code_wrong"):
        begin(library.owner, what, f"{(int(code) + 1) % 1_000_000:06}")
    ref = begin(library.owner, what, code)
    (kept,) = rows(MandateRow)
    assert (kept.ref, kept.member_id, kept.organisation_id) == (ref, rose.id, library.id)
    assert (kept.basis, kept.channel, kept.recorded_by) == (
        Basis.OWN_REPLY, "desk", library.owner.id,
    )  # fmt: skip
    assert [one.viewer for one in rows(SightRow, member_id=rose.id, why="mandate")] == [
        library.owner.ref
    ]


def test_what_is_answered_to_a_number_is_the_same_whoever_has_it(
    place: BuiltPlace, rose: BuiltMember
) -> None:
    """Until the code is right nothing tells whether a number is a member's."""
    library = an_organisation(place, "Central Library")
    for number in (contacts_of(rose)["phone"], NEW):
        what = setting(number, organisation_ref=library.ref)
        assert send(library.owner, what)
        with pytest.raises(Invalid, match="code_wrong"):
            begin(library.owner, what, f"{(int(newest_code(number)) + 1) % 1_000_000:06}")
    looked = rows(AuditRow, what="mandate.looked-for")
    assert {(one.actor_name, one.subject_ref) for one in looked} == {
        (library.owner.ref, library.owner.ref)
    }


def test_somebody_without_an_account_gets_one_on_the_way(place: BuiltPlace) -> None:
    library = an_organisation(place, "Central Library")
    what = setting(NEW, organisation_ref=library.ref)
    code = send(library.owner, what)
    assert begin(library.owner, what, code) is None
    person = Person("Vera New", place.postcode_at(500, 500), "3 Elm Row", adult=True, agreed=True)
    with pytest.raises(Invalid, match="adult_unasked"):
        begin(library.owner, what, code, replace(person, adult=False))
    with pytest.raises(Invalid, match="agreed_unasked"):
        begin(library.owner, what, code, replace(person, agreed=False))
    assert begin(library.owner, what, code, person) is not None
    (member,) = rows(MemberRow, name="Vera New")
    (contact,) = rows(ContactRow, member_id=member.id)
    assert (contact.value, contact.verified_at) == (NEW, NOW)
    assert [one.wording for one in rows(ConsentRow, member_id=member.id)] == ["sign-up"]
    assert len(rows(MandateRow, member_id=member.id)) == 1


@pytest.mark.prove("7.3")
def test_a_sixth_person_is_refused_in_a_plain_sentence(
    place: BuiltPlace, rose: BuiltMember, sam: BuiltMember, carol: BuiltMember
) -> None:
    for number in range(5):
        a_mandate(a_member(place, f"P{number} Xx"), sam)
    what = setting(contacts_of(rose)["phone"], helper=sam.ref)
    code = send(carol, what)
    with pytest.raises(LimitReached, match="supporter_has_five"):
        begin(carol, what, code)


def test_nobody_sets_up_what_they_do_not_lead(place: BuiltPlace, rose: BuiltMember) -> None:
    library, other = an_organisation(place, "Library"), an_organisation(place, "Other")
    what = setting(contacts_of(rose)["phone"], organisation_ref=library.ref)
    for who in (rose, other.owner):
        with pytest.raises(NotAllowed):
            send(who, what)
    with pytest.raises(NotAllowed):
        send(rose, setting(contacts_of(rose)["phone"], helper=library.ref))


class TestWithoutAPhone:
    @pytest.fixture
    def vera(self, place: BuiltPlace) -> BuiltMember:
        """Who has neither phone nor mail."""
        return a_member(place, "Vera Still", phone=False)

    def seen(self, vera: BuiltMember, helper: str, **other: Any) -> Seen:
        values = {
            "name": "Vera Still", "postcode": vera.place.postcode_at(vera.east, vera.north),
            "helper": helper, "scopes": ("post-need",), "days": 90, "basis": "staff-witness",
            "attorney": None, "evidence": "She told me at the desk.", "language": "en",
        }  # fmt: skip
        return Seen(**(values | other))  # type: ignore[arg-type]

    def witness(self, who: BuiltMember, seen: Seen) -> tuple[str, str]:
        return mandate_witness.witness(
            actor=who.actor, seen=seen, secrets=secrets(), key=a_key(), now=NOW
        )

    def second(self, who: BuiltMember, ref: str, *, agrees: bool = True) -> str | None:
        return mandate_witness.second(
            actor=who.actor, ref=ref, agrees=agrees, words="I rang her.", key=a_key(), now=NOW
        )

    def test_for_a_private_person_two_see_it(
        self, place: BuiltPlace, vera: BuiltMember, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        kind, ref = self.witness(carol, self.seen(vera, sam.ref))
        assert kind == "ask"
        assert rows(MandateRow) == []
        with pytest.raises(NotAllowed, match="own_case"):
            self.second(carol, ref)
        other = a_custodian(place, "Dan Desk")
        assert [one.may for one in mandate_witness.waiting(actor=other.actor, now=NOW)] == [True]
        assert self.second(other, ref) is not None
        (kept,) = rows(MandateRow)
        assert (kept.basis, kept.witness_id, kept.second_id) == (
            Basis.WITNESS, carol.id, other.id,
        )  # fmt: skip
        with pytest.raises(WrongMoment, match="ask_over"):
            self.second(other, ref)

    def test_the_second_may_say_no(
        self, place: BuiltPlace, vera: BuiltMember, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        _, ref = self.witness(carol, self.seen(vera, sam.ref))
        assert self.second(a_custodian(place, "Dan Desk"), ref, agrees=False) is None
        assert rows(MandateRow) == []
        assert [one.ended_because for one in rows(MandateAskRow)] == ["declined"]

    def test_for_an_organisation_one_does(
        self, place: BuiltPlace, vera: BuiltMember, carol: BuiltMember
    ) -> None:
        library = an_organisation(place, "Central Library")
        assert self.witness(carol, self.seen(vera, library.ref))[0] == "mandate"

    def test_a_paper_is_described_carries_what_it_is_for_and_is_seen_by_two(
        self, place: BuiltPlace, vera: BuiltMember, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        paper = {"basis": "power-of-attorney", "attorney": "property", "evidence": "Of 3 May 2024"}
        with pytest.raises(Invalid, match="scope_beyond_attorney"):
            self.witness(carol, self.seen(vera, sam.ref, **paper, scopes=("message",)))
        kind, ref = self.witness(carol, self.seen(vera, sam.ref, **paper))
        assert (kind, rows(MandateRow)) == ("ask", [])
        with pytest.raises(NotAllowed, match="own_case"):
            self.second(carol, ref)
        other = a_custodian(place, "Dan Desk")
        assert mandate_witness.one(actor=other.actor, ref=ref, now=NOW).basis is Basis.ATTORNEY
        assert self.second(other, ref) is not None
        (kept,) = rows(MandateRow)
        assert (kept.attorney, kept.evidence) == ("property", "Of 3 May 2024\nI rang her.")
        assert (kept.witness_id, kept.second_id) == (carol.id, other.id)

    def test_what_was_written_is_seen_by_two(
        self, vera: BuiltMember, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        written = {"basis": "in-writing", "evidence": "A letter of May"}
        assert self.witness(carol, self.seen(vera, sam.ref, **written))[0] == "ask"
        assert rows(MandateRow) == []

    @pytest.mark.parametrize("typed", [{"name": "Vera Stills"}, {"name": "Vera"}, {"far": True}])
    def test_is_found_by_name_and_postcode_together_or_not_at_all(
        self, vera: BuiltMember, sam: BuiltMember, carol: BuiltMember, typed: dict[str, Any]
    ) -> None:
        if typed.pop("far", False):
            typed["postcode"] = vera.place.postcode_at(2600, 2600)
        with pytest.raises(Invalid, match="person_unknown"):
            self.witness(carol, self.seen(vera, sam.ref, **typed))
        assert rows(SightRow, member_id=vera.id, why="mandate") == []

    def test_somebody_without_an_account_gets_one_too(
        self, place: BuiltPlace, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        """An old man with a landline alone, who has never been here."""
        joe = Person("Joe Old", place.postcode_at(500, 500), "3 Elm Row", adult=True, agreed=True)
        seen = Seen(
            joe.name, joe.postcode, sam.ref, ("post-need",), 90, "staff-witness", None,
            "He told me.", "en",
        )  # fmt: skip
        with pytest.raises(Invalid, match="person_unknown"):
            self.witness(carol, seen)
        for unasked in ({"adult": False}, {"agreed": False}):
            with pytest.raises(Invalid, match="unasked"):
                self.witness(carol, replace(seen, newcomer=replace(joe, **unasked)))
        assert rows(MemberRow, name="Joe Old") == []
        assert self.witness(carol, replace(seen, newcomer=joe))[0] == "ask"
        (member,) = rows(MemberRow, name="Joe Old")
        assert [one.wording for one in rows(ConsentRow, member_id=member.id)] == ["sign-up"]
        assert self.witness(carol, replace(seen, newcomer=joe))[0] == "ask"
        assert len(rows(MemberRow, name="Joe Old")) == 1  # and found by the same, not made again

    def test_whoever_has_a_phone_answers_by_it(
        self, rose: BuiltMember, sam: BuiltMember, carol: BuiltMember
    ) -> None:
        seen = self.seen(rose, sam.ref, name="Rose Long")
        with pytest.raises(WrongMoment, match="has_a_phone"):
            self.witness(carol, seen)

    def test_no_member_of_staff_witnesses_their_own(
        self, place: BuiltPlace, vera: BuiltMember
    ) -> None:
        both = a_member(place, "Ann Both", roles=(Role.CUSTODIAN,))
        with pytest.raises(NotAllowed, match="own_case"):
            self.witness(both, self.seen(vera, both.ref))
