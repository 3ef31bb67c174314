"""A visit in the words of a calendar."""

from flask_babel import gettext

from enabler.doors.words.categories import category_name
from enabler.services.views import VisitView


def title_words(visit: VisitView) -> str:
    """What stands in the calendar: the kind of help and which side one is on; nobody's name but an
    organisation's."""
    kind, name = category_name(visit.category), visit.organisation
    if name is not None and visit.called_off:
        return str(gettext("Called off: %(kind)s (%(name)s)", kind=kind, name=name))
    if name is not None and visit.side == "helper":
        return str(gettext("You help for %(name)s: %(kind)s", kind=kind, name=name))
    if name is not None:
        return str(gettext("Help is coming to %(name)s: %(kind)s", kind=kind, name=name))
    if visit.called_off:
        return str(gettext("Called off: %(kind)s", kind=kind))
    if visit.side == "helper":
        return str(gettext("You help: %(kind)s", kind=kind))
    return str(gettext("Help is coming: %(kind)s", kind=kind))


def details_words(link: str) -> str:
    """Where to read more, for whoever may."""
    return str(gettext("Who, where and how to say that you cannot: %(link)s", link=link))


def calendar_words(place: str) -> str:
    """What the calendar is called."""
    return str(gettext("Visits, %(place)s", place=place))
