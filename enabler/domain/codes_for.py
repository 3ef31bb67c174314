"""What the codes are for that prove a number or an address (pure)."""

from enum import StrEnum


class CodeFor(StrEnum):
    """What a one-time code opens, and nothing else."""

    SIGN_IN = "sign-in"
    NEW_CONTACT = "new-contact"
    OLD_CONTACT = "old-contact"
    LOST_PHONE = "lost-phone"
    PROOF = "proof"
    ERASURE = "erasure"
    MANDATE = "mandate"
