"""What every template may use: the place, the visitor, and the words for codes and times."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_babel import get_locale
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, pass_context
from markupsafe import Markup

from enabler.domain.contact import PhoneNumber
from enabler.domain.money import pounds_of
from enabler.domain.places import Place
from enabler.domain.windows import Window
from enabler.doors.access import at_desk, in_ward
from enabler.doors.wiring import now, wiring
from enabler.doors.words import (
    balances,
    categories,
    changes,
    checks,
    complaints,
    consents,
    considered,
    contact,
    conversation,
    costs,
    desk,
    distance,
    hours_desk,
    leaving_letters,
    looks,
    mandates,
    marking,
    misses,
    near,
    next_for_me,
    organisations,
    passed_over,
    people,
    preferences,
    privacy,
    progress,
    proofs,
    reasons,
    risk_rules,
    rules,
    rules_told,
    safeguarding,
    safety,
    sending,
    sentence,
    settings,
    signals,
    states,
    steps,
    times,
)
from enabler.web import area_pictures
from enabler.web.access import visitor
from enabler.web.colours import colours_of
from enabler.web.forms.languages import languages_words
from enabler.web.headers import nonce
from enabler.web.language import choices

PORTS = ("govuk_frontend_jinja", "govuk_frontend_wtf")
FILTERS: dict[str, Callable[..., Any]] = {
    "category": categories.category_name,
    "categories": categories.category_names,
    "need_state": states.need_state,
    "offer_state": states.offer_state,
    "standing": states.match_standing,
    "colour": states.colour,
    "outcome": states.outcome_words,
    "terms": states.terms_words,
    "credential": states.credential_name,
    "report_kind": states.report_kind,
    **safeguarding.FILTERS,
    **complaints.FILTERS,
    **consents.FILTERS,
    **looks.FILTERS,
    "eligible": checks.eligible_words,
    "check_state": checks.check_state,
    "step": checks.step_words,
    "call_who": checks.call_words,
    "alarm_because": checks.because_words,
    "visit_since": checks.since_words,
    "check_gone": checks.gone_words,
    "fact": proofs.fact_words,
    "proof_state": proofs.state_words,
    "not_believed": proofs.not_believed_words,
    "trust_state": proofs.trust_words,
    "held": steps.held_words,
    "desk_kind": lambda kind: marking.shown(desk.KINDS, kind),
    "desk_kinds": lambda kind: marking.shown(desk.MANY, kind),
    "desk_risk": lambda risk: marking.shown(desk.RISKS, risk),
    "desk_because": desk.because_words,
    "desk_decided": desk.decided_words,
    "desk_by": desk.by_words,
    "desk_delivery": lambda state: marking.shown(desk.DELIVERY, state),
    "undelivered": desk.message_words,
    "error_words": sentence,
    "signal": signals.signal_name,
    "statement_kind": lambda kind: marking.shown(desk.DECISIONS, kind),
    "statement_scope": lambda scope: marking.shown(desk.SCOPES, scope),
    "statement_rule": lambda rule: marking.shown(desk.RULES, rule),
    "statement_column": lambda column: marking.shown(desk.COLUMNS, column),
    "statement_automatic": desk.automatic_words,
    "held_for_staff": steps.held_for_staff,
    "signal_said": signals.signal_said,
    "to_writer": signals.to_writer,
    "denial_reason": signals.denial_reason,
    "denial_marks": signals.mark_words,
    "part": people.part_words,
    "worth_telling": steps.worth_telling,
    "how_long": times.length_words,
    "every": times.every_words,
    "exception": times.exception_words,
    "weekly": times.weekly_words,
    "within": distance.within_words,
    "reach": distance.reach_words,
    "asked_because": reasons.asked_because,
    "why_nobody": reasons.why_nobody,
    "why_nobody_for_staff": reasons.why_nobody_for_staff,
    "near_misses": reasons.near_misses,
    "verdict": considered.verdict_words,
    "finding": considered.finding_words,
    "preferences": preferences.preferences_words,
    "setting": safety.setting_words,
    "channel": sending.channel_words,
    "failure": sending.failure_words,
    "circumstances": safety.circumstances_words,
    "unsure": safety.unsure_words,
    "speaker": conversation.speaker_words,
    "other_side": conversation.other_side_words,
    "event": conversation.event_words,
    "notes": conversation.note_words,
    "stages": progress.stages,
    "offer_next": next_for_me.offer_next_words,
    "access_lines": settings.access_lines,
    "access_mine": settings.access_mine,
    "comes_first": leaving_letters.comes_first,
    "comes_first_of_another": leaving_letters.comes_first_of_another,
    "clock": lambda minute: times.clock_words(*divmod(minute, 60)),
    "weekday": times.weekday_words,
    "changed": changes.changed_words,
    "passed_over_lead": passed_over.passed_over_lead,
    "spot_name": near.spot_words,
    "counts": near.counts_words,
    "sentence": lambda words: words[:1].upper() + words[1:],
    "few": near.few_words,
    "picture": near.picture_of,
    **mandates.FILTERS,
    "kept_in_order": privacy.in_order,
    "kept_what": privacy.what_words,
    "kept_why": privacy.why_words,
    "kept_for": privacy.how_long_kept,
    "full_day": times.full_day_words,
    "passed_over_lines": passed_over.passed_over_lines,
    "organisation_kind": organisations.kind_words,
    "organisation_state": organisations.state_words,
    "role": organisations.role_words,
    "role_means": organisations.role_means,
    "shown_on": organisations.shown_on_words,
    "opening": organisations.opening_words,
    "money": pounds_of,
    "cost_kind": costs.kind_words,
    "cost_state": costs.state_words,
    "cost_next": costs.next_words,
    "hours_side": balances.side_words,
    "hours_left": balances.balance_words,
    "hours_have": balances.have_words,
    "hours_kept": balances.kept_words,
    "hours_after": balances.after_words,
    "hours_when_to_give": balances.when_to_give_words,
    "hours_by_pot": balances.by_pot_words,
    "hours_numbers": balances.number_words,
    "hours_promise": balances.promise_words,
    "hours_promised_together": balances.promised_together,
    "hours_month_sum": balances.month_sum_words,
    "hours_nudge": balances.nudge_words,
    "hours_market": balances.market_columns,
    "hours_spread": balances.spread_words,
    "hours_turnover": balances.turnover_words,
    "hours_month": balances.month_words,
    "hours_columns": balances.year_columns,
    "hours_flag": hours_desk.flag_words,
    "hours_flag_help": hours_desk.help_words,
    "hours_made_of_it": hours_desk.made_of_it,
    "hours_desk_side": hours_desk.desk_side,
    "hours_proposal": hours_desk.proposal_words,
    "hours_proposal_state": hours_desk.proposal_state,
    "hours_reason": hours_desk.reason_words,
    "hours_visits": hours_desk.visits_words,
    "hours_came": hours_desk.came_words,
    "rule_part": rules.part_words,
    "risk_rule": risk_rules.rule_words,
    "rule_label": rules.label_words,
    "rule_means": rules.means_words,
    "rule_about": rules.about_words,
    "rule_before": rules.before_words,
    "rule_after": rules.after_words,
    "rules_state": rules.draft_state,
    "rule_sort": rules.sort_words,
    "rule_why": rules.verdict_why,
    "rule_then": rules.then_words,
    "trial_words": rules.trial_words,
    "rule_checks": rules_told.checks_of,
    "rule_credentials": rules_told.credentials_words,
    "rule_good_to_know": rules_told.good_to_know,
    "rules_said": rules_told.rules_said,
    "rules_in_words": rules_told.rules_in_words,
    "area_picture": area_pictures.picture_of_area,
}


def each_time(said: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, asked whenever a page is made. Of a constant it would be asked once, when the
    template is compiled, and answer for ever in the language of whoever came first."""

    @pass_context
    def asked(_context: Any, *args: Any, **kwargs: Any) -> Any:
        return said(*args, **kwargs)

    return asked


