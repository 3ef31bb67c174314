"""The pages: one module per noun; a view translates, a service decides."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page
from enabler.web import (
    about,
    access,
    again,
    api_tokens,
    asking,
    desk,
    failures,
    frame,
    headers,
    health,
    home,
    language,
    matches,
    mine,
    needs,
    offering,
    offers,
    reports,
    sign_in,
    sign_up,
    simulator,
    staff,
    tokens,
    wards,
)
from enabler.web.refs import RefConverter
from enabler.web.slugs import SlugInPath

NOUNS = (
    home, about, again, sign_in, sign_up, staff, mine, asking, needs, offering, offers,
    matches, reports, api_tokens, desk, wards, simulator, health,
)  # fmt: skip
csrf = CSRFProtect()


def register(app: Flask) -> None:
    """Give the app its pages."""
    language.register(app)
    frame.register(app)
    headers.register(app)
    failures.register(app)
    access.register(app)
    csrf.init_app(app)  # after the place is known, so that its refusal has a frame
    tokens.register(app)
    app.url_map.converters["ref"] = RefConverter
    for noun in NOUNS:
        app.register_blueprint(noun.blueprint)
    still = app.view_functions["static"]
    app.view_functions["static"] = page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)(still)
    app.wsgi_app = SlugInPath(app)  # type: ignore[method-assign]
