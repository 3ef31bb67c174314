"""The pages: one module per noun; a view translates, a service decides."""

from flask import Flask

from enabler.web import health


def register(app: Flask) -> None:
    """Give the app its pages."""
    app.register_blueprint(health.blueprint)
