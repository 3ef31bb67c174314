"""A decision has its reasons, its appeal goes to somebody else, counts are published."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.permissions import Actor
from enabler.domain.statements import Published, published
from enabler.domain.vocabulary import NeedState, Role
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    _links,
    moderation,
    needs,
    questions,
    standard_answers,
    statements,
    suspensions,
)
from enabler.services.statements import StatementView
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_member,
    an_offer,
    an_organisation,
)
from tests.privacy.fixed import FixedSecrets
from tests.services.deeds import a_key, post
from tests.services.test_asking import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def custodian(place: BuiltPlace) -> BuiltMember:
    return a_custodian(place)


@pytest.fixture
def asker(place: BuiltPlace) -> BuiltMember:
    return a_member(place, "Ann Asker")


def refused(custodian: BuiltMember, asker: BuiltMember) -> str:
    """A need that was refused; the decision's ref."""
    need = post(asker, "respite")
    moderation.refuse(
        actor=custodian.actor, ref=need.ref, words="Ask the nursery.", key=a_key(), now=NOW
    )
    (own,) = statements.mine(actor=asker.actor)
    return own.ref


def appeal(who: BuiltMember, ref: str, at: timedelta = timedelta()) -> StatementView:
    """Do not agree."""
    return statements.appeal(
        actor=who.actor, ref=ref, words="It is closed.", key=a_key(), now=NOW + at
    )


def settle(who: BuiltMember, ref: str, *, overturning: bool) -> StatementView:
    """Decide the appeal."""
    return statements.decide_appeal(
        actor=who.actor, ref=ref, overturning=overturning, words="We look again.", key=a_key(),
        now=NOW + DAY,
    )  # fmt: skip


