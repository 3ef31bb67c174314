"""The simulator: phones that text and are texted, and mailboxes. Only where nothing is sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.domain.vocabulary import Channel
from enabler.doors.access import page
from enabler.doors.texts import deliver_soon, text_of_simulator
from enabler.doors.wiring import now, wiring
from enabler.doors.words import sentence
from enabler.doors.words.people import PARTS
from enabler.services import demo, messages, simulated
from enabler.services.views import SimulatedMessage
from enabler.web.access import place
from enabler.web.forms.simulator import PhoneText

blueprint = Blueprint("simulator", __name__)
MOST_SHOWN = 200
"""Messages on one page, the newest; a number's own page goes further back."""
ON_A_PHONE = 50
"""Texts that a phone's screen shows, the newest."""
SIDES = ("one", "other")
MINUTE = timedelta(minutes=1)
OF_A_BROWSER, OF_A_PLACE = 20, 120
"""So many texts a minute: a demonstration is open to whoever comes by."""


@dataclass(frozen=True)
class Phone:
    """One of the two phones: ``side`` tells which; ``number`` as it is kept, None where none was
    chosen; ``wrong``: what is wrong with what was typed."""

    side: str
    typed: str
    number: str | None
    wrong: str | None
    name: str | None
    texts: tuple[SimulatedMessage, ...]


@blueprint.get("/simulator")
@page(action=Action.SEE_PUBLIC)
def simulator() -> str:
    """Two phones, and what went to everybody; or the messages of one number or mail address."""
    _require_simulated()
    address = request.args.get("number", "").replace("\x00", "").strip()
    return _page(address, PhoneText(formdata=None))


@blueprint.post("/simulator")
@page(action=Action.SEE_PUBLIC)
def text() -> Any:
    """One of the phones texts the place: it is kept, worked and answered as a real one's is."""
    _require_simulated()
    form = PhoneText()
    if not form.sent() or not _came(form):
        return _page("", form)
    chosen: dict[str, Any] = {side: request.form.get(side, "") for side in SIDES}
    return redirect(url_for("simulator.simulator", _anchor=f"phone-{form.which}", **chosen))


def _came(form: PhoneText) -> bool:
    """Whether the text was taken; else the form says why."""
    number = place().phone
    if number is None:
        form.words.errors = [_("This place has no phone number yet, so nobody can text it.")]
        return False
    if not _may_text():
        form.words.errors = [_("That is many texts. Wait a minute, then send it again.")]
        return False
    try:
        text_of_simulator(
            place_id=place().id, place_phone=number, body=form.words.data or "",
            number=request.form.get(form.which, ""),
            reference=f"web:{form.the_key()}", clock=now,
        )  # fmt: skip
    except Invalid as wrong:
        form.refuse("words", wrong)
        return False
    deliver_soon()
    return True


def _may_text() -> bool:
    """Whether this browser, and all of the place together, have not texted too much this minute."""
    before = (now() - MINUTE).timestamp()
    recent = [float(each) for each in session.get("texted", []) if float(each) > before]
    of_place = simulated.count_texted(place_id=place().id, since=now() - MINUTE)
    if len(recent) >= OF_A_BROWSER or of_place >= OF_A_PLACE:
        return False
    session["texted"] = [*recent, now().timestamp()]
    return True


def _page(address: str, form: PhoneText) -> str:
    people = _people()
    shown = messages.conversations(place_id=place().id, address=address or None)[-MOST_SHOWN:]
    given = request.values
    phones = [] if address else [_phone(side, given, people) for side in SIDES]
    return render_template(
        "simulator/simulator.html", messages=shown, address=address, people=people, form=form,
        phones=phones, forms={form.which: form}, fresh=PhoneText(formdata=None),
        chosen={phone.side: phone.typed for phone in phones},
    )  # fmt: skip


def _phone(side: str, given: MultiDict[str, str], people: list[demo.SignInHint]) -> Phone:
    """The phone that was chosen for a side; where none was, the first of the invented people."""
    position = SIDES.index(side)
    usual = people[position].phone if position < len(people) else None
    typed = given.get(side, usual or "").replace("\x00", "").strip()
    number, wrong = None, None
    try:
        number = PhoneNumber.parse(typed).e164 if typed else None
    except Invalid as failed:
        wrong = sentence(failed)
    found = () if number is None else messages.conversations(place_id=place().id, address=number)
    names = {person.phone: person.name for person in people}
    texts = tuple(one for one in found if one.channel == Channel.TEXT)
    return Phone(side, typed, number, wrong, names.get(number), texts[-ON_A_PHONE:])


def _require_simulated() -> None:
    if not wiring().simulated:
        abort(404)


def _people() -> list[demo.SignInHint]:
    """Invented people who sign in by phone; the staff's secrets are told to the terminal alone."""
    if not place().invented:
        return []
    hints = demo.who(place_slug=place().slug, secrets=wiring().secrets, now=now())
    return [hint for hint in hints if hint.phone and hint.part in PARTS]
