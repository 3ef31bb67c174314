"""The pages: one module per noun; a view translates, a service decides."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the app its pages."""
