"""Whom to sign in as: they can sign in, the lift finds the helper, and nobody real is told of."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from enabler.domain.contact import PhoneNumber
from enabler.domain.errors import Invalid, NotAllowed, NotFound
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.vocabulary import MatchState, NeedState, Role
from enabler.domain.windows import Window
from enabler.doors.secrets import KeyedSecrets
from enabler.persistence.tables.members import ContactRow, MemberRow
from enabler.persistence.tables.needs import NeedRow
from enabler.persistence.tables.offers import OfferRow
from enabler.persistence.tables.places import PlaceRow
from enabler.persistence.unit_of_work import reading, unit_of_work
from enabler.services import (
    board,
    demo,
    laws,
    matches,
    mine,
    needs,
    places,
    rounds,
    series,
    sign_in,
)
from enabler.services.messages import deliver_outbox
from tests.demo.peopled import OPERATOR, SECRETS, bring_in_and_people
from tests.demo.towns import NOW
from tests.geography.small_place import SmallPlace
from tests.messages.gateways import Network

EVERY_PART = [
    "resident", "helper", "organisation", "councillor", "custodian", "safeguarding-lead",
    "call-handler", "administrator",
]  # fmt: skip


@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def slug(tmp_path: Path) -> str:
    return bring_in_and_people(SmallPlace(tmp_path / "small").write(), 120).slug


def shown(slug: str, part: str) -> demo.SignInHint:
    hints = demo.who(place_slug=slug, secrets=SECRETS, now=NOW)
    return next(hint for hint in hints if hint.part == part)


def actor_of(phone: str | None) -> Actor:
    """The member who has this number, signed in."""
    with reading() as uow:
        query = select(MemberRow).join(ContactRow, ContactRow.member_id == MemberRow.id)
        row = uow.session.scalars(query.where(ContactRow.value == phone)).one()
        held = uow.members.roles_of(row.id, NOW)
        return Actor(
            "member", row.ref, member_id=row.id, place_id=row.place_id,
            grants=tuple(one.grant for one in held),
        )  # fmt: skip


class TestTheList:
    def test_has_one_of_each_part(self, slug: str) -> None:
        hints = demo.who(place_slug=slug, secrets=SECRETS, now=NOW)
        assert [hint.part for hint in hints] == EVERY_PART

    def test_shows_the_councillor_of_the_residents_ward(self, slug: str) -> None:
        assert shown(slug, "councillor").ward == shown(slug, "resident").ward

    def test_gives_residents_a_number_that_takes_texts(self, slug: str) -> None:
        for part in ("resident", "helper", "organisation"):
            hint = shown(slug, part)
            assert PhoneNumber.parse(hint.phone or "").takes_texts
            assert PhoneNumber.parse(hint.phone or "").is_invented
            assert hint.password is None

    def test_names_the_organisation_that_its_owner_acts_for(self, slug: str) -> None:
        hint = shown(slug, "organisation")
        grants = actor_of(hint.phone).grants
        assert hint.organisation
        assert Role.ORGANISATION_OWNER in {grant.role for grant in grants}

    def test_is_the_same_tomorrow_but_for_the_codes(self, slug: str) -> None:
        today = demo.who(place_slug=slug, secrets=SECRETS, now=NOW)
        later = demo.who(place_slug=slug, secrets=SECRETS, now=NOW + timedelta(days=1))
        assert [(h.name, h.phone, h.password) for h in today] == [
            (h.name, h.phone, h.password) for h in later
        ]
        assert [h.totp_code for h in today] != [h.totp_code for h in later]

    def test_tells_nothing_of_a_place_that_is_not_invented(self, slug: str) -> None:
        with unit_of_work() as uow:
            uow.session.execute(update(PlaceRow).values(invented=False))
            uow.commit()
        with pytest.raises(NotAllowed):
            demo.who(place_slug=slug, secrets=SECRETS, now=NOW)

    def test_tells_no_password_that_another_key_made(self, slug: str) -> None:
        other = KeyedSecrets("another key, of another installation")
        parts = [hint.part for hint in demo.who(place_slug=slug, secrets=other, now=NOW)]
        assert parts == ["resident", "helper", "organisation"]

    def test_wants_a_place_that_is_there(self) -> None:
        with pytest.raises(NotFound):
            demo.who(place_slug="nowhere", secrets=SECRETS, now=NOW)


class TestStaff:
    @pytest.mark.parametrize("part", EVERY_PART[3:])
    def test_sign_in_with_what_is_told(self, slug: str, part: str) -> None:
        hint, place = shown(slug, part), places.by_slug(slug=slug)
        token = sign_in.staff(
            place_id=place.id, mail=hint.mail or "", password=hint.password or "",
            totp=hint.totp_code or "", secrets=SECRETS, now=NOW,
        )  # fmt: skip
        found = sign_in.who(token=token, secrets=SECRETS, now=NOW)
        assert found is not None
        assert part in {role.value for role in found[1].roles}

    def test_are_kept_out_without_the_code(self, slug: str) -> None:
        hint, place = shown(slug, "custodian"), places.by_slug(slug=slug)
        with pytest.raises(Invalid):
            sign_in.staff(
                place_id=place.id, mail=hint.mail or "", password=hint.password or "",
                totp="000000", secrets=SECRETS, now=NOW,
            )  # fmt: skip


class TestTheLift:
    @pytest.mark.parametrize(
        ("seed", "now"), [(1, NOW), (2, NOW.replace(hour=23))], ids=["by day", "by night"]
    )
    def test_that_the_resident_asks_for_is_asked_of_the_helper(
        self, tmp_path: Path, seed: int, now: datetime
    ) -> None:
        slug = bring_in_and_people(SmallPlace(tmp_path / "s").write(), 150, seed, now).slug
        rounds.run_round(actor=OPERATOR, now=now)
        asker = actor_of(shown(slug, "resident").phone)
        helper = actor_of(shown(slug, "helper").phone)
        start = now + timedelta(days=2)
        draft = needs.NeedDraft(
            category="transport", words="A lift to the dentist, please.",
            windows=(Window(start, start + timedelta(hours=3)),), duration_minutes=60,
            circumstances=NONE_SO,
        )  # fmt: skip
        need = needs.post(actor=asker, draft=draft, key="the lift", now=now)
        assert need.state is NeedState.OPEN
        asks = [ask for ask in mine.everything(actor=helper, now=now).asks
                if ask.need_ref == need.ref]  # fmt: skip
        assert len(asks) == 1
        accepted = matches.accept(actor=helper, match_ref=asks[0].ref, key="yes", now=now)
        assert accepted.state is MatchState.ACCEPTED
        assert accepted.address

    def test_was_given_before_by_the_same_helper(self, slug: str) -> None:
        helper = actor_of(shown(slug, "helper").phone)
        with reading() as uow:
            offer = uow.session.scalars(
                select(OfferRow).where(OfferRow.member_id == helper.member_id)
            ).one()
            past = uow.matches.of_offer(offer.id, MatchState.CONFIRMED)
            askers = {
                uow.session.scalar(select(NeedRow.asker_id).where(NeedRow.id == one.need_id))
                for one in past
            }
        assert len(past) == 3
        assert askers == {actor_of(shown(slug, "resident").phone).member_id}


class TestTheOrganisation:
    def test_asks_for_something_every_week_by_the_clock(self, slug: str) -> None:
        hint = shown(slug, "organisation")
        owner = actor_of(hint.phone)
        with reading() as uow:
            (grant,) = [one for one in owner.grants if one.role is Role.ORGANISATION_OWNER]
            ref = uow.organisations.by_id(grant.organisation_id or 0).ref
        (line,) = board.board(actor=owner, ref=ref, now=NOW).series
        assert line.category == "moving"
        assert mine.everything(actor=owner, now=NOW).series == ()
        assert series.make_due(now=NOW) == 2
        asked = board.board(actor=owner, ref=ref, now=NOW).asked
        assert [one.words for one in asked] == [line.words] * 2
        assert [one for one in laws.check(now=NOW) if one.count] == []


class TestSending:
    def test_goes_to_invented_people_by_the_simulator(self, slug: str) -> None:
        rounds.run_round(actor=OPERATOR, now=NOW)
        network = Network(simulated=True)
        self.deliver(network)
        reached = {address for _, address, _ in network.taken}
        assert reached
        assert all(
            address.endswith("@example.org")
            or 447_700_900_100 <= int(address[1:]) <= 447_700_900_999
            for address in reached
        )

    def test_goes_nowhere_by_any_other_gateway(self, slug: str) -> None:
        rounds.run_round(actor=OPERATOR, now=NOW)
        network = Network(simulated=False)
        assert self.deliver(network) > 0
        assert network.taken == []

    def deliver(self, network: Network) -> int:
        worked = 0
        while count := deliver_outbox(gateway=network, secrets=SECRETS, now=NOW, limit=50):
            worked += count
        return worked