def register(app: Flask) -> None:
    """Give templates the components of the design system, words and the frame's values."""
    ports = PrefixLoader({name: PackageLoader(name) for name in PORTS})
    app.jinja_env.loader = ChoiceLoader([app.create_global_jinja_loader(), ports])
    app.jinja_env.filters.update({name: each_time(said) for name, said in FILTERS.items()})
    # The components indent what they are given, and so what people typed: a line break there came
    # back with blanks behind it.
    app.jinja_env.filters["indent"] = lambda text, *_, **__: text
    app.jinja_env.filters.update(
        said=_said,
        phone=contact.phone_words,
        national=lambda number: PhoneNumber.parse(number).national,
        languages=languages_words,
        moment=lambda at: times.moment_words(at, zone(), _today()),
        moment_full=lambda at: rules.moment_in_full(at, zone()),
        day=lambda at: times.day_words_by(at.astimezone(zone()).date(), _today()),
        last_day=lambda at: times.day_words_by(_last_day(at), _today()),
        since=lambda day: near.since_words(day, _today()),
        on_day=lambda day: times.day_words(day),
        away=lambda found: "; ".join(times.days_words(each, zone()) for each in found),
        date=times.day_words,
        days=lambda found: ", ".join(times.day_words(each) for each in found),
        windows=lambda found: times.windows_words(found, zone()),
        stretch=lambda ends: times.window_words(Window(*ends), zone()),
        ways_out=lambda why, windows: misses.ways_out(why, windows, zone()),
        occasion=lambda one: considered.occasion_words(one.at, one.wave, one.by_round, zone()),
        happened=lambda entry: steps.happened_words(entry.what, entry.count),
        match_next=lambda match: next_for_me.match_next_words(match, zone()),
        hours_owed=lambda one: balances.owed_words(one, zone(), _today()),
        hours_line=lambda line: balances.line_with_day(line, zone()),
        next_step=lambda need: steps.next_step_words(need, zone()),
    )
    app.context_processor(_frame)


def _said(words: str | None) -> Markup:
    """What a person wrote: in its own direction of writing, with its line breaks."""
    return Markup('<span class="said" dir="auto">{}</span>').format(words or "")


def zone() -> ZoneInfo:
    """The zone of the page's place, in which every time is said."""
    return ZoneInfo(g.place.timezone if g.get("place") else "Europe/London")


def _last_day(until: datetime) -> date:
    """The last day of what holds until this moment: midnight is the end of the day before it."""
    return (until - timedelta(microseconds=1)).astimezone(zone()).date()


def _today() -> date:
    return now().astimezone(zone()).date()


def _frame() -> dict[str, Any]:
    place: Place | None = g.get("place")
    someone = visitor()
    return {
        "place": place,
        "places": g.get("places", ()),
        "someone": someone,
        "signed": someone.signed if someone else None,
        "in_ward": someone is not None and in_ward(someone.actor),
        "at_desk": someone is not None and at_desk(someone.actor),
        "acting": someone.acting if someone else None,
        "simulated": wiring().simulated,
        "cspNonce": nonce(),
        "colours": colours_of(place),
        "language": str(get_locale().language),
        "language_choices": choices(),
    }
