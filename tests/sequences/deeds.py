"""What the people of a place do, deed after deed, by chance; whoever may not is refused."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from enabler.domain.checks import CHECKS as CHECKS_OF
from enabler.domain.errors import EnablerError
from enabler.domain.meeting import Circumstance, Setting, in_full
from enabler.domain.vocabulary import CredentialKind, Role
from enabler.services import (
    chasing,
    credentials,
    keeping_apart,
    matches,
    mine,
    moderation,
    my_checks,
    needs,
    offers,
    rounds,
    suspensions,
    visits,
)
from tests.builders import (
    NOW,
    BuiltMember,
    BuiltPlace,
    a_custodian,
    a_helper,
    a_member,
    a_place,
    new_rules,
)
from tests.services.deeds import a_key

KINDS = ("shopping", "gardening", "transport", "befriending", "childcare", "phone-chat")
SAID = tuple(one for one in Circumstance if one is not Circumstance.WEEKLY)
CHECKS = (
    CredentialKind.IDENTITY, CredentialKind.DRIVING, CredentialKind.DBS_BASIC,
    CredentialKind.DBS_ENHANCED, CredentialKind.DBS_ADULTS, CredentialKind.REFERENCE,
)  # fmt: skip
POLICY = {
    "first_helps": 1, "categories_held": ["childcare"], "asks_per_day": 9, "asks_per_week": 30,
}  # fmt: skip
STEPS = (
    timedelta(minutes=5), timedelta(hours=1), timedelta(hours=9), timedelta(days=1),
    timedelta(days=4),
)  # fmt: skip


class Town:
    """A few people and what they do."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.now = chance, NOW
        self.place: BuiltPlace = a_place(
            f"town{chance.getrandbits(40)}", area="TN",
            policy=POLICY,
        )  # fmt: skip
        self.askers = [a_member(self.place, name) for name in ("Ada Ask", "Abe Ask")]
        self.helpers = [
            a_helper(self.place, name, *KINDS, at=(700, 700),
                     credentials=chance.sample(CHECKS, chance.randint(0, len(CHECKS))))
            for name in ("Hal One", "Hil Two", "Hob Three")
        ]  # fmt: skip
        self.custodian = a_custodian(self.place)
        self.lead = a_member(
            self.place, "Lea Lead", at=(2500, 500), roles=(Role.SAFEGUARDING_LEAD,), credentials=()
        )
        self.need_refs: list[str] = []
        self.match_refs: list[str] = []
        self.said: list[str] = []

    @property
    def people(self) -> list[BuiltMember]:
        """Everybody."""
        return [*self.askers, *self.helpers, self.custodian, self.lead]

    def anybody(self) -> BuiltMember:
        """Somebody, most often somebody who could mean it."""
        return self.chance.choice(self.people)

    def do(self) -> bool:
        """One deed, and whether it was done: what the house refuses is refused, nothing more."""
        self.now += timedelta(seconds=1)  # nothing happens at one and the same moment
        deed = self.chance.choice(DEEDS)
        self.said.append(deed.__name__)
        try:
            deed(self)
        except EnablerError as refused:
            self.said[-1] += f" ({refused.code})"
            return False
        return True

    def a_need(self) -> str:
        """One of the needs there are."""
        return self.chance.choice(self.need_refs or ["0000"])

    def a_match(self) -> str:
        """One of the matches there are."""
        return self.chance.choice(self.match_refs or ["0000"])


def _draft(town: Town) -> needs.NeedDraft:
    chance = town.chance
    return needs.NeedDraft(
        category=chance.choice(KINDS), words=f"A hand with it, please. {a_key()}",
        setting=chance.choice([None, *Setting]), slots=chance.choice((1, 1, 2)),
        circumstances=_said(chance),
    )  # fmt: skip


def _said(chance: Random) -> tuple[str, ...]:
    """What is so; mostly the rest was asked, too, and sometimes nobody asked for some of it."""
    full = in_full(chance.sample(SAID, chance.choice((0, 0, 0, 1, 2))))
    asked = chance.choice((1, 1, 1, 0.6))
    return tuple(one for one in full if chance.random() < asked)


def asks(town: Town) -> None:
    """Somebody asks."""
    asker = town.chance.choice(town.askers)
    posted = needs.post(actor=asker.actor, draft=_draft(town), key=a_key(), now=town.now)
    town.need_refs.append(posted.ref)


def changes(town: Town) -> None:
    """Somebody asks otherwise."""
    ref, who = town.a_need(), town.anybody()
    before = needs.to_change(actor=who.actor, ref=ref, now=town.now)
    needs.change(actor=who.actor, ref=ref, draft=_draft(town), version=before.version,
                 key=a_key(), now=town.now)  # fmt: skip


def withdraws(town: Town) -> None:
    """Somebody takes it back."""
    needs.withdraw(actor=town.anybody().actor, ref=town.a_need(), key=a_key(), now=town.now)


def says_yes(town: Town) -> None:
    """Somebody says yes, asked or not."""
    matches.accept(actor=town.anybody().actor, match_ref=town.a_match(), key=a_key(), now=town.now)


def asked_helpers_say_yes(town: Town) -> None:
    """Who was asked says yes."""
    for helper in town.helpers:
        for ref in town.match_refs[-3:]:
            try:
                matches.accept(actor=helper.actor, match_ref=ref, key=a_key(), now=town.now)
            except EnablerError:
                continue


