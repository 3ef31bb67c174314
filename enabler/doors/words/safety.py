"""Where two people meet, what is so then, and what that asks of whoever comes."""

from collections.abc import Collection, Iterable

from enabler.domain.demands import possible_of
from enabler.domain.meeting import unsaid
from enabler.doors.words.marking import N_, shown

SETTINGS: dict[str, str] = {
    "doorstep": N_("At the door or in the garden"),
    "home": N_("Inside the home"),
    "public": N_("In a public place, like a shop, a park or a hall"),
    "car": N_("In the helper's car"),
    "online": N_("By phone or online"),
}
CIRCUMSTANCES: dict[str, str] = {
    "alone": N_("The helper and the person helped are by themselves"),
    "child": N_("A child or young person under 18 is there"),
    "money": N_("The helper holds money or pays bills, because the person helped cannot"),
    "care": N_("The help includes washing, dressing, feeding or giving medicines"),
    "appointment": N_("It is a way to a doctor, a hospital or care"),
    "weekly": N_("It is every week"),
}
SAID_BY_ASKERS: dict[str, str] = {
    "alone": N_("I will be by myself with the helper"),
    "child": N_("A child or young person under 18 will be there"),
    "money": N_("The helper will hold my money or pay my bills, because I cannot"),
    "care": N_("It includes washing, dressing, feeding or giving medicines"),
    "appointment": N_("I am going to a doctor, a hospital or care"),
}
ASKED: dict[str, str] = {
    "alone": N_("Will you be by yourself with the helper?"),
    "child": N_("Will a child or young person under 18 be there?"),
    "money": N_("Will the helper hold your money or pay your bills, because you cannot?"),
    "care": N_("Will the helper wash, dress or feed somebody, or give medicines?"),
    "appointment": N_("Are you going to a doctor, a hospital or care?"),
}
ANSWERS: dict[str, str] = {"yes": N_("Yes"), "no": N_("No"), "unsure": N_("I am not sure")}
STEPS: dict[str, str] = {
    "pair": N_("Two helpers go together"),
    "call_first": N_("Ring before you come"),
    "receipt": N_("Keep the receipt and note what you spent"),
    "check_in": N_("Say here when you arrive and when you have left"),
}


def setting_words(code: str | None) -> str:
    """Where they meet; empty where nobody said."""
    return shown(SETTINGS, code) if code else ""


def circumstances_words(codes: Iterable[str]) -> list[str]:
    """What is so then, each a sentence of its own."""
    return [shown(CIRCUMSTANCES, code) for code in CIRCUMSTANCES if code in set(codes)]


def unsure_words(category: str, setting: str | None, said: Collection[str]) -> list[str]:
    """What may be so in such help and nobody said whether it is: it counts as so. Nothing where
    nobody said where they meet: then it is not known at all."""
    return circumstances_words(unsaid(said, possible_of(category, setting))) if setting else []
