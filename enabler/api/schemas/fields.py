"""Fields of JSON: strict about what comes in, and telling how what goes out is written.

What is wrong is a code of the catalogue with its facts, never a sentence of a library.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from marshmallow import Schema, ValidationError, fields

from enabler.domain.errors import Invalid

Writer = Callable[[Any], Any]
LONGEST_TEXT = 2_000
FIRST_YEAR, LAST_YEAR = 1900, 2900
_ERRORS: dict[str, Any] = {"required": "field_missing", "null": "field_null"}
_LIST_ERRORS = {**_ERRORS, "invalid": "list_wanted"}
_OBJECT_ERRORS = {**_ERRORS, "type": "object_wanted"}
_SENT_ERRORS = {"unknown": "field_unknown", "type": "object_wanted"}
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
REF_PATTERN = "^[0-9A-Za-z-]{4,9}$"
_REF = re.compile(REF_PATTERN)


def wrong(code: str, **facts: Any) -> ValidationError:
    """A refusal in the words of the catalogue."""
    return ValidationError([Invalid("", code, **facts)])


class Text(fields.String):
    """A text without what no database keeps: halves of characters, and NUL."""

    default_error_messages = _ERRORS

    def __init__(self, *, most: int = LONGEST_TEXT, **more: Any) -> None:
        self.most = most
        super().__init__(**more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise wrong("text_wanted")
        if len(value) > self.most:
            raise wrong("words_too_long", most=self.most)
        if _UNKEPT.search(value):
            raise wrong("words_control_characters")
        return value


class Ref(Text):
    """A ref as somebody typed it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"pattern": REF_PATTERN, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        text = super()._deserialize(value, *rest, **more)
        if not _REF.fullmatch(text):
            raise wrong("ref_malformed")
        return text


class Whole(fields.Integer):
    """A whole number, never a text or a fraction; in a query, its digits."""

    default_error_messages = _ERRORS

    def __init__(
        self, *, least: int = 0, most: int = 2**31 - 1, in_query: bool = False, **more: Any
    ) -> None:
        self.least, self.most, self.in_query = least, most, in_query
        bounds = {"minimum": least, "maximum": most}
        super().__init__(metadata={**bounds, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if self.in_query and isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
            value = int(value)
        if type(value) is not int:
            raise wrong("number_wanted")
        if not self.least <= value <= self.most:
            raise wrong("number_out_of_range", least=self.least, most=self.most)
        return value


class Truth(fields.Boolean):
    """True or false, and nothing that could be taken for one."""

    default_error_messages = _ERRORS

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong("truth_wanted")
        return value


class Moment(fields.AwareDateTime):
    """A time in ISO 8601 with its offset; inside, UTC."""

    default_error_messages = _ERRORS

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise wrong("time_wanted")
        try:
            read = datetime.fromisoformat(value)
            if not FIRST_YEAR <= read.year <= LAST_YEAR:
                raise ValueError(value)
            return read.astimezone(UTC)
        except ValueError as bad:
            raise wrong("time_wanted") from bad

    def out(self, value: datetime) -> str:
        """As it is written."""
        return value.isoformat()


class Day(fields.Date):
    """A day of the place's calendar, as ISO 8601 writes it."""

    default_error_messages = _ERRORS

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise wrong("day_wanted")
        try:
            read = date.fromisoformat(value)
            if not FIRST_YEAR <= read.year <= LAST_YEAR:
                raise ValueError(value)
        except ValueError as bad:
            raise wrong("day_wanted") from bad
        return read

    def out(self, value: date) -> str:
        """As it is written."""
        return value.isoformat()


class Choice(fields.String):
    """One of the words of an enum (or of those given)."""

    default_error_messages = _ERRORS

    def __init__(self, words: type[StrEnum] | Iterable[str], **more: Any) -> None:
        self.words = {str(getattr(word, "value", word)): word for word in words}
        allowed = [*self.words, None] if more.get("allow_none") else [*self.words]
        super().__init__(metadata={"enum": allowed, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str) or value not in self.words:
            raise wrong("choice_unknown", choices=", ".join(self.words))
        return self.words[value]

    def out(self, value: StrEnum | str) -> str:
        """As it is written."""
        return str(value)


class Many(fields.List):  # type: ignore[type-arg]
    """A list; what is no list is refused, and so is more than ``most``."""

    default_error_messages = _LIST_ERRORS

    def __init__(self, inner: Any, *, most: int | None = None, **more: Any) -> None:
        self.most = most
        bound = {} if most is None else {"maxItems": most}
        super().__init__(inner, metadata={**bound, **more.pop("metadata", {})}, **more)

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list):
            raise wrong("list_wanted")
        if self.most is not None and len(value) > self.most:
            raise wrong("list_too_long", most=self.most)
        return list(super()._deserialize(value, *rest, **more))


class Codes(Many):
    """Codes that have no order of their own: written in the order of the alphabet."""

    def __init__(self, only: Iterable[str] | None = None, **more: Any) -> None:
        self.few = None if only is None else frozenset(only)
        super().__init__(Text() if only is None else Choice(sorted(self.few or ())), **more)

    def out(self, value: Iterable[str]) -> list[str]:
        """As they are written: those that a caller can do something with."""
        return sorted(str(code) for code in value if self.few is None or code in self.few)


class Inner(fields.Nested):
    """An object in the object."""

    default_error_messages = _OBJECT_ERRORS


class Sent(Schema):
    """Something that is sent to us: what it does not name is refused, with its path."""

    error_messages = _SENT_ERRORS


class Given(Schema):
    """Something that we give: every field is always there."""


def writer(schema: type[Schema]) -> Writer:
    """A function that writes a view of this schema as JSON's own values.

    Marshmallow's ``dump`` takes several times as long, and lists are asked for often.
    """
    named = schema().fields
    names = tuple(named)
    read = attrgetter(*(field.attribute or name for name, field in named.items()))
    as_one = len(names) == 1  # of which attrgetter gives the value, and no tuple
    writers = [(name, one) for name, field in named.items() if (one := _writes(field)) is not None]

    def write(view: Any) -> dict[str, Any]:
        values = read(view)
        written = dict(zip(names, (values,) if as_one else values, strict=True))
        for name, write_one in writers:
            if written[name] is not None:
                written[name] = write_one(written[name])
        return written

    return write


def _writes(field: Any) -> Writer | None:
    if hasattr(field, "out"):
        return field.out  # type: ignore[no-any-return]
    if isinstance(field, fields.Nested):
        return writer(type(field.schema))
    if isinstance(field, fields.List):
        one = _writes(field.inner)
        return list if one is None else lambda value: [one(each) for each in value]
    return None


def flat(messages: Any, path: tuple[str, ...] = ()) -> list[Invalid]:
    """What marshmallow found, as refusals with the path of each: ``windows.0.start``."""
    if isinstance(messages, Mapping):
        return [
            found
            for name, inner in messages.items()
            for found in flat(inner, path if name == "_schema" else (*path, str(name)))
        ]
    field = ".".join(path) or "body"
    return [
        Invalid(field, one.code, **one.facts) if isinstance(one, Invalid) else Invalid(field, one)
        for one in messages
    ]
