"""What members say of themselves: changed by them alone, seen by whom it is for."""

import pytest
from sqlalchemy import select

from enabler.domain.errors import Invalid, NotAllowed
from enabler.domain.permissions import Actor
from enabler.doors.wiring import wiring
from enabler.persistence.tables.audit import AuditValueRow, SightRow
from enabler.persistence.tables.members import HomeRow, MemberRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.unit_of_work import reading
from enabler.services import details, laws, matches, needs
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member, an_offer
from tests.services.deeds import a_key, accept, asks_of, post


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """A member."""
    return a_member(place, "Rosa Long")


def test_a_name_and_what_others_see(rosa: BuiltMember) -> None:
    key = a_key()
    for _ in range(2):
        details.rename(
            secrets=wiring().secrets,
            actor=rosa.actor,
            name=" Rosa  Short ",
            shown="Ro",
            key=key,
            now=NOW,
        )
    mine = details.show(actor=rosa.actor, now=NOW)
    assert (mine.name, mine.shown_name) == ("Rosa Short", "Ro")
    details.rename(
        secrets=wiring().secrets, actor=rosa.actor, name="Ada Byron", shown="", key=a_key(), now=NOW
    )
    assert details.show(actor=rosa.actor, now=NOW).shown_name == "Ada"
    with reading() as uow:
        kept = uow.session.execute(
            select(AuditValueRow.column, AuditValueRow.old, AuditValueRow.new)
            .filter_by(member_id=rosa.id).order_by(AuditValueRow.id)
        ).all()  # fmt: skip
    assert ("name", "Rosa Long", "Rosa Short") in kept
    assert len(kept) == 4, "once per key"


def test_languages(rosa: BuiltMember) -> None:
    details.speak(actor=rosa.actor, languages=["cy", "en", "cy"], key=a_key(), now=NOW)
    assert details.show(actor=rosa.actor, now=NOW).languages == ("cy", "en")
    for wrong, code in (([], "languages_missing"), (["english"], "language_unknown")):
        with pytest.raises(Invalid, match=code):
            details.speak(actor=rosa.actor, languages=wrong, key=a_key(), now=NOW)
    with pytest.raises(Invalid, match="language_unknown"):
        details.read_in(actor=rosa.actor, language="cy", key=a_key(), now=NOW)
    details.read_in(actor=rosa.actor, language="en", key=a_key(), now=NOW)


def test_a_move_takes_offers_along_and_leaves_needs(place: BuiltPlace, rosa: BuiltMember) -> None:
    an_offer(rosa, "shopping", "meals", reach=900)
    need = post(rosa, "transport")
    neighbour = a_member(place, home_id=rosa.home_id)
    postcode = place.postcode_at(3500, 3500)
    details.move(
        secrets=wiring().secrets,
        actor=rosa.actor,
        postcode_text=postcode.lower(),
        address="9 Far Row",
        key=a_key(),
        now=NOW,
    )
    mine = details.show(actor=rosa.actor, now=NOW)
    assert (mine.postcode, mine.address, mine.ward) == (postcode, "9 Far Row", "East End")
    with reading() as uow:
        offer = uow.session.scalars(select(OfferRow).filter_by(member_id=rosa.id)).one()
        assert offer.cell_id == place.cell_at(3500, 3500)
        assert offer.ward_id == place.ward_at(3500)
        assert uow.session.get(HomeRow, rosa.home_id) is not None, "somebody still lives there"
    kept = needs.show(actor=rosa.actor, ref=need.ref, now=NOW)
    assert kept.postcode == place.postcode_at(500, 500)
    assert kept.where.ward == "West End"
    counts = {law.what: law.count for law in laws.check(now=NOW)}
    assert counts["offers_measured_exactly"] == counts["homes_not_in_their_cell"] == 0
    # From the new place it is found, from the old it is not any more.
    details.move(secrets=wiring().secrets, actor=neighbour.actor, postcode_text=postcode,
                 address="1 New Row", key=a_key(), now=NOW)  # fmt: skip
    post(neighbour, "shopping")
    assert len(asks_of(rosa)) == 1
    with reading() as uow:
        assert uow.session.get(HomeRow, rosa.home_id) is None, "nobody's home is not kept"


def test_a_move_out_of_the_place_is_refused(place: BuiltPlace, rosa: BuiltMember) -> None:
    with pytest.raises(Invalid) as wrong:
        details.move(
            secrets=wiring().secrets,
            actor=rosa.actor,
            postcode_text="NE1 1AA",
            address="1 X",
            key=a_key(),
            now=NOW,
        )
    assert wrong.value.field == "postcode"
    assert details.show(actor=rosa.actor, now=NOW).postcode == place.postcode_at(500, 500)


def test_open_needs_at_home_are_counted(rosa: BuiltMember) -> None:
    post(rosa, "transport")
    assert details.show(actor=rosa.actor, now=NOW).needs_at_home == 1


def test_access_needs_are_for_the_accepted_helper_alone(place: BuiltPlace) -> None:
    asker, helper = a_member(place, "Rosa Long"), a_helper(place, "Hal Near")
    other = a_helper(place, "Olga Asked")
    details.need_access(
        actor=asker.actor, needs=["bsl", "wheelchair"], words="The bell is broken.",
        consented=True, key=a_key(), now=NOW,
    )  # fmt: skip
    post(asker)
    ref = asks_of(helper)[0].ref
    for who, asked in ((helper, ref), (other, asks_of(other)[0].ref)):
        before = matches.show(actor=who.actor, ref=asked, now=NOW)
        assert (before.access_needs, before.access_words) == ((), None)
    accept(helper, ref)
    shown = matches.show(actor=helper.actor, ref=ref, now=NOW)
    assert (shown.access_needs, shown.access_words) == (
        ("wheelchair", "bsl"), "The bell is broken.",
    )  # fmt: skip
    with reading() as uow:
        seen = uow.session.scalars(select(SightRow.what).filter_by(viewer=helper.ref)).all()
    assert "access-needs,address,name" in seen
    assert matches.show(actor=asker.actor, ref=ref, now=NOW).access_needs == ()
    late = matches.show(actor=helper.actor, ref=ref, now=NOW.replace(month=6))
    assert late.access_needs == ()


def test_nobody_but_the_member(place: BuiltPlace) -> None:
    stranger = Actor.anonymous(place.id)
    with pytest.raises(NotAllowed):
        details.show(actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        details.rename(
            secrets=wiring().secrets, actor=stranger, name="X", shown=None, key=a_key(), now=NOW
        )
    with pytest.raises(Invalid, match="access_need_unknown"):
        details.need_access(
            actor=a_member(place).actor, needs=["x"], words=None, key=a_key(), now=NOW
        )
    with reading() as uow:
        assert uow.session.query(MemberRow).filter_by(name="X").count() == 0
