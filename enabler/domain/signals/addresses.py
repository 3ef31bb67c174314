"""Ways to be reached in a text: phone numbers, also spelt out, mail addresses, handles (pure)."""

import re
from collections.abc import Iterator

from enabler.domain.signals.folding import Folded
from enabler.domain.signals.signal import Finding

_GAP = r"[ \t().\-/_,]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w£$€.])(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{8,13}}(?!\d)"
    rf"|(?<![\w£$€.])0{_GAP}[1-378](?:{_GAP}\d){{8,9}}(?!\d)"
    r"|(?<![\w£$€.])7\d{3}[ \-]?\d{3}[ \-]?\d{3}(?!\d)"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_DIGITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
    "dim": "0", "sero": "0", "un": "1", "dau": "2", "tri": "3", "pedwar": "4", "pump": "5",
    "chwech": "6", "saith": "7", "wyth": "8", "naw": "9",
}  # fmt: skip
_TIMES = {"double": 2, "dbl": 2, "triple": 3, "treble": 3, "dwbl": 2}
_BEGINS = ("07", "01", "02", "03", "08", "0044", "447", "441", "442", "7")
_LEAST_DIGITS, _MOST_DIGITS = 10, 14

_ENDS = r"(?:com|co|org|net|uk|info|io|email|cymru|wales|eu|me)"
_AT = r"\s{0,2}(?:\(at\)|\[at\]|\{at\}|<at>)\s{0,2}"
_DOT = r"\s{0,2}(?:\.|\(dot\)|\[dot\]|\{dot\}|<dot>|\bdot\b)\s{0,2}"
_PROVIDER = (
    r"(?:g\s?mail|googlemail|hot\s?mail|outlook|yahoo|i?cloud|live|msn|aol|bt\s?internet|proton"
    r"(?:mail)?|sky|talktalk|virginmedia|ntlworld|ymail|mail)"
)
_MAIL = re.compile(
    r"[a-z0-9][\w.+%-]{0,60}@[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,30}){1,3}"
    rf"|[a-z0-9][\w.+%-]{{0,60}}\s{{0,2}}@\s{{0,2}}[a-z0-9-]{{1,60}}\s?(?:{_DOT}){_ENDS}\b"
    rf"|[a-z0-9][\w.+%-]{{0,60}}{_AT}[a-z0-9-]{{1,60}}(?:{_DOT}[a-z0-9-]{{1,30}}){{1,3}}"
    rf"|[a-z0-9][\w.+%-]{{0,60}}\s+at\s+[a-z0-9-]{{1,60}}\s+dot\s+{_ENDS}\b"
    rf"|[a-z0-9][\w.+%-]{{0,60}}\s+at\s+{_PROVIDER}(?:{_DOT}{_ENDS})+\b"
    rf"|\b\w[\w.+%-]{{1,60}}\s?@\s?{_PROVIDER}\b"
)
_NET = (
    r"(?:whats\s?app|wats\s?app|insta(?:gram)?|snap(?:chat)?|telegram|facebook|fb|messenger|tiktok"
    r"|signal|discord|skype|wechat|viber|imo|kik)"
)
_HANDLE = re.compile(
    rf"\b{_NET}\s+(?:me|us)\b|\b{_NET}\s?[:@]\s?[\w.]{{3,}}"
    rf"|\b(?:add|message|msg|find|text|dm|contact|reach|get|catch|follow|call|ring|write)\s+"
    rf"(?:me|us|to me)\s+(?:on|at|via|by|through)\s+(?:my\s+|our\s+)?{_NET}\b"
    rf"|\b(?:my|our)\s+{_NET}\s+(?:is|name|id|handle|account is|user)\b"
    r"|\b(?:dm|pm)\s+me\b|(?<![\w@.])@[a-z][a-z0-9_]{3,29}\b(?![.@])"
)


def found_addresses(text: Folded) -> Iterator[Finding]:
    """Every way to be reached, one finding for each kind of it: phone, mail, handle."""
    for kind, spans in (
        ("phone", _phones(text)), ("mail", _spans(_MAIL, text, "@at")),
        ("handle", _spans(_HANDLE, text, "")),
    ):  # fmt: skip
        first = next(spans, None)
        if first is not None:
            yield Finding("contact", {"kind": kind}, text.typed(*first))


def _spans(pattern: re.Pattern[str], text: Folded, needs: str) -> Iterator[tuple[int, int]]:
    plain = text.plain
    if needs and "@" not in plain and "at" not in plain:
        return
    yield from (match.span() for match in pattern.finditer(plain))


def _phones(text: Folded) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text.plain):
        if not _DATE.search(match[0]):
            yield match.span()
    yield from _spelt(text)


def _spelt(text: Folded) -> Iterator[tuple[int, int]]:
    """Runs of digits of which some are words: "oh seven seven double oh 9 double oh 123"."""
    run, begin, end, words, times = "", 0, 0, 0, 1
    for word, first, last in text.tokens:
        digits = word if word.isdecimal() else _DIGITS.get(word)
        if digits is None and word in _TIMES:
            times, words = _TIMES[word], words + 1
            begin = begin if run else first
            continue
        if digits is not None:
            begin = begin if run or times > 1 else first
            words += not word.isdecimal()
            run, end, times = run + digits * times, last, 1
            continue
        if _is_number(run, words):
            yield begin, end
        run, words, times = "", 0, 1
    if _is_number(run, words):
        yield begin, end


def _is_number(run: str, words: int) -> bool:
    return words > 0 and _LEAST_DIGITS <= len(run) <= _MOST_DIGITS and run.startswith(_BEGINS)
