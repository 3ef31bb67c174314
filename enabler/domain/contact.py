"""How to reach people: phone numbers and mail addresses (and, from their own module, postcodes).

Each type holds only what passed its ``parse``; what people type is forgiven where that is safe
and never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from enabler.domain.errors import Invalid
from enabler.domain.postcodes import Postcode

__all__ = ["EmailAddress", "PhoneKind", "PhoneNumber", "Postcode"]

LONGEST_PHONE_TYPED = 60
LONGEST_MAIL_ADDRESS = 254


class PhoneKind(StrEnum):
    """What a number can do: a mobile takes texts and calls, the others calls alone."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"


_KINDS = {
    phonenumbers.PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE: PhoneKind.LANDLINE,
    phonenumbers.PhoneNumberType.VOIP: PhoneKind.LANDLINE,
    phonenumbers.PhoneNumberType.TOLL_FREE: PhoneKind.SERVICE,
    phonenumbers.PhoneNumberType.UAN: PhoneKind.SERVICE,
}
_REFUSED = {
    phonenumbers.PhoneNumberType.PREMIUM_RATE: "phone_premium",
    phonenumbers.PhoneNumberType.SHARED_COST: "phone_premium",
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER: "phone_personal",
    phonenumbers.PhoneNumberType.PAGER: "phone_pager",
}
_INVENTED_MOBILES = range(447700900000, 447700901000)
_INVENTED_LANDLINES = range(441632960000, 441632961000)
_PHONE_TYPED = re.compile(r"(?:tel:)?[\d\s()+./\-]+", re.IGNORECASE)
_E164 = re.compile(r"\+44[0-9]{7,10}")


@dataclass(frozen=True, slots=True, order=True)
class PhoneNumber:
    """A British number that costs an ordinary call or text, as E.164 (``+447700900123``).

    Ofcom's numbers for drama (07700 900000 to 900999, 01632 960000 to 960999) belong to nobody and
    are the invented people's; libphonenumber calls them possible and not valid.
    """

    e164: str
    kind: PhoneKind

    def __post_init__(self) -> None:
        """Hold only E.164 of +44."""
        if not _E164.fullmatch(self.e164):
            raise Invalid("phone", "phone_malformed")

    def __str__(self) -> str:
        """The number as E.164."""
        return self.e164

    @property
    def takes_texts(self) -> bool:
        """Whether a text can reach it."""
        return self.kind is PhoneKind.MOBILE

    @property
    def is_invented(self) -> bool:
        """Whether it is one of the numbers kept for drama: nobody has it."""
        digits = int(self.e164[1:])
        return digits in _INVENTED_MOBILES or digits in _INVENTED_LANDLINES

    @property
    def national(self) -> str:
        """As people write it at home: ``07700 900123``."""
        number = phonenumbers.parse(self.e164)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    @classmethod
    def parse(cls, typed: str) -> "PhoneNumber":
        """The number somebody typed.

        Raises ``Invalid("phone", code)``: ``phone_missing``, ``phone_malformed``,
        ``phone_foreign``, ``phone_premium``, ``phone_personal`` (070), ``phone_pager``.
        """
        number = _parsed(typed)
        if number.country_code != 44:
            raise Invalid("phone", "phone_foreign")
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if int(e164[1:]) in _INVENTED_MOBILES:
            return cls(e164, PhoneKind.MOBILE)
        if int(e164[1:]) in _INVENTED_LANDLINES:
            return cls(e164, PhoneKind.LANDLINE)
        return cls(e164, _kind_of(number))


def _parsed(typed: str) -> phonenumbers.PhoneNumber:
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        raise Invalid("phone", "phone_missing")
    # Letters and signs would be read as a keypad's or an extension's: a number holds neither.
    if len(plain) > LONGEST_PHONE_TYPED or not _PHONE_TYPED.fullmatch(plain):
        raise Invalid("phone", "phone_malformed")
    try:
        return phonenumbers.parse(plain, "GB")
    except phonenumbers.NumberParseException as error:
        raise Invalid("phone", "phone_malformed") from error


def _kind_of(number: phonenumbers.PhoneNumber) -> PhoneKind:
    if not phonenumbers.is_valid_number(number):
        raise Invalid("phone", "phone_malformed")
    number_type = phonenumbers.number_type(number)
    if number_type in _REFUSED:
        raise Invalid("phone", _REFUSED[number_type])
    if number_type not in _KINDS:
        raise Invalid("phone", "phone_malformed")
    return _KINDS[number_type]


_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)


@dataclass(frozen=True, slots=True, order=True)
class EmailAddress:
    """A mail address in small letters, as the HTML standard's ``type=email`` has it, with a dot.

    Light on purpose: only a mail that arrives proves one.
    """

    text: str

    def __str__(self) -> str:
        """The address."""
        return self.text

    @classmethod
    def parse(cls, typed: str) -> "EmailAddress":
        """The address somebody typed. Raises ``Invalid("email", code)``."""
        plain = unicodedata.normalize("NFKC", typed).strip()
        if not plain:
            raise Invalid("email", "email_missing")
        if len(plain) > LONGEST_MAIL_ADDRESS or not _MAIL.fullmatch(plain):
            raise Invalid("email", "email_malformed")
        return cls(plain.lower())
