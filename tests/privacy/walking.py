"""A day of the village: what people do in it. What anybody is served of it is in ``record``.

Needs of every kind are posted, helpers are asked, say no, yes and yes too late, the desk decides,
the jobs run. What is posted by its owner goes through the services, what others answer through
their pages.
"""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from flask import Flask

from enabler.cli.matching import lines
from enabler.domain.meeting import NONE_SO
from enabler.domain.permissions import Actor
from enabler.domain.recurrence import Repeat
from enabler.domain.vocabulary import MatchState, Role, Terms
from enabler.domain.windows import Weekly
from enabler.doors.wiring import wiring
from enabler.persistence.unit_of_work import reading
from enabler.services import (
    explanations,
    matches,
    messages,
    needs,
    offers,
    reports,
    rounds,
    series,
)
from tests.privacy.fixed import FixedClock, FixedSecrets
from tests.privacy.looking import Browsers, Share, known_refs, pages, refs_about
from tests.privacy.records import Record, entitled, rows, sighted, texts
from tests.privacy.village import HELPERS, Village

OPERATOR = Actor.operator("tester")
WORDS = "Something that a neighbour can do."
STAGES = (("asked", 0), ("answered", 10), ("later", 240))
"""Names of the day's three parts, and their minutes from its beginning."""


