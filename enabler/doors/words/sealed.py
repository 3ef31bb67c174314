"""What a proof of sealed hours found, in words for those who check them."""

from enabler.doors.words.marking import N_

VERDICTS: dict[str, str] = {
    "line_unreadable": N_("This is not a line of an export."),
    "row_out_of_order": N_("This row does not come after the one before it."),
    "row_differs": N_("This row is not what was sealed."),
    "seal_covers_others": N_("This seal is of other rows than those before it."),
    "seal_differs": N_("The root of this seal is not that of its rows."),
    "root_not_found": N_("The root that was published is not in this file."),
}
