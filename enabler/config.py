"""Settings: one frozen value, from the environment over ``instance/settings.toml``.

A default stands here only if it is right in production and fit to be public. What is missing or
makes no sense stops the start with one sentence that names the setting.
"""

import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from enabler.doors.mail.server import MailAddressWrong, read_mail_server
from sms import accounts
from sms.accounts import Account, AccountWrong

SHORTEST_KEY = 32


class SettingsWrong(Exception):
    """A setting is missing or makes no sense; the message is one sentence that names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    database_owner_url: str
    secret_key: str
    environment: str = "development"
    public_base_url: str | None = None
    trusted_proxies: int = 0
    gateway: str = "simulator"
    account: Account | None = None  # by which texts leave; none of the simulator
    pence_per_segment: Decimal = Decimal(4)
    mail_url: str | None = field(default=None, repr=False)
    metrics_token: str | None = None
    tile_url: str | None = None
    tile_attribution: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4

    @property
    def production(self) -> bool:
        """Whether real people are served: no key is made up, no simulator page is shown."""
        return self.environment == "production"

    @property
    def secure(self) -> bool:
        """Whether pages go over https, so that cookies can be held to it."""
        return (self.public_base_url or "").startswith("https://")

    @property
    def address(self) -> str:
        """Where a browser finds us, for links in texts: by the name that ``serve`` prints, since a
        browser that is signed in there is a stranger to another name of the same machine."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_base_url or f"http://{shown}:{self.port}"


