"""The table of permissions, as a matrix: who may, and everybody else may not."""

import pytest

from enabler.domain.errors import NotAllowed
from enabler.domain.permissions import (
    BY_TEXT,
    OF_ANYONE,
    OF_ORGANISATIONS,
    OF_PARTIES,
    OF_SYSTEM,
    Action,
    Actor,
    RoleGrant,
    Subject,
    allowed,
    require,
)
from enabler.domain.vocabulary import STAFF_ROLES, Role

HERE, THERE, WARD, OTHER_WARD, GROUP = 1, 2, 11, 12, 21


def member(number: int, *grants: RoleGrant, place: int = HERE, proved: bool = False) -> Actor:
    return Actor("member", f"M{number}", number, place, grants, proved)


def staff(role: Role, *, place: int = HERE, ward: int | None = None, proved: bool = True) -> Actor:
    return member(90, RoleGrant(role, place, ward), place=place, proved=proved)


ASKER, OTHER = member(1), member(2)
NEED = Subject(HERE, WARD, owner_id=1)
MATCH = Subject(HERE, WARD, party_ids=frozenset({1, 3}))


class TestAStranger:
    @pytest.mark.parametrize("action", sorted(set(Action) - OF_ANYONE))
    def test_may_do_nothing_that_needs_a_name(self, action: Action) -> None:
        assert not allowed(Actor.anonymous(HERE), action, Subject(HERE, owner_id=1))


class TestAMember:
    def test_sees_and_changes_the_own_need_only(self) -> None:
        for action in (Action.SEE_NEED, Action.CHANGE_NEED):
            assert allowed(ASKER, action, NEED)
            assert not allowed(OTHER, action, NEED)
            assert not allowed(member(1, place=THERE), action, NEED)

    @pytest.mark.parametrize("action", sorted(OF_PARTIES))
    def test_acts_on_a_match_as_one_of_its_two(self, action: Action) -> None:
        assert allowed(ASKER, action, MATCH)
        assert not allowed(OTHER, action, MATCH)

    def test_never_moderates(self) -> None:
        with pytest.raises(NotAllowed):
            require(ASKER, Action.MODERATE, NEED)


class TestStaff:
    @pytest.mark.parametrize("role", sorted(STAFF_ROLES))
    def test_have_no_power_without_a_second_factor(self, role: Role) -> None:
        unproved = staff(role, proved=False)
        assert not any(allowed(unproved, action, NEED) for action in set(Action) - OF_ANYONE)

    def test_of_another_place_have_none_here(self) -> None:
        assert allowed(staff(Role.CUSTODIAN), Action.MODERATE, NEED)
        assert not allowed(staff(Role.CUSTODIAN, place=THERE), Action.MODERATE, NEED)

    def test_a_councillor_looks_at_the_own_ward(self) -> None:
        councillor = staff(Role.COUNCILLOR, ward=WARD)
        assert allowed(councillor, Action.SEE_WARD, Subject(HERE, WARD))
        assert not allowed(councillor, Action.SEE_WARD, Subject(HERE, OTHER_WARD))
        assert not allowed(councillor, Action.SEE_NEED, NEED)
        assert not allowed(councillor, Action.SEE_MATCH, MATCH)

    def test_an_administrator_reads_no_match(self) -> None:
        assert not allowed(staff(Role.ADMINISTRATOR), Action.SEE_MATCH, MATCH)


class TestAnOrganisationsMember:
    @pytest.mark.parametrize("action", sorted(OF_ORGANISATIONS))
    def test_acts_by_the_role_held_in_it(self, action: Action) -> None:
        theirs = Subject(HERE, organisation_id=GROUP)
        owner = member(5, RoleGrant(Role.ORGANISATION_OWNER, HERE, None, GROUP))
        helper = member(6, RoleGrant(Role.ORGANISATION_HELPER, HERE, None, GROUP))
        assert allowed(owner, action, theirs)
        assert allowed(helper, action, theirs) == (
            Role.ORGANISATION_HELPER in OF_ORGANISATIONS[action]
        )
        assert not allowed(owner, action, Subject(HERE, organisation_id=GROUP + 1))
        assert not allowed(owner, action, Subject(THERE, organisation_id=GROUP))


class TestTheHouseItself:
    @pytest.mark.parametrize("action", sorted(Action))
    def test_jobs_do_what_jobs_do(self, action: Action) -> None:
        may = allowed(Actor.system("work-due-needs"), action, NEED)
        assert may == (action in OF_SYSTEM | OF_ANYONE)

    def test_the_operator_is_an_administrator_of_every_place(self) -> None:
        assert allowed(Actor.operator("root"), Action.KEEP_PLACE, Subject(THERE))


class TestWhoeverOnlyTexts:
    """A number proves nothing: whoever borrows one must not become anybody by it."""

    @pytest.mark.parametrize("action", sorted(set(Action) - BY_TEXT))
    def test_may_do_nothing_that_makes_them_another(self, action: Action) -> None:
        own = Subject(HERE, WARD, owner_id=1, party_ids=frozenset({1}))
        assert not allowed(ASKER.by_text(), action, own)
        with pytest.raises(NotAllowed, match="not_by_text"):
            require(ASKER.by_text(), action, own)

    @pytest.mark.parametrize("action", sorted(BY_TEXT))
    def test_may_do_no_more_than_the_member(self, action: Action) -> None:
        for subject in (NEED, MATCH, Subject(HERE, owner_id=2), Subject(THERE, owner_id=1)):
            assert not allowed(ASKER.by_text(), action, subject) or allowed(ASKER, action, subject)

    @pytest.mark.parametrize("role", sorted(STAFF_ROLES))
    def test_has_no_role(self, role: Role) -> None:
        texting = staff(role).by_text()
        assert texting.grants == ()
        assert not any(
            allowed(texting, action, NEED) for action in Action if action not in OF_ANYONE
        )

    def test_never_sees_an_address_by_what_they_may(self) -> None:
        assert not BY_TEXT & {Action.SEE_PERSON, Action.CHANGE_OWN, Action.ASSIGN_MATCH,
                              Action.FOLLOW_LINK, Action.SIGN_IN}  # fmt: skip
