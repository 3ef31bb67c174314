"""Every word of the pages about who acts for whom goes through the catalogue."""

from typing import Any

from flask import Flask
from sqlalchemy import update

from enabler.domain.vocabulary import Role
from enabler.persistence.tables.mandates import MandateAskRow
from enabler.persistence.unit_of_work import unit_of_work
from tests.builders import BuiltPlace
from tests.web.signing import sign_in, sign_in_staff
from tests.web.supporters_scene import (
    acting_tour,
    council_desk_tour,
    leads_tour,
    librarys_tour,
    members_tour,
    set_supporters_scene,
    supporters_tour,
)
from tests.web.test_words import GREEK, greek, walk

__all__ = ["greek"]


def test_pages_of_supporters(app: Flask, place: BuiltPlace, greek: Any, person: Any) -> None:
    with app.app_context():
        scene = set_supporters_scene(place, said=GREEK)
        with unit_of_work() as uow:
            uow.session.execute(update(MandateAskRow).values(evidence=GREEK))
            uow.commit()
    custodian = sign_in_staff(app, person(), place)
    lead = sign_in_staff(app, person(), place, Role.SAFEGUARDING_LEAD, nth="-lead")
    greek()
    assert walk(sign_in(app, person(), scene.rose), members_tour(scene)) == {}
    daughter = sign_in(app, person(), scene.daughter)
    assert walk(daughter, supporters_tour(scene)) == {}
    daughter.open("/for").send(f"/for/{scene.mandate}")
    assert walk(daughter, acting_tour(scene)) == {}
    assert walk(sign_in(app, person(), scene.librarian), librarys_tour(scene)) == {}
    assert walk(custodian, council_desk_tour(scene)) == {}
    assert walk(lead, leads_tour(scene)) == {}
