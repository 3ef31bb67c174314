"""What is kept about people, why and how long: read from the tags of the columns themselves."""

from sqlalchemy import MetaData

from enabler.persistence.tags import Keep, Personal, Purpose


def schedule(metadata: MetaData) -> dict[str, tuple[tuple[Purpose, ...], Keep]]:
    """Of each table with something about people: why it is kept, and the longest of its times."""
    longest = list(Keep)
    found = {}
    for table in metadata.sorted_tables:
        tags = [column.info["personal"] for column in table.columns]
        told = [tag for tag in tags if isinstance(tag, Personal)]
        if told:
            purposes = tuple(dict.fromkeys(tag.purpose for tag in told))
            found[table.name] = (purposes, max((tag.keep for tag in told), key=longest.index))
    return found
