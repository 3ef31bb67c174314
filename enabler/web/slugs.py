"""``/<slug>/…``: the place in the path, for visitors who are not signed in.

A first part of the path that no route begins with is taken for a place's slug and moved to where
the application is mounted, so that every route and every link works below it unchanged. Whether
there is such a place is asked later, where an answer can be a page.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from flask import Flask, Request
from flask.globals import request_ctx

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_FOUND = "enabler.slug"
_ROOT = "enabler.root"


class SlugInPath:
    """Middleware that reads the slug."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inner = app.wsgi_app

    @cached_property
    def _routes(self) -> frozenset[str]:
        return frozenset(rule.rule.split("/")[1] for rule in self._app.url_map.iter_rules())

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Move a slug from the path to the mount point."""
        first, slash, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if SLUG.fullmatch(first) and first not in self._routes:
            root = environ.get("SCRIPT_NAME", "")
            environ[_FOUND], environ[_ROOT] = first, root
            environ["SCRIPT_NAME"] = f"{root}/{first}"
            environ["PATH_INFO"] = slash + rest or "/"
        return self._inner(environ, start_response)


def slug_in_path(request: Request) -> str | None:
    """The slug that the path began with, if it did."""
    return request.environ.get(_FOUND)


def without_slug(request: Request) -> str:
    """The same address without the place in it."""
    root = str(request.environ.get(_ROOT, request.environ.get("SCRIPT_NAME", "")))
    return root + request.full_path.rstrip("?")


def forget_slug(request: Request) -> None:
    """Make links as if the slug had not been there: no such place, or the visitor has another."""
    adapter = request_ctx.url_adapter
    if adapter is not None and _FOUND in request.environ:
        adapter.script_name = str(request.environ[_ROOT]) + "/"
