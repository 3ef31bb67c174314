"""Staff and the command line add people, and look one up."""

import pytest

from enabler.domain.errors import EnablerError, Invalid, KeyReused, NotAllowed, NotFound
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role
from enabler.persistence.tables.audit import AuditRow, SightRow
from enabler.persistence.tables.clock import ServiceCallRow
from enabler.persistence.tables.members import ContactRow, MemberRow, RoleRow, StaffSecretRow
from enabler.services import members
from tests.identity.colleagues import MAIL, Keys, come_in, enrol
from tests.identity.town import ANN, BEN, MINUTE, NOW, OPERATOR, Town, columns, rows


class TestAResident:
    def test_signs_in_by_their_number(self, town: Town) -> None:
        added = town.add(Role.RESIDENT, phone="07700 900123", name="Ann Archer")
        assert (added.created, added.password) == (True, None)
        found = town.who(town.prove(ANN))
        assert found is not None
        assert (found[1].member_ref, found[1].shown_name) == (added.ref, "Ann")

    def test_may_have_a_home_from_the_start(self, town: Town) -> None:
        town.add(Role.RESIDENT, phone=ANN, postcode_text="zz1 0aa", address="1 High Street")
        assert columns(MemberRow, "home_id") != [(None,)]

    def test_who_has_an_account_keeps_it(self, town: Town) -> None:
        town.join(ANN)
        added = town.add(Role.RESIDENT, phone=ANN, mail="ann@example.org", name="Another Name")
        assert not added.created
        assert columns(MemberRow, "name", "ref") == [("Ann Archer", added.ref)]
        assert columns(ContactRow, "kind") == [("phone",), ("mail",)]
        assert rows(RoleRow) == 1


class TestStaff:
    def test_get_a_way_in_that_is_told_once(self, town: Town) -> None:
        first = town.add(Role.CUSTODIAN, mail=MAIL, key="one")
        again = town.add(Role.CUSTODIAN, mail=MAIL, key="one")
        assert (again.ref, again.password, again.totp_secret) == (first.ref, None, None)
        assert first.otpauth is not None
        assert first.otpauth.startswith("otpauth://totp/Enabler:sue%40example.org?secret=")
        assert str(first.totp_secret) in first.otpauth
        assert str(first.password) not in str(columns(ServiceCallRow, "result", key="key"))
        assert str(first.password) not in repr(first)

    def test_may_be_given_one(self, town: Town) -> None:
        town.add(Role.CUSTODIAN, mail=MAIL, password="correct horse battery", totp_secret="A" * 32)
        assert come_in(town, Keys("correct horse battery", "A" * 32))

    def test_get_one_anew_when_theirs_is_lost(self, town: Town) -> None:
        old = enrol(town)
        token = come_in(town, old)
        new = enrol(town, renew=True)
        assert town.who(token) is None
        with pytest.raises(Invalid):
            come_in(town, old, now=NOW + MINUTE)
        assert come_in(town, new, now=NOW + MINUTE)

    def test_may_hold_two_roles(self, town: Town) -> None:
        keys = enrol(town)
        added = town.add(Role.SAFEGUARDING_LEAD, mail=MAIL)
        assert (added.created, added.password) == (False, None)
        found = town.who(come_in(town, keys))
        assert found is not None
        assert set(found[1].roles) == {Role.RESIDENT, Role.CUSTODIAN, Role.SAFEGUARDING_LEAD}

    def test_of_a_ward_are_councillors(self, town: Town) -> None:
        keys = enrol(town, Role.COUNCILLOR, ward_code="W2")
        found = town.who(come_in(town, keys))
        assert found is not None
        [grant] = [grant for grant in found[0].grants if grant.role is Role.COUNCILLOR]
        assert grant.ward_id is not None
        assert grant.place_id == town.place_id

    def test_may_answer_for_two_wards(self, town: Town) -> None:
        keys = enrol(town, Role.COUNCILLOR, ward_code="W2")
        for _ in range(2):
            town.add(Role.COUNCILLOR, mail=MAIL, ward_code="W1")
        found = town.who(come_in(town, keys))
        assert found is not None
        wards = [one.ward_id for one in found[0].grants if one.role is Role.COUNCILLOR]
        assert len(wards) == len(set(wards)) == 2

    def test_are_in_the_audit(self, town: Town) -> None:
        added = town.add(Role.CUSTODIAN, mail=MAIL)
        told = columns(AuditRow, "what", "actor_kind", "actor_name", "subject_ref", "why")
        assert told == [
            ("member.joined", "operator", "tester", added.ref, None),
            ("role.granted", "operator", "tester", added.ref, "custodian"),
            ("staff.enrolled", "operator", "tester", added.ref, None),
        ]