@dataclass
class Day:
    """The day as it goes on, looked at by everybody, with most eyes on the ``owners`` of homes."""

    app: Flask
    village: Village
    clock: FixedClock
    secrets: FixedSecrets
    share: Share
    owners: Collection[str]
    record: Record = field(default_factory=Record)
    needs: dict[str, str] = field(default_factory=dict)

    def live(self) -> Record:
        """From the first need to the end."""
        self.browsers = Browsers(self.app, self.secrets, self.village)
        deeds = {"asked": self._post, "answered": self._answer, "later": self._go_on}
        for stage, minutes in STAGES:
            self.clock.set(timedelta(minutes=minutes))
            self.secrets.begin(stage)
            deeds[stage]()
            with self.app.app_context():
                if stage != "later":
                    self._rehearse(stage)
                self._jobs(stage)
            if stage != "later":
                self._look(stage)
        with self.app.app_context():
            self.record.texts, self.record.rows = texts(), rows()
        return self.record

    def _post(self) -> None:
        self._ask("asha", "shopping")
        self._ask("nell", "childcare")
        self._ask("otto", "transport")
        self._ask("ida", "meals")
        self._every_week("asha", "tech-help")
        self._every_week("olive", "moving", self.village.pantry)
        self._offer("hana", "shopping")
        with self.app.app_context():
            reports.report(
                actor=self.village.people["ursula"].actor, about_kind="other", about_ref=None,
                kind="worried", words=WORDS, key="report", now=self.clock(),
            )  # fmt: skip

    def _ask(self, name: str, category: str) -> None:
        draft = needs.NeedDraft(category=category, words=WORDS, circumstances=NONE_SO)
        with self.app.app_context():
            posted = needs.post(
                actor=self.village.people[name].actor, draft=draft, key=f"need {name} {category}",
                now=self.clock(),
            )  # fmt: skip
        self.needs[f"{name} {category}"] = posted.ref

    def _every_week(self, name: str, category: str, organisation_ref: str | None = None) -> None:
        every = Repeat((Weekly(3, 600, 720),), date(2026, 4, 30))
        draft = needs.NeedDraft(
            category=category,
            words=WORDS,
            every=every,
            organisation_ref=organisation_ref,
            circumstances=NONE_SO,
        )
        with self.app.app_context():
            series.begin(
                actor=self.village.people[name].actor, draft=draft, key=f"series {name}",
                now=self.clock(),
            )  # fmt: skip

    def _offer(self, name: str, category: str) -> None:
        draft = offers.OfferDraft(
            categories=(category,), words=WORDS, terms=Terms.FREE, stated_terms=None,
            reach_metres=1500, any_time=True, weekly=(),
        )  # fmt: skip
        with self.app.app_context():
            offers.post(
                actor=self.village.people[name].actor, draft=draft,
                key=f"offer {name} {category}", now=self.clock(),
            )  # fmt: skip

    def _answer(self) -> None:
        answers = ("decline", "accept", "accept", "accept")
        for (ref, helper), answer in zip(self._asked("asha shopping"), answers, strict=False):
            self._press(helper, f"/matches/{ref}/{answer}")
        for need in ("otto transport", "ida meals"):
            for ref, helper in self._asked(need):
                self._press(helper, f"/matches/{ref}/accept")
                self._press(helper, f"/matches/{ref}/say", words=WORDS)
                for reader in (need.split()[0], helper, "omar"):
                    # Read at once: what is unread later must not tell who looked at which page.
                    self.browsers.get(reader, f"/matches/{ref}")
        self._press("hugh", f"/needs/{self.needs['asha shopping']}/withdraw")
        for ref in known_refs(self.app)["held"]:
            self._press(Role.CUSTODIAN, f"/desk/held/{ref}", decision="approve", words="")
        for name in HELPERS:
            self._offer(name, "gardening")
        self._ask("nell", "gardening")
        self._ask("ursula", "shopping")

    def _asked(self, need: str) -> list[tuple[str, str]]:
        """The asks of a need, and who can answer each."""
        with self.app.app_context(), reading() as uow:
            need_id = uow.needs.by_ref(self.village.place.id, self.needs[need]).id
            return [
                (match.ref, self.village.name_of(match.helper_id) or "olive")
                for match in uow.matches.of_need(need_id, MatchState.ASKED)
            ]

    def _press(self, viewer: str, path: str, **typed: str) -> None:
        answer = self.browsers.post(viewer, path, **typed)
        self.record.note("post", "answered", viewer, path, served=answer)

    def _go_on(self) -> None:
        otto, start = self.village.people["otto"], self.clock() + timedelta(hours=2)
        with self.app.app_context():
            with reading() as uow:
                need = uow.needs.by_ref(otto.place.id, self.needs["otto transport"])
                match = uow.matches.of_need(need.id, MatchState.ACCEPTED)[0]
            matches.arrange(
                actor=otto.actor, match_ref=match.ref, start=start,
                end=start + timedelta(hours=1), key="arrange", now=self.clock(),
            )  # fmt: skip

    def _rehearse(self, stage: str) -> None:
        """What the command line prints, changing nothing."""
        now, note = self.clock(), self.record.note
        for ref in self.needs.values():
            found = explanations.about_need(actor=OPERATOR, need_ref=ref, now=now, present=True)
            note("explain", stage, "operator", ref, served="\n".join(lines(found)))
        rehearsed = rounds.run_round(actor=OPERATOR, now=now, dry_run=True)
        note("job", stage, "operator", "round --dry-run", served=asdict(rehearsed))

    def _jobs(self, stage: str) -> None:
        """What the clock process does, with how much it was."""
        now, ports = self.clock(), wiring()
        deeds: dict[str, Callable[[], object]] = {
            "work-due-needs": lambda: rounds.work_due_needs(now=now),
            "lapse-asks": lambda: rounds.lapse_asks(now=now),
            "round": lambda: asdict(rounds.run_round(actor=OPERATOR, now=now)),
            "deliver-outbox": lambda: messages.deliver_outbox(
                gateway=ports.gateway, secrets=ports.secrets, now=now, limit=1000
            ),
        }
        for job, act in deeds.items():
            self.record.note("job", stage, "system", job, served=act())

    def _look(self, stage: str) -> None:
        about = {
            ref for name in self.owners
            for ref in refs_about(self.app, self.village.people[name].id)
        }  # fmt: skip
        for page in pages(self.app, known_refs(self.app)):
            for viewer in self.village.viewers:
                label = ("page", stage, viewer, page.path)
                self.record.offered.append(label)
                if self.share.has(stage, viewer, page, about):
                    self.record.note(*label, served=self.browsers.get(viewer, page.path))
        with self.app.app_context():
            self.record.entitled[stage] = entitled(self.village)
            self.record.sighted[stage] = sighted(self.village, self.clock())
