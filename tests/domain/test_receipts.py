"""Receipts: the picture stays what it was, and nothing of where it was taken is kept."""

import io
import struct
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from enabler.domain.errors import Invalid
from enabler.domain.receipts import JPEG, MOST_BYTES, PDF, PNG, cleaned

SECRET = b"51.4545 N 2.5879 W of Rosa Long"


def photo(kind: str, *, turned: int = 1, **more: object) -> bytes:
    """A picture as a camera writes it: with where, when and whose beside it."""
    picture = Image.new("RGB", (24, 16))
    picture.putdata([(at * 10 % 256, at * 7 % 256, at * 3 % 256) for at in range(24 * 16)])
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), turned
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, kind, exif=exif, **more)
    return kept.getvalue()


def opened(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as wrong:
        cleaned("receipt", content)
    assert wrong.value.field == "receipt"
    return wrong.value.code


@pytest.mark.parametrize(
    ("kind", "more"),
    [("JPEG", {}), ("JPEG", {"progressive": True, "comment": SECRET}),
     ("JPEG", {"restart_marker_blocks": 1}), ("PNG", {})],
)  # fmt: skip
def test_a_photo_keeps_its_picture_and_nothing_else(kind: str, more: dict[str, object]) -> None:
    taken = photo(kind, **more)
    assert SECRET in taken
    kept = cleaned("receipt", taken + SECRET)  # some cameras write on after the end
    assert kept.kind == {"JPEG": JPEG, "PNG": PNG}[kind]
    assert SECRET not in kept.content
    assert b"GPS" not in kept.content
    assert opened(kept.content).tobytes() == opened(taken).tobytes()
    assert not opened(kept.content).getexif().get_ifd(0x8825)
    assert cleaned("receipt", kept.content) == kept


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_that_is_to_be_turned_still_is(turned: int) -> None:
    kept = opened(cleaned("receipt", photo("JPEG", turned=turned)).content).getexif()
    assert dict(kept) == ({} if turned == 1 else {0x0112: turned})


def test_a_pdf_is_kept_as_it_is() -> None:
    paper = b"%PDF-1.7\nsomething\n%%EOF\n"
    assert cleaned("receipt", paper) == type(cleaned("receipt", paper))(PDF, paper)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "receipt_missing"), (b"x" * (MOST_BYTES + 1), "receipt_too_big"),
        (b"<svg onload=alert(1)>", "receipt_unknown"), (b"GIF89a....", "receipt_unknown"),
        (b"<html>%PDF-1.7 %%EOF", "receipt_unknown"), (b"%PDF-1.7 cut", "receipt_broken"),
        (b"\xff\xd8\xff\xd9", "receipt_broken"), (photo("JPEG")[:-40], "receipt_broken"),
        (photo("PNG")[:-9], "receipt_broken"),
    ],
)  # fmt: skip
def test_what_is_no_receipt(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_a_damaged_picture_is_told_from_a_whole_one() -> None:
    whole = bytearray(photo("PNG"))
    whole[40] ^= 1
    assert refused(bytes(whole)) == "receipt_broken"


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"]))
def test_any_bytes_are_a_receipt_or_refused(content: bytes, begins: bytes) -> None:
    try:
        kept = cleaned("receipt", begins + content)
    except Invalid:
        return
    assert cleaned("receipt", kept.content) == kept


@given(st.binary(max_size=60), st.integers(0xE1, 0xEF))
def test_whatever_stands_beside_a_picture_goes(said: bytes, marker: int) -> None:
    taken, body = photo("JPEG"), SECRET + said
    segment = bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
    assert SECRET not in cleaned("receipt", taken[:2] + segment + taken[2:]).content


def part(name: bytes, held: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", crc32(name + held))


@pytest.mark.parametrize("without", [(b"IDAT",), (b"IHDR",), (b"IHDR", b"IDAT")])
def test_a_frame_without_a_picture_is_no_receipt(without: tuple[bytes, ...]) -> None:
    parts = [(b"IHDR", bytes(13)), (b"IDAT", b"x"), (b"IEND", b"")]
    made = b"".join(part(*each) for each in parts if each[0] not in without)
    assert refused(b"\x89PNG\r\n\x1a\n" + made) == "receipt_broken"


def test_nothing_hides_in_what_belongs_to_a_picture() -> None:
    taken = photo("PNG")
    head = taken.index(b"IDAT") - 4
    assert SECRET not in cleaned("receipt", taken[:head] + part(b"sRGB", SECRET) + taken[head:]
                                 ).content  # fmt: skip
    taken = photo("JPEG")
    jfif = b"\xff\xe0" + struct.pack(">H", 16 + len(SECRET)) + b"JFIF\0\1\1\0\0\1\0\1\3\3" + SECRET
    kept = cleaned("receipt", taken[:2] + jfif + taken[2:]).content
    assert SECRET not in kept
    assert opened(kept).tobytes() == opened(taken).tobytes()
