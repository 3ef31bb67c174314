"""A sentence for each way in which a postcode, a point, a number or a mail address is wrong."""

from enabler.doors.words.errors import N_

SENTENCES: dict[str, str] = {
    "postcode_missing": N_("Enter a postcode."),
    "postcode_malformed": N_("Enter a full postcode, like BS3 4QT."),
    "postcode_partial": N_("Enter the whole postcode, like BS3 4QT."),
    "postcode_unknown": N_("We do not know this postcode in our area. Check it and try again."),
    "postcode_outside_place": N_("This postcode is outside our area."),
    "point_malformed": N_("This is not a point on the map."),
    "point_outside_grid": N_("This point is not in Great Britain."),
    "point_outside_place": N_("This point is outside our area."),
    "phone_missing": N_("Enter a phone number."),
    "phone_malformed": N_("Enter a UK phone number, like 07700 900123."),
    "phone_foreign": N_("Enter a UK phone number. We cannot use numbers of other countries yet."),
    "phone_premium": N_("This number costs extra to call. Enter another number."),
    "phone_personal": N_("Numbers that begin with 070 cost extra to call. Enter another number."),
    "phone_pager": N_("This is the number of a pager. Enter a phone number."),
    "email_missing": N_("Enter an email address."),
    "email_malformed": N_("Enter an email address, like name@example.org."),
    "place_unknown": N_("We do not know this place."),
    "ward_unknown": N_("We do not know this ward."),
}


def phone_words(number: str) -> str:
    """A number in the form in which it is read out: 07700 900001. Other texts stay as they are."""
    if not number.startswith("+44"):
        return number
    return f"0{number[3:7]} {number[7:]}"
