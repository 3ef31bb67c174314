"""What was typed in a form of several pages, kept beside the browser until it is sent.

It survives a lost session and the way back from signing in; it goes when the form is sent, or
after a day. It belongs to the browser's random token, not to a member, and no other reads it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enabler.domain.errors import Invalid
from enabler.domain.permissions import Action, Actor, require
from enabler.domain.sign_in import DRAFT_BYTES, DRAFT_KEPT
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services._digests import of_browser
from enabler.services.ports import Secrets


def keep(
    *, browser: str, form: str, answers: Mapping[str, Any], secrets: Secrets, now: datetime
) -> None:
    """Keep the answers of a form so far (texts, numbers, lists and mappings of them).

    They replace what was kept. Raises Invalid(form, "draft_too_long") above 64 KiB.
    """
    require(Actor.anonymous(), Action.SIGN_IN)
    written = json.dumps(dict(answers), ensure_ascii=False)
    if len(written.encode("utf-8", "surrogatepass")) > DRAFT_BYTES:
        raise Invalid(form, "draft_too_long", longest=DRAFT_BYTES)
    with unit_of_work() as uow:
        uow.drafts.keep(of_browser(secrets, browser), form, json.loads(written), now)
        uow.commit()


def read(*, browser: str, form: str, secrets: Secrets, now: datetime) -> dict[str, Any]:
    """The answers of a form so far; empty when there are none, or when a day has passed."""
    require(Actor.anonymous(), Action.SIGN_IN)
    with reading() as uow:
        return uow.drafts.read(of_browser(secrets, browser), form, now - DRAFT_KEPT) or {}


def drop(*, browser: str, form: str, secrets: Secrets) -> None:
    """Forget the answers of a form: it was sent, or given up."""
    require(Actor.anonymous(), Action.SIGN_IN)
    with unit_of_work() as uow:
        uow.drafts.drop(of_browser(secrets, browser), form)
        uow.commit()
