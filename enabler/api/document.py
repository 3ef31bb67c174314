"""The document of the door: OpenAPI 3.1, made from what the resources declare."""

from threading import Lock
from typing import Any

from flask import Blueprint, Flask, current_app
from flask_smorest import Api
from flask_smorest import Blueprint as Resources

from enabler.api import refusals
from enabler.domain.permissions import Action
from enabler.doors.access import call

blueprint = Blueprint("api_document", __name__, url_prefix="/api/v1")
ABOUT = """Enabler's JSON door. Each call is one of the services that the pages use, and shows
nothing that they would not. A call that changes something carries an `Idempotency-Key`. A refusal
is `application/problem+json` in one shape; should we be broken (500, 503), so is that. Times are
ISO 8601 with their offset. Lists come in parts: send `next` as `cursor`."""


class Document(Api):  # type: ignore[misc]
    """flask-smorest's document, without its handlers of errors and its pages. It is written when
    it is first asked for: writing takes longer than all else that makes an application, and each
    command of the command line makes one."""

    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = refusals.ProblemSchema

    def __init__(self, app: Flask, **kwargs: Any) -> None:
        super().__init__(app, **kwargs)
        self._unwritten: list[Resources] = []
        self._writing = Lock()

    def _register_error_handlers(self) -> None:
        """Errors have their handler: the same for pages and programs."""

    def register_blueprint(self, blp: Resources) -> None:
        """Give the app the calls of one noun, to be written down later."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp)
        self._unwritten.append(blp)

    def written(self) -> dict[str, Any]:
        """The whole document."""
        with self._writing:
            while self._unwritten:
                noun = self._unwritten.pop(0)
                noun.register_views_in_doc(
                    self, self._app, self.spec, name=noun.name, parameters=None
                )
                self.spec.tag({"name": noun.name, "description": noun.description})
            return dict(self.spec.to_dict())


def register(app: Flask) -> Document:
    """The document, empty: each resource that is registered with it is written down in it."""
    document = Document(
        app, spec_kwargs={"title": "Enabler", "version": "1", "openapi_version": "3.1.0",
                          "info": {"description": ABOUT}},
    )  # fmt: skip
    components = document.spec.components
    components.security_scheme(
        "token", {"type": "http", "scheme": "bearer",
                  "description": "A key that you make on your page, under Keys for programs."},
    )  # fmt: skip
    components.security_scheme(
        "session", {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"],
                    "description": "A signed-in browser; calls that change something also carry"
                    " `X-CSRFToken`."},
    )  # fmt: skip
    app.register_blueprint(blueprint)
    return document


@blueprint.get("/openapi.json")
@call(action=Action.SEE_PUBLIC)
def openapi() -> Any:
    """What this door can do."""
    return current_app.extensions["enabler_openapi"].written()
