"""What comes in an address, in headers and in JSON: found in the code and in its document."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from werkzeug.datastructures import ImmutableMultiDict

from enabler import web
from tests import paper
from tests.authorisation.rules import Rule
from tests.authorisation.worlds import World
from tests.strings.looking import badly_said, badly_shown, kept, runs, texts_as
from tests.strings.planting import readers

_ASKED = re.compile(
    r'request\.args(?:\.get\(|\[)"(\w+)"|"(\w+)" in request\.args|^FILTERS = \((.*)\)', re.M
)
_NAME = re.compile(r"\w+")
HEADERS = ("Accept-Language", "Referer", "User-Agent", "X-Forwarded-For", "X-CSRFToken")
_keys = count(1)


def names_asked() -> set[str]:
    """Names of what our pages read from an address, as their code says."""
    found = set()
    for path in Path(web.__path__[0]).rglob("*.py"):
        for hit in _ASKED.findall(path.read_text(encoding="utf-8")):
            found.update(name for part in hit for name in _NAME.findall(part))
    return found


def names_in_forms(html: str) -> set[str]:
    """Names of the fields of a page's forms that only look."""
    page = BeautifulSoup(html, "html.parser")
    fields = [field for form in page.find_all("form") if form.get("method", "get") == "get"
              for field in form.find_all(["input", "select"])]  # fmt: skip
    return {str(field["name"]) for field in fields if field.get("name")}


class _Told(ImmutableMultiDict[str, str]):
    """What came in an address; tells which names are read of it."""

    read: ClassVar[set[str]] = set()
    """For each use another, by :func:`names_read`."""

    def __getitem__(self, key: str) -> str:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.read.update(super().__iter__())
        return super().__iter__()

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """The values of a name."""
        self.read.add(key)
        return super().getlist(key, *args, **kwargs)


@contextmanager
def names_read(world: World) -> Iterator[set[str]]:
    """Within it: the names that pages read from their address, as they are asked for them."""
    plain, found = world.app.request_class, set[str]()

    class Told(_Told):
        read = found

    class Asked(plain):  # type: ignore[misc, valid-type]
        parameter_storage_class = Told

    world.app.request_class = Asked
    try:
        yield found
    finally:
        world.app.request_class = plain


def asked_with(world: World, rule: Rule, names: set[str], typed: str) -> Iterator[str]:
    """What is wrong with the answer to an address, each of these names being this string."""
    for cell in readers(rule, whole=False)[:1]:
        ref, client = cell.ref(world), world.browser(cell.principal)
        path, _ = world.asked_for(rule, cell.principal, ref, cell.whose)
        plain = "".join(letter for letter in typed if 32 <= ord(letter) < 127)
        given = {name: typed for name in names if name not in rule.given}
        if rule.is_api:
            given = {"limit": typed, "cursor": typed}
        address = f"{path}{'&' if '?' in path else '?'}{urlencode(given)}"
        with client.get(address, headers=dict.fromkeys(HEADERS, plain)) as answer:
            body = paper.said(answer)
            if answer.status_code >= 500:
                yield f"{rule.name}: {answer.status_code} for {typed!r}"
            elif answer.mimetype == "text/html":
                wrong = (*badly_shown(body, typed, plain), *runs(body))
                yield from (f"{rule.name}: shows {found!r}" for found in wrong)


def bodies(world: World, rule: Rule) -> dict[str, Any]:
    """The texts that a call takes, as the document tells: names to how one is sent."""
    with world.app.app_context():
        document = world.app.extensions["enabler_openapi"].written()
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.route)
    call = document["paths"][path]["post"]
    if "requestBody" not in call:
        return {}
    schema = call["requestBody"]["content"]["application/json"]["schema"]
    return dict(_texts_of(document, schema))


def _texts_of(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for name, one in schema.get("properties", {}).items():
        kinds = one.get("type", "object")
        if "string" in kinds:
            yield name, lambda text: text
        elif "array" in kinds and "string" in one["items"].get("type", ""):
            yield name, lambda text: [text]


def called_with(world: World, rule: Rule, name: str, value: Any, typed: str) -> Iterator[str]:
    """What is wrong with the answer to a call, one of whose texts is this string."""
    where = f"{rule.name}, {name}"
    cell = readers(rule, whole=False)[0]
    path, answers = world.asked_for(rule, cell.principal, cell.ref(world), cell.whose)
    key = f"a-call-of-ours-{next(_keys):06d}"
    answer = world.browser(cell.principal).post(
        path, json={**answers, name: value(typed)}, headers={"Idempotency-Key": key}
    )
    if answer.status_code >= 500 or not answer.is_json:
        yield f"{where}: {answer.status_code} for {typed!r}"
        return
    said = answer.get_json()
    spellings = (typed, f"https://{typed}") if name == "web" else (typed,)
    yield from (f"{where}: says {text!r}" for text in badly_said(said, *spellings))
    if answer.status_code < 300:
        with world.app.app_context():
            texts = [text for found in kept().values() for text in found]
        allowed = texts_as(typed)
        yield from (f"{where}: keeps {text!r}" for text in texts
                    if not any(way in text for way in allowed))  # fmt: skip
        world.put_back()
    elif answer.status_code in (400, 422) and not (said["field"] and said["sentence"]):
        yield f"{where}: does not say where or why {typed!r} is wrong"
