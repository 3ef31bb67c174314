"""What is kept about people, why and how long: read from the tags of the columns themselves."""

from sqlalchemy import MetaData

from enabler.persistence.tags import Keep, Personal


def schedule(metadata: MetaData) -> dict[str, dict[str, Personal]]:
    """Of each table with something about people: its personal columns, with their tags."""
    found = {}
    for table in metadata.sorted_tables:
        tags = {column.name: column.info["personal"] for column in table.columns}
        told = {name: tag for name, tag in tags.items() if isinstance(tag, Personal)}
        if told:
            found[table.name] = told
    return found


def longest(keeps: tuple[Keep, ...]) -> Keep:
    """The longest of several times."""
    order = list(Keep)
    return max(keeps, key=order.index)
