"""An offer to pass on: the page that anybody may open, its link and QR code, a poster."""

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext

from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.qr import qr_code
from enabler.doors.wiring import now
from enabler.services import sharing
from enabler.services.views import PublicOffer
from enabler.web.access import actor, place
from enabler.web.calendars import base_url

blueprint = Blueprint("sharing", __name__)


def _address(ref: str) -> str:
    """With the place in it: a stranger has none."""
    return f"{base_url().rstrip('/')}/{place().slug}{url_for('sharing.offer', ref=ref)}"


@blueprint.get("/o/<ref:ref>")
@page(action=Action.SEE_PUBLIC)
def offer(ref: str) -> str:
    """What anybody may know of an offer."""
    shown = sharing.public(actor=actor(), ref=ref, now=now())
    return render_template("sharing/offer.html", offer=shown)


def _page(template: str, shown: PublicOffer) -> str:
    address = _address(shown.ref)
    drawn = qr_code(address, gettext("QR code of this offer"))
    return render_template(f"sharing/{template}.html", offer=shown, address=address, qr=drawn)


@blueprint.get("/offers/<ref:ref>/share")
@page(action=Action.CHANGE_OFFER)
def share(ref: str) -> str:
    """The link and the QR code of one's own offer."""
    return _page("share", sharing.for_giver(actor=actor(), ref=ref, now=now()))


@blueprint.get("/offers/<ref:ref>/poster")
@page(action=Action.CHANGE_OFFER)
def poster(ref: str) -> str:
    """A page to print and put in the window, for organisations."""
    shown = sharing.for_giver(actor=actor(), ref=ref, now=now())
    if shown.organisation is None:
        abort(404)
    return _page("poster", shown)
