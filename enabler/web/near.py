"""The map and its list, what is at one spot, and the wards' outlines that the map draws."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action
from enabler.doors.access import page
from enabler.doors.wiring import now
from enabler.services import near as service
from enabler.services.near import Wanted
from enabler.services.views.near import NearView, OutlineView
from enabler.web.access import actor, place
from enabler.web.forms.near import Near
from enabler.web.headers import let_tiles_in
from enabler.web.still import pack

blueprint = Blueprint("near", __name__, url_prefix="/near")
FILTERS = ("kind", "category", "ward", "postcode")


@blueprint.get("")
@page(action=Action.SEE_PUBLIC)
def near() -> str:
    """What is asked and offered near here: the list, and the map that draws it."""
    form = Near()
    found = _around(form)
    form.know_wards(found.wards)
    return render_template(
        "near/near.html", form=form, near=found, kept=_kept(), tiles=let_tiles_in()
    )


@blueprint.get("/<spot>")
@page(action=Action.SEE_PUBLIC)
def spot(spot: str) -> str:
    """What is asked and offered at one spot."""
    wanted = Near().wanted()
    wanted = Wanted(kind=wanted.kind, category=wanted.category, page=wanted.page)
    found = service.at_spot(
        actor=actor(), place_id=place().id, code=spot, wanted=wanted, now=now()
    )  # fmt: skip
    return render_template("near/spot.html", found=found, kept=_kept())


@blueprint.get("/wards.geojson")
@page(action=Action.SEE_PUBLIC)
def outlines() -> Any:
    """The wards' outlines, the same for everybody, until they change."""
    found = service.outlines(actor=actor(), place_id=place().id)
    answer = jsonify(type="FeatureCollection", features=[_feature(ward) for ward in found])
    answer.mimetype = "application/geo+json"
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return pack(answer)


def _around(form: Near) -> NearView:
    wanted = form.wanted()
    try:
        return service.around(actor=actor(), place_id=place().id, wanted=wanted, now=now())
    except Invalid as wrong:
        form.show(wrong)
        return service.around(
            actor=actor(), place_id=place().id, now=now(),
            wanted=Wanted(wanted.kind, wanted.category, wanted.ward, page=wanted.page),
        )  # fmt: skip


def _kept() -> dict[str, str]:
    """The filters as they stand, for links to other pages of the same list."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _feature(ward: OutlineView) -> dict[str, Any]:
    outline = {"type": "MultiPolygon", "coordinates": [[ring] for ring in ward.rings]}
    return {
        "type": "Feature", "geometry": outline,
        "properties": {"code": ward.code, "name": ward.name},
    }  # fmt: skip
