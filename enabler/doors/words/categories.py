"""The kinds of help: how they are called, what they are, and in which groups a page lists them."""

from collections.abc import Collection, Iterator

from flask_babel import gettext

from enabler.doors.words.marking import N_, shown

NAMES: dict[str, str] = {
    "shopping": N_("Shopping"),
    "prescriptions": N_("Collecting medicine"),
    "transport": N_("A lift"),
    "meals": N_("A cooked meal"),
    "moving": N_("Moving or carrying things"),
    "goods": N_("Things to have"),
    "lending": N_("Things to borrow"),
    "befriending": N_("A visit and a chat"),
    "phone-chat": N_("A chat on the phone"),
    "walking-company": N_("Company on a walk"),
    "dog-walking": N_("Dog walking"),
    "pet-care": N_("Looking after a pet"),
    "gardening": N_("Gardening"),
    "repairs": N_("Small repairs"),
    "cleaning": N_("Cleaning"),
    "tech-help": N_("Help with a phone or computer"),
    "paperwork": N_("Help with forms and letters"),
    "advice": N_("Advice"),
    "skills": N_("Learning something"),
    "language-help": N_("Help with a language"),
    "space": N_("A room or a space"),
    "childcare": N_("Looking after children"),
    "respite": N_("A break for a carer"),
    "emergency": N_("Help in a flood or other emergency"),
}

HINTS: dict[str, str] = {
    "shopping": N_("Food and other things from the shops"),
    "prescriptions": N_("From the chemist to your door"),
    "transport": N_("To the doctor, the shops or a club"),
    "meals": N_("Cooked or brought to you"),
    "moving": N_("Furniture, boxes, things to the tip"),
    "goods": N_("A bed, a coat, baby things"),
    "lending": N_("A ladder, a drill, a tent"),
    "befriending": N_("Somebody who drops in for a cup of tea"),
    "phone-chat": N_("Somebody who rings you for a talk"),
    "walking-company": N_("Somebody to walk with"),
    "dog-walking": N_("A walk for your dog"),
    "pet-care": N_("Feeding or minding a pet"),
    "gardening": N_("Mowing, weeding, a hedge to cut"),
    "repairs": N_("A tap, a shelf, a light bulb"),
    "cleaning": N_("A hand around the house"),
    "tech-help": N_("Setting up, learning how, video calls"),
    "paperwork": N_("Filling in a form, reading a letter"),
    "advice": N_("Somebody who knows about it"),
    "skills": N_("Cooking, reading, music, a trade"),
    "language-help": N_("Speaking, reading or translating"),
    "space": N_("For a meeting, a club or to store things"),
    "childcare": N_("For an hour or an afternoon"),
    "respite": N_("Somebody to sit in while you rest"),
    "emergency": N_("If life is in danger, ring 999 first"),
}

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Getting things, getting about"),
     ("shopping", "prescriptions", "transport", "meals", "moving", "goods", "lending")),
    (N_("Company and pets"),
     ("befriending", "phone-chat", "walking-company", "dog-walking", "pet-care")),
    (N_("Home and garden"), ("gardening", "repairs", "cleaning", "tech-help")),
    (N_("Know-how"), ("paperwork", "advice", "skills", "language-help")),
    (N_("Care and more"), ("childcare", "respite", "space", "emergency")),
)  # fmt: skip


def category_name(slug: str) -> str:
    """What a kind of help is called. Raises KeyError for a slug that the tree does not have."""
    return shown(NAMES, slug)


def category_names(slugs: Collection[str]) -> str:
    """Several kinds of help in one line."""
    return ", ".join(category_name(slug) for slug in slugs)


def grouped(slugs: Collection[str]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Groups with a name, each with its kinds of help as (slug, name, hint)."""
    for heading, members in GROUPS:
        listed = [(slug, shown(NAMES, slug), shown(HINTS, slug)) for slug in members
                  if slug in slugs]  # fmt: skip
        if listed:
            yield str(gettext(heading)), listed
