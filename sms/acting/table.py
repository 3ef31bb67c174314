"""Every deed that a text can lead to, and who does it."""

from collections.abc import Mapping

from sms.acting.answers_to_asks import ANSWERS_TO_ASKS
from sms.acting.ending import ENDING
from sms.acting.hours import HOURS
from sms.acting.joining import ACTS_OF_JOINING
from sms.acting.learning import ACTS_OF_LEARNING
from sms.acting.leaving import LEAVING
from sms.acting.listing import LISTING
from sms.acting.meeting import MEETING
from sms.acting.opting import ACTS_OF_OPTING
from sms.acting.passing import TALKING
from sms.acting.posting import ACTS_OF_POSTING
from sms.acting.resting import ACTS_OF_RESTING
from sms.acting.scene import Act
from sms.acting.standing import STANDING
from sms.acting.supporting import ACTS_OF_SUPPORTING
from sms.acting.telling_people import ACTS_OF_TELLING
from sms.acting.visiting import VISITING

OF_HELP: Mapping[str, Act] = {
    **ANSWERS_TO_ASKS, **MEETING, **VISITING, **ENDING, **STANDING, **LEAVING, **HOURS, **LISTING,
    **TALKING,
}  # fmt: skip
"""About help that is there."""
OF_PEOPLE: Mapping[str, Act] = {
    **ACTS_OF_POSTING, **ACTS_OF_JOINING, **ACTS_OF_OPTING, **ACTS_OF_RESTING, **ACTS_OF_TELLING,
    **ACTS_OF_LEARNING, **ACTS_OF_SUPPORTING,
}  # fmt: skip
ACTS: Mapping[str, Act] = {**OF_HELP, **OF_PEOPLE}
"""By the name of the deed."""
