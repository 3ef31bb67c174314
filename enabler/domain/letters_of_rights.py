"""Messages about what members agree to, who looks at them and what they complain of (pure)."""

from enabler.domain.letter_parts import Side, Template, when
from enabler.domain.proofs import VOUCHED
from enabler.domain.vocabulary import MemberState

_WAITS = frozenset({"open", "looking"})
OF_RIGHTS: dict[str, Template] = {
    "complaint_noted": Template(Side.GIVER, _WAITS),
    "complaint_answered": Template(Side.GIVER, frozenset({"answered"})),
    "complaint_staff": Template(Side.LEAD, _WAITS),
    "complaint_added_staff": Template(Side.LEAD, _WAITS),
    "complaint_waits_staff": Template(Side.LEAD, _WAITS),
    "complaint_late_staff": Template(Side.LEAD, _WAITS),
    "complaint_unread_staff": Template(Side.ANSWERER, _WAITS),
    "odd_look_lead": Template(Side.LEAD, frozenset({"open", "seen"})),
    "look_question_lead": Template(Side.LEAD, frozenset({"open", "seen"})),
    "proofs_lost": Template(Side.GIVER, when(*VOUCHED)),
    "rely_asked": Template(Side.GIVER, frozenset({"waits"})),
    "erase_asked": Template(Side.GIVER, frozenset({"waiting"})),
    "copied": Template(Side.NUMBER, when(*MemberState) - when(MemberState.ERASED)),
    "consent_receipt": Template(Side.GIVER, frozenset({"kept"})),
}
