import pytest
from tests.services.conftest import *
from tests.builders import *
from enabler.persistence.unit_of_work import reading
def test_q(place, database):
    from tests.services.deeds import post
    post(a_member(place),"respite"); a_need(a_member(place),"emergency")
    with reading() as uow:
        from enabler.persistence.desk import Desk
        d=Desk(uow.session)
        for r in d.waiting(place.id, NOW, soon=NOW, urgent=("emergency",)): print(r)
        print(d.hours_waiting(place.id, NOW, None))
    
