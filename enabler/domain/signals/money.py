"""Money in a text: that it is spoken of, and that somebody asks for it to be sent (pure).

``money`` is what neighbours write every day ("I give you cash for the shopping"); ``payment`` is
what nobody needs here: bank details, cards, gift cards, coins, wires.
"""

import re
from collections.abc import Iterator

from enabler.domain.signals.folding import Folded
from enabler.domain.signals.signal import Finding

_SPOKEN = r"(?:five|ten|fifteen|twenty|thirty|forty|fifty|hundred|a hundred|thousand)"
_AMOUNT = re.compile(
    r"[£$€]\s?\d[\d,.]*"
    r"|\b\d[\d,.]*\s?(?:quid|pounds?(?! of\b| in weight| lighter)|gbp|euros?|bucks)\b"
    rf"|\b{_SPOKEN}\s+(?:quid|pounds(?! of\b)|euros)\b|\b(?:a|one|couple of)\s+(?:tenner|fiver)s?\b"
)
_PAY = re.compile(
    r"\b(?:pay|paid|paying|payment|cash|wages?|salary|fee|fees|deposit|per hour|hourly rate"
    r"|an hour's pay|money|talu|arian|tal)\b"
)
_PAYMENT = re.compile(
    r"\bgift\s?cards?\b(?=.{0,60}\b(?:code|codes|send|scratch|photo|number|back|pay)\b)"
    r"|\b(?:send|buy|get|need|pay|text)\b.{0,40}\b(?:gift|itunes|steam|amazon|google play)\s?"
    r"(?:cards?|vouchers?)\b(?=.{0,80}\b(?:code|codes|me|urgent|today|now)\b)"
    r"|\b(?:bitcoin|btc|crypto(?:currency)?|usdt|ethereum|western union|moneygram|zelle)\b"
    r"|\bcash\s?app\b|\b(?:your|ur)\s+(?:\w+\s+){0,2}(?:bank details|sort code|account number"
    r"|card (?:number|details)|cvv|security code|bank login)\b"
    r"|\b(?:send|give|tell|text|need)\s+(?:me|us)?\s?your\s+(?:\w+\s+){0,2}"
    r"(?:pin|password|passcode)\b"
    r"|\b(?:send|transfer|wire|pay|put|deposit)\b.{0,40}\b(?:in)?to\s+"
    r"(?:my|this|our|the following)\s+(?:bank\s+)?(?:account|acc|paypal)\b"
    r"|\b(?:send|transfer|wire|lend|borrow)\s+(?:me|us)\s+(?:[£$€]\s?\d|\d+\s?(?:quid|pounds?|gbp|euros?)"
    r"|(?:some|the|a bit of)?\s?money)"
    r"|\bpay\s?pal\s+(?:me|us|to)\b|\bpaypal\.me\b"
    r"|\bsort\s?code\b\D{0,12}\d{2}|\b(?:account|acc|a/c)\s?(?:number|no\.?|num)?\s?[:#]?\s?\d{8}\b"
    r"|\b\d{2}-\d{2}-\d{2}\b\D{1,20}\b\d{8}\b|\bgb\d{2}\s?[a-z]{4}(?:\s?\d){14}\b"
    r"|\b(?:anfonwch|anfon)\s+(?:arian|bres)\b|\bmanylion\s+(?:eich|dy)\s+(?:banc|cerdyn)\b"
)
_CARD = re.compile(r"(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)")
_MAY_HOLD = re.compile(
    r"card|voucher|coin|btc|crypto|usdt|ether|western|moneygram|cash ?app|zelle|your|ur|account"
    r"|acc|a/c|paypal|pay pal|sort|send|transfer|wire|lend|borrow|\d\d-\d\d|gb\d|anfon|manylion"
)


def found_money(text: Folded) -> Iterator[Finding]:
    """That money is spoken of, and that somebody asks for it to be sent."""
    amount = _AMOUNT.search(text.plain)
    spoken = amount or _PAY.search(text.plain)
    if spoken is not None:
        kind = "amount" if amount is not None else "pay"
        yield Finding("money", {"kind": kind}, text.typed(*spoken.span()))
    asked = _PAYMENT.search(text.plain) if _MAY_HOLD.search(text.plain) else None
    if asked is not None:
        yield Finding("payment", {"kind": "asked"}, text.typed(*asked.span()))
        return
    for match in _CARD.finditer(text.plain):
        if _is_card(re.sub(r"\D", "", match[0])):
            yield Finding("payment", {"kind": "card"}, text.typed(*match.span()))
            return


def _is_card(digits: str) -> bool:
    """By its check digit (Luhn, ISO/IEC 7812-1), and the first digit of those in use."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "3456":
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        worth = int(digit) * (1 + place % 2)
        total += worth - 9 if worth > 9 else worth
    return total % 10 == 0
