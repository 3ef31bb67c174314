"""Hours that were written down: the letter that asks, and the question once more, have its page."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from enabler.doors.wiring import wiring
from enabler.services import messages, simulated
from tests.builders import NOW, a_member, an_organisation
from tests.services.noting import give_to, noted
from tests.telephone.phones import Phone, a_texted_place, number_of


@pytest.mark.parametrize(("language", "again"), [("en", "This is open:"), ("cy", "Mae hwn ar ag")])
def test_both_lead_to_the_entry(app: Flask, language: str, again: str) -> None:
    with app.app_context():
        place = a_texted_place(policy={"hours": True})
        pantry, ann = an_organisation(place), a_member(place, "Ann Long", language=language)
        give_to(place, pantry, 600)
        event = noted(pantry.owner, ann, organisation_ref=pantry.ref)
        phone = Phone.of(ann)

        def newest() -> str:
            messages.deliver_outbox(
                gateway=wiring().gateway, secrets=wiring().secrets, now=phone.now, limit=99
            )
            sent = simulated.texts_after(number=0)
            return [words for to, words in sent if to == number_of(ann)][-1]

        letter = newest()
        phone.now = NOW + timedelta(hours=25)
        assert phone.text("ok") == ["again"]
        once_more = newest()

        assert again in once_more
        for text in (letter, once_more):
            assert re.findall(r"/hours/events/(\w+)", text) == [event.ref]
