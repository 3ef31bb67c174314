"""What members agree to: kept with its words, taken back in one press, at once."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from enabler.domain.consents import (
    ACCESS,
    CARRY,
    COUNCILLOR,
    NEWS,
    SIGN_UP,
    WORDINGS,
    Shown,
    newest,
)  # fmt: skip
from enabler.domain.errors import Invalid, NotAllowed, NotFound, WrongMoment
from enabler.domain.members import Where
from enabler.domain.notices import Wishes
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import Role, Way
from enabler.doors.words.consents import ENDS_SO, NAMES, WORDS, words_shown
from enabler.persistence.tables.messages import OutboxRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import carrying, consents, councillors, details, notices
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_member,
    an_organisation,
)
from tests.services.deeds import a_key, post

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def say(member: BuiltMember, *needs: str, words: str | None = None, **more: object) -> None:
    details.need_access(
        actor=member.actor, needs=needs, words=words, key=a_key(), now=NOW, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def take_back(member: BuiltMember, code: str, **more: object) -> bool:
    return consents.withdraw(
        actor=member.actor,
        code=code,
        key=a_key(),
        now=NOW + HOUR,
        **more,  # type: ignore[arg-type]
    )


def standing(member: BuiltMember) -> list[str]:
    return [one.code for one in consents.mine(actor=member.actor, now=NOW + HOUR).standing]


class TestWordings:
    def test_have_the_digest_of_each_language_and_a_name(self, app: object) -> None:
        for code, versions in WORDINGS.items():
            assert [one.version for one in versions] == list(range(1, len(versions) + 1))
            assert code in NAMES
            for one in versions:
                for language, digest in one.digests.items():
                    with app.test_request_context():  # type: ignore[attr-defined]
                        said = words_shown(code, one.version, language)
                    assert hashlib.sha256(said.encode()).hexdigest() == digest, (
                        f"{code} {one.version} {language}: changed words are a new version"
                    )
                assert {"en", "cy"} <= set(one.digests)
        assert {(one.code, one.version) for all_ in WORDINGS.values() for one in all_} == set(WORDS)
        assert set(ENDS_SO) == set(WORDINGS) - {SIGN_UP}


class TestWhatHelpsSomebody:
    def test_is_kept_of_who_agrees_and_asked_once(self, place: BuiltPlace) -> None:
        rosa = a_member(place, "Rosa Long")
        with pytest.raises(Invalid) as wrong:
            say(rosa, "wheelchair")
        assert (wrong.value.field, wrong.value.code) == ("consented", "consent_missing")
        assert details.show(actor=rosa.actor, now=NOW).access_needs == ()
        say(rosa, "wheelchair", consented=True, shown=Shown("cy", page="access"))
        say(rosa, "wheelchair", "bsl")  # agreed before
        (one,) = consents.mine(actor=rosa.actor, now=NOW).standing
        assert (one.code, one.version, one.language, one.page) == (ACCESS, 1, "cy", "access")
        assert one.sha256 == newest(ACCESS).digests["cy"]
        assert one.may_end

    def test_is_deleted_at_once_when_it_is_taken_back(
        self, place: BuiltPlace, noise: BuiltPlace
    ) -> None:
        rosa, other = a_member(place, "Rosa Long"), a_member(place, "Olga Other")
        for each in (rosa, other):
            say(each, "bsl", words="Knock hard.", consented=True)
        assert take_back(rosa, ACCESS) is True
        seen = details.show(actor=rosa.actor, now=NOW)
        assert (seen.access_needs, seen.access_words, seen.access_agreed) == ((), None, False)
        assert details.show(actor=other.actor, now=NOW).access_needs == ("bsl",)
        assert take_back(rosa, ACCESS) is False
        over = consents.mine(actor=rosa.actor, now=NOW + HOUR).over
        assert [(one.ended_at, one.ended_how) for one in over] == [(NOW + HOUR, "page")]
        with pytest.raises(Invalid):
            say(rosa, "bsl")

    def test_ends_the_consent_when_nothing_is_said_any_more(self, place: BuiltPlace) -> None:
        rosa = a_member(place)
        say(rosa, "bsl", consented=True)
        say(rosa)
        assert standing(rosa) == []

    def test_is_asked_of_whom_it_was_never_asked(self, place: BuiltPlace) -> None:
        rosa = a_member(place)
        with unit_of_work() as uow:  # as it was kept before anybody was asked
            uow.wishes.choose(place.id, rosa.id, access_needs=["bsl"])
            uow.commit()
        assert consents.due(actor=rosa.actor) == (ACCESS,)
        consents.answer_again(actor=rosa.actor, code=ACCESS, agrees=True, key=a_key(), now=NOW)
        assert consents.due(actor=rosa.actor) == ()
        assert standing(rosa) == [ACCESS]
        sam = a_member(place)
        with unit_of_work() as uow:
            uow.wishes.choose(place.id, sam.id, access_needs=["bsl"])
            uow.commit()
        consents.answer_again(actor=sam.actor, code=ACCESS, agrees=False, key=a_key(), now=NOW)
        assert details.show(actor=sam.actor, now=NOW).access_needs == ()


class TestTakingBack:
    def test_a_carried_check_closes_that_leave_alone(self, place: BuiltPlace) -> None:
        hal = a_member(place, "Hal Near")
        shops = [an_organisation(place, name) for name in ("Pantry", "Choir")]
        with reading() as uow:
            check = uow.credentials.of_holder((hal.id, None))[0].ref
        refs = [
            carrying.let_see(actor=hal.actor, ref=check, to=one.ref, until=NOW + 9 * DAY,
                             key=a_key(), now=NOW)
            for one in shops
        ]  # fmt: skip
        mine = consents.mine(actor=hal.actor, now=NOW).standing
        assert [(one.code, one.to, one.about) for one in mine] == [
            (CARRY, "Pantry", refs[0]), (CARRY, "Choir", refs[1]),
        ]  # fmt: skip
        assert take_back(hal, CARRY, about=refs[0])
        for shop, seen in zip(shops, (0, 1), strict=True):
            shown = carrying.shown_to_organisation(
                actor=shop.owner.actor, ref=shop.ref, now=NOW + HOUR
            )
            assert len(shown) == seen
        carrying.end_leave(actor=hal.actor, ref=refs[1], key=a_key(), now=NOW + HOUR)
        assert standing(hal) == []

    def test_is_over_by_itself_when_its_time_is(self, place: BuiltPlace) -> None:
        hal, shop = a_member(place, "Hal Near"), an_organisation(place)
        with reading() as uow:
            check = uow.credentials.of_holder((hal.id, None))[0].ref
        carrying.let_see(actor=hal.actor, ref=check, to=shop.ref, until=NOW + DAY, key=a_key(),
                         now=NOW)  # fmt: skip
        (one,) = consents.mine(actor=hal.actor, now=NOW + DAY).over
        assert (one.ended_at, one.ended_how, one.may_end) == (NOW + DAY, "over", False)

    def test_news_stops_them_and_nothing_else(self, place: BuiltPlace) -> None:
        rosa = a_member(place)
        assert notices.show(actor=rosa.actor, now=NOW).bulletins is Way.PAGE
        notices.choose_ways(
            actor=rosa.actor, wishes=Wishes(asks=Way.TEXT, bulletins=Way.TEXT), key=a_key(), now=NOW
        )
        assert standing(rosa) == [NEWS]
        take_back(rosa, NEWS, how="text")
        chosen = notices.show(actor=rosa.actor, now=NOW)
        assert (chosen.bulletins, chosen.asks) == (Way.PAGE, Way.TEXT)
        assert consents.mine(actor=rosa.actor, now=NOW + HOUR).over[0].ended_how == "text"

    def test_terms_end_with_the_account_and_unknown_words_are_none(self, place: BuiltPlace) -> None:
        rosa = a_member(place)
        with pytest.raises(WrongMoment, match="terms_end_with_account"):
            take_back(rosa, SIGN_UP)
        with pytest.raises(NotFound):
            take_back(rosa, "nonsense")
        with pytest.raises(NotAllowed):
            consents.mine(actor=Actor.anonymous(place.id), now=NOW)


class TestAReceipt:
    def test_says_it_all_and_is_the_members_alone(self, place: BuiltPlace) -> None:
        rosa, other = a_member(place, mail=True), a_member(place)
        for _ in range(2):
            say(rosa, "bsl", consented=True)
            say(rosa)
        first = consents.receipt(actor=rosa.actor, code=ACCESS, nth=1, now=NOW)
        second = consents.receipt(actor=rosa.actor, code=ACCESS, nth=2, now=NOW)
        assert (first.nth, second.nth) == (1, 2)
        assert first.sha256 == newest(ACCESS).digest("en")
        for who, nth in ((other, 1), (rosa, 3)):
            with pytest.raises(NotFound):
                consents.receipt(actor=who.actor, code=ACCESS, nth=nth, now=NOW)
        consents.send_receipt(actor=rosa.actor, code=ACCESS, nth=1, key=a_key(), now=NOW)
        with reading() as uow:
            (row,) = uow.session.query(OutboxRow).filter_by(member_id=rosa.id)
            assert (row.template, row.parameters) == ("consent_receipt", {"consent": f"{ACCESS}/1"})
        with pytest.raises(NotFound):
            consents.send_receipt(actor=other.actor, code=ACCESS, nth=1, key=a_key(), now=NOW)


def a_councillor(place: BuiltPlace, name: str, half: int = 0) -> BuiltMember:
    return a_member(
        place, name, at=(1600, 1600), credentials=(), roles=(Role.COUNCILLOR,),
        ward_id=place.ward_ids[half],
    )  # fmt: skip


class TestACouncillor:
    def let_see(self, asker: BuiltMember, need: str, who: BuiltMember) -> str:
        return councillors.let_see(
            actor=asker.actor, need_ref=need, councillor_ref=who.ref, key=a_key(), now=NOW
        )

    def test_sees_a_case_only_of_who_says_so(self, place: BuiltPlace, noise: BuiltPlace) -> None:
        rosa = a_member(place, "Rosa Long", address="12 North Street")
        mine, neighbour = a_councillor(place, "Cora Vote"), a_councillor(place, "Cyd Vote")
        need = post(rosa).ref
        assert councillors.cases(actor=mine.actor, now=NOW) == ()
        ref = self.let_see(rosa, need, mine)
        assert self.let_see(rosa, need, mine) == ref
        (case,) = councillors.cases(actor=mine.actor, now=NOW + HOUR)
        assert (case.ref, case.first_name, case.category) == (need, "Rosa", "shopping")
        assert "North Street" not in repr(case)
        assert councillors.cases(actor=neighbour.actor, now=NOW + HOUR) == ()
        with reading() as uow:
            (sight,) = uow.sights.of(rosa.id, 9)
            assert (sight.viewer, sight.why, sight.subject_ref, sight.as_role) == (
                mine.ref, "councillor", need, "councillor",
            )  # fmt: skip
        take_back(rosa, COUNCILLOR, about=ref)
        assert councillors.cases(actor=mine.actor, now=NOW + HOUR) == ()
        assert standing(rosa) == []

    def test_without_a_ward_or_the_second_proof_sees_none(self, place: BuiltPlace) -> None:
        mine = a_councillor(place, "Cora Vote").actor
        for actor in (a_member(place).actor, replace(mine, second_factor=False)):
            with pytest.raises(NotAllowed):
                councillors.cases(actor=actor, now=NOW)

    def test_sees_those_of_the_wards_alone_that_they_are_signed_in_for(
        self, place: BuiltPlace
    ) -> None:
        """Elected for another ward in the meantime: it counts from when they sign in with it."""
        rosa, mine = a_member(place), a_councillor(place, "Cora Vote")
        self.let_see(rosa, post(rosa).ref, mine)
        grants = tuple(replace(one, ward_id=place.ward_ids[1]) for one in mine.actor.grants)
        assert councillors.cases(actor=replace(mine.actor, grants=grants), now=NOW) == ()
        assert len(councillors.cases(actor=mine.actor, now=NOW)) == 1

    def test_of_another_ward_or_of_anothers_need_cannot_be_chosen(self, place: BuiltPlace) -> None:
        rosa, other = a_member(place), a_member(place)
        mine, east = a_councillor(place, "Cora Vote"), a_councillor(place, "Edna Vote", half=1)
        need = post(rosa).ref
        with pytest.raises(Invalid, match="not_of_your_ward"):
            self.let_see(rosa, need, east)
        with pytest.raises(NotAllowed):
            self.let_see(other, need, mine)
        shown = councillors.to_choose(actor=rosa.actor, need_ref=need, now=NOW)
        assert [one.name for one in shown.councillors] == ["Cora Vote"]

    @pytest.mark.parametrize("because", ["over", "no-councillor", "of-another-ward", "moved"])
    def test_sees_no_more_when_it_ends_by_itself(self, place: BuiltPlace, because: str) -> None:
        rosa, mine = a_member(place), a_councillor(place, "Cora Vote")
        need = post(rosa).ref
        self.let_see(rosa, need, mine)
        later = NOW + HOUR
        if because == "over":
            later = NOW + 90 * DAY
        elif because in ("no-councillor", "of-another-ward"):
            with unit_of_work() as uow:
                uow.members.end_role(mine.id, Role.COUNCILLOR, NOW)
                if because == "of-another-ward":
                    uow.members.add_role(
                        place.id, mine.id, Role.COUNCILLOR, now=NOW, ward_id=place.ward_ids[1]
                    )
                uow.commit()
        else:
            with unit_of_work() as uow:
                home = uow.members.add_home(place.id, _east(uow, place))
                uow.members.change(rosa.id, home_id=home)
                uow.commit()
        assert councillors.cases(actor=mine.actor, now=later) == ()
        closer = Actor.system("close-case-shares")
        assert councillors.close_over(actor=closer, now=later) == 1
        assert councillors.close_over(actor=closer, now=later) == 0
        assert standing(rosa) == []

    def test_reads_no_number_that_stands_in_the_words(self, place: BuiltPlace) -> None:
        rosa, mine = a_member(place), a_councillor(place, "Cora Vote")
        need = post(rosa, words="Bread, please. Ring me: 07700 900123.").ref
        self.let_see(rosa, need, mine)
        (case,) = councillors.cases(actor=mine.actor, now=NOW)
        assert case.words is None


def _east(uow: object, place: BuiltPlace) -> object:
    spot = uow.places.locate(place.id, place.postcode_at(3500, 3500))  # type: ignore[attr-defined]
    return Where(
        spot.postcode.text, spot.point.easting, spot.point.northing, spot.cell.id, spot.ward.id,
        "1 East Row",
    )  # fmt: skip