def says_no(town: Town) -> None:
    """Somebody says no."""
    matches.decline(
        actor=town.chance.choice(town.helpers).actor, match_ref=town.a_match(), key=a_key(),
        now=town.now,
    )  # fmt: skip


def cannot(town: Town) -> None:
    """One side cannot after all."""
    matches.release(actor=town.anybody().actor, match_ref=town.a_match(), key=a_key(), now=town.now)


def is_done(town: Town) -> None:
    """The helper says it is done, the asker agrees."""
    ref = town.a_match()
    for helper in town.helpers:
        try:
            matches.done(actor=helper.actor, match_ref=ref, minutes=30, key=a_key(), now=town.now)
        except EnablerError:
            continue
    for asker in town.askers:
        try:
            matches.confirm(actor=asker.actor, match_ref=ref, key=a_key(), now=town.now)
        except EnablerError:
            continue


def check_is_seen(town: Town) -> None:
    """A check is recorded, by somebody who may or not, for a while."""
    kind = town.chance.choice(CHECKS)
    until = town.now + town.chance.choice((timedelta(hours=3), timedelta(days=2), timedelta(90)))
    moderation.record_credential(
        actor=town.chance.choice([town.custodian, town.lead, *town.askers]).actor,
        holder_ref=town.chance.choice(town.helpers).ref, kind=kind,
        seen_on=town.now, valid_until=until, key=a_key(), now=town.now,
        eligible_as=next(iter(CHECKS_OF[kind].eligible), None),
    )  # fmt: skip


def check_is_taken_back(town: Town) -> None:
    """A check counts no more."""
    helper = town.chance.choice(town.helpers)
    held = my_checks.mine(actor=helper.actor, now=town.now).credentials
    if held:
        credentials.revoke(
            actor=town.chance.choice([town.custodian, helper]).actor,
            ref=town.chance.choice(held).ref, words="It was another's.", key=a_key(), now=town.now,
        )  # fmt: skip


def comes_to_the_desk(town: Town) -> None:
    """Something is looked at again, stopped, let go on, or what was decided is taken back."""
    helper = town.chance.choice(town.helpers)
    what = town.chance.choice([town.a_need(), helper.ref, _offer_of(helper, town)])
    who = town.chance.choice([town.custodian, town.custodian, town.lead, *town.people])
    common = {"actor": who.actor, "ref": what, "key": a_key(), "now": town.now}
    deed = town.chance.choice(["hold", "suspend", "lift", "undo"])
    if deed == "undo":
        suspensions.undo(**common)  # type: ignore[arg-type]
    else:
        getattr(suspensions, deed)(words="We look at it.", **common)


def is_on_the_way(town: Town) -> None:
    """What is said on the day of a visit."""
    helper, ref = town.chance.choice(town.helpers), town.a_match()
    deed = town.chance.choice([visits.arrive, visits.leave, visits.stuck, visits.wrong_word])
    deed(actor=helper.actor, match_ref=ref, key=a_key(), now=town.now)


def rules_change(town: Town) -> None:
    """From now on more, or less, is asked of helpers."""
    helps = town.chance.choice((0, 1, 2))
    new_rules(town.place, POLICY | {"first_helps": helps}, town.now)


def decides(town: Town) -> None:
    """Something held is let through or refused."""
    who, ref = town.anybody(), town.a_need()
    if town.chance.random() < 0.5:
        moderation.approve(actor=who.actor, ref=ref, key=a_key(), now=town.now)
    else:
        moderation.refuse(actor=who.actor, ref=ref, words="Not here.", key=a_key(), now=town.now)


def keeps_apart(town: Town) -> None:
    """Somebody does not want to meet the other again, or does once more."""
    who, ref = town.anybody(), town.a_match()
    turn = town.chance.choice([keeping_apart.keep_apart, keeping_apart.bring_together])
    turn(actor=who.actor, match_ref=ref, key=a_key(), now=town.now)


def rests(town: Town) -> None:
    """A helper's offer rests, or not any more."""
    helper = town.chance.choice(town.helpers)
    turn = town.chance.choice([offers.pause, offers.resume])
    turn(actor=helper.actor, ref=_offer_of(helper, town), key=a_key(), now=town.now)


def _offer_of(helper: BuiltMember, town: Town) -> str:
    return mine.everything(actor=helper.actor, now=town.now).offers[0].ref


def time_passes(town: Town) -> None:
    """The clock moves on, and its work is done."""
    town.now += town.chance.choice(STEPS)
    work(town)


def work(town: Town) -> None:
    """The jobs of this moment."""
    rounds.lapse_asks(now=town.now)
    rounds.confirm_by_silence(now=town.now)
    chasing.chase_due(now=town.now)
    rounds.work_due_needs(now=town.now)


DEEDS: list[Callable[[Town], None]] = [
    asks, asks, asks, changes, withdraws, says_yes, asked_helpers_say_yes, asked_helpers_say_yes,
    says_no, cannot, is_done, is_done, check_is_seen, check_is_seen, check_is_taken_back,
    comes_to_the_desk, comes_to_the_desk,
    comes_to_the_desk, is_on_the_way, rules_change, decides, decides, keeps_apart,
    rests, time_passes, time_passes, time_passes,
]  # fmt: skip
