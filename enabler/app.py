"""The composition root: settings, database, ports and doors are joined here and nowhere else."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from enabler import api, web
from enabler.config import Settings, load_settings
from enabler.doors import erasure_list
from enabler.doors.counting import FileCount
from enabler.doors.erasure_list import FileOfErasures
from enabler.doors.gateways import TextsAndMails
from enabler.doors.mail.gateway import SmtpGateway
from enabler.doors.mail.server import read_mail_server
from enabler.doors.secrets import KeyedSecrets
from enabler.doors.signing import FolderKeys
from enabler.doors.wiring import Caller, Tiles, Wiring
from enabler.matching.kernels.compiling import keep_compiled_in
from enabler.persistence import schema, spatial, tables
from enabler.persistence.database import db, engine_options, normalised
from enabler.services.ports import MessageGateway, TextProvider
from sms import conversing, notified
from sms.accounts import NotifyAccount, TwilioAccount
from sms.bearers import Bearer
from sms.simulator import SimulatorGateway
from sms.understanding.suggested import heard_in

__all__ = ["create_app", "tables", "upgrade_schema"]

FORGED = "forged-calls"
"""The file that counts calls in a provider's name that it never made."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises SettingsWrong where none are given and the machine's are bad."""
    settings = settings or load_settings()
    app = Flask("enabler", root_path=str(Path(__file__).parent))
    app.config.update(_flask_config(settings))
    keep_compiled_in(settings.instance / "kernels")
    db.init_app(app)
    with app.app_context():
        spatial.watch(db.engine)
    provider, caller = _provider(settings)
    gateway = _gateway(settings, provider)
    app.extensions["enabler"] = Wiring(
        gateway=gateway,
        secrets=KeyedSecrets(settings.secret_key),
        signing=FolderKeys(settings.instance / "signing", makes_keys=not settings.production),
        simulated=gateway.simulated and not settings.production,
        metrics_token=settings.metrics_token,
        public_base_url=settings.public_base_url,
        secure=settings.secure,
        erasures=FileOfErasures(settings.instance / erasure_list.NAME),
        forged=FileCount(settings.instance / FORGED),
        converse=conversing.work,
        understands=heard_in,
        provider=provider,
        caller=caller,
        bearer=_bearer(settings),
        tiles=_tiles(settings),
        pence_per_segment=settings.pence_per_segment,
    )
    web.register(app)
    api.register(app)
    notified.register(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    return app


def upgrade_schema(settings: Settings) -> None:
    """Bring the database's schema up to date; the one caller of Alembic.

    Raises persistence.schema.SchemaNotMade or SchemaNewer, persistence.spatial.SpatialiteMissing.
    """
    settings.instance.mkdir(parents=True, exist_ok=True)
    schema.upgrade(settings.database_owner_url)


def _flask_config(settings: Settings) -> dict[str, object]:
    url = normalised(settings.database_url)
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "SESSION_COOKIE_NAME": "__Host-enabler" if settings.secure else "enabler",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "MAX_FORM_PARTS": 200,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _tiles(settings: Settings) -> Tiles | None:
    if settings.tile_url is None:
        return None
    return Tiles(settings.tile_url, settings.tile_attribution or "")


def _provider(settings: Settings) -> tuple[TextProvider | None, Caller | None]:
    """Who brings texts to real phones, and who calls us. Their clients are loaded where texts go by
    them, and nowhere else: each takes half a second and 25 MB."""
    account = settings.account
    if isinstance(account, TwilioAccount):
        from sms.gateway import TwilioGateway

        gateway = TwilioGateway(account, settings.address)
        return gateway, gateway
    if isinstance(account, NotifyAccount):
        from sms.notify import NotifyGateway

        return NotifyGateway(account, settings.address), None
    return None, None


def _bearer(settings: Settings) -> Bearer | None:
    token = getattr(settings.account, "callback_token", None)
    return None if token is None else Bearer(token)


def _gateway(settings: Settings, texts: MessageGateway | None) -> MessageGateway:
    simulator = SimulatorGateway(settings.address)
    if settings.mail_url is None:
        return TextsAndMails(texts or simulator, simulator)
    server = read_mail_server(settings.mail_url)
    return TextsAndMails(texts or simulator, SmtpGateway(server, settings.address))
