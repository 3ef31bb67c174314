"""The pages: one module per noun; a view translates, a service decides."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from enabler.web import (
    about,
    access,
    again,
    api_tokens,
    asking,
    between_places,
    board,
    calendars,
    cases,
    changing,
    colleagues,
    complaints,
    complaints_desk,
    conduct,
    consents,
    contacts,
    conversations,
    cookie,
    costs,
    credentials,
    credentials_desk,
    denied,
    desk,
    desk_more,
    details,
    erasure,
    erasure_desk,
    failures,
    frame,
    giving,
    headers,
    health,
    hidden,
    home,
    hours,
    hours_desk,
    hours_events,
    hours_proposals,
    installing,
    language,
    leaving,
    letting,
    looked,
    lost_phone,
    making,
    mandate_calls,
    mandate_desk,
    mandate_seen,
    market,
    matches,
    mine,
    my_data,
    near,
    needs,
    new_numbers,
    noted_hours,
    notices,
    offer_changing,
    offering,
    offers,
    organisations,
    organising,
    overview,
    own_reports,
    own_wordings,
    pausing,
    pots,
    proofs,
    relying,
    reports,
    rules,
    rules_endings,
    safeguarding,
    series,
    sharing,
    sign_in,
    sign_up,
    signed_in,
    simulator,
    staff,
    statements,
    still,
    suggesting,
    supporters,
    supporting,
    texts_aside,
    tokens,
    trust,
    untold,
    uploads,
    verifying,
    visits,
    wards,
)
from enabler.web.refs import RefConverter
from enabler.web.slugs import SlugInPath

NOUNS = (
    home, near, about, again, sign_in, sign_up, staff, mine, asking, needs, changing, series,
    offering, offers, offer_changing, matches, conversations, reports, desk, denied, wards,
    simulator, calendars, sharing, installing, health, lost_phone, details, contacts, notices,
    signed_in, looked, my_data, pausing, erasure, erasure_desk, organising, organisations,
    colleagues, board, api_tokens, new_numbers, giving, hours, leaving, market,
    hours_desk, pots, hours_proposals, between_places, costs,
    hours_events, noted_hours, overview, cases, safeguarding, own_reports, conduct, hidden,
    consents, complaints, complaints_desk,
    desk_more, statements, rules, rules_endings, credentials, credentials_desk, visits,
    supporters, supporting, mandate_desk, mandate_calls, mandate_seen,
    proofs, verifying, trust, letting, untold, relying,
    texts_aside, own_wordings, suggesting,
)  # fmt: skip
csrf = CSRFProtect()


def register(app: Flask) -> None:
    """Give the app its pages."""
    making.register(app)
    uploads.register(app)
    cookie.register(app)
    language.register(app)
    frame.register(app)
    headers.register(app)
    failures.register(app)
    access.register(app)
    csrf.init_app(app)  # after the place is known, so that its refusal has a frame
    csrf.exempt(notices.stop)  # its link is signed, and a mail program has no token
    tokens.register(app)
    app.url_map.converters["ref"] = RefConverter
    for noun in NOUNS:
        app.register_blueprint(noun.blueprint)
    app.register_blueprint(hours_events.desk)
    still.register(app)
    app.wsgi_app = SlugInPath(app)  # type: ignore[method-assign]
