"""What an answer to somebody's text is, and which of its sentences name another person (pure)."""

from datetime import timedelta

ANSWER = "answer"
"""The template of what is sent back to whoever texted."""
ANSWER_LASTS = timedelta(hours=12)
"""An answer that could not leave at once waits for the end of quiet hours; later than that nobody
knows any more what it answers."""
DANGER = "danger"
STOPPED = "stopped"
"""What is said to whoever asked for no more texts; once."""
ALWAYS_SAID = frozenset({DANGER, STOPPED})
"""What also a stranger is told who has had the answer of the day, and what is never left out."""
STILL_OPEN = "still_open"
"""What is said of the open question, beside that another is over."""
ASKED_ONCE_MORE = frozenset({"again", "choose", "supporters_open", STILL_OPEN})
"""After these a question comes again, with all its answers: it is the one under their letter."""
OVER = "too_late"
"""What is said in the place of a question that was settled meanwhile."""
USUAL_REACH = 1_600
"""Metres that a giver goes who offers by text and was not asked how far: what the page begins with.
They hear so before it is posted."""
NAMING = frozenset(
    {
        "accepted", "agreed", "done_said", "done_waits", "drop_ask", "drop_one", "dropped",
        "give-confirm", "give-which", "mandate-agree", "minutes_corrected", "my_helper",
        "passed_bare", "passed_to", "supporter", "supporter_agreed", "thanked", "time",
        "time_proposed", "visit",
        "whose-words", "wrote",
    }
)  # fmt: skip
"""Codes of what is said, and kinds of questions, whose words name another person by their first
name: each is a sight of them where it leaves (law 7). A test holds this to the words."""
