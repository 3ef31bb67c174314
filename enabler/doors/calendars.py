"""Visits as an iCalendar (RFC 5545): local times with their zone, a UID that stays."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from icalendar import Calendar, Event

from enabler.doors.words.visits import calendar_words, details_words, title_words
from enabler.services.views import CalendarView, VisitView

TYPE = "text/calendar; charset=utf-8"
_LOOK_AGAIN = timedelta(hours=1)


def as_calendar(found: CalendarView, *, base_url: str, now: datetime) -> bytes:
    """The file, in the language of whose it is. ``base_url`` is where the pages are."""
    with force_locale(found.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Enabler//Visits//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", calendar_words(found.place_name))
        calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        for visit in found.visits:
            calendar.add_component(_event(visit, found, base_url, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(visit: VisitView, found: CalendarView, base_url: str, now: datetime) -> Event:
    zone = ZoneInfo(found.timezone)
    link = f"{base_url.rstrip('/')}/matches/{visit.match_ref}"
    event = Event()
    event.add("uid", f"{visit.match_ref}.{found.place_slug}@enabler")
    event.add("dtstamp", now)
    event.add("dtstart", visit.start.astimezone(zone))
    event.add("dtend", visit.end.astimezone(zone))
    event.add("summary", title_words(visit))
    event.add("description", details_words(link))
    event.add("url", link)
    event.add("status", "CANCELLED" if visit.called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
