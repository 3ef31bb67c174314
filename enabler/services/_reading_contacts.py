"""A number or a mail address that was typed into one box."""

from enabler.domain.contact import EmailAddress, PhoneNumber
from enabler.domain.errors import Invalid


def read_to(typed: str, field: str = "to") -> tuple[str, str]:
    """The kind (phone, mail) and value of what was typed. Raises Invalid(field, code)."""
    if not typed.strip():
        raise Invalid(field, "to_missing")
    try:
        if "@" in typed:
            return "mail", EmailAddress.parse(typed).text
        phone = PhoneNumber.parse(typed)
    except Invalid as wrong:
        raise Invalid(field, wrong.code) from wrong
    if not phone.takes_texts:
        raise Invalid(field, "phone_no_texts")
    return "phone", phone.e164
