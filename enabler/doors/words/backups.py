"""What can be wrong with a backup, for those who keep the machine."""

from enabler.doors.words.marking import N_

SENTENCES: dict[str, str] = {
    "backup_not_ours": N_("This file is not a backup that Enabler made. Nothing was changed."),
    "backup_broken": N_("The backup is broken: %(name)s. Nothing was changed."),
    "backup_other_revision": N_(
        "The backup has the schema %(revision)s and this Enabler has %(here)s. Put it back with"
        " the Enabler that made it, then upgrade. Nothing was changed."
    ),
    "database_not_empty": N_(
        "The database holds rows already (%(name)s). Take an empty one, or say --replace."
    ),
    "file_not_writable": N_("The file %(name)s cannot be written."),
}
