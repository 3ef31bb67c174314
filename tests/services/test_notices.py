"""How members are told: by the ways they chose, never at night unless they want, and the stop."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from enabler.domain.errors import Invalid, NotFound
from enabler.domain.notices import Wishes
from enabler.domain.vocabulary import Channel, Priority, Way
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.tables.wishes import MemberWishRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import _links, notices
from enabler.services._tell import tell
from enabler.services.notices import Times
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.contacting import secrets
from tests.services.deeds import a_key, post
from tests.services.test_lost_phone import sent_to


@pytest.fixture
def rosa(place: BuiltPlace) -> BuiltMember:
    """A member with a phone and a mail address."""
    return a_member(place, "Rosa Long", mail=True)


def choose(member: BuiltMember, **ways: Way) -> None:
    """Choose ways."""
    notices.choose_ways(actor=member.actor, wishes=Wishes(**ways), key=a_key(), now=NOW)


def channels(member: BuiltMember, template: str, priority: Priority = Priority.MATCH) -> list[str]:
    """By which ways a message goes now."""
    key = a_key()
    with unit_of_work() as uow:
        tell(
            uow, place_id=member.place.id, member_id=member.id, template=template,
            parameters={"need": "ABCD"}, priority=priority, dedupe_key=key, now=NOW,
        )  # fmt: skip
        uow.commit()
    with reading() as uow:
        found = uow.session.scalars(
            select(OutboxRow.channel).where(OutboxRow.dedupe_key.startswith(key))
        )
        return sorted(each.value for each in found)


def token(member: BuiltMember) -> str:
    """The token of the link in a mail."""
    return _links.sign(secrets(), _links.STOP, member.ref)


class TestTheWays:
    def test_are_kept_by_kind(self, rosa: BuiltMember) -> None:
        assert channels(rosa, "held") == ["text"], "nothing was chosen"
        choose(rosa, asks=Way.BOTH, news=Way.PAGE, reminders=Way.MAIL)
        assert channels(rosa, "ask") == ["mail", "text"]
        assert channels(rosa, "held") == []
        assert channels(rosa, "held", Priority.REMINDER) == ["mail"]
        assert channels(rosa, "held", Priority.BULLETIN) == [], "nobody asked for news"
        assert channels(rosa, "held", Priority.SAFETY) == ["text"]
        assert channels(rosa, "brokering_staff") == ["text"]

    def test_that_do_not_reach_give_way_to_one_that_does(self, place: BuiltPlace) -> None:
        mailed = a_member(place, phone=False, mail=True)
        assert channels(mailed, "held") == ["mail"]
        stopped = a_member(place, mail=True, stopped_at=NOW)
        choose(stopped, news=Way.BOTH)
        assert channels(stopped, "held") == ["mail"]
        notices.stop_mails(token=token(stopped), secrets=secrets(), now=NOW)
        assert channels(stopped, "held") == []
        assert channels(stopped, "held", Priority.SAFETY) == ["mail"]

    def test_reach_asks_of_a_round(self, place: BuiltPlace) -> None:
        helper = a_helper(place, mail=True)
        choose(helper, asks=Way.BOTH)
        post(a_member(place, "Rosa Long"))
        with reading() as uow:
            found = uow.session.scalars(
                select(OutboxRow.channel).filter_by(template="ask", member_id=helper.id)
            )
            assert sorted(found) == [Channel.MAIL, Channel.TEXT]

    def test_chosen_since_it_was_queued_keep_it_back(self, rosa: BuiltMember) -> None:
        channels(rosa, "held")
        choose(rosa, news=Way.PAGE)
        sent_to("nobody")
        with reading() as uow:
            failures = list(uow.session.scalars(select(OutboxRow.failure)))
        assert failures == ["not_wanted"]

    def test_for_asks_there_is_always_one(self, rosa: BuiltMember) -> None:
        with pytest.raises(Invalid, match="way_unknown"):
            choose(rosa, asks=Way.PAGE)
        choose(rosa)
        with pytest.raises(IntegrityError), unit_of_work() as uow:
            uow.session.execute(update(MemberWishRow).values(asks_by=Way.PAGE))

    def test_by_mail_need_an_address(self, place: BuiltPlace) -> None:
        with pytest.raises(Invalid, match="way_needs_mail") as wrong:
            choose(a_member(place), news=Way.MAIL)
        assert wrong.value.field == "news"


class TestTheTimes:
    def test_are_kept_on_top_of_the_places(self, rosa: BuiltMember) -> None:
        notices.choose_times(
            actor=rosa.actor, times=Times(9 * 60, 12 * 60, True, 2), key=a_key(), now=NOW
        )
        channels(rosa, "held")
        with reading() as uow:
            due = uow.session.scalars(select(OutboxRow.due_at)).one()
        assert due == NOW.replace(hour=12)
        mine = notices.show(actor=rosa.actor, now=NOW)
        assert (mine.night_asks, mine.asks_per_week) == (True, 2)

    @pytest.mark.parametrize(
        ("times", "field"),
        [
            (Times(540, None), "quiet_until"),
            (Times(None, 540), "quiet_from"),
            (Times(540, 540), "quiet_until"),
            (Times(asks_per_week=0), "asks_per_week"),
            (Times(asks_per_week=8), "asks_per_week"),
        ],
    )
    def test_that_make_no_sense_are_refused(
        self, rosa: BuiltMember, times: Times, field: str
    ) -> None:
        with pytest.raises(Invalid) as wrong:
            notices.choose_times(actor=rosa.actor, times=times, key=a_key(), now=NOW)
        assert wrong.value.field == field


class TestTheStop:
    def test_works_from_the_link_alone_and_back(self, rosa: BuiltMember) -> None:
        choose(rosa, news=Way.MAIL)
        for _ in range(2):
            notices.stop_mails(token=token(rosa), secrets=secrets(), now=NOW)
        assert notices.mail_stops(token=token(rosa), secrets=secrets())
        assert channels(rosa, "held") == ["text"], "news is not lost"
        notices.start_mails(token=token(rosa), secrets=secrets(), now=NOW)
        assert channels(rosa, "held") == ["mail"]

    def test_holds_what_was_queued_before(self, rosa: BuiltMember) -> None:
        choose(rosa, news=Way.MAIL)
        channels(rosa, "held")
        notices.stop_mails(token=token(rosa), secrets=secrets(), now=NOW)
        sent_to("nobody")
        with reading() as uow:
            assert list(uow.session.scalars(select(OutboxRow.failure))) == ["stopped"]

    def test_needs_our_link(self, rosa: BuiltMember) -> None:
        other = _links.sign(secrets(), _links.REFUSE, rosa.ref)
        for wrong in ("", rosa.ref, token(rosa)[:-1], other):
            with pytest.raises(NotFound):
                notices.stop_mails(token=wrong, secrets=secrets(), now=NOW)

    def test_of_either_ends_when_the_member_says_so(self, place: BuiltPlace) -> None:
        both = a_member(place, mail=True, stopped_at=NOW, mail_stopped_at=NOW)
        assert channels(both, "held") == []
        notices.start_again(actor=both.actor, now=NOW + timedelta(days=1))
        assert channels(both, "held") == ["text"]
