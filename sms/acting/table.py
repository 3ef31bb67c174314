"""Every deed that a text can lead to, and who does it."""

from collections.abc import Mapping

from sms.acting.answers_to_asks import ANSWERS_TO_ASKS
from sms.acting.ending import ENDING
from sms.acting.hours import HOURS
from sms.acting.leaving import LEAVING
from sms.acting.listing import LISTING
from sms.acting.meeting import MEETING
from sms.acting.scene import Act
from sms.acting.standing import STANDING
from sms.acting.visiting import VISITING

OF_HELP: Mapping[str, Act] = {
    **ANSWERS_TO_ASKS, **MEETING, **VISITING, **ENDING, **STANDING, **LEAVING, **HOURS, **LISTING,
}  # fmt: skip
"""About help that is there."""
ACTS: Mapping[str, Act] = {**OF_HELP}
"""By the name of the deed."""
