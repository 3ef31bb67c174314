"""Words of immediate danger. Whoever texts them is answered with 999, whatever else they said.

What is danger stands in ``sms/words/danger``, one file a language, all of them always used: nobody
chooses a language for what frightens them. ``en.toml`` says how such a file is written. What only
worries (``enabler.domain.signals.worries``) is told to the people who look after safety, and is no
reason to send somebody to 999.
"""

from collections.abc import Sequence

from sms.dangers.files import sayings
from sms.dangers.finding import found_in
from sms.dangers.wording import words_of
from sms.reading import Said
from sms.tongues import Tongue


def in_danger(said: Said, tongues: Sequence[Tongue]) -> tuple[str, ...]:
    """The sayings of danger in it, in the words that were typed, those of the first of the
    ``tongues`` first; none where there is none."""
    first = tongues[0].code if tongues else ""
    files = sorted(sayings().files, key=lambda file: file.code != first)
    return tuple(dict.fromkeys(found_in(words_of(said), files)))
