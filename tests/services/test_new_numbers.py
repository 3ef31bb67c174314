"""The desk changes the number of somebody who has lost their phone and has no mail."""

from dataclasses import replace

import pytest

from enabler.domain.contact_changes import CAUTION
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.vocabulary import MemberState, Role
from enabler.persistence.tables.audit import AuditRow, AuditValueRow, SightRow
from enabler.persistence.tables.members import MemberRow, WebSessionRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import contacts, new_numbers
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_member
from tests.services.contacting import (
    BROWSER,
    caution_of,
    contacts_of,
    key,
    newest_code,
    refusal_link,
    secrets,
    told,
)

NEW, BECAUSE = "+447700900041", "She came with her bus pass."


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """Somebody who has lost her phone."""
    return a_member(place, "Rosa Long", address="12 North Street", mail=True)


@pytest.fixture
def carol(place: BuiltPlace) -> BuiltMember:
    """A custodian."""
    return a_custodian(place)


def ask(who: BuiltMember, whose: BuiltMember, phone: str = NEW, words: str = BECAUSE) -> None:
    """Send the code."""
    new_numbers.ask_code(
        actor=who.actor, ref=whose.ref, typed=phone, words=words, browser=BROWSER,
        from_address="192.0.2.8", secrets=secrets(), key=key(), now=NOW,
    )  # fmt: skip


def change(who: BuiltMember, whose: BuiltMember, code: str, phone: str = NEW) -> None:
    """Change the number."""
    new_numbers.change(
        actor=who.actor, ref=whose.ref, typed=phone, words=BECAUSE, code=code, browser=BROWSER,
        secrets=secrets(), now=NOW,
    )  # fmt: skip


def test_is_found_by_the_old_number_or_the_reference_and_seen_on_record(
    rosa: BuiltMember, carol: BuiltMember
) -> None:
    for typed in (contacts_of(rosa)["phone"], f" {rosa.ref.lower()} "):
        assert new_numbers.find(actor=carol.actor, typed=typed, reason="asked", now=NOW) == rosa.ref
    seen = new_numbers.show(actor=carol.actor, ref=rosa.ref, now=NOW)
    assert (seen.name, seen.address, seen.has_mail) == ("Rosa Long", "12 North Street", True)
    assert contacts_of(rosa)["phone"].endswith(seen.phone_end or "nothing")
    with reading() as uow:
        sights = uow.session.query(SightRow).filter_by(member_id=rosa.id, why="lost-phone").all()
    assert {row.viewer for row in sights} == {carol.ref}
    for nobody in ("07700 900999", "ZZZZ", "Rosa Long"):
        with pytest.raises(Invalid, match="person_unknown"):
            new_numbers.find(actor=carol.actor, typed=nobody, reason="asked", now=NOW)


def test_is_changed_for_the_code_that_the_caller_reads_out(
    place: BuiltPlace, rosa: BuiltMember, carol: BuiltMember
) -> None:
    old = contacts_of(rosa)
    with unit_of_work() as uow:
        uow.sessions.open(token_hash="t", place_id=place.id, now=NOW, member_id=rosa.id)
        uow.commit()
    ask(carol, rosa)
    code = newest_code(NEW)
    for _ in range(2):
        change(carol, rosa, code)
    assert contacts_of(rosa) == {"phone": NEW, "mail": old["mail"]}
    assert caution_of(rosa) == NOW + CAUTION
    assert (told(old["phone"]), told(old["mail"])) == (["phone_lost"], ["contact_changed"])
    with reading() as uow:
        assert uow.session.query(WebSessionRow).filter_by(ended_at=None).count() == 0
        row = uow.session.query(AuditRow).filter_by(what="member.contact-changed").one()
        kept = uow.session.query(AuditValueRow).filter_by(audit_id=row.id, column="words").one()
    assert (row.actor_name, kept.new) == (carol.ref, BECAUSE)
    contacts.refuse(token=refusal_link(old["mail"]), secrets=secrets(), now=NOW)
    assert contacts_of(rosa) == old


def test_stays_without_the_code_a_reason_or_for_a_number_of_somebody_else(
    place: BuiltPlace, rosa: BuiltMember, carol: BuiltMember
) -> None:
    old, theirs = contacts_of(rosa), contacts_of(a_member(place, "Ben Near"))["phone"]
    ask(carol, rosa)
    bad = f"{(int(newest_code(NEW)) + 1) % 1_000_000:06d}"
    with pytest.raises(Invalid, match="code_wrong"):
        change(carol, rosa, bad)
    with pytest.raises(Invalid) as without:
        ask(carol, rosa, words=" ")
    assert without.value.field == "words"
    with pytest.raises(Invalid, match="number_is_theirs_already"):
        ask(carol, rosa, old["phone"])
    ask(carol, rosa, theirs)
    with pytest.raises(Invalid, match="contact_taken"):
        change(carol, rosa, newest_code(theirs), theirs)
    assert contacts_of(rosa) == old


def test_is_for_those_who_keep_the_market_here_and_never_for_oneself(
    place: BuiltPlace, noise: BuiltPlace, rosa: BuiltMember, carol: BuiltMember
) -> None:
    one_factor = replace(carol, actor=replace(carol.actor, second_factor=False))
    outside = (
        rosa, one_factor, a_member(place, "Ada", roles=(Role.ADMINISTRATOR,)),
        a_member(place, "Cal", roles=(Role.CALL_HANDLER,)),
        a_member(place, "Cyn", roles=(Role.COUNCILLOR,)),
    )  # fmt: skip
    for who in outside:
        for act in (
            lambda who=who: new_numbers.find(
                actor=who.actor, typed=rosa.ref, reason="asked", now=NOW
            ),
            lambda who=who: new_numbers.show(actor=who.actor, ref=rosa.ref, now=NOW),
            lambda who=who: ask(who, rosa), lambda who=who: change(who, rosa, "123456"),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                act()
    with pytest.raises(NotAllowed, match="own_case"):
        new_numbers.show(actor=carol.actor, ref=carol.ref, now=NOW)
    for act in (
        lambda: new_numbers.show(actor=a_custodian(noise).actor, ref=rosa.ref, now=NOW),
        lambda: change(a_custodian(noise), rosa, "123456"),
    ):
        with pytest.raises(NotFound):
            act()


def test_is_not_of_whoever_is_suspended(rosa: BuiltMember, carol: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.session.get_one(MemberRow, rosa.id).state = MemberState.SUSPENDED
        uow.commit()
    with pytest.raises(NotAllowed, match="account_suspended"):
        ask(carol, rosa)
