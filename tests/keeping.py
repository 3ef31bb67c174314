"""The night's work on what has been kept for as long as it may, as the job does it."""

from collections import Counter
from datetime import datetime

from enabler.domain.permissions import Actor
from enabler.services import keeping


def end_what_is_over(*, now: datetime) -> Counter[str]:
    """By table, how many rows went or were blanked."""
    actor, ended = Actor.system(keeping.JOB), Counter[str]()
    for rule in keeping.RULES:
        while batch := keeping.end(actor=actor, rule=rule, now=now):
            ended[rule.table] += batch
    return ended
