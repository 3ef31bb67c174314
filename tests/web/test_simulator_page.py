"""The simulator's page shows every code that is sent: never where real people are served."""

from dataclasses import replace

from enabler.app import create_app
from enabler.config import Settings
from enabler.persistence.database import db
from tests.builders import a_place


def test_is_not_there_in_production(settings: Settings) -> None:
    statuses = {}
    for environment in ("test", "production"):
        app = create_app(replace(settings, environment=environment))
        app.testing = True
        if environment == "test":
            with app.app_context():
                a_place()
        client = app.test_client()
        statuses[environment] = client.get("/simulator").status_code
        shown = "/simulator" in client.get("/sign-in").get_data(as_text=True)
        assert shown == (environment == "test")
        with app.app_context():
            db.engine.dispose()
    assert statuses == {"test": 200, "production": 404}
