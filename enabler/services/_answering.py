"""What an answer to a text is made of when it leaves: for each sentence and each question what its
words need, with the entitlement of that moment (laws 4 and 7).

A sentence about a match, a need or an offer that is the receiver's no more is left out. Another
person is named by the first word of the name that they show, to whoever may read it; each is a
sight.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from enabler.domain.answering import ASKED_ONCE_MORE, NAMING, OVER, STILL_OPEN, USUAL_REACH
from enabler.domain.categories import TREE
from enabler.domain.errors import NotFound
from enabler.domain.letters import TEMPLATES, About, Party
from enabler.domain.mandates_by_text import CODED
from enabler.domain.messages import Outgoing, Receiver
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MemberState, OrganisationState
from enabler.persistence.prompts import Prompt
from enabler.persistence.unit_of_work import UnitOfWork
from enabler.services import _answering_supporters as supporters
from enabler.services._apart import are_apart
from enabler.services._hours_views import pot_side
from enabler.services._lacking import missing_of
from enabler.services._letter_values import values_of
from enabler.services._prompting import OF_TEXTS
from enabler.services.ports import Secrets

Values = dict[str, Any]
Told = tuple[About, Values]
OfLetter = Callable[[Outgoing], Told | None]
"""What a letter that was sent would say now: what it is about, and its values."""
_THINGS = ("offer", "need", "match")
"""In this order what is said of the later stands: a match has the time that was agreed."""
_MET = TEMPLATES["wrote"].states
"""Whoever may write to each other may know each other's first name."""
_HERE = (MemberState.ACTIVE, MemberState.PAUSED)
_NOT_TOLD = ("name", "said", "organisation", "within_metres", "reasons")


def answer_values(
    uow: UnitOfWork, row: Outgoing, receiver: Receiver, of_letter: OfLetter, secrets: Secrets,
    now: datetime,
) -> Values | None:  # fmt: skip
    """What is said and asked; None where nothing of it is so any more. Logs the sights it gives."""
    reading = _Reading(uow, row, receiver, of_letter, secrets, now)
    asks = [one for letter in row.parameters["asks"] if (one := reading.question(letter))]
    says = [one for each in row.parameters["says"] if (one := reading.say(**each))]
    if row.parameters["asks"] and not (asks or says):
        return None
    return {"known": reading.me is not None, "says": says, "asks": asks}