class TestAStatement:
    def test_has_its_seven_parts_for_its_author(
        self, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        shown = statements.show(actor=asker.actor, ref=refused(custodian, asker), now=NOW)
        assert (shown.kind, shown.subject_kind, shown.scope) == ("refuse", "need", "thing")
        assert (shown.review_at, shown.words, shown.signals) == (
            None,
            "Ask the nursery.",
            ("disagree",),
        )
        assert (shown.rule, shown.version) == ("category", 1)
        assert (shown.appeal_until, shown.stands) == (NOW + 183 * DAY, True)
        (told,) = texts("decision_refused", asker.id)
        assert told.parameters == {"decision": shown.ref}

    def test_is_for_its_author_and_the_staff(
        self, place: BuiltPlace, noise: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        ref = refused(custodian, asker)
        lead = a_member(place, roles=(Role.SAFEGUARDING_LEAD,))
        assert not statements.show(actor=lead.actor, ref=ref, now=NOW).mine
        with pytest.raises(NotAllowed):
            statements.show(actor=a_member(place).actor, ref=ref, now=NOW)
        with pytest.raises(NotFound):
            statements.show(actor=a_custodian(noise).actor, ref=ref, now=NOW)

    def test_of_an_organisation_is_its_leads(
        self, place: BuiltPlace, custodian: BuiltMember
    ) -> None:
        group = an_organisation(place)
        ref = an_offer(group)
        suspensions.suspend(actor=custodian.actor, ref=ref, words="No.", key=a_key(), now=NOW)
        (own,) = statements.mine(actor=group.owner.actor)
        assert appeal(group.owner, own.ref).appealed_at == NOW

    def test_reaches_whoever_is_suspended_by_a_link(
        self, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        suspensions.suspend(
            actor=custodian.actor, ref=asker.ref, words="We look into it.", key=a_key(), now=NOW
        )
        (told,) = texts("decision_suspended", asker.id)
        secrets = FixedSecrets("x" * 40)
        token = _links.sign(secrets, _links.DECISION, told.parameters["decision"])
        shown = statements.show_linked(token=token, secrets=secrets, now=NOW)
        assert (shown.scope, shown.review_at) == ("account", NOW + 30 * DAY)
        said = statements.appeal_linked(
            token=token, words="It was not me.", secrets=secrets, key=a_key(), now=NOW
        )
        assert said.appeal_words == "It was not me."
        for wrong in ("", token[:-1], _links.sign(secrets, _links.STOP, shown.ref)):
            with pytest.raises(NotFound):
                statements.show_linked(token=wrong, secrets=secrets, now=NOW)

    def test_is_never_changed_whoever_writes(
        self, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        refused(custodian, asker)
        for change in ("kind = 'hold'", "decided_by = NULL", "rule = 'x'",
                       "appeal_outcome = 'upheld'"):  # fmt: skip
            with unit_of_work() as uow, pytest.raises(DBAPIError):
                uow.session.execute(text(f"UPDATE decision SET {change}"))  # noqa: S608

    def test_is_never_looked_at_again_by_who_decided_whoever_writes(
        self, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        appeal(asker, refused(custodian, asker))
        outcome = "appeal_outcome = 'upheld', appeal_decided_at = decided_at"
        for by in ("decided_by", "NULL"):
            change = f"UPDATE decision SET {outcome}, appeal_decided_by = {by}"  # noqa: S608
            with unit_of_work() as uow, pytest.raises(IntegrityError):
                uow.session.execute(text(change))


class TestAnAppeal:
    def test_is_made_once_in_time(self, custodian: BuiltMember, asker: BuiltMember) -> None:
        ref = refused(custodian, asker)
        with pytest.raises(WrongMoment) as late:
            appeal(asker, ref, 184 * DAY)
        assert late.value.code == "appeal_too_late"
        appeal(asker, ref, 100 * DAY)
        with pytest.raises(WrongMoment):
            appeal(asker, ref, 101 * DAY)

    def test_goes_to_somebody_else_with_a_clock(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        ref = refused(custodian, asker)
        with pytest.raises(WrongMoment):
            settle(a_custodian(place, "Otto Desk"), ref, overturning=True)
        appeal(asker, ref)
        other = a_custodian(place, "Ola Desk")
        (mine,) = moderation.desk(actor=custodian.actor, now=NOW).of("appeal")
        (theirs,) = moderation.desk(actor=other.actor, now=NOW).of("appeal")
        assert (mine.own, theirs.own, theirs.due) == (True, False, NOW + 168 * HOUR)
        with pytest.raises(NotAllowed):
            settle(custodian, ref, overturning=False)
        with pytest.raises(NotAllowed):
            statements.decide_appeal(
                actor=Actor.operator("root"), ref=ref, overturning=True, words="x", key=a_key(),
                now=NOW,
            )  # fmt: skip
        assert settle(other, ref, overturning=False).appeal_outcome == "upheld"
        assert len(texts("appeal_decided", asker.id)) == 1
        with pytest.raises(WrongMoment):
            settle(other, ref, overturning=True)

    def test_is_an_administrators_only_where_nobody_is_nearer(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        boss = a_member(place, "Bo", roles=(Role.ADMINISTRATOR,))
        first, second = refused(custodian, asker), None
        appeal(asker, first)
        assert settle(boss, first, overturning=False).appeal_outcome == "upheld"
        need = post(asker, "respite")
        moderation.refuse(actor=custodian.actor, ref=need.ref, words="No.", key=a_key(), now=NOW)
        second = next(one.ref for one in statements.mine(actor=asker.actor) if one.ref != first)
        appeal(asker, second)
        a_custodian(place, "Otto Desk")
        with pytest.raises(NotAllowed):
            settle(boss, second, overturning=False)

    def test_that_is_won_takes_back_what_was_decided(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        other, ref = a_custodian(place, "Otto Desk"), refused(custodian, asker)
        appeal(asker, ref)
        shown = settle(other, ref, overturning=True)
        assert (shown.stands, shown.appeal_outcome) == (False, "overturned")
        assert needs.show(
            actor=asker.actor, ref=shown.subject_ref, now=NOW + DAY
        ).state is NeedState.OPEN  # fmt: skip
        told = [len(texts(one, asker.id)) for one in ("appeal_won", "appeal_decided", "approved")]
        assert told == [1, 0, 0]

    def test_that_is_won_lifts_a_suspension(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        other = a_custodian(place, "Otto Desk")
        suspensions.suspend(actor=custodian.actor, ref=asker.ref, words="No.", key=a_key(), now=NOW)
        (own,) = statements.mine(actor=asker.actor)
        appeal(asker, own.ref)
        settle(other, own.ref, overturning=True)
        with reading() as uow:
            assert uow.homes.member(asker.id).state.value == "active"


class TestAQuestion:
    def test_stops_the_clock_until_it_is_answered(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        need = post(asker, "respite")
        questions.ask(actor=custodian.actor, ref=need.ref, words="For whom?", key=a_key(), now=NOW)
        with pytest.raises(WrongMoment):
            questions.ask(actor=custodian.actor, ref=need.ref, words="Whom?", key=a_key(), now=NOW)
        (waits,) = moderation.desk(actor=custodian.actor, now=NOW + 5 * HOUR).entries
        assert (waits.asked, waits.due, waits.overdue) == (True, None, False)
        (own,) = statements.mine(actor=asker.actor)
        assert own.kind == "ask"
        with pytest.raises(NotAllowed):
            questions.show(actor=a_member(place).actor, ref=own.ref)
        said = questions.answer(
            actor=asker.actor, ref=own.ref, words="My son.", key=a_key(), now=NOW + 6 * HOUR
        )
        assert (said.answer, said.open) == ("My son.", False)
        (back,) = moderation.desk(actor=custodian.actor, now=NOW + 7 * HOUR).entries
        assert (back.answered, back.due) == (True, NOW + 10 * HOUR)
        case = moderation.look(actor=custodian.actor, ref=need.ref, now=NOW)
        assert case is not None
        assert [(one.words, one.answer) for one in case.asked] == [("For whom?", "My son.")]
        with pytest.raises(WrongMoment):
            questions.answer(actor=asker.actor, ref=own.ref, words="Or not.", key=a_key(), now=NOW)

    def test_nobody_answers_runs_on(self, custodian: BuiltMember, asker: BuiltMember) -> None:
        need = post(asker, "respite")
        questions.ask(actor=custodian.actor, ref=need.ref, words="Why?", key=a_key(), now=NOW)
        (waits,) = moderation.desk(actor=custodian.actor, now=NOW + 80 * HOUR).entries
        assert (waits.due, waits.overdue) == (NOW + 76 * HOUR, True)


def test_standard_answers_are_a_places_own(
    noise: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
) -> None:
    def add(name: str) -> str:
        return standard_answers.add(
            actor=custodian.actor, name=name, words="Please ring us.", key=a_key(), now=NOW
        )

    ref = add("Ring us")
    with pytest.raises(Invalid):
        add("Ring us")
    assert [one.name for one in standard_answers.show(actor=custodian.actor)] == ["Ring us"]
    assert standard_answers.show(actor=a_custodian(noise).actor) == ()
    with pytest.raises(NotAllowed):
        standard_answers.show(actor=asker.actor)
    with pytest.raises(NotFound):
        standard_answers.end(actor=a_custodian(noise).actor, ref=ref, key=a_key(), now=NOW)
    standard_answers.end(actor=custodian.actor, ref=ref, key=a_key(), now=NOW)
    assert add("Ring us")


class TestWhatIsPublished:
    @pytest.mark.parametrize(
        ("counts", "told"),
        [
            ((0, 0, 0), (0, 0, 0)), ((4, 1, 1), (None, None, None)), ((9, 0, 0), (9, 0, 0)),
            ((9, 5, 0), (9, None, None)), ((12, 6, 3), (12, 6, None)), ((12, 6, 6), (12, 6, 6)),
            ((20, 11, 6), (20, 11, 6)), ((6, 3, 0), (6, None, None)),
        ],
    )  # fmt: skip
    def test_is_of_five_or_more_and_tells_no_fewer(
        self, counts: tuple[int, int, int], told: tuple[int | None, ...]
    ) -> None:
        assert published("refuse", *counts) == Published("refuse", *told)

    def test_counts_whole_months_of_the_place(
        self, place: BuiltPlace, custodian: BuiltMember, asker: BuiltMember
    ) -> None:
        for _ in range(5):
            need = post(asker, "respite")
            moderation.refuse(
                actor=custodian.actor, ref=need.ref, words="No.", key=a_key(), now=NOW
            )

        def told(at: timedelta) -> list[int | None]:
            stranger = Actor.anonymous(place.id)
            shown = statements.market(actor=stranger, place_id=place.id, now=NOW + at)
            return [one.made for one in shown.rows]

        assert told(DAY) == [0, 0, 0, 0]
        assert told(30 * DAY) == [5, 0, 0, 0]