_ENVIRONMENTS = ("development", "test", "production")
_NAMES = (
    "environment", "public_base_url", "trusted_proxies", "gateway", "mail_url", "metrics_token",
    "tile_url", "tile_attribution", "host", "port", "workers", "threads", "secret_key",
    "pence_per_segment", *accounts.NAMES,
)  # fmt: skip
_WHOLE = {"trusted_proxies": (0, 10), "port": (0, 65535), "workers": (1, 256), "threads": (1, 256)}


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings of this machine. Raises SettingsWrong."""
    env = os.environ if environment is None else environment
    instance = Path(env.get("ENABLER_INSTANCE") or Path.cwd() / "instance").resolve()
    given = _from_file(instance / "settings.toml") | _from_environment(env)
    database = env.get("DATABASE_URL") or f"sqlite:///{instance / 'enabler.sqlite'}"
    values: dict[str, Any] = {
        "instance": instance,
        "database_url": _database(database, "DATABASE_URL"),
        "database_owner_url": _database(
            env.get("DATABASE_OWNER_URL") or database, "DATABASE_OWNER_URL"
        ),
    }
    for name, value in given.items():
        values[name] = _whole(name, value) if name in _WHOLE else str(value)
    _check(values)
    _read_texts(values)
    values.setdefault("secret_key", "")
    values["secret_key"] = values["secret_key"] or _kept_key(instance, values)
    return Settings(**values)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as wrong:
        raise SettingsWrong(f"{path} is not readable as TOML: {wrong}.") from wrong
    for name in given:
        if name not in _NAMES:
            raise SettingsWrong(f"{path} has a setting that nobody knows: {name}.")
    return given


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    names = {f"ENABLER_{name.upper()}": name for name in _NAMES} | {"ENABLER_ENV": "environment"}
    return {name: env[variable] for variable, name in names.items() if env.get(variable)}


def _database(url: str, variable: str) -> str:
    try:
        name = make_url(url).drivername
    except ArgumentError:
        raise SettingsWrong(f"{variable} is not the address of a database.") from None
    if name == "sqlite" or re.fullmatch(r"postgres(ql)?(\+psycopg)?", name):
        return url
    raise SettingsWrong(f"{variable} must begin with sqlite:// or postgresql+psycopg://.")


def _whole(name: str, value: Any) -> int:
    low, high = _WHOLE[name]
    try:
        number = int(str(value))
    except ValueError:
        raise SettingsWrong(f"ENABLER_{name.upper()} must be a whole number.") from None
    if not low <= number <= high:
        raise SettingsWrong(f"ENABLER_{name.upper()} must be from {low} to {high}.")
    return number


def _check(values: Mapping[str, Any]) -> None:
    if values.get("environment", "development") not in _ENVIRONMENTS:
        raise SettingsWrong("ENABLER_ENV must be development, test or production.")
    _check_mail(values.get("mail_url"))
    base = values.get("public_base_url")
    if base is not None and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", base):
        raise SettingsWrong("ENABLER_PUBLIC_BASE_URL must be like https://help.example.org.")
    if values.get("environment") == "production" and not (base or "").startswith("https://"):
        raise SettingsWrong("ENABLER_PUBLIC_BASE_URL must be set, with https, in production.")
    _check_tiles(values.get("tile_url"), values.get("tile_attribution"))
    key = values.get("secret_key")
    if key is not None and len(key) < SHORTEST_KEY:
        raise SettingsWrong(f"ENABLER_SECRET_KEY must have at least {SHORTEST_KEY} characters.")


def _read_texts(values: dict[str, Any]) -> None:
    """Put the account by which texts leave in place of what was said of it."""
    gateway = values.get("gateway", "simulator")
    given = {name: values.pop(name) for name in accounts.NAMES if name in values}
    if gateway not in accounts.GATEWAYS:
        raise SettingsWrong(f"ENABLER_GATEWAY must be one of: {', '.join(accounts.GATEWAYS)}.")
    try:
        values["account"] = accounts.read_account(gateway, given)
        if "pence_per_segment" in values:
            values["pence_per_segment"] = accounts.read_pence(values["pence_per_segment"])
    except AccountWrong as wrong:
        raise SettingsWrong(str(wrong)) from None
    for name in ("pence_per_segment", "public_base_url"):
        if values["account"] is not None and not values.get(name):
            raise SettingsWrong(f"ENABLER_{name.upper()} must be set for texts by {gateway}.")


def _check_mail(url: str | None) -> None:
    try:
        if url is not None:
            read_mail_server(url)
    except MailAddressWrong as wrong:
        raise SettingsWrong(f"ENABLER_MAIL_URL {wrong}.") from None


def _check_tiles(url: str | None, attribution: str | None) -> None:
    if url is None:
        return
    host = r"https://[a-z0-9.-]+(:[0-9]+)?/"
    parts = ("{z}", "{x}", "{y}")
    if not re.fullmatch(host + r"[^\s;,'\"]+", url) or not all(part in url for part in parts):
        raise SettingsWrong(
            "ENABLER_TILE_URL must be like https://tiles.example.org/{z}/{x}/{y}.png."
        )
    if not attribution:
        raise SettingsWrong("ENABLER_TILE_ATTRIBUTION must say whose map ENABLER_TILE_URL shows.")


def _kept_key(instance: Path, values: Mapping[str, Any]) -> str:
    """The key in the instance folder; made by the first command that finds none.

    In production none is made: ``""`` is returned and ``serve`` and ``jobs start`` refuse it.
    """
    path = instance / "secret_key"
    try:
        if not path.exists() and values.get("environment") == "production":
            return ""
        if not path.exists():
            _make_key(path)
        key = path.read_text("ascii").strip()
    except (OSError, ValueError) as wrong:
        raise SettingsWrong(f"ENABLER_INSTANCE has no readable {path}: {wrong}.") from wrong
    if len(key) < SHORTEST_KEY:
        raise SettingsWrong(f"{path} must hold at least {SHORTEST_KEY} characters.")
    return key


def _make_key(path: Path) -> None:
    """Put a new key there, whole from the first moment; whoever comes second keeps the first's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(prefix=".secret_key-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        os.unlink(made)


def require_secret_key(settings: Settings) -> None:
    """Raises SettingsWrong where a process that serves people has no key."""
    if not settings.secret_key:
        raise SettingsWrong("ENABLER_SECRET_KEY must be set in production.")
