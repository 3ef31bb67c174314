"""Times as people write them: ``tues 10am``, ``saturday 5th after 11``, ``thurs 9-1``.

A day with a clock time is a beginning alone, a range both ends, a day without a clock time the
whole of it, a deadline an end alone. What is vague, or comes again and again, is no time: it is
asked about, or left to people, and never guessed.
"""

from sms.times.pieces import Span
from sms.times.when import AFTERNOON, EVENING, LAST, MORNING, When, read_when

__all__ = ["AFTERNOON", "EVENING", "LAST", "MORNING", "Span", "When", "read_when"]
