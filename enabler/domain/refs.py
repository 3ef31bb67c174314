"""Refs: the short public ids in addresses and texts, from numbers and back.

A ref is 4 to 6 characters of Crockford's base 32 (no I, L, O, U), read case-blind and with
O for 0, I and L for 1. It is the number of a row of the table ``ref``, scrambled by a fixed
permutation so that neighbours in time do not look alike; it hides nothing and guards nothing.

Numbers 1 to 2^20 - 1 take 4 characters, the next 2^25 take 5, the next 2^30 take 6. Each
width is permuted in itself by a four-round Feistel network (unbalanced halves swapped each
round; Luby and Rackoff, 1988), so that refs are unique by construction.
"""

from enabler.domain.errors import Invalid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_BITS = {4: 20, 5: 25, 6: 30}
_ROUND_KEYS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)


def ref_of(number: int) -> str:
    """The ref of a number from 1 upwards. Raises Invalid when the numbers are used up."""
    if number < 1:
        raise Invalid("ref", "ref_out_of_range", number=number)
    start = 0
    for width, bits in _BITS.items():
        if number < start + (1 << bits):
            return _written(_scrambled(number - start, bits), width)
        start += 1 << bits
    raise Invalid("ref", "ref_out_of_range", number=number)


def number_of(text: str) -> int | None:
    """The number of a ref as somebody typed it, or None when it cannot be one."""
    letters = [letter for letter in text.upper() if letter not in " -"]
    bits = _BITS.get(len(letters))
    if bits is None or any(letter not in _READ for letter in letters):
        return None
    value = 0
    for letter in letters:
        value = value * 32 + _READ[letter]
    start = sum(1 << smaller for smaller in _BITS.values() if smaller < bits)
    number = _unscrambled(value, bits) + start
    return number or None


def canonical(text: str) -> str | None:
    """The ref as we write it, or None when the text cannot be one."""
    number = number_of(text)
    return None if number is None else ref_of(number)


def written(text: str) -> str:
    """The ref as we write it; what cannot be one comes back empty, and is nobody's."""
    return canonical(text) or ""


def _written(value: int, width: int) -> str:
    return "".join(ALPHABET[(value >> 5 * place) & 31] for place in reversed(range(width)))


def _mixed(half: int, key: int, bits: int) -> int:
    value = ((half + 1) * key) & 0xFFFFFFFF
    value ^= value >> 15
    return (value * 0x2C1B3C6D & 0xFFFFFFFF) >> 7 & ((1 << bits) - 1)


def _scrambled(value: int, bits: int) -> int:
    left_bits, right_bits = bits - bits // 2, bits // 2
    left, right = value >> right_bits, value & ((1 << right_bits) - 1)
    for key in _ROUND_KEYS:
        left, right = right, left ^ _mixed(right, key, left_bits)
        left_bits, right_bits = right_bits, left_bits
    return left << right_bits | right


def _unscrambled(value: int, bits: int) -> int:
    left_bits, right_bits = bits - bits // 2, bits // 2
    left, right = value >> right_bits, value & ((1 << right_bits) - 1)
    for key in reversed(_ROUND_KEYS):
        left_bits, right_bits = right_bits, left_bits
        left, right = right ^ _mixed(left, key, left_bits), left
    return left << right_bits | right
