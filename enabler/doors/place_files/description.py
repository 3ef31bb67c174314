"""The TOML file of a place: what it must say, what it may say, and which files it names.

Keys that nobody knows are reported, not refused: a newer file should still be of use.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid
from enabler.domain.place_pack import PlaceFacts
from enabler.domain.places import REPLAY
from enabler.domain.ruleset import read_ruleset
from enabler.domain.ruleset_bounds import DECIDED_BY_TWO
from enabler.domain.sources import BadSource, position
from enabler.doors.place_files.tables import read_text
from enabler.matching import Policy

REQUIRED = ("slug", "name", "timezone", "boundary", "wards", "postcodes")
OPTIONAL_FILES = (
    "areas", "population", "deprivation", "organisations", "councillors", "landmarks"
)  # fmt: skip
FILES = ("boundary", "wards", "postcodes", *OPTIONAL_FILES)
KNOWN = frozenset(
    {*REQUIRED, *OPTIONAL_FILES, "authority_code", "languages", "phone", "contact", "colour",
     "attribution", "invented", "neighbours", "ruleset"}
)  # fmt: skip
CONTACT = ("name", "phone", "mail", "hours", "duty_line")
TAKEN_SLUGS = frozenset(
    {"about", "accessibility", "again", "api", "calendar", "cookies", "costs", "decisions",
     "deleted", "desk", "for", "health", "hours", "how-it-works", "invitations", "issuers",
     "mail", "market", "matches", "me",
     "metrics", "near", "needs", "new", "not-me", "o", "offers", "offline", "open-data",
     "organisations", "privacy", "questions", "ready", "report", "reports", "series", "sign-in",
     "sign-out", "sign-up", "simulator", "sms", "statement", "static", "suggestions",
     "told", "verify", "visits", "ward", "your-data", REPLAY}
)  # fmt: skip
"""First parts of addresses that are not a place's (a test compares them with the routes), and the
place in which another community's history is replayed."""
LONGEST_NAME = 200
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Description:
    """What the TOML file says: facts, and the paths of the files that it names."""

    facts: PlaceFacts
    files: Mapping[str, Path]
    unknown_keys: Sequence[str]
    source: "Source"


class Source:
    """The TOML file itself: its keys, and where each of them stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = read_text(path)
        try:
            self.found: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = _TOML_PLACE.search(str(error))
            lines = self.text.split("\n")
            line, column = (
                (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]) + 1)
            )
            raise BadSource("toml_broken", path=str(path), line=line, column=column) from error
        except (ValueError, RecursionError) as error:  # a number or a nesting without end
            raise BadSource("toml_broken", path=str(path)) from error

    def bad(self, key: str, code: str, **facts: object) -> BadSource:
        """What is wrong with a key, where it stands; a key that is not there is at the top."""
        written = rf'(?:^|[{{,])[ \t]*\[?[ \t]*(?P<key>"?{re.escape(key)}"?)[ \t]*[=\].]'
        match = re.search(written, self.text, re.MULTILINE)
        line, column = position(self.text, match.start("key")) if match else (1, 1)
        return BadSource(code, path=str(self.path), line=line, column=column, key=key, **facts)

    def words(self, key: str, longest: int = 4_000) -> str | None:
        """A text that says something, or None where there is no such key."""
        value = self.found.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise self.bad(key, "toml_text")
        if len(value) > longest:
            raise self.bad(key, "toml_too_long", longest=longest)
        return value.strip()

    def matching(self, key: str, form: re.Pattern[str], code: str) -> str | None:
        """A text of one form, or None where there is no such key."""
        value = self.words(key)
        if value is not None and not form.fullmatch(value):
            raise self.bad(key, code, written=value[:40])
        return value

    def list_of(self, key: str, form: re.Pattern[str], code: str) -> tuple[str, ...]:
        """A list of texts of one form, in order and each once; empty where there is no such key."""
        values = self.found.get(key, [])
        if not isinstance(values, list):
            raise self.bad(key, "toml_list")
        for value in values:
            if not isinstance(value, str) or not form.fullmatch(value):
                raise self.bad(key, code, written=str(value)[:40])
        return tuple(dict.fromkeys(values))


def read_description(path: Path) -> Description:
    """What a place's TOML file says. Raises BadSource."""
    source = Source(path)
    for key in REQUIRED:
        if key not in source.found:
            raise source.bad(key, "toml_key_missing")
    files = {key: path.parent / name for key in FILES if (name := source.words(key)) is not None}
    for key, file in files.items():
        if not file.is_file():
            raise source.bad(key, "toml_no_such_file", file=str(file))
    return Description(_facts(source), files, sorted(source.found.keys() - KNOWN), source)


def _facts(source: Source) -> PlaceFacts:
    return PlaceFacts(
        slug=_slug(source),
        name=source.words("name", LONGEST_NAME) or "",
        timezone=_timezone(source),
        languages=source.list_of("languages", _LANGUAGE, "toml_language") or ("en",),
        authority_code=source.words("authority_code", 40),
        phone=_phone(source),
        contact=_contact(source),
        colour=source.matching("colour", _COLOUR, "toml_colour"),
        attribution=source.words("attribution"),
        invented=_flag(source, "invented"),
        neighbours=source.list_of("neighbours", _SLUG, "toml_slug"),
        ruleset=_ruleset(source),
    )


def _slug(source: Source) -> str:
    slug = source.matching("slug", _SLUG, "toml_slug") or ""
    if len(slug) > LONGEST_NAME:
        raise source.bad("slug", "toml_too_long", longest=LONGEST_NAME)
    if slug in TAKEN_SLUGS:
        raise source.bad("slug", "toml_slug_taken", written=slug)
    return slug


def _timezone(source: Source) -> str:
    name = source.words("timezone") or ""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise source.bad("timezone", "toml_timezone", written=name[:40]) from error


def _phone(source: Source) -> PhoneNumber | None:
    written = source.words("phone")
    try:
        return PhoneNumber.parse(written) if written else None
    except Invalid as error:
        raise source.bad("phone", "toml_phone", written=(written or "")[:40]) from error


def _contact(source: Source) -> dict[str, str]:
    contact = _table(source, "contact") or {}
    for key, value in contact.items():
        if key not in CONTACT or not isinstance(value, str) or not value.strip():
            raise source.bad("contact", "toml_contact", known=", ".join(CONTACT))
    return {key: value.strip() for key, value in contact.items()}


def _ruleset(source: Source) -> dict[str, Any] | None:
    policy = _table(source, "ruleset")
    if policy is None:
        return None
    try:
        ruleset = read_ruleset(0, 0, policy)
        json.dumps(policy)
    except Invalid as error:
        raise source.bad(error.facts["name"], f"toml_{error.code}") from error
    except TypeError as error:  # a day or a time, which no policy holds
        raise source.bad("ruleset", "toml_table") from error
    one_decides = sorted(set(ruleset.hours_two_people) - set(DECIDED_BY_TWO))
    if one_decides:
        raise source.bad("hours_two_people", "toml_two_people", written=one_decides[0])
    try:
        Policy(weights=ruleset.weights)
    except Invalid as error:
        raise source.bad("weights", "toml_ruleset_value_wrong") from error
    return policy


def _table(source: Source, key: str) -> dict[str, Any] | None:
    table = source.found.get(key)
    if not isinstance(table, dict | None):
        raise source.bad(key, "toml_table")
    return table


def _flag(source: Source, key: str) -> bool | None:
    flag = source.found.get(key)
    if not isinstance(flag, bool | None):
        raise source.bad(key, "toml_flag")
    return flag
