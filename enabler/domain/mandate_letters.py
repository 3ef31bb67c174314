"""What is told of mandates (pure). To the supporter nothing is ever told of an end."""

from enabler.domain.letter_parts import Side, Template

_WAITS, _OPEN = frozenset({"waiting"}), frozenset({"open"})
OF_MANDATES: dict[str, Template] = {
    "mandate_code": Template(Side.NUMBER, _WAITS),
    "mandate_asked": Template(Side.NUMBER, _WAITS),
    "mandate_go_on": Template(Side.NUMBER, _WAITS),
    "mandate_offered": Template(Side.NUMBER, _WAITS),
    "mandate_begun": Template(Side.ASKER, _OPEN, ("name",)),
    "mandate_yours": Template(Side.HELPER, _OPEN),
    "mandate_ends": Template(Side.ASKER, _OPEN, ("name",)),
    "mandate_word": Template(Side.ASKER, frozenset({"over"})),
    "mandate_look_lead": Template(Side.LEAD, frozenset({"waiting"})),
    "acted": Template(Side.ASKER, frozenset({"open", "over"}), ("name",)),
    "acted_today": Template(Side.ASKER, frozenset({"open", "over"}), ("name",)),
}
"""By template: the member of a mandate is its asker, the supporter its helper."""
