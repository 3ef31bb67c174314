"""The engine alone: ``python -m enabler.matching < problem.json``.

A problem in, the best matches out, on standard output; exit 0, or 2 with one line on standard
error that names the first wrong field. The sentences are this command's own, in English: pages
and texts take theirs from the catalogue by code.
"""

import json
import sys
from collections.abc import Mapping
from time import perf_counter
from typing import Any, BinaryIO, TextIO

from enabler.domain.errors import Invalid
from enabler.matching.policy import Policy
from enabler.matching.problem import Problem, parse
from enabler.matching.results import Candidate, Reason
from enabler.matching.rounds import Round, settle

DONE, BAD_INPUT = 0, 2

BECAUSE = {
    "nearness": (
        "They live near, for how far they are willing to go.",
        "They live as far away as they are willing to go, or nearly.",
    ),
    "time_fit": (
        "They are free for most of the time that was asked for.",
        "They are free for some of the time that was asked for.",
    ),
    "asked_least": (
        "They have hardly been asked lately.",
        "They have been asked lately, but may be asked again.",
    ),
    "acceptance": ("They are likely to say yes.", "They may say yes."),
    "reciprocity": (
        "They have had as much help as they gave, or more, and may like to give some back.",
        "They have given more help than they had.",
    ),
    "helped_before": (
        "They have helped this person well before.",
        "They have helped this person well before.",
    ),
    "language": (
        "They speak the language that is needed.",
        "They speak the language that is needed.",
    ),
    "rotation": (
        "Organisations that suit as well take turns, and it is this one's.",
        "Organisations that suit as well take turns.",
    ),
}
"""Why, by factor: for half its weight or more, and for less."""

WRONG = {
    "not_json": "the input is not JSON.",
    "not_an_object": "this must be an object, in curly brackets.",
    "not_a_list": "this must be a list, in square brackets.",
    "unknown_key": "there is no such key. Is it misspelt?",
    "missing": "this is missing.",
    "key_twice": "this key stands here twice.",
    "not_whole": "this must be a whole number.",
    "not_a_number": "this must be a number.",
    "out_of_range": "this must be from {low} to {high}.",
    "not_true_or_false": "this must be true or false.",
    "not_a_text": "this must be a text.",
    "empty": "this must not be empty.",
    "not_a_time": "this must be a time such as 2026-11-27T14:10:00+00:00.",
    "no_offset": "this time needs its offset from UTC, such as +00:00 or Z.",
    "not_a_span": "this must be a start and an end: [start, end].",
    "ends_before_start": "this must end after it starts.",
    "not_a_weekly_block": 'this must be [weekday, "HH:MM", "HH:MM"], with Monday as 0.',
    "not_a_clock_time": "this must be a clock time from 00:00 to 24:00.",
    "is_a_rule": "this code belongs to a rule and cannot name a preference.",
    "not_a_pair": "this must be two places: [place, place].",
    "given_twice": "this id was given before.",
    "unknown_zone": "there is no such time zone.",
    "unknown_factor": "there is no such score.",
    "point_outside_grid": "this point is not in Great Britain.",
}


def main(source: BinaryIO, answer: TextIO, complaint: TextIO) -> int:
    """Read a problem from ``source``, write its solution to ``answer``; the exit status."""
    started = perf_counter()
    try:
        problem = parse(source.read())
    except Invalid as wrong:
        complaint.write(f"{_path(wrong)}: {WRONG[wrong.code].format_map(wrong.facts)}\n")
        return BAD_INPUT
    except json.JSONDecodeError as wrong:
        complaint.write(f"stdin:{wrong.lineno}:{wrong.colno}: {WRONG['not_json']}\n")
        return BAD_INPUT
    except (ValueError, RecursionError):  # no text at all, or nested without end
        complaint.write(f"stdin:1:1: {WRONG['not_json']}\n")
        return BAD_INPUT
    found = _settled(problem)
    seconds = {**found.seconds, "total": perf_counter() - started}
    json.dump(solution(found, problem.policy, seconds), answer, indent=1)
    answer.write("\n")
    return DONE


def _settled(problem: Problem) -> Round:
    return settle(
        problem.needs, problem.offers, problem.policy, now=problem.now, clock=perf_counter
    )


def solution(found: Round, policy: Policy, seconds: Mapping[str, float]) -> dict[str, Any]:
    """A round as the plain values of the file format."""
    return {
        "matches": [_match(need, candidate, policy) for need, candidate in found.matches],
        "unmatched": [{"need": one.need, "because": dict(one.because)} for one in found.unmatched],
        "prices": {
            "needs": {str(name): price for name, price in found.need_prices.items()},
            "offers": {str(name): price for name, price in found.offer_prices.items()},
        },
        "objective": found.objective,
        "optimal": found.optimal,
        "seconds": {step: round(took, 6) for step, took in seconds.items()},
    }


def _match(need: str | int, candidate: Candidate, policy: Policy) -> dict[str, Any]:
    return {
        "need": need,
        "offer": candidate.offer,
        "distance_metres": candidate.distance_metres,
        "score": candidate.score,
        "reasons": [
            {
                "factor": reason.factor,
                "points": reason.points,
                "sentence": _sentence(reason, policy.weight(reason.factor)),
            }
            for reason in candidate.reasons
            if reason.points
        ],
    }


def _sentence(reason: Reason, weight: int) -> str:
    much, little = BECAUSE[reason.factor]
    return much if 2 * reason.points >= weight else little


def _path(wrong: Invalid) -> str:
    """Where it is wrong, on one line whatever the keys hold."""
    return (wrong.field or "problem").encode("unicode_escape").decode()


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout, sys.stderr))
