"""What is said to somebody of whom only the number is known that texts."""

from enabler.doors.words.errors import N_

SENTENCES: dict[str, str] = {
    "not_by_text": N_(
        "That cannot be done by text, because anybody can send one in your name. Sign in on the "
        "web, or ring us."
    ),
    "more_than_by_text": N_(
        "By text you can give %(most)s minutes a day at the most. Sign in on the web, or ring us."
    ),
    "longer_than_by_text": N_(
        "That is much longer than was asked for, and anybody can text in your name. Sign in on the"
        " web to agree, or ring us."
    ),
}
