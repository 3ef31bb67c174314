"""What the two of a visit read on its page when something keeps the helper from going, and when
help is called for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from enabler.domain.vocabulary import Role
from enabler.persistence.unit_of_work import reading
from tests.builders import NOW, BuiltMember, BuiltPlace, a_helper, a_member
from tests.services.deeds import accept, post
from tests.services.test_on_the_day import arrange
from tests.web.checks_scene import set_checks_scene
from tests.web.people import Person
from tests.web.signing import sign_in, sign_in_staff

Someone = Callable[[], Person]
HOUR = timedelta(hours=1)


def test_a_check_that_has_ended_is_said_to_both_with_what_comes_next(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    with app.app_context():
        scene = set_checks_scene(place)
        with reading() as uow:
            need = uow.needs.by_id(uow.matches.by_ref(place.id, scene.gap).need_id)
            asker = uow.homes.member(need.asker_id)
    helper = sign_in(app, person(), scene.lapsed).open(f"/matches/{scene.gap}")
    assert "Please do not go yet. The council has to see this first: Proof" in helper.words
    assert helper.page.select_one('main a[href="/me/credentials"]') is not None
    built = BuiltMember(asker.id, asker.ref, place, None, scene.asker.actor, 0, 0)
    waiting = sign_in(app, person(), built).open(f"/matches/{scene.gap}")
    assert "Please let nobody in for this before we tell you" in waiting.words
    assert "If it is not done by" in waiting.words
    assert "The word at the door" not in waiting.words
    assert "Proof of who you" not in waiting.words


class TestACallForHelp:
    @pytest.fixture
    def visit(self, app: Flask, place: BuiltPlace) -> tuple[str, BuiltMember, BuiltMember]:
        with app.app_context():
            asker, helper = a_member(place, "Ann Asker"), a_helper(place, "Hal Helper")
            post(asker)
            ref = accept(helper).ref
            arrange(helper, ref, NOW + HOUR)
        return ref, asker, helper

    def test_can_be_made_again_after_the_desk_has_seen_to_the_first(
        self, app: Flask, place: BuiltPlace, person: Someone,
        visit: tuple[str, BuiltMember, BuiltMember],
    ) -> None:  # fmt: skip
        ref, asker, _ = visit
        ann = sign_in(app, person(), asker).open(f"/matches/{ref}/stuck").send()
        assert "They ring you" in ann.words
        desk = sign_in_staff(app, person(), place, Role.CUSTODIAN).open(f"/desk/visits/{ref}")
        desk.send(words="I rang Ann: all is well.")
        again = ann.open(f"/matches/{ref}/stuck")
        assert "Tell them now" in again.words
        again.send()
        assert "They ring you" in again.words
        assert ref in desk.open("/desk/visits").words

    def test_that_comes_while_the_desk_reads_is_read_before_it_is_cleared(
        self, app: Flask, place: BuiltPlace, person: Someone,
        visit: tuple[str, BuiltMember, BuiltMember],
    ) -> None:  # fmt: skip
        ref, asker, helper = visit
        hal = sign_in(app, person(), helper).open(f"/matches/{ref}/stuck")
        sign_in(app, person(), asker).open(f"/matches/{ref}/stuck").send()
        desk = sign_in_staff(app, person(), place, Role.CUSTODIAN).open(f"/desk/visits/{ref}")
        hal.send()
        desk.send(words="I rang Ann: all is well.")
        assert "Something was said of this visit since" in desk.error_at("words")
        assert "Since you opened this page" in desk.words
        assert desk.words.count("Somebody pressed that they need you now") == 2  # and the heading
        assert desk.typed()["words"].strip() == "I rang Ann: all is well."
        desk.send(words="I rang Hal, too: all is well.")
        assert ref not in desk.open("/desk/visits").words

    def test_and_what_was_written_too_late_is_shown_again(
        self, app: Flask, place: BuiltPlace, person: Someone,
        visit: tuple[str, BuiltMember, BuiltMember],
    ) -> None:  # fmt: skip
        ref, asker, _ = visit
        sign_in(app, person(), asker).open(f"/matches/{ref}/stuck").send()
        one, two = (
            sign_in_staff(app, person(), place, role).open(f"/desk/visits/{ref}")
            for role in (Role.CUSTODIAN, Role.SAFEGUARDING_LEAD)
        )
        one.send(words="I rang Ann: all is well.")
        two.send(words="Nobody answers.")
        assert "A colleague has seen to it" in two.words
        assert "Nobody answers." in two.words

    @pytest.mark.parametrize("deed", ["watch", "rang", "arrive", "leave", "no-money"])
    def test_and_each_press_leads_back_to_the_day(
        self, app: Flask, person: Someone, visit: tuple[str, BuiltMember, BuiltMember], deed: str
    ) -> None:
        ref, _, helper = visit
        hal = sign_in(app, person(), helper).open(f"/matches/{ref}")
        answer = hal.client.post(f"/matches/{ref}/{deed}", data={
            "csrf_token": hal.page.select_one("[name=csrf_token]")["value"], "key": f"press:{deed}",
        })  # fmt: skip
        assert answer.status_code == 302
        assert answer.location == f"/matches/{ref}#day"