WRONG = [
    ({"role": Role.RESIDENT}, "phone_missing"),
    ({"role": Role.CUSTODIAN, "phone": ANN}, "email_missing"),
    ({"role": Role.ORGANISATION_OWNER, "mail": MAIL}, "role_needs_organisation"),
    ({"role": Role.COUNCILLOR, "mail": MAIL}, "ward_missing"),
    ({"role": Role.COUNCILLOR, "mail": MAIL, "ward_code": "W9"}, "ward_unknown"),
    ({"role": Role.CUSTODIAN, "mail": MAIL, "ward_code": "W1"}, "ward_not_for_role"),
    ({"role": Role.CUSTODIAN, "mail": MAIL, "password": "short"}, "password_too_short"),
    ({"role": Role.CUSTODIAN, "mail": MAIL, "password": "x" * 257}, "password_too_long"),
    ({"role": Role.CUSTODIAN, "mail": "sue"}, "email_malformed"),
    ({"role": Role.RESIDENT, "phone": "1"}, "phone_malformed"),
    ({"role": Role.RESIDENT, "phone": ANN, "name": ""}, "name_missing"),
    ({"role": Role.RESIDENT, "phone": ANN, "place_slug": "nowhere"}, "place_unknown"),
    ({"role": Role.RESIDENT, "phone": ANN, "postcode_text": "ZZ1 0AA"}, "address_missing"),
]


class TestWhatIsWrong:
    def test_is_said_and_changes_nothing(self, town: Town) -> None:
        for said, code in WRONG:
            with pytest.raises(EnablerError) as wrong:
                town.add(**said)
            assert wrong.value.code == code, said
        assert [rows(kind) for kind in (MemberRow, RoleRow, StaffSecretRow)] == [0, 0, 0]

    def test_two_peoples_contacts(self, town: Town) -> None:
        town.join(ANN)
        town.add(Role.RESIDENT, mail=MAIL)
        with pytest.raises(Invalid) as wrong:
            town.add(Role.RESIDENT, phone=ANN, mail=MAIL)
        assert wrong.value.code == "contacts_of_two_members"

    def test_a_key_that_was_used_for_somebody_else(self, town: Town) -> None:
        town.add(Role.RESIDENT, phone=ANN, key="one")
        with pytest.raises(KeyReused):
            town.add(Role.RESIDENT, phone=BEN, key="one")


class TestLeave:
    def test_to_give_roles_is_the_administrators(self, town: Town) -> None:
        actors = {
            role: town.who(come_in(town, enrol(town, role, f"{role}@example.org"),
                                   mail=f"{role}@example.org"))
            for role in (Role.CUSTODIAN, Role.ADMINISTRATOR)
        }  # fmt: skip
        custodian, administrator = actors[Role.CUSTODIAN], actors[Role.ADMINISTRATOR]
        assert custodian is not None
        assert administrator is not None
        assert town.add(Role.RESIDENT, phone=ANN, actor=administrator[0]).created
        for actor in (custodian[0], Actor.anonymous(town.place_id), Actor.system("job")):
            with pytest.raises(NotAllowed):
                town.add(Role.RESIDENT, phone=BEN, actor=actor)
        with pytest.raises(NotAllowed):
            town.add(Role.RESIDENT, phone=BEN, actor=administrator[0], place_slug="noisetown")


class TestLookingUp:
    def test_is_the_custodians_and_is_logged(self, town: Town) -> None:
        token = town.join()
        ann, sue = town.who(token), town.who(come_in(town, enrol(town)))
        assert ann is not None
        assert sue is not None
        ref = str(ann[1].member_ref)
        view = members.by_ref(actor=sue[0], ref=ref.lower(), reason="check", now=NOW)
        assert (view.name, view.shown_name, view.ref) == ("Ann Archer", "Ann", ref)
        assert columns(SightRow, "viewer", "member_id", "what", "why") == [
            (sue[0].name, ann[0].member_id, "name,roles", "looked-up")
        ]

    def test_is_not_for_residents_or_other_places(self, town: Town) -> None:
        ann = town.who(town.join())
        keys = enrol(town, place_slug="noisetown")
        sue = town.who(come_in(town, keys, place_id=town.elsewhere))
        assert ann is not None
        assert sue is not None
        ref = str(ann[1].member_ref)
        with pytest.raises(NotAllowed):
            members.by_ref(actor=ann[0], ref=ref, now=NOW)
        with pytest.raises(NotFound):
            members.by_ref(actor=sue[0], ref=ref, now=NOW)
        assert rows(SightRow) == 0

    def test_works_from_the_command_line_in_every_place(self, town: Town) -> None:
        ann = town.who(town.join())
        assert ann is not None
        assert members.by_ref(actor=OPERATOR, ref=str(ann[1].member_ref), now=NOW).name
        for ref in ("0000", "not a ref", ""):
            with pytest.raises(NotFound):
                members.by_ref(actor=OPERATOR, ref=ref, now=NOW)