class _Reading:
    """One answer; ``me`` is the member who has its number now, if they may be told of others."""

    def __init__(
        self, uow: UnitOfWork, row: Outgoing, receiver: Receiver, of_letter: OfLetter,
        secrets: Secrets, now: datetime,
    ) -> None:  # fmt: skip
        self._secrets = secrets
        self._uow, self._row, self._now, self._of_letter = uow, row, now, of_letter
        self._receiver, self._place_id = receiver, row.place_id
        self.me = None if receiver.gone else receiver.member_id
        self._house = uow.telling.house(row.place_id, now)
        phone = uow.phones.known(row.place_id, row.to_value or "")
        self._prompts = {} if phone is None else {
            one.question.letter: one for one in uow.prompts.of(phone, now)
        }  # fmt: skip

    def say(self, code: str, facts: Mapping[str, Any]) -> Values | None:
        """Something that is said; None where it is left out."""
        question = None
        if code in ASKED_ONCE_MORE:
            question = self.question(str(facts.get("letter")))
            if question is None and code == STILL_OPEN:
                return None
            if question is None:
                code, facts = OVER, {}
        about = self._about(code, facts)
        if about is None:
            return None
        return {"code": code, "facts": dict(facts), "about": about, "question": question}

    def question(self, letter: str) -> Values | None:
        """A question of this phone under its letter; None where it was settled meanwhile."""
        prompt = self._prompts.get(letter)
        if prompt is None or prompt.question.closed:
            return None
        about = self._asked_about(prompt)
        one = prompt.question
        return None if about is None else {
            "letter": one.letter, "kind": one.kind, "options": one.options, "about": about,
            "facts": dict(one.facts), "takes_words": one.takes_words,
        }  # fmt: skip

    def _asked_about(self, prompt: Prompt) -> Values | None:
        one = prompt.question
        if not prompt.key.startswith(OF_TEXTS):
            return self._of_a_letter(prompt)
        facts = dict(one.facts)
        if one.ref is not None:
            kind, _ = self._uow.refs.kind_of(self._place_id, one.ref) or ("", "")
            facts |= {kind: one.ref}
        return self._about(one.kind, facts)

    def _of_a_letter(self, prompt: Prompt) -> Values | None:
        """What the letter that asked would say now, with a first name only."""
        row = self._uow.outbox.by_key(prompt.key)
        if row is None or self.me is None or row.member_id != self.me:
            return None
        told = self._of_letter(row)
        if told is None:
            return None
        about, values = told
        values = {name: value for name, value in values.items() if name not in _NOT_TOLD}
        if prompt.question.kind in NAMING:
            values["name"] = self._other_side(about)
        return values

    def _about(self, code: str, facts: Mapping[str, Any]) -> Values | None:
        """What a sentence needs of the things that it is about; None where one of them is not the
        receiver's."""
        found = self._of_supporters(code, facts)
        if found is None:
            return None
        for kind in _THINGS:
            if facts.get(kind):
                about = self._thing(kind, str(facts[kind]))
                if about is None:
                    return None
                found |= self._of_thing(about, named=code in NAMING)
        slug = str(facts.get("category") or "")
        if slug in TREE:
            own = self._uow.subjects.own_name(self._place_id, slug, self._row.language)
            found |= {"category": slug, "category_name": own, "usual_reach": USUAL_REACH}
        if facts.get("member") and code in NAMING:
            found["name"] = self._name_of(str(facts["member"]))
        return found

    def _of_supporters(self, code: str, facts: Mapping[str, Any]) -> Values | None:
        """What a sentence about who acts for the receiver needs; None where it is not theirs."""
        if not supporters.ABOUT & set(facts) and code not in CODED:
            return {}
        return supporters.values_of(
            self._uow, self._place_id, self.me, facts, self._secrets, self._now,
            seen=self._seen if code in NAMING else None,
        )  # fmt: skip

    def _thing(self, kind: str, ref: str) -> About | None:
        """A match, need or offer of this place that the receiver is a side of."""
        uow, language = self._uow, self._row.language
        try:
            if kind == "match":
                ref = uow.matches.by_ref(self._place_id, ref).ref
                about = uow.subjects.match(ref, language, self._now)
            elif kind == "need":
                ref = uow.needs.by_ref(self._place_id, ref).ref
                about = uow.subjects.need(ref, language, self._now)
            else:
                ref = uow.offers.by_ref(self._place_id, ref).ref
                about = uow.subjects.offer(ref, self._now)
        except NotFound:
            return None
        if about is None or self.me not in about.askers | about.helpers:
            return None
        return about

    def _of_thing(self, about: About, *, named: bool) -> Values:
        values = values_of(about, self._house, {}) | {"ref": about.ref}
        values = {name: value for name, value in values.items() if name not in _NOT_TOLD}
        if about.kind == "offer":
            values["checks"] = missing_of(self._uow, self._place_id, about.ref, self._now)
        if named:
            values["name"] = self._other_side(about)
        return values

    def _other_side(self, about: About) -> str | None:
        """The first name of the other of the two, to whoever may know it now."""
        if about.state not in _MET or about.asker is None or about.helper is None:
            return None
        if self.me in about.askers:
            return about.organisation or self._read_name(about.helper, about)
        goes = self.me == about.helper.member_id
        return self._read_name(about.asker, about) if goes else None

    def _read_name(self, party: Party, about: About) -> str | None:
        """A first name, with its sight; an organisation's name is whole and no sight."""
        member = self._uow.homes.member(party.member_id)
        if party.shown_name != member.shown_name:
            return party.shown_name
        hidden = member.id not in about.introduced and self._uow.hidden.of(member.id)
        erased = member.state is MemberState.ERASED
        if hidden or erased or are_apart(self._uow, self.me, member.id):
            return None
        return self._seen(member.id, party.shown_name, about.ref)

    def _name_of(self, ref: str) -> str | None:
        """Who has this ref, to somebody who wants to give them hours: as on their page."""
        uow, place_id = self._uow, self._place_id
        kind, ref = uow.refs.kind_of(place_id, ref) or ("", ref)
        try:
            if kind == "organisation":
                found = uow.organisations.by_ref(place_id, ref)
                return found.name if found.state is OrganisationState.ACTIVE else None
            if kind != "member":
                return pot_side(uow, uow.purses.pot(place_id, ref)).name
            member = uow.homes.member_by_ref(place_id, ref)
        except NotFound:
            return None
        apart = self.me is None or member.id in uow.gifts.kept_apart(self.me)
        if apart or member.state not in _HERE:
            return None
        return self._seen(member.id, member.shown_name, ref)

    def _seen(self, member_id: int, shown_name: str, ref: str) -> str | None:
        viewer = Actor(
            "member", self._receiver.ref or "", member_id=self.me, place_id=self._place_id
        )  # fmt: skip
        self._uow.sights.log(
            viewer, member_id, ("name",), place_id=self._place_id, why="message", now=self._now,
            subject_ref=ref,
        )  # fmt: skip
        return next(iter(shown_name.split()), None)
