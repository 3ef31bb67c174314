"""From the minute in which somebody keeps another away nothing of either reaches the other, on any
path by which two people meet."""

from datetime import timedelta

import pytest

from enabler.domain.errors import NotAllowed, NotFound, WrongMoment
from enabler.domain.vocabulary import MatchState, OutboxState
from enabler.doors.wiring import wiring
from enabler.persistence.tables.members import BlockRow
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    calendars,
    conversations,
    keeping_apart,
    matches,
    messages,
    mine,
    near,
    needs,
    reminders,
    sharing,
    visits,
    watching,
)
from tests.builders import NOW, BuiltMember, BuiltPlace, a_custodian, a_helper, a_member, an_offer
from tests.services.deeds import a_key, accept, post, the_ask

SOON = NOW + timedelta(hours=30)


@pytest.fixture
def two(place: BuiltPlace) -> tuple[BuiltMember, BuiltMember]:
    """An asker, and a helper with an open offer."""
    return a_member(place, "Anna", mail=True), a_helper(place, "Hallam")


def met(two: tuple[BuiltMember, BuiltMember]) -> str:
    """They agreed on a visit, and wrote to each other."""
    asker, helper = two
    post(asker)
    ref = accept(helper).ref
    matches.arrange(
        actor=asker.actor, match_ref=ref, start=SOON, end=SOON + timedelta(hours=1), key=a_key(),
        now=NOW,
    )  # fmt: skip
    for who in two:
        conversations.say(
            actor=who.actor, match_ref=ref, words=f"Words of {who.ref}.", key=a_key(), now=NOW
        )
    return ref


def apart(who: BuiltMember, ref: str) -> None:
    keeping_apart.keep_apart(actor=who.actor, match_ref=ref, key=a_key(), now=NOW)


def deliver(now: object = NOW) -> list[str]:
    """What leaves the house now, in words."""
    moment = now if now is not NOW else NOW
    while messages.deliver_outbox(gateway=wiring().gateway, secrets=wiring().secrets, now=moment):  # type: ignore[arg-type]
        pass
    with reading() as uow:
        return [row.body for row in uow.session.query(SimulatedMessageRow)]


both = pytest.mark.parametrize("side", [0, 1], ids=["asker", "helper"])


@both
def test_what_is_agreed_is_called_off_and_others_are_asked(
    two: tuple[BuiltMember, BuiltMember], place: BuiltPlace, side: int
) -> None:
    ref = met(two)
    other = a_helper(place, "Olga")
    apart(two[side], ref)
    for who in two:
        view = matches.show(actor=who.actor, ref=ref, now=NOW)
        assert (view.state, view.other_name, view.address) == (MatchState.RELEASED, None, None)
    assert the_ask(other)


@both
def test_the_conversation_is_closed_and_unread_lines_are_gone(
    two: tuple[BuiltMember, BuiltMember], side: int
) -> None:
    ref = met(two)
    apart(two[side], ref)
    for who in two:
        assert matches.show(actor=who.actor, ref=ref, now=NOW).conversation is None
        assert mine.everything(actor=who.actor, now=NOW).unread == ()
        with pytest.raises((WrongMoment, NotAllowed)):
            conversations.say(
                actor=who.actor, match_ref=ref, words="Still there?", key=a_key(), now=NOW
            )


@both
def test_of_help_that_is_done_too(two: tuple[BuiltMember, BuiltMember], side: int) -> None:
    ref = met(two)
    matches.done(actor=two[1].actor, match_ref=ref, minutes=30, key=a_key(), now=SOON)
    apart(two[side], ref)
    for who in two:
        view = matches.show(actor=who.actor, ref=ref, now=SOON)
        assert (view.state, view.other_name, view.conversation) == (MatchState.DONE, None, None)
        assert view.visit_words is None
        assert mine.everything(actor=who.actor, now=SOON).unread == ()
    matches.confirm(actor=two[0].actor, match_ref=ref, key=a_key(), now=SOON)  # the hours stand


@both
def test_what_waits_to_be_sent_names_nobody(
    two: tuple[BuiltMember, BuiltMember], side: int
) -> None:
    ref = met(two)
    with reading() as uow:
        waiting = uow.session.query(OutboxRow).filter_by(state=OutboxState.QUEUED).count()
    assert waiting >= 4  # accepted, arranged, wrote: of both sides
    apart(two[side], ref)
    said = deliver()
    assert said
    for body in said:
        assert not any(name in body for name in ("Anna", "Hallam", "Mill Lane")), body
    with reading() as uow:
        sent = {
            row.template for row in uow.session.query(OutboxRow)
            if row.state in (OutboxState.ACCEPTED, OutboxState.DELIVERED)
        }  # fmt: skip
    assert sent <= {"released", "released_helper", "brokering"}


