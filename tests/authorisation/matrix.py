"""The whole of a rule tried, for the test files that share the rules among them."""

from tests.authorisation.promises import broken
from tests.authorisation.rules import Rule, read_book
from tests.authorisation.trying import try_those_in, try_those_out
from tests.authorisation.worlds import World

MATCHES = "/matches/"


def rules_of(*, matches: bool) -> list[Rule]:
    """The rules about matches, or all others."""
    return [rule for rule in read_book().rules if rule.route.startswith(MATCHES) == matches]


def tried(world: World, rule: Rule) -> list[str]:
    """What is wrong with the answers of a rule, to anybody; the world is put back at the end."""
    try:
        return try_those_out(world, rule) or try_those_in(world, rule, broken)
    finally:
        if rule.method != "GET":
            world.put_back()
