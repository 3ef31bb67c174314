"""Every deed that a text can lead to, and who does it."""

from collections.abc import Mapping

from sms.acting.joining import ACTS_OF_JOINING
from sms.acting.opting import ACTS_OF_OPTING
from sms.acting.posting import ACTS_OF_POSTING
from sms.acting.resting import ACTS_OF_RESTING
from sms.acting.scene import Act
from sms.acting.telling_people import ACTS_OF_TELLING

ACTS: Mapping[str, Act] = {
    **ACTS_OF_POSTING, **ACTS_OF_JOINING, **ACTS_OF_OPTING, **ACTS_OF_RESTING, **ACTS_OF_TELLING,
}  # fmt: skip
"""By the name of the deed."""
