"""Files that are the same for everybody: packed for slow lines, and named by what is in them, so
that a browser keeps them until they change.
"""

import gzip
import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from enabler.domain.permissions import Action
from enabler.doors.access import Placed, page

PACKED = (".css", ".js", ".svg", ".webmanifest")
FOR_A_YEAR = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Serve the static folder so, and let links to its files say which version they mean."""
    app.view_functions["static"] = page(action=Action.SEE_PUBLIC, placed=Placed.NEVER)(_serve)
    app.url_defaults(_name_version)


def _serve(filename: str) -> Response:
    """One file: packed where the browser takes it, for a year where its link named this version."""
    path = _found(filename)
    answer: Response
    if path is None or path.suffix not in PACKED or not request.accept_encodings["gzip"]:
        answer = current_app.send_static_file(filename)
    else:
        kind = guess_type(path.name)[0] or "application/octet-stream"
        answer = Response(_packed(path, path.stat().st_mtime_ns), mimetype=kind)
        answer.headers["Content-Encoding"] = "gzip"
        answer.add_etag()
        answer = answer.make_conditional(request)
    answer.headers["Vary"] = "Accept-Encoding"
    if path is not None and request.args.get("v") == version(path, path.stat().st_mtime_ns):
        answer.headers["Cache-Control"] = FOR_A_YEAR
    return answer


def _name_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static":
        return
    path = _joined(str(current_app.static_folder), values.get("filename", ""))
    with suppress(OSError):  # a file that is not there has no version
        if path is not None:
            values["v"] = version(path, os.stat(path).st_mtime_ns)


def _found(filename: str) -> Path | None:
    path = _joined(str(current_app.static_folder), filename)
    return path if path is not None and path.is_file() else None


@lru_cache(maxsize=256)
def _joined(folder: str, filename: str) -> Path | None:
    joined = safe_join(folder, filename)
    return None if joined is None else Path(joined)


def pack(answer: Response) -> Response:
    """An answer that is the same for everybody, packed where the browser takes it. Never a page:
    what is packed together with what somebody else chose can be guessed by its length."""
    answer.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"]:
        answer.set_data(gzip.compress(answer.get_data(), 9, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    answer.add_etag()
    return answer.make_conditional(request)


@lru_cache(maxsize=256)
def version(path: Path, _changed: int) -> str:
    """A short name of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=64)
def _packed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
