"""A sentence for each mistake in a place's files, for whoever prepares them."""

from enabler.doors.words.errors import N_

SENTENCES: dict[str, str] = {
    "file_missing": N_("This file is not there."),
    "file_unreadable": N_("This file cannot be read."),
    "not_utf8": N_("This is not UTF-8 text: save the file as UTF-8."),
    "toml_broken": N_("This is not TOML from here on."),
    "toml_key_missing": N_("The key “%(key)s” is missing."),
    "toml_no_such_file": N_("The key “%(key)s” names a file that is not there: %(file)s."),
    "toml_text": N_("The key “%(key)s” must be a text that says something, in quotes."),
    "toml_too_long": N_("The key “%(key)s” is too long: at most %(longest)s characters."),
    "toml_list": N_("The key “%(key)s” must be a list of texts, in square brackets."),
    "toml_table": N_("“%(key)s” must be a table of its own: [%(key)s]."),
    "toml_flag": N_("The key “%(key)s” must be true or false."),
    "toml_contact": N_("[contact] may hold these texts and no others: %(known)s."),
    "toml_ruleset_key_unknown": N_("No ruleset has a key “%(key)s”."),
    "toml_ruleset_value_wrong": N_("The ruleset's “%(key)s” cannot be this."),
    "toml_two_people": N_(
        "“hours_two_people” can name “grant” and “reversal”, not “%(written)s”: there is nobody"
        " who could agree to that. One custodian does it, never of their own hours, and says why."
    ),
    "toml_slug": N_(
        "“%(written)s” cannot be part of an address: use small letters, digits and hyphens."
    ),
    "toml_slug_taken": N_("“%(written)s” is an address of the platform itself: choose another."),
    "toml_timezone": N_("“%(written)s” is no time zone: write one like Europe/London."),
    "toml_language": N_("“%(written)s” is no language code: write one like en or cy."),
    "toml_colour": N_("“%(written)s” is no colour: write one like #00703c."),
    "toml_phone": N_("“%(written)s” is no British phone number."),
    "toml_phone_taken": N_(
        "%(written)s is the number of %(place)s (%(slug)s) already. A text is told apart by the"
        " number that it was sent to: give each place its own."
    ),
    "csv_broken": N_("This is not CSV: a quotation mark is open or stands in the wrong place."),
    "csv_empty": N_("This file holds nothing."),
    "csv_column_missing": N_("The column “%(name)s” is missing."),
    "csv_column_twice": N_("The column “%(name)s” is there twice."),
    "csv_width": N_("This line has %(found)s fields and the first line has %(wanted)s."),
    "csv_blank": N_("The column “%(name)s” says nothing here."),
    "csv_whole": N_("“%(written)s” is not a whole number that “%(name)s” can be."),
    "csv_number": N_("“%(written)s” is not a number that “%(name)s” can be."),
    "csv_no_coordinates": N_("Postcodes need easting and northing, or lat and lon."),
    "csv_half_a_point": N_("One half of this point is missing."),
    "csv_day": N_("“%(written)s” is no day: write it like 2026-05-07."),
    "csv_phone": N_("“%(written)s” is no British phone number."),
    "csv_email": N_("“%(written)s” is no mail address."),
    "csv_ends_before": N_("This ends before it begins."),
    "postcode_twice": N_("The postcode %(written)s is there twice."),
    "postcodes_none": N_("No postcode in this file has a place."),
    "postcode_far": N_(
        "This postcode is %(kilometres)s kilometres from every ward: are its numbers right?"
    ),
    "postcode_off_grid": N_("This point is not in Great Britain: are lat and lon the right way?"),
    "postcode_two_points": N_(
        "The two ways to say where this is are %(metres)s metres apart: one of them is wrong."
    ),
    "csv_postcode": N_("“%(written)s” is not a postcode."),
    "ward_twice": N_("The ward %(written)s is there twice."),
    "csv_ward": N_("No ward has the code “%(written)s”."),
    "area_twice": N_("The area “%(written)s” is missing or there twice."),
    "organisation_twice": N_("The organisation %(written)s is there twice."),
    "landmark_twice": N_("“%(written)s” is there twice at the same point."),
    "landmark_kind": N_("“%(written)s” is no kind: write landmark, street or area."),
    "landmark_name": N_("“%(written)s” is no name by which a place could be found."),
    "landmark_outside": N_("“%(written)s” lies outside every ward of this place."),
    "outline_missing": N_("There is no outline with an area here."),
    "outline_property": N_("This outline has no property “%(name)s” that says something."),
    "outline_degrees": N_("These are not degrees of longitude and latitude."),
    "outline_off_grid": N_("This outline is not in Great Britain: longitude comes first."),
    "json_broken": N_("This is not JSON from here on."),
    "json_key_twice": N_("The key “%(key)s” is there twice in one object."),
    "json_no_number": N_("NaN and Infinity are not numbers in JSON."),
    "json_too_big": N_("This is nested too deeply, or a number in it is too long."),
    "geojson_no_object": N_("A GeoJSON object was expected here."),
    "geojson_no_features": N_("A list of features was expected here."),
    "geojson_type": N_("The type must be one of: %(expected)s."),
    "geojson_feature_lacks": N_("A feature needs a geometry and properties (or null for each)."),
    "geojson_properties": N_("Properties must be an object or null."),
    "geojson_id": N_("An id must be a text or a number."),
    "geojson_foreign": N_("A %(type)s must not have “%(key)s”."),
    "geojson_bbox": N_("A bounding box must be four or six numbers."),
    "geojson_coordinates": N_("These coordinates do not make a %(type)s."),
    "geojson_position": N_("A position is two or three numbers."),
    "geojson_short": N_("At least %(least)s positions are needed here."),
    "geojson_open_ring": N_("This ring is not closed: its last position must be its first."),
}