@both
def test_no_reminder_and_no_calendar_tells_of_the_visit(
    two: tuple[BuiltMember, BuiltMember], side: int
) -> None:
    ref = met(two)
    ports = wiring()
    for who in two:
        calendars.switch_on(actor=who.actor, secrets=ports.secrets, key=a_key(), now=NOW)
    apart(two[side], ref)
    while reminders.remind(now=SOON - timedelta(hours=1)):
        pass
    said = deliver(SOON - timedelta(hours=1))
    assert not any("Hallam" in body or "Anna" in body for body in said)
    for who in two:
        token = calendars.token(actor=who.actor, secrets=ports.secrets) or ""
        visits = calendars.of_feed(token=token, secrets=ports.secrets, now=NOW).visits
        assert all(visit.called_off for visit in visits)


def test_an_ask_that_is_out_is_nobodys_to_answer(
    two: tuple[BuiltMember, BuiltMember], place: BuiltPlace
) -> None:
    asker, helper = two
    ref = met(two)
    second = post(asker, words="A second thing, from the chemist's corner.")
    ask = the_ask(helper)
    apart(asker, ref)
    assert matches.show(actor=helper.actor, ref=ask, now=NOW).state is MatchState.WITHDRAWN
    with pytest.raises((NotAllowed, WrongMoment)):
        accept(helper, ask)
    assert needs.show(actor=asker.actor, ref=second.ref, now=NOW).state.value == "open"


def test_a_yes_that_meets_a_block_of_the_same_moment_is_none(
    two: tuple[BuiltMember, BuiltMember],
) -> None:
    asker, helper = two
    post(asker)
    ask = the_ask(helper)
    with unit_of_work() as uow:
        uow.session.add(BlockRow(
            place_id=asker.place.id, member_id=asker.id, blocked_id=helper.id, since=NOW
        ))  # fmt: skip
        uow.commit()
    with pytest.raises(NotAllowed):
        accept(helper, ask)


@both
def test_lists_near_and_shared_pages_leave_the_other_out(
    two: tuple[BuiltMember, BuiltMember], place: BuiltPlace, side: int
) -> None:
    offers = {who.id: an_offer(who, "gardening", words=f"Glad, {who.ref}.", words_public=True)
              for who in two}  # fmt: skip
    ref = met(two)
    apart(two[side], ref)
    for who, other in (two, two[::-1]):
        with pytest.raises(NotFound):
            sharing.public(actor=who.actor, ref=offers[other.id], now=NOW)
        sharing.public(actor=who.actor, ref=offers[who.id], now=NOW)
        wanted = near.Wanted(kind="offer", category="gardening")
        spots = near.around(actor=who.actor, place_id=place.id, wanted=wanted, now=NOW).spots
        listed = [
            thing.words for spot in spots for thing in near.at_spot(
                actor=who.actor, place_id=place.id, code=spot.code, wanted=wanted, now=NOW
            ).things
        ]  # fmt: skip
        assert f"Glad, {other.ref}." not in listed
        assert f"Glad, {who.ref}." in listed


@both
def test_a_visit_under_way_ends_and_the_desk_rings_both(
    two: tuple[BuiltMember, BuiltMember], place: BuiltPlace, side: int
) -> None:
    ref, carol = met(two), a_custodian(place).actor
    visits.arrive(actor=two[1].actor, match_ref=ref, key=a_key(), now=SOON)
    keeping_apart.keep_apart(actor=two[side].actor, match_ref=ref, key=a_key(), now=SOON)
    deliver(SOON)
    with reading() as uow:
        (told,) = uow.session.query(OutboxRow).filter_by(template="visit_stuck_staff")
        assert told.state in (OutboxState.ACCEPTED, OutboxState.DELIVERED)
    (seen,) = watching.desk(actor=carol, now=SOON)
    assert (seen.match_ref, seen.because) == (ref, "stuck")
    assert [one.who for one in watching.show(actor=carol, match_ref=ref, now=SOON).calls]
    watching.clear(actor=carol, match_ref=ref, words="Both are well.", key=a_key(), now=SOON)
    assert watching.ring_due(now=SOON + timedelta(hours=9)) == 0


def test_a_visit_that_nobody_went_to_yet_wakes_nobody(
    two: tuple[BuiltMember, BuiltMember], place: BuiltPlace
) -> None:
    ref, carol = met(two), a_custodian(place).actor
    visits.watch(actor=two[1].actor, match_ref=ref, key=a_key(), now=NOW)
    apart(two[0], ref)
    watching.ring_due(now=SOON + timedelta(hours=9))
    assert watching.desk(actor=carol, now=SOON + timedelta(hours=9)) == ()
