"""What a member told us of themself: seen and changed by the member alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from enabler.domain.consents import ACCESS, ON_A_PAGE, Shown
from enabler.domain.errors import Invalid
from enabler.domain.members import Member
from enabler.domain.names import LONGEST_ADDRESS, one_line, person_name, shown_name
from enabler.domain.permissions import Action, Actor
from enabler.domain.vocabulary import AccessNeed, CredentialKind
from enabler.domain.words import optional_words
from enabler.persistence.unit_of_work import UnitOfWork, reading, unit_of_work
from enabler.services._access import keep_access
from enabler.services._consenting import agree, end_consent, require_agreed
from enabler.services._denying import check_member
from enabler.services._joining import home_at, spoken
from enabler.services._keeping_checks import MOVED, take_back
from enabler.services._once import once
from enabler.services._own import own
from enabler.services._own_details import details_view
from enabler.services.ports import Secrets
from enabler.services.views import DetailsView

LONGEST_ACCESS_WORDS = 300
MOST_LANGUAGES = 10


def show(*, actor: Actor, now: datetime) -> DetailsView:
    """All that the member told us, to themself. Raises NotAllowed."""
    with reading() as uow:
        return details_view(uow, own(uow, actor, Action.SEE_OWN))


def rename(
    *, actor: Actor, name: str, shown: str | None, secrets: Secrets, key: str, now: datetime
) -> None:
    """Another name, and what others read (its first word, where none is given). Whoever meets the
    deny list by it waits for a look.

    Raises Invalid at ``name``, ``shown_name``, NotAllowed, KeyReused.
    """
    full = person_name(name)
    values = {"name": full, "shown_name": shown_name(shown, full)}

    def act(uow: UnitOfWork, member: Member) -> None:
        _write(uow, actor, member, values, now)
        check_member(uow, actor, member.id, secrets, now)

    _by_member(actor, "change", values, key, now, act)


def speak(*, actor: Actor, languages: Sequence[str], key: str, now: datetime) -> None:
    """The languages that the member speaks with others, by code; at least one.

    Raises Invalid("languages", languages_missing | language_unknown), NotAllowed, KeyReused.
    """
    chosen = list(dict.fromkeys(languages))
    if not chosen:
        raise Invalid("languages", "languages_missing")
    if len(chosen) > MOST_LANGUAGES or not all(_is_code(each) for each in chosen):
        raise Invalid("languages", "language_unknown")
    _change(actor, {"languages": chosen}, key, now)


def read_in(*, actor: Actor, language: str, key: str, now: datetime) -> None:
    """The language of pages, texts and mails: one that the place speaks.

    Raises Invalid("language", language_unknown), NotAllowed, KeyReused.
    """
    with reading() as uow:
        place = uow.places.by_id(own(uow, actor, Action.SET_WAYS).place_id)
    if not _is_code(language) or spoken(place, language) != language:
        raise Invalid("language", "language_unknown")
    _change(actor, {"language": language}, key, now, Action.SET_WAYS)


def _is_code(language: str) -> bool:
    return len(language) == 2 and language.isascii() and language.islower()


def _change(
    actor: Actor, values: dict[str, Any], key: str, now: datetime,
    action: Action = Action.CHANGE_OWN,
) -> None:  # fmt: skip
    def act(uow: UnitOfWork, member: Member) -> None:
        _write(uow, actor, member, values, now)

    _by_member(actor, "change", values, key, now, act, action)


def _by_member(
    actor: Actor, verb: str, said: dict[str, Any], key: str, now: datetime,
    act: Callable[[UnitOfWork, Member], None], action: Action = Action.CHANGE_OWN,
) -> None:  # fmt: skip
    """What a member does to what they told us: once, in one transaction."""
    with unit_of_work() as uow:
        member = own(uow, actor, action)

        def once_only() -> dict[str, Any]:
            act(uow, member)
            return {"member": member.ref}

        once(
            uow, f"details.{verb}", actor=actor, key=key, arguments=said, now=now, act=once_only
        )  # fmt: skip
        uow.commit()


def _write(
    uow: UnitOfWork, actor: Actor, member: Member, values: dict[str, Any], now: datetime
) -> None:
    uow.members.change(member.id, **values)
    uow.audit.record(
        actor, "member.changed", place_id=member.place_id, now=now, whose=member.id,
        subject=("member", member.id, member.ref),
        values={name: (_text(getattr(member, name)), _text(new)) for name, new in values.items()},
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else ",".join(value)


def move(
    *, actor: Actor, postcode_text: str, address: str, secrets: Secrets, key: str, now: datetime
) -> None:
    """The member lives elsewhere now. What they offer is given from there; what they asked for
    keeps the place it was asked for. Whoever meets the deny list by it waits for a look.

    Raises Invalid at ``postcode``, ``address``, NotAllowed, KeyReused.
    """
    line = one_line(address, field="address", longest=LONGEST_ADDRESS)

    def act(uow: UnitOfWork, member: Member) -> None:
        _move(uow, actor, member, postcode_text, line, now)
        check_member(uow, actor, member.id, secrets, now)

    _by_member(actor, "move", {"postcode": postcode_text, "address": line}, key, now, act)


def _move(
    uow: UnitOfWork, actor: Actor, member: Member, postcode: str, address: str, now: datetime
) -> None:
    uow.sessions.take_turns(member.place_id)  # whoever joins at this address meanwhile waits
    before = None if member.home_id is None else uow.homes.where(member.home_id)
    home_id = home_at(uow, member.place_id, postcode, address)
    uow.members.change(member.id, home_id=home_id)
    uow.flush()
    if member.home_id is not None and member.home_id != home_id:
        uow.members.leave_home(member.home_id)
    cell = uow.homes.cell_of(member.id)
    if cell is not None:
        offers = uow.offers.standing_of((member.id, None))
        uow.offers.lock_many(one.id for one in offers)
        uow.offers.move((one.id for one in offers if one.cell_id != cell.cell_id), cell)
    after = uow.homes.where(home_id)
    uow.audit.record(
        actor, "member.moved", place_id=member.place_id, now=now, whose=member.id,
        subject=("member", member.id, member.ref), columns=("home_id",),
        values={
            "postcode": (None if before is None else before.postcode, after.postcode),
            "address": (None if before is None else before.address, after.address),
        },
    )  # fmt: skip
    if member.home_id is not None and member.home_id != home_id:
        _lives_there_no_more(uow, actor, member, now)


def _lives_there_no_more(uow: UnitOfWork, actor: Actor, member: Member, now: datetime) -> None:
    """Whoever saw that they live here saw it of the home before."""
    for one in uow.credentials.of_holder((member.id, None)):
        if one.kind is CredentialKind.LIVES_HERE and one.holds(now):
            take_back(uow, actor, one, MOVED, now)


def need_access(
    *, actor: Actor, needs: Sequence[str], words: str | None, consented: bool = False,
    shown: Shown = ON_A_PAGE, key: str, now: datetime,
) -> None:  # fmt: skip
    """What whoever comes to help should know: codes of ``AccessNeed``, and own words. It may be
    about health: it is kept only of who agrees to the words that were ``shown``, and agrees once.
    Nothing said any more, the consent ends by it.

    Raises Invalid at ``needs``, ``words``, ``consented`` (consent_missing), NotAllowed, KeyReused.
    """
    known = [each.value for each in AccessNeed]
    if any(each not in known for each in needs):
        raise Invalid("needs", "access_need_unknown")
    values = {
        "access_needs": [each for each in known if each in needs],
        "access_words": optional_words("words", words, most=LONGEST_ACCESS_WORDS),
    }

    def act(uow: UnitOfWork, member: Member) -> None:
        if not (values["access_needs"] or values["access_words"]):
            end_consent(uow, actor, member, ACCESS, shown.how, now)
        elif require_agreed(uow, member, ACCESS, said=consented):
            agree(uow, actor, member, ACCESS, shown, now)
        keep_access(uow, actor, member, values, now)

    _by_member(actor, "need_access", {**values, "consented": consented}, key, now, act)
