"""A changed phone or mail address: both codes, notice to the old one, caution, and a way back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enabler.domain.contact_changes import CAUTION
from enabler.domain.errors import Invalid, LimitReached, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.persistence.tables.matches import ReportRow
from enabler.persistence.tables.members import WebSessionRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import contacts, matches, sign_in
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.keeping import end_what_is_over
from tests.services.contacting import (
    BROWSER,
    all_contacts,
    ask,
    caution_of,
    change,
    contacts_of,
    enter,
    newest_code,
    refusal_link,
    secrets,
    told,
)
from tests.services.deeds import a_key, accept, post

NEW, OTHER = "+447700900021", "+447700900022"
MAIL = "rosa@example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """A member with a phone."""
    return a_member(place, "Rosa Long")


class TestANewPhone:
    def test_takes_the_old_ones_place_for_both_codes(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        assert contacts_of(rosa) == {"phone": NEW}
        assert caution_of(rosa) == NOW + CAUTION
        assert told(old) == ["contact_changed"]
        assert told(NEW) == []

    @pytest.mark.parametrize(
        ("code", "old_code", "field"),
        [
            ("right", "000000", "old_code"), ("000000", "right", "code"),
            ("right", "", "old_code"), ("", "right", "code"),
        ],
    )  # fmt: skip
    def test_needs_both(self, rosa: BuiltMember, code: str, old_code: str, field: str) -> None:
        old = contacts_of(rosa)["phone"]
        ask(rosa, "phone", NEW)
        right = {"right": newest_code(NEW)}.get(code, code)
        agrees = {"right": newest_code(old)}.get(old_code, old_code)
        with pytest.raises(Invalid) as wrong:
            enter(rosa, "phone", NEW, right, agrees)
        assert wrong.value.field == field
        assert (contacts_of(rosa), caution_of(rosa)) == ({"phone": old}, None)

    def test_counts_wrong_tries(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        ask(rosa, "phone", NEW)
        code, agrees = newest_code(NEW), newest_code(old)
        bad = f"{(int(agrees) + 1) % 1_000_000:06d}"
        for _ in range(5):
            with pytest.raises(Invalid):
                enter(rosa, "phone", NEW, code, bad)
        with pytest.raises(Invalid) as wrong:
            enter(rosa, "phone", NEW, code, agrees)
        assert wrong.value.code == "code_too_many_tries"

    def test_is_not_changed_by_codes_of_another_use(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        """The two codes are not each other, a code to sign in agrees to nothing, none opens
        another browser."""
        old = contacts_of(rosa)["phone"]
        ask(rosa, "phone", NEW)
        new_code, old_code = newest_code(NEW), newest_code(old)
        sign_in.ask_code(
            place_id=place.id, phone_text=old, browser=BROWSER, from_address="192.0.2.1",
            secrets=secrets(), key=a_key(), now=NOW + MINUTE,
        )  # fmt: skip
        for codes in ((old_code, new_code), (new_code, new_code), (new_code, newest_code(old))):
            with pytest.raises(Invalid):
                enter(rosa, "phone", NEW, *codes)
        with pytest.raises(Invalid, match="code_not_asked"):
            enter(rosa, "phone", NEW, new_code, old_code, browser="another")
        enter(rosa, "phone", NEW, new_code, old_code)

    def test_sent_twice_is_changed_once(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        ask(rosa, "phone", NEW)
        codes = newest_code(NEW), newest_code(old)
        enter(rosa, "phone", NEW, *codes)
        enter(rosa, "phone", NEW, *codes, now=NOW + MINUTE)
        assert (told(old), caution_of(rosa)) == (["contact_changed"], NOW + CAUTION)

    def test_that_is_another_members_stays_theirs(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        """Only whoever holds the number learns that it has an account."""
        theirs = contacts_of(a_member(place, "Ben Near"))["phone"]
        before = all_contacts()
        ask(rosa, "phone", theirs)
        old = contacts_of(rosa)["phone"]
        with pytest.raises(Invalid, match="code_wrong"):
            enter(rosa, "phone", theirs, "000000", newest_code(old))
        with pytest.raises(Invalid, match="contact_taken"):
            enter(rosa, "phone", theirs, newest_code(theirs), newest_code(old))
        assert all_contacts() == before

    def test_is_capped(self, rosa: BuiltMember) -> None:
        for _ in range(3):
            ask(rosa, "phone", NEW)
        with pytest.raises(LimitReached):
            ask(rosa, "phone", NEW)

    def test_after_a_stop_is_agreed_to_by_mail(self, place: BuiltPlace) -> None:
        stopped = a_member(place, mail=True, stopped_at=NOW)
        old = contacts_of(stopped)
        assert contacts.asks_old(actor=stopped.actor, kind="phone") == "mail"
        ask(stopped, "phone", NEW)
        enter(stopped, "phone", NEW, newest_code(NEW), newest_code(old["mail"]))
        assert (told(old["phone"]), told(old["mail"])) == ([], ["contact_changed"])

    def test_after_a_stop_without_mail_is_for_people(self, place: BuiltPlace) -> None:
        with pytest.raises(WrongMoment, match="old_number_stopped"):
            ask(a_member(place, stopped_at=NOW), "phone", NEW)

    def test_is_nobodys_who_is_not_signed_in(self, place: BuiltPlace) -> None:
        with pytest.raises(NotAllowed):
            contacts.asks_old(actor=Actor.anonymous(place.id), kind="phone")


class TestAMailAddress:
    def test_is_added_by_a_code_and_the_phone_hears_of_it(self, rosa: BuiltMember) -> None:
        phone = contacts_of(rosa)["phone"]
        change(rosa, "mail", MAIL)
        assert contacts_of(rosa) == {"phone": phone, "mail": MAIL}
        assert (told(phone), told(MAIL)) == (["contact_changed"], [])
        assert caution_of(rosa) == NOW + CAUTION

    def test_takes_anothers_place_and_both_hear_of_it(self, place: BuiltPlace) -> None:
        member = a_member(place, mail=True)
        old = contacts_of(member)
        change(member, "mail", MAIL)
        assert [told(value) for value in (old["mail"], old["phone"])] == [["contact_changed"]] * 2


class TestCaution:
    def test_hides_the_address_and_says_until_when(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place, "Rosa Long"), a_helper(place)
        post(asker)
        ref = accept(helper).ref
        change(helper, "phone", NEW)
        shown = matches.show(actor=helper.actor, ref=ref, now=NOW + CAUTION - MINUTE)
        assert (shown.address, shown.postcode, shown.address_after) == (None, None, NOW + CAUTION)
        assert shown.other_name == "Rosa"
        later = matches.show(actor=helper.actor, ref=ref, now=NOW + CAUTION)
        assert later.address is not None
        assert later.address_after is None

    def test_does_not_hide_an_askers_own(self, place: BuiltPlace) -> None:
        asker, helper = a_member(place, "Rosa Long"), a_helper(place)
        post(asker)
        ref = accept(helper).ref
        change(asker, "phone", NEW)
        assert matches.show(actor=helper.actor, ref=ref, now=NOW).address is not None


class TestNotMe:
    def test_gives_the_old_one_back_and_signs_everybody_out(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        _session_of(rosa)
        later = NOW + timedelta(hours=1)
        token = refusal_link(old)
        for _ in range(2):
            contacts.refuse(token=token, secrets=secrets(), now=later)
        assert contacts_of(rosa) == {"phone": old}
        assert caution_of(rosa) == later + CAUTION
        assert _open_sessions(rosa) == 0
        assert _reports() == [("contact-refused", rosa.ref)]

    def test_undoes_what_came_after_too(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        first = refusal_link(old)
        change(rosa, "phone", OTHER, NOW + MINUTE)
        second = refusal_link(NEW)
        contacts.refuse(token=first, secrets=secrets(), now=NOW + 2 * MINUTE)
        contacts.refuse(token=second, secrets=secrets(), now=NOW + 3 * MINUTE)
        assert contacts_of(rosa) == {"phone": old}

    def test_takes_an_added_mail_address_away(self, rosa: BuiltMember) -> None:
        phone = contacts_of(rosa)["phone"]
        change(rosa, "mail", MAIL)
        contacts.refuse(token=refusal_link(phone), secrets=secrets(), now=NOW)
        assert contacts_of(rosa) == {"phone": phone}

    def test_does_not_take_a_number_from_somebody_who_joined_with_it(
        self, place: BuiltPlace, rosa: BuiltMember
    ) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        other = a_member(place, phone=False)
        with unit_of_work() as uow:
            uow.contacts.replace(place.id, other.id, kind="phone", value=old, now=NOW)
            uow.commit()
        contacts.refuse(token=refusal_link(old), secrets=secrets(), now=NOW)
        assert (contacts_of(rosa), contacts_of(other)) == ({}, {"phone": old})

    def test_is_over_after_three_days(self, rosa: BuiltMember) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        with pytest.raises(WrongMoment, match="change_too_old"):
            contacts.refuse(token=refusal_link(old), secrets=secrets(), now=NOW + CAUTION)
        assert contacts_of(rosa) == {"phone": NEW}

    @pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "", lambda t: "ABCD-" + t[5:]])
    def test_needs_our_link(self, rosa: BuiltMember, spoil: Any) -> None:
        old = contacts_of(rosa)["phone"]
        change(rosa, "phone", NEW)
        with pytest.raises(NotFound, match="link_unknown"):
            contacts.refuse(token=spoil(refusal_link(old)), secrets=secrets(), now=NOW)
        assert contacts_of(rosa) == {"phone": NEW}


def test_old_changes_are_forgotten_after_thirty_days(rosa: BuiltMember) -> None:
    change(rosa, "phone", NEW)
    kept = end_what_is_over(now=NOW + timedelta(days=30))["contact_change"]
    gone = end_what_is_over(now=NOW + timedelta(days=30, minutes=1))["contact_change"]
    assert (kept, gone) == (0, 1)


STEPS = st.lists(
    st.tuples(st.sampled_from(["phone", "mail", "refuse"]), st.integers(0, 100)),
    min_size=1, max_size=5,
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_the_order_of_changes_caution_holds_and_the_old_one_hears_of_it(
    place: BuiltPlace, steps: list[tuple[str, int]]
) -> None:
    """Hours pass between the steps; each is a change with the right codes, or its refusal."""
    member, now, last = a_member(place), NOW, None
    for number, (step, hours) in enumerate(steps):
        now += timedelta(hours=hours, minutes=1)
        before = contacts_of(member)
        known = {value: len(told(value)) for value in before.values()}
        if step == "refuse":
            if last is None or now >= last[1] + CAUTION:
                continue
            contacts.refuse(token=last[0], secrets=secrets(), now=now)
            last = None
        else:
            change(member, step, _fresh(step, member, number), now)
            heard = {value: len(told(value)) - count for value, count in known.items()}
            assert heard == dict.fromkeys(before.values(), 1)
            last = (refusal_link(next(iter(before.values()))), now)
        _caution_holds(member, now)


def _fresh(kind: str, member: BuiltMember, number: int) -> str:
    if kind == "mail":
        return f"{member.ref.lower()}-{number}@example.org"
    return f"+4477008{member.id % 1000:03d}{number:02d}"


def _caution_holds(member: BuiltMember, since: datetime) -> None:
    until = caution_of(member)
    assert until is not None
    assert until >= since + CAUTION


def _session_of(member: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.sessions.open(
            token_hash=a_key(), place_id=member.place.id, now=NOW, member_id=member.id
        )
        uow.commit()


def _open_sessions(member: BuiltMember) -> int:
    with reading() as uow:
        query = uow.session.query(WebSessionRow).filter_by(member_id=member.id, ended_at=None)
        return query.count()


def _reports() -> list[tuple[str, str | None]]:
    with reading() as uow:
        return [(row.kind, row.about_ref) for row in uow.session.query(ReportRow)]
