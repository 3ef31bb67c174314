"""Receipts: photos and PDFs, told by their bytes, kept without what a camera wrote beside them.

A photo says where it was taken, when, and with whose camera. None of that is kept: a JPEG or PNG is
taken apart, and only what makes the picture is put together again. How a JPEG is to be turned is
the one thing that is told anew. What stands after a picture's end goes too.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from enabler.domain.errors import Invalid

MOST_BYTES = 2 * 1024 * 1024
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_JPEG_BEGINS, _PNG_BEGINS, _PDF_BEGINS = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP14, _LAST_APP, _COMMENT = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of a JPEG without a length."""
_ORIENTATION, _EXIF = 0x0112, b"Exif\0\0"
_PNG_KEPT = {
    b"PLTE": 768, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"sBIT": 4, b"IHDR": 13,
    b"IDAT": MOST_BYTES, b"IEND": 0,
}  # fmt: skip
"""With the most bytes that each can need: in what is longer something else is written."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of a receipt. ``kind`` is its media type."""

    kind: str
    content: bytes


def cleaned(field: str, content: bytes) -> Receipt:
    """The receipt as it may be kept and shown.

    Raises Invalid(field, code): ``receipt_missing``, ``receipt_too_big`` (fact ``most``:
    megabytes), ``receipt_unknown`` (no JPEG, PNG or PDF), ``receipt_broken``.
    """
    if not content:
        raise Invalid(field, "receipt_missing")
    if len(content) > MOST_BYTES:
        raise Invalid(field, "receipt_too_big", most=MOST_BYTES // 1024 // 1024)
    try:
        if content.startswith(_JPEG_BEGINS):
            return Receipt(JPEG, _jpeg(content))
        if content.startswith(_PNG_BEGINS):
            return Receipt(PNG, _png(content))
    except (ValueError, IndexError, struct.error) as broken:
        raise Invalid(field, "receipt_broken") from broken
    if not content.startswith(_PDF_BEGINS):
        raise Invalid(field, "receipt_unknown")
    if b"%%EOF" not in content[-2048:]:
        raise Invalid(field, "receipt_broken")
    return Receipt(PDF, content)


def _jpeg(content: bytes) -> bytes:
    """The picture alone, with how it is to be turned. Raises ValueError for half a picture."""
    kept, turned, scans = [b"\xff\xd8"], None, 0
    for marker, segment in _segments(content):
        if marker == _APP1 and turned is None:
            turned = _orientation(segment[4:])
        scans += marker == _SOS
        if not (_APP0 <= marker <= _LAST_APP or marker == _COMMENT):
            kept.append(segment)
        elif marker == _APP0 and segment[4:9] == b"JFIF\0":
            kept.append(_cut(segment, 16) + b"\0\0")  # no small picture of what was there before
        elif marker == _APP14 and segment[4:9] == b"Adobe":
            kept.append(_cut(segment, 16))
    if not scans:
        raise ValueError("no picture")
    if turned is not None:
        after_jfif = 2 if len(kept) > 1 and kept[1][1] == _APP0 else 1
        kept.insert(after_jfif, _turned(turned))
    return b"".join((*kept, b"\xff\xd9"))


def _cut(segment: bytes, most: int) -> bytes:
    """The first so many bytes of a segment, which says how long it is."""
    if len(segment) < most:
        raise ValueError("cut off")
    length = most if segment[1] == _APP0 else most - 2
    return segment[:2] + struct.pack(">H", length) + segment[4:most]


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with all that belongs to it, up to the end of the picture."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at + 1] == 0xFF:  # filling
            at += 1
        marker = content[at + 1]
        if marker == _EOI:
            return
        if marker in _ALONE:
            at += 2
            continue
        if marker in (0x00, _SOI):
            raise ValueError("no marker")
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("cut off")
        end = _end_of_scan(content, end) if marker == _SOS else end
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is not part of the picture's own stream."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] not in (0x00, 0xFF) and content[at + 1] not in _ALONE:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _orientation(exif: bytes) -> int | None:
    """How a camera says that the picture is to be turned, 2 to 8; None: not, or unreadable."""
    if not exif.startswith(_EXIF):
        return None
    tiff = exif[len(_EXIF) :]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return None
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    try:
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, many, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if (tag, kind, many) == (_ORIENTATION, 3, 1):
                return value if 2 <= value <= 8 else None
    except struct.error:
        return None
    return None


def _turned(value: int) -> bytes:
    """A segment that says how to turn the picture, and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, value, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = _EXIF + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> bytes:
    """The picture alone. Raises ValueError for half a picture, or one that was damaged."""
    kept, at, pictures = [_PNG_BEGINS], len(_PNG_BEGINS), 0
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        (said,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[at + 4 : end - 4]) != said:
            raise ValueError("damaged")
        if (len(kept) == 1) != (name == b"IHDR") or (name == b"IHDR" and length != 13):
            raise ValueError("no head")
        pictures += name == b"IDAT"
        if length <= _PNG_KEPT.get(name, -1):
            kept.append(content[at:end])
        if name == b"IEND" and pictures:
            return b"".join(kept)
        at = end
