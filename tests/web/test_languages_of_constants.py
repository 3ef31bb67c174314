"""What a page says of a constant is in the language of whoever reads it now."""

from flask import Flask
from flask_babel import force_locale


def test_a_filter_of_a_constant_is_asked_each_time(app: Flask) -> None:
    template = app.jinja_env.from_string('{{ "shopping" | category }}')
    with app.test_request_context("/health"):
        with force_locale("en"):
            assert template.render() == "Shopping"
        with force_locale("cy"):
            assert template.render() != "Shopping"
