"""A flood is over sooner than was thought: the pages by which two people end its rules."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.domain.vocabulary import OutboxState
from enabler.persistence.tables.messages import OutboxRow, SimulatedMessageRow
from enabler.persistence.unit_of_work import reading
from tests.builders import BuiltPlace
from tests.web.people import Person
from tests.web.rules_scene import RulesScene, set_rules_scene
from tests.web.signing import deliver, sign_in_staff

Someone = Callable[[], Person]
pytestmark = pytest.mark.parametrize("database", ["spatialite"], indirect=True)


@pytest.fixture
def scene(app: Flask, place: BuiltPlace) -> RulesScene:
    """Rules of each sort."""
    with app.app_context():
        return set_rules_scene(place)


def test_one_proposes_another_agrees_and_everybody_reads_it(
    app: Flask, place: BuiltPlace, person: Someone, scene: RulesScene
) -> None:
    one, other = (
        sign_in_staff(app, person(), place),
        sign_in_staff(app, person(), place, nth="-gwen"),
    )
    one.open("/desk/rules/versions/3")
    assert f"/desk/rules/drafts/{scene.april}/end" in str(one.page)
    one.open(f"/desk/rules/drafts/{scene.april}/end")
    one.send(words="")
    assert one.error_at("words") == "Say why these rules should end now."
    one.send(words="April is cancelled.")
    assert "You proposed this, so a colleague decides." in one.words
    one_path = one.path
    assert "It is proposed that these rules end now." in one.open("/desk/rules/versions/3").words
    other.open("/desk/rules")
    assert "Should these rules end now? Rules 3: April" in other.words
    assert one_path in str(other.page)
    other.open(one_path)
    assert "April is cancelled." in other.words
    other.send(decision="approve", words="")
    assert other.error_at("words") == "Say why you decide so."
    other.send(decision="approve", words="Yes, it is.")
    assert "These rules have ended." in other.words
    assert "They were ended before they began" in person().open("/market/rules").words
    late = one.open(one_path)
    assert "Yes, it is." in late.words


def test_who_is_late_keeps_what_they_wrote(
    app: Flask, place: BuiltPlace, person: Someone, scene: RulesScene
) -> None:
    one, other = (
        sign_in_staff(app, person(), place),
        sign_in_staff(app, person(), place, nth="-gwen"),
    )
    path = f"/desk/rules/endings/{scene.ending}"
    one.open(path)
    other.open(path).send(decision="reject", words="It is still wet.")
    one.send(decision="approve", words="It is dry everywhere.")
    assert one.error_at("decision") == "This has been decided, or its time has run out."
    assert one.typed()["words"] == "It is dry everywhere."
    assert "It is still wet." in one.words


def test_colleagues_are_told_by_mail_with_a_link_to_decide(
    app: Flask, place: BuiltPlace, person: Someone
) -> None:
    sign_in_staff(app, person(), place)
    with app.app_context():
        scene = set_rules_scene(place)
        deliver(app)
        with reading() as uow:
            rows = uow.session.query(OutboxRow).filter_by(template="rules_ending_proposed").all()
            said = [mail.body for mail in uow.session.query(SimulatedMessageRow)
                    if f"/desk/rules/endings/{scene.ending}" in mail.body]  # fmt: skip
    assert OutboxState.ACCEPTED in [row.state for row in rows]
    assert "Please look at it and decide by" in said[0]
