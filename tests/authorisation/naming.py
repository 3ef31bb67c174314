"""What people of these tests are called, and where they live: no name is a part of another."""


def full_name(name: str) -> str:
    """First name and surname of whoever is called so here; neither is a part of any other."""
    first = name.title().replace("-", "")
    return f"{first}q Van{first}x"


def home_of(name: str) -> str:
    """The address of their home, which is nobody else's and not that of their needs."""
    return f"The home of {name}, 1 Long Lane"
