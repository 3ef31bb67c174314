"""What makes an application quick to make: nothing is compiled before it is used, or twice.

Every command of the command line makes an application, and so does each worker and each test.
"""

from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule that learns to write addresses when one is first asked for: learning it for every
    rule took more than half of the time that making an application took."""

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        compiled = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            write = compiled(append_unknown).__get__(rule, None)
            setattr(rule, name, write)
            return write(**values)  # type: ignore[no-any-return]

        return build


class CompiledTemplates(BytecodeCache):
    """The code of templates, compiled once in this process, by what they say."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template its code, where it is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


_TEMPLATES = CompiledTemplates()


def register(app: Flask) -> None:
    """Before any route and any template."""
    app.url_rule_class = LateRule
    app.jinja_env.bytecode_cache = _TEMPLATES
