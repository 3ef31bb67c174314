"""Rows of what invented organisations ask for every week."""

from enabler.domain.demo.safety import usual_circumstances, usual_setting
from enabler.domain.demo.shapes import Invention
from enabler.persistence.peopling.book import Book, Row


def series(book: Book, invention: Invention) -> list[Row]:
    """Series at the organisations' doors; no need is made of them yet."""
    return [
        {
            "place_id": book.place_id, "asker_id": book.members[one.asker],
            "organisation_id": book.organisations[one.organisation], "category": one.category,
            "words": one.words, "at_home": True, "duration_minutes": one.duration_minutes,
            "slots": one.slots, "languages_required": [], "preferences": [],
            "setting": usual_setting(one.category),
            "circumstances": list(usual_circumstances(one.category)),
            "first_on": one.first_on.isoformat(), "last_on": one.every.last_on.isoformat(),
            "skips_bank_holidays": one.every.skips_bank_holidays, "version": 1,
            "begun_at": one.begun_at,
        }
        for one in invention.series
    ]  # fmt: skip


def series_weeks(book: Book, invention: Invention) -> list[Row]:
    """On which days of the week."""
    return [
        {
            "series_id": number, "weekday": each.weekday, "start_minute": each.start_minute,
            "end_minute": each.end_minute,
        }
        for one, number in zip(invention.series, book.series, strict=True)
        for each in one.every.weekly
    ]  # fmt: skip
