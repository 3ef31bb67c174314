"""A long row of bits as others read it (Bitstring Status List 1.0 §2.2 and §3)."""

import base64
import gzip
from collections.abc import Iterable


def encoded(set_bits: Iterable[int], length: int) -> str:
    """The row with these bits set, the first on the left: gzip, base64url, after a *u*."""
    row = bytearray(length // 8)
    for index in set_bits:
        row[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(row), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
