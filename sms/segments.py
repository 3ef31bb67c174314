"""How long a text is on the air; see :mod:`enabler.domain.segments`, where the words know it."""

from enabler.domain.segments import GSM as GSM
from enabler.domain.segments import UCS2 as UCS2
from enabler.domain.segments import Measure as Measure
from enabler.domain.segments import measure as measure
