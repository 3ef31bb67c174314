"""An application is made quickly, and answers as one that was made at leisure."""

from flask import Flask
from werkzeug.routing import Map, Rule

from enabler.app import create_app
from enabler.config import Settings

VALUES = {"part": "looks", "ref": "K3M9", "kind": "phone", "code": "W1", "number": 12, "nth": 1}


def test_addresses_are_written_as_by_rules_that_learn_it_at_once(app: Flask) -> None:
    late = app.url_map.bind("example.org")
    rules = list(app.url_map.iter_rules())
    plain = [Rule(one.rule, endpoint=one.endpoint, methods=one.methods, defaults=one.defaults)
             for one in rules]  # fmt: skip
    at_once = Map(plain, converters=app.url_map.converters).bind("example.org")
    for rule in rules:
        values = {name: VALUES.get(name, "a b") for name in rule.arguments}
        for more in ({}, {"next": "/me?a=1&b=ä"}):
            for _ in range(2):
                wrote = late.build(rule.endpoint, values | more, append_unknown=True)
                assert wrote == at_once.build(rule.endpoint, values | more, append_unknown=True)
        assert late.build(rule.endpoint, values) == at_once.build(rule.endpoint, values)


def test_templates_are_compiled_once_in_a_process(settings: Settings) -> None:
    first, second = create_app(settings), create_app(settings)
    name, source = "frame/parts.html", "{{ 1 + 1 }}"
    cache = second.jinja_env.bytecode_cache
    assert cache is not None
    with first.app_context():
        first.jinja_env.get_template(name)
    path = second.jinja_env.loader.get_source(second.jinja_env, name)[1]  # type: ignore[union-attr]
    said = first.jinja_env.loader.get_source(first.jinja_env, name)[0]  # type: ignore[union-attr]
    assert cache.get_bucket(second.jinja_env, name, path, said).code is not None
    assert cache.get_bucket(second.jinja_env, name, path, source).code is None  # it says otherwise
