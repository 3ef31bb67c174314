"""MY, DONE, CAN'T, WHY, HOURS, GIVE: by letter, by ref, or of what there is alone; worked anew."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from enabler.domain.vocabulary import MatchState, MemberState, NeedState, OfferState
from enabler.domain.windows import Window
from enabler.persistence.tables.clock import ServiceCallRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import hours, matches, texting
from tests.builders import BuiltMember, a_helper, a_member, an_offer, an_organisation, new_rules
from tests.services.deeds import a_key, earn, post, the_ask
from tests.telephone.talking import Talk, a_texting_place, number_of, read

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def talk(app: Flask) -> Iterator[Talk]:
    with app.app_context():
        yield Talk(a_texting_place(policy={"hours": True}))


@pytest.fixture
def ann(talk: Talk) -> BuiltMember:
    return a_member(talk.place, "Ann Asker", address="7 Quiet Close")


@pytest.fixture
def hal(talk: Talk) -> BuiltMember:
    return a_helper(talk.place, "Hal Helper", "shopping", "gardening")


def promised(talk: Talk, ann: BuiltMember, hal: BuiltMember, category: str = "shopping") -> str:
    """Help to which Hal has said yes."""
    start = talk.now + HOUR
    need = post(ann, category, now=talk.now, windows=(Window(start, start + HOUR),))
    ref = read(lambda uow: uow.matches.of_need(uow.needs.by_ref(talk.place.id, need.ref).id)[0].ref)
    return matches.accept(actor=hal.actor, match_ref=ref, key=a_key(), now=talk.now).ref


class TestMy:
    def test_nothing(self, talk: Talk, ann: BuiltMember) -> None:
        assert talk.say(ann, "MY") == ["my_nothing"]

    def test_all_of_it_each_under_what_it_is_called_by(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        ref = promised(talk, ann, hal)
        post(ann, "gardening", now=talk.now)
        talk.deliver()
        assert talk.say(hal, "my") == ["my_ask", "my_promise", "my_offer", "my_how"]
        talk.deliver()
        talk.keep(number_of(ann), "MY")
        talk.work(number_of(ann))
        said = talk.said()
        assert [one["code"] for one in said] == ["my_helper", "my_need", "my_need", "my_how"] or [
            one["code"] for one in said
        ] == ["my_helper", "my_need", "my_how"]
        assert said[0]["facts"] == {"match": ref, "letter": ref}

    def test_what_was_asked_in_no_text_is_asked(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        post(ann, now=talk.now)
        ref = the_ask(hal, talk.now)
        talk.keep(number_of(hal), "MY")
        talk.work(number_of(hal))
        assert talk.kinds(hal) == ["ask"]
        talk.codes()
        talk.keep(number_of(hal), "A1")
        talk.work(number_of(hal))
        assert talk.state(ref) is MatchState.ACCEPTED


class TestCannot:
    def test_the_one_promise_there_is(self, talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
        ref = promised(talk, ann, hal)
        assert talk.say(hal, "Can't make it, sorry") == ["released"]
        assert talk.state(ref) is MatchState.RELEASED

    def test_which_of_two_is_asked(self, talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
        first, second = promised(talk, ann, hal), promised(talk, ann, hal, "gardening")
        assert talk.say(hal, "can't make it") == ["which_one", "one_of", "one_of"]
        assert talk.say(hal, f"CAN'T {second} back hurts") == ["released"]
        assert (talk.state(first), talk.state(second)) == (
            MatchState.ACCEPTED, MatchState.RELEASED
        )  # fmt: skip

    def test_an_ask_is_declined_by_its_letter(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        need = post(ann, now=talk.now)
        ref = the_ask(hal, talk.now)
        assert talk.say(hal, "CAN'T A") == ["ask_declined"]
        assert talk.state(ref) is MatchState.DECLINED
        due = read(lambda uow: uow.needs.by_ref(talk.place.id, need.ref).next_step_at)
        assert due is not None  # the next best is asked in their place
        assert due <= talk.now

    def test_a_need_or_an_offer_is_taken_back_by_its_ref(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        need = post(ann, "transport", now=talk.now)
        assert talk.say(ann, f"CANT {need.ref}") == ["need_withdrawn"]
        (offer,) = read(lambda uow: uow.offers.all_of((hal.id, None)))
        assert talk.say(hal, f"CAN'T {offer.ref}") == ["offer_ended"]
        (offer,) = read(lambda uow: uow.offers.all_of((hal.id, None)))
        assert offer.state is OfferState.ENDED
        state = read(lambda uow: uow.needs.by_ref(talk.place.id, need.ref).state)
        assert state is NeedState.WITHDRAWN

    def test_a_need_is_not_taken_back_without_its_ref(self, talk: Talk, ann: BuiltMember) -> None:
        need = post(ann, "transport", now=talk.now)
        assert talk.say(ann, "can't make it") == ["which_one", "one_of"]
        state = read(lambda uow: uow.needs.by_ref(talk.place.id, need.ref).state)
        assert state is NeedState.OPEN

    def test_what_is_somebody_elses_is_nothing(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        ref = promised(talk, ann, hal)
        eve = a_member(talk.place, "Eve Else")
        for text in (f"CAN'T {ref}", f"DONE {ref} 1h", f"WHY {ref}", f"THANKS {ref} dear"):
            assert talk.say(eve, text) == ["none_such"]
        assert talk.state(ref) is MatchState.ACCEPTED

    def test_who_goes_for_an_organisation_hands_it_back(self, talk: Talk, ann: BuiltMember) -> None:
        group = an_organisation(talk.place, "Lunch Club")
        an_offer(group, "shopping")
        start = talk.now + HOUR
        post(ann, now=talk.now, windows=(Window(start, start + HOUR),))
        ref = the_ask(group.owner, talk.now)
        assert talk.say(group.owner, "A1") == ["accepted"]
        assert talk.say(group.owner, f"CAN'T {ref}") == ["handed_back"]
        assert talk.state(ref) is MatchState.ARRANGED


def test_why_tells_the_reasons_of_the_page(talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
    post(ann, now=talk.now)
    said = talk.say(hal, "WHY A")
    assert said[0] == "why_asked"
    assert set(said[1:]) <= {"why_nearness", "why_time_fit", "why_asked_least", "why_acceptance",
                             "why_offer"}  # fmt: skip


class TestHours:
    def test_none_some_and_what_moved(self, talk: Talk, ann: BuiltMember) -> None:
        assert talk.say(ann, "HOURS") == ["hours_none"]
        earn(ann, 90)
        assert talk.say(ann, "hours?") == ["hours_are", "hours_in"]

    def test_are_not_counted_everywhere(self, talk: Talk, ann: BuiltMember) -> None:
        new_rules(talk.place, {"hours": False}, talk.now - DAY)
        assert talk.say(ann, "HOURS") == ["hours_not_here"]
        assert talk.say(ann, "GIVE 30 ZZZ9") == ["hours_not_here"]

    def test_are_given_when_it_was_said_back(self, talk: Talk, ann: BuiltMember) -> None:
        bea = a_member(talk.place, "Bea Near")
        earn(ann, 90)
        assert talk.say(ann, f"GIVE 30 {bea.ref} for the jam") == []
        assert has(bea, talk) == 0
        assert talk.say(ann, "yes") == ["gave"]
        assert (has(bea, talk), has(ann, talk)) == (30, 60)
        assert "hours_given" in talk.outbox(bea)
        assert talk.say(ann, "A1") == ["too_late"]
        assert has(bea, talk) == 30

    def test_are_not_given_on_no_or_a_day_later(self, talk: Talk, ann: BuiltMember) -> None:
        bea = a_member(talk.place, "Bea Near")
        earn(ann, 90)
        talk.say(ann, f"GIVE 30 {bea.ref}")
        assert talk.say(ann, "no") == ["gave_nothing"]
        talk.say(ann, f"GIVE 30 {bea.ref}")
        letter = talk.letter(ann, "give-confirm")
        talk.now += DAY + HOUR
        assert talk.say(ann, f"{letter}1") == ["settled"]
        assert has(bea, talk) == 0

    @pytest.mark.parametrize(
        ("number", "answer", "minutes"),
        [
            (1, "A1", 1), (1, "A2", 60), (10, "A1", 10), (2, "2 minutes", 2), (2, "a 2 mins", 2),
            (1, "1 hour please", 60), (1, "A 1 hour", 60), (1, "hours", 60), (1, "munudau", 1),
            (10, "10 munud diolch", 10), (1, "an hour", 60),
        ],
    )  # fmt: skip
    def test_of_which_only_a_number_is_said_are_asked_about(
        self, talk: Talk, ann: BuiltMember, number: int, answer: str, minutes: int
    ) -> None:
        """Minutes or hours is asked, in the one question that says to whom."""
        bea = a_member(talk.place, "Bea Near")
        earn(ann, 600)
        assert talk.say(ann, f"GIVE {number} {bea.ref}") == []
        assert (talk.kinds(ann), has(bea, talk)) == (["give-which"], 0)
        assert talk.say(ann, answer) == ["gave"]
        assert (has(bea, talk), talk.kinds(ann)) == (minutes, [])

    @pytest.mark.parametrize(
        ("answer", "codes"),
        [
            ("no", ["gave_nothing"]), ("A3", ["gave_nothing"]), ("yes", ["choose"]),
            ("A2", ["give_too_much"]), ("3 hours", ["choose"]),
        ],
    )  # fmt: skip
    def test_and_nothing_else_gives_them(
        self, talk: Talk, ann: BuiltMember, answer: str, codes: list[str]
    ) -> None:
        bea = a_member(talk.place, "Bea Near")
        earn(ann, 600)
        talk.say(ann, f"GIVE 10 {bea.ref}")
        assert talk.say(ann, answer) == codes
        assert has(bea, talk) == 0

    def test_of_which_there_are_too_few_or_to_nobody(self, talk: Talk, ann: BuiltMember) -> None:
        bea = a_member(talk.place, "Bea Near")
        assert talk.say(ann, f"GIVE 30 {bea.ref}") == ["refused"]
        earn(ann, 600)
        assert talk.say(ann, "GIVE 30 ZZZ9") == ["refused"]
        assert talk.say(ann, f"GIVE 30 {ann.ref}") == ["refused"]
        assert talk.kinds(ann) == []


def has(member: BuiltMember, talk: Talk) -> int:
    return hours.balance(actor=member.actor, now=talk.now).available


class TestWorkedAnew:
    """A worker dies between what a text does and its answer: it comes to the same."""

    @pytest.mark.parametrize("text", ["DONE 1h", "can't make it", "DONE", "CAN'T {ref}", "MY"])
    def test_comes_to_the_same(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember, text: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        other = promised(talk, ann, hal, "gardening")
        assert talk.say(hal, f"CAN'T {other}") == ["released"]
        ref = promised(talk, ann, hal)
        post(a_member(talk.place, "Ada Also"), "gardening", now=talk.now)
        crashed(talk, hal, text.format(ref=ref), monkeypatch)
        after_one = talk.state(ref), calls()
        assert talk.work(number_of(hal)) == 1
        assert (talk.state(ref), calls()) == after_one
        again = talk.codes()
        expected = {"DONE 1h": ["done_said"], "can't make it": ["released"], "DONE": []}
        assert again == expected.get(text, again)
        assert again or talk.kinds(hal)

    def test_gives_once(
        self, talk: Talk, ann: BuiltMember, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bea = a_member(talk.place, "Bea Near")
        earn(ann, 90)
        talk.say(ann, f"GIVE 30 {bea.ref}")
        crashed(talk, ann, "yes", monkeypatch)
        talk.work(number_of(ann))
        assert talk.codes() == ["gave"]
        assert has(bea, talk) == 30

    def test_the_same_delivery_twice_does_nothing_twice(
        self, talk: Talk, ann: BuiltMember, hal: BuiltMember
    ) -> None:
        promised(talk, ann, hal)
        talk.keep(number_of(hal), "DONE 1h")
        talk.count -= 1  # the provider calls once more
        talk.keep(number_of(hal), "DONE 1h")
        assert talk.work(number_of(hal)) == 1
        assert talk.codes() == ["done_said"]


def crashed(talk: Talk, who: BuiltMember, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(**_: object) -> bool:
        raise RuntimeError("the process ends here")

    talk.deliver()
    talk.keep(number_of(who), text)
    with monkeypatch.context() as broken:
        broken.setattr(texting, "close_text", dies)
        with pytest.raises(RuntimeError):
            talk.work(number_of(who))


def calls() -> int:
    with reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(ServiceCallRow)) or 0


def test_who_is_suspended_does_nothing(talk: Talk, ann: BuiltMember, hal: BuiltMember) -> None:
    ref = promised(talk, ann, hal)
    with unit_of_work() as uow:
        uow.members.change(hal.id, state=MemberState.SUSPENDED)
        uow.commit()
    for text in ("MY", "DONE 1h", f"CAN'T {ref}", "HOURS", f"GIVE 10 {ann.ref}", "THANKS dear"):
        assert talk.say(hal, text) == ["refused"]
    assert talk.state(ref) is MatchState.ACCEPTED


def test_who_is_held_reads_what_is_theirs(talk: Talk, ann: BuiltMember) -> None:
    with unit_of_work() as uow:
        uow.members.change(ann.id, state=MemberState.HELD)
        uow.commit()
    assert talk.say(ann, "MY") == ["my_nothing"]
