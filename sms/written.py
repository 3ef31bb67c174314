"""Numbers as providers write them, in the form in which ours are kept."""


def e164(number: str) -> str:
    """A number of GOV.UK Notify (``447700900123``, ``07700900123``) as ours are; a sender that is
    no number as it came."""
    if number.startswith("0"):
        return f"+44{number[1:]}"
    return f"+{number}" if number.startswith("44") and number.isdigit() else number
