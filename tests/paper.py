"""What is printed or packed is read back: the words of a PDF as they stand on its pages, and the
files of a zip."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from werkzeug.test import TestResponse

PDF = "application/pdf"
_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) ?Tj|T([dm]) ", re.DOTALL)
_LETTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_ESCAPED = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def said(answer: TestResponse) -> str:
    """What an answer tells its reader: of a printed one, the words on its pages; of a zip, all of
    its files."""
    if answer.mimetype == PDF:
        return "\n".join(pages_of(answer.get_data()))
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as files:
            return "\n".join(files.read(name).decode() for name in files.namelist())
    return answer.get_data(as_text=True)


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, line by line."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = _fonts(objects)
    return [
        "\n".join(_lines(_stream(objects[_link(body, b"Contents")]), fonts))
        for body in objects.values() if b"/Type /Page\n" in body + b"\n"
    ]  # fmt: skip


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[bytes, str]]:
    """The letters of each font, by their number in it."""
    found = {}
    for body in objects.values():
        for name, number in re.findall(rb"/F(\d+) (\d+) 0 R", body):
            letters = _stream(objects[_link(objects[int(number)], b"ToUnicode")])
            found[name] = {
                bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in _LETTER.findall(letters)
            }
    return found


def _lines(content: bytes, fonts: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    letters: dict[bytes, str] = {}
    line = ""
    for font, shown, moved in _SHOWN.findall(content):
        if font:
            letters = fonts[font]
        elif moved == b"d" and line:
            yield line
            line = ""
        elif not moved:
            codes = _ESCAPE.sub(lambda hit: _ESCAPED.get(hit[1], hit[1]), shown)
            pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
            line += "".join(letters.get(pair, "\ufffd") for pair in pairs)
    if line:
        yield line


def _link(body: bytes, name: bytes) -> int:
    hit = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert hit is not None
    return int(hit[1])


def _stream(body: bytes) -> bytes:
    hit = _STREAM.search(body)
    assert hit is not None
    return zlib.decompress(hit[1]) if b"/FlateDecode" in body else hit[1]
