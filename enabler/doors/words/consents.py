"""What members agree to, in words. A changed wording is a new version in ``domain/consents.py``."""

from enabler.doors.words.marking import N_

SIGN_UP = N_(
    "I agree that my council keeps my name, phone number and address, to bring me together with "
    "people nearby. Others see only roughly where I live. When somebody says yes to helping me, "
    "they see my first name and my address. I can change my mind at any time."
)
