"""The pages as an app on a phone: its manifest, its worker, and the page without a network.

The worker keeps the shell alone: styles, scripts, pictures and the page that says that there is no
network. It never keeps a page: what a person was shown is in no cache.
"""

import hashlib
from typing import Any

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for

from enabler.domain.permissions import Action
from enabler.domain.places import Place
from enabler.doors.access import Placed, page
from enabler.web.colours import colours_of
from enabler.web.slugs import slug_in_path

blueprint = Blueprint("installing", __name__)
SHELL = (
    "vendor/govuk-frontend/govuk-frontend.min.css", "place.css", "looks.css", "start.js", "kept.js",
    "icon.svg",
)  # fmt: skip
IMPORTED = "vendor/govuk-frontend/govuk-frontend.min.js"
"""A script names the file that it imports without a version."""
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"),
         ("icon-maskable.png", "512x512", "maskable"))  # fmt: skip


@blueprint.get("/manifest.webmanifest")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def manifest() -> Any:
    """What a phone is told when somebody puts this place on its first screen."""
    place: Place | None = g.get("place")
    name = place.name if place else "Enabler"
    start = url_for("home.home")
    answer = jsonify(
        name=name, short_name=name[:12], start_url=start, scope=start, id=start,
        display="standalone", background_color="#ffffff", theme_color=colours_of(place).place,
        icons=[
            {"src": url_for("static", filename=file), "sizes": sizes, "type": "image/png",
             "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    )  # fmt: skip
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@blueprint.get("/offline")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def offline() -> str:
    """There is no network: what can be done meanwhile, and whom to ring."""
    return render_template("installing/offline.html")


@blueprint.get("/worker.js")
@page(action=Action.SEE_PUBLIC, placed=Placed.IF_KNOWN)
def worker() -> Response:
    """The worker's script, with the names of what it keeps."""
    place: Place | None = g.get("place")
    files = [url_for("static", filename=name) for name in SHELL]
    files.append(url_for("home.colours", c=colours_of(place).place))
    files.append(url_for("static", filename=IMPORTED).partition("?")[0])
    offline = _offline_of(place)
    kept = hashlib.sha256(" ".join((offline, *files)).encode()).hexdigest()[:12]
    script = render_template("installing/worker.js", name=kept, offline=offline, files=files)
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _offline_of(place: Place | None) -> str:
    """The page's address with the place in it: it is fetched as a stranger would, without a
    cookie, so that nothing of the person is in what is kept."""
    path = url_for("installing.offline")
    if place is None or slug_in_path(request) is not None:
        return path
    return f"{request.script_root}/{place.slug}/offline"
